//! A path that a manuscript names, into the bytes of a file inside the manuscript's root.
//!
//! A manuscript is untrusted: nothing outside its root is read, whether it is spelt with `..`,
//! as an absolute path, percent-encoded, with backslashes, or reached through a symbolic link.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use serde::Serialize;

/// A path inside a [`Root`]: relative, separated by `/`, without `.`, `..` or empty parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct RootPath(String);

impl RootPath {
    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it is the root itself.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The path of something in this folder, by the name that the system gives it.
    #[must_use]
    pub fn join(&self, name: &str) -> Self {
        if self.is_empty() { Self(name.to_owned()) } else { Self(format!("{}/{name}", self.0)) }
    }

    /// The folder that holds the file; empty for the root itself.
    #[must_use]
    pub fn parent(&self) -> Self {
        Self(self.0.rsplit_once('/').map(|(folder, _)| folder.to_owned()).unwrap_or_default())
    }
}

/// A written path leads out of the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeavesRoot;

/// Why a file inside the root could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// There is no such file.
    NotFound,
    /// A symbolic link on the way leads out of the root.
    LeavesRoot,
    /// The file is larger than the limit, in bytes.
    TooLarge(u64),
    /// It is a folder, a pipe or a device.
    NotAFile,
    /// The folder holds more than any manuscript's does.
    TooManyEntries,
    /// The system refused.
    Io(std::io::Error),
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename => {
                Self::NotFound
            }
            _ => Self::Io(error),
        }
    }
}

/// Something in a folder of a [`Root`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its path.
    pub path: RootPath,
    /// Whether it is a folder, rather than a file.
    pub is_folder: bool,
}

/// The folder that a manuscript may read.
#[derive(Clone, Debug)]
pub struct Root {
    folder: PathBuf,
}

impl Root {
    /// The most entries that a folder may have.
    const LARGEST_FOLDER: usize = 10_000;

    /// A root from its folder, made canonical once.
    ///
    /// # Errors
    /// If the folder does not exist or can't be entered.
    pub fn new(folder: &Path) -> io::Result<Self> {
        Ok(Self { folder: folder.canonicalize()? })
    }

    /// The folder itself, canonical.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The path of a canonical path inside the root, if all its names are Unicode.
    #[must_use]
    pub fn path_of(&self, canonical: &Path) -> Option<RootPath> {
        let inside = canonical.strip_prefix(&self.folder).ok()?;
        let parts: Option<Vec<&str>> = inside.iter().map(std::ffi::OsStr::to_str).collect();
        Some(RootPath(parts?.join("/")))
    }

    /// The path that `written` names, seen from the folder `base`.
    ///
    /// The path is taken by its letters alone, whether or not there is such a file: percent
    /// signs are decoded once, and backslashes separate as slashes do.
    ///
    /// # Errors
    /// If it is absolute, has a drive letter or a `file:` scheme, holds a NUL, or climbs above
    /// the root, even where it would come back.
    pub fn resolve(&self, base: &RootPath, written: &str) -> Result<RootPath, LeavesRoot> {
        let decoded = percent_decode_str(written).decode_utf8();
        let path = decoded.as_deref().unwrap_or(written).replace('\\', "/");
        if path.starts_with('/') || path.contains('\0') || has_scheme(&path) {
            return Err(LeavesRoot);
        }
        let mut parts: Vec<&str> = base.0.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop().ok_or(LeavesRoot)?),
                part => parts.push(part),
            }
        }
        Ok(RootPath(parts.join("/")))
    }

    /// Reads a file of at most `limit` bytes.
    ///
    /// # Errors
    /// See [`ReadError`]. Whatever is no regular file is refused before it is opened, since a
    /// pipe would block.
    pub fn read(&self, path: &RootPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        let file = self.locate(path)?;
        let metadata = fs::metadata(&file)?;
        if !metadata.is_file() {
            return Err(ReadError::NotAFile);
        }
        if metadata.len() > limit {
            return Err(ReadError::TooLarge(metadata.len()));
        }
        read_at_most(&file, limit)
    }

    /// What a folder holds, sorted by path: files, links to files inside the root, and folders.
    /// Links to folders are left out, so that a walk ends. Names that are not Unicode, which no
    /// manuscript can spell, are left out too.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn entries(&self, folder: &RootPath) -> Result<Vec<Entry>, ReadError> {
        let mut entries = Vec::new();
        for (count, entry) in fs::read_dir(self.locate(folder)?)?.enumerate() {
            let entry = entry?;
            if count == Self::LARGEST_FOLDER {
                return Err(ReadError::TooManyEntries);
            }
            let name = entry.file_name();
            let Some(path) = name.to_str().map(|name| folder.join(name)) else { continue };
            let kind = entry.file_type()?;
            if kind.is_dir() || kind.is_file() || (kind.is_symlink() && self.is_file(&path)) {
                entries.push(Entry { path, is_folder: kind.is_dir() });
            }
        }
        entries.sort();
        Ok(entries)
    }

    /// Whether the path leads to a regular file inside the root.
    #[must_use]
    pub fn is_file(&self, path: &RootPath) -> bool {
        self.locate(path).is_ok_and(|file| file.is_file())
    }

    /// Follows all symbolic links, to see where the path really leads.
    fn locate(&self, path: &RootPath) -> Result<PathBuf, ReadError> {
        let written = self.folder.join(&path.0);
        let file = written.canonicalize().map_err(|error| match ReadError::from(error) {
            ReadError::Io(_) if self.crosses_broken_link(&written) => ReadError::NotFound,
            error => error,
        })?;
        if file.starts_with(&self.folder) { Ok(file) } else { Err(ReadError::LeavesRoot) }
    }

    /// Whether a link on the way leads in a circle, for which the system has no portable error:
    /// that is the manuscript's fault, and not the system's.
    fn crosses_broken_link(&self, written: &Path) -> bool {
        let is_refused = |error: &io::Error| error.kind() == ErrorKind::PermissionDenied;
        written
            .ancestors()
            .take_while(|step| step.starts_with(&self.folder))
            .any(|step| step.is_symlink() && fs::metadata(step).is_err_and(|e| !is_refused(&e)))
    }
}

/// Whether a path starts with a drive letter or with `file:`.
fn has_scheme(path: &str) -> bool {
    path.split_once(':').is_some_and(|(scheme, _)| {
        scheme.eq_ignore_ascii_case("file")
            || (scheme.len() == 1 && scheme.starts_with(|c: char| c.is_ascii_alphabetic()))
    })
}

/// Reads a file that may grow while it is read.
fn read_at_most(file: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    File::open(file)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    let length = bytes.len() as u64;
    if length > limit { Err(ReadError::TooLarge(length)) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root_with(files: &[&str]) -> (tempfile::TempDir, Root) {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        let root = Root::new(folder.path()).unwrap();
        (folder, root)
    }

    #[test]
    fn no_spelling_of_a_path_leaves_the_root() {
        let (_folder, root) = root_with(&[]);
        let base = root.resolve(&RootPath::default(), "chapters").unwrap();
        for written in [
            "../../x",
            "/etc/passwd",
            "%2e%2e/../x",
            "..%2f..%2Fx",
            "..\\..\\x",
            "\\\\host\\share",
            "C:\\x",
            "c:x",
            "file:///x",
            "FILE:x",
            "a\0b",
            "a%00b",
            "../../chapters/x",
        ] {
            assert_eq!(root.resolve(&base, written), Err(LeavesRoot), "{written}");
        }
    }

    #[test]
    fn a_path_is_seen_from_its_folder() {
        let (_folder, root) = root_with(&[]);
        let base = root.resolve(&RootPath::default(), "chapters").unwrap();
        let resolve = |written| root.resolve(&base, written).unwrap().0;
        assert_eq!(resolve("./a%20b.png"), "chapters/a b.png");
        assert_eq!(resolve("..\\pictures//a.png"), "pictures/a.png");
        assert_eq!(resolve("%252e%252e/a.png"), "chapters/%2e%2e/a.png");
        assert_eq!(resolve("a.png?x#y"), "chapters/a.png?x#y");
    }

    #[test]
    fn reading_stops_at_the_limit() {
        let (_folder, root) = root_with(&["a.txt"]);
        let path = root.resolve(&RootPath::default(), "a.txt").unwrap();
        assert_eq!(root.read(&path, 5).unwrap(), b"a.txt");
        assert!(matches!(root.read(&path, 4), Err(ReadError::TooLarge(5))));
        let missing = root.resolve(&path, "deeper.txt").unwrap();
        assert!(matches!(root.read(&missing, 5), Err(ReadError::NotFound)));
        assert!(matches!(root.read(&RootPath::default(), 5), Err(ReadError::NotAFile)));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_inside_the_root_and_nowhere_else() {
        use std::os::unix::fs::symlink;
        let (_outside, other) = root_with(&["secret.txt"]);
        let (folder, root) = root_with(&["in/a.txt"]);
        symlink(folder.path().join("in/a.txt"), folder.path().join("good.txt")).unwrap();
        symlink(other.folder().join("secret.txt"), folder.path().join("bad.txt")).unwrap();
        symlink(other.folder(), folder.path().join("way-out")).unwrap();
        symlink("b.txt", folder.path().join("a.txt")).unwrap();
        symlink("a.txt", folder.path().join("b.txt")).unwrap();
        let read = |written| root.read(&root.resolve(&RootPath::default(), written).unwrap(), 100);
        assert_eq!(read("good.txt").unwrap(), b"in/a.txt");
        assert!(matches!(read("bad.txt"), Err(ReadError::LeavesRoot)));
        assert!(matches!(read("a.txt"), Err(ReadError::NotFound)), "a circle");
        assert!(matches!(read("a.txt/deeper.txt"), Err(ReadError::NotFound)), "a circle");
        assert!(matches!(read("way-out/secret.txt"), Err(ReadError::LeavesRoot)));
        let entries = root.entries(&RootPath::default()).unwrap();
        let paths: Vec<_> = entries.iter().map(|entry| entry.path.as_str()).collect();
        assert_eq!(paths, ["good.txt", "in"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_refused_without_waiting_for_a_writer() {
        let (folder, root) = root_with(&[]);
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let path = root.resolve(&RootPath::default(), "pipe").unwrap();
        assert!(matches!(root.read(&path, 5), Err(ReadError::NotAFile)));
    }
}
