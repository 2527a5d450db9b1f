//! Artifacts into files, atomically.
//!
//! Every artifact is written to a temporary file beside its place first, flushed and synced; only
//! when all of them are whole are they renamed into place. A reader never sees half a file, and
//! whatever goes wrong before the first rename leaves all earlier outputs as they were.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::config::Format;
use crate::diagnostics::{Diagnostic, Failed, Sink, codes};

/// A file that has been built and not yet written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Its name in the output folder.
    pub file_name: String,
    /// What it is.
    pub format: Format,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A file that has been written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub path: PathBuf,
    /// What it is.
    pub format: Format,
    /// How many bytes it has.
    pub bytes: usize,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// Writes all artifacts into a folder, which is made if it does not exist.
///
/// # Errors
///
/// [`codes::WRITE_FAILED`] at the file that could not be written. If it could not be renamed,
/// those before it are in place already.
pub fn write(folder: &Path, artifacts: &[Artifact], sink: &Sink) -> Result<Vec<Written>, Failed> {
    let staged = artifacts
        .iter()
        .map(|artifact| stage(folder, artifact).map_err(|fault| report(&fault, sink)))
        .collect::<Result<Vec<_>, Failed>>()?;
    staged.into_iter().map(|file| file.publish().map_err(|fault| report(&fault, sink))).collect()
}

/// Why and where writing failed.
struct Fault {
    path: PathBuf,
    reason: String,
    help: &'static str,
}

impl Fault {
    fn new(path: &Path, error: &io::Error) -> Self {
        Self { path: path.to_owned(), reason: error.to_string(), help: advise(error.kind()) }
    }
}

/// What to do about an error of the system.
fn advise(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "make room on the disk, or name another folder with `-o`"
        }
        _ => "name a folder that you may write to with `-o`",
    }
}

fn report(fault: &Fault, sink: &Sink) -> Failed {
    let message = format!("the output could not be written: {}", fault.reason);
    sink.fail(
        Diagnostic::new(codes::WRITE_FAILED, fault.path.as_path(), message).with_help(fault.help),
    )
}

/// A whole file beside its place, under a temporary name; it is removed when dropped.
struct Staged {
    file: NamedTempFile,
    written: Written,
}

fn stage(folder: &Path, artifact: &Artifact) -> Result<Staged, Fault> {
    let path = check_name(folder, &artifact.file_name)?;
    fs::create_dir_all(folder).map_err(|error| Fault::new(folder, &error))?;
    check_place(&path)?;
    let file = write_aside(folder, &artifact.bytes).map_err(|error| Fault::new(&path, &error))?;
    let written = Written {
        path,
        format: artifact.format,
        bytes: artifact.bytes.len(),
        sha256: hexadecimal(&Sha256::digest(&artifact.bytes)),
    };
    Ok(Staged { file, written })
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// A name that holds a separator would lead out of the folder.
fn check_name(folder: &Path, name: &str) -> Result<PathBuf, Fault> {
    let path = folder.join(name);
    if path.parent() == Some(folder) && path.file_name() == Some(name.as_ref()) {
        return Ok(path);
    }
    Err(Fault {
        path: folder.to_owned(),
        reason: format!("`{name}` is no name for a file"),
        help: "give the manuscript a `slug` of letters, digits and hyphens",
    })
}

/// Only a plain file is replaced: a rename over a link would cut it off from what it leads to.
fn check_place(path: &Path) -> Result<(), Fault> {
    let what = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Fault::new(path, &error)),
        Ok(there) if there.is_file() => return Ok(()),
        Ok(there) if there.is_dir() => "a folder",
        Ok(there) if there.is_symlink() => "a symbolic link",
        Ok(_) => "not a plain file",
    };
    Err(Fault {
        path: path.to_owned(),
        reason: format!("there is {what} in its place"),
        help: "move it away, or name another folder with `-o`",
    })
}

fn write_aside(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".presskit-").suffix(".tmp");
    // Readable by those whom the umask lets, as any file that a program writes.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

impl Staged {
    fn publish(self) -> Result<Written, Fault> {
        match self.file.persist(&self.written.path) {
            Ok(_) => Ok(self.written),
            Err(fault) => Err(Fault::new(&self.written.path, &fault.error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artifact(file_name: &str, bytes: &[u8]) -> Artifact {
        Artifact { file_name: file_name.into(), format: Format::Pdf, bytes: bytes.into() }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn makes_the_folder_and_says_what_it_wrote() {
        let folder = tempfile::tempdir().unwrap();
        let dist = folder.path().join("a/b");
        let written = write(&dist, &[artifact("x.pdf", b"abc")], &Sink::default()).unwrap();
        assert_eq!(fs::read(dist.join("x.pdf")).unwrap(), b"abc");
        assert_eq!(written[0].path, dist.join("x.pdf"));
        assert_eq!(
            written[0].sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    #[cfg(unix)]
    fn outputs_are_readable_like_any_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[artifact("x.pdf", b"abc")], &Sink::default()).unwrap();
        fs::File::create(folder.path().join("usual")).unwrap();
        let mode = |name| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("x.pdf"), mode("usual"));
    }

    #[test]
    fn one_output_that_cannot_be_written_leaves_all_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.pdf"), "old").unwrap();
        fs::create_dir(folder.path().join("b.epub")).unwrap();
        let sink = Sink::default();
        let artifacts = [artifact("a.pdf", b"new"), artifact("b.epub", b"new")];
        assert_eq!(write(folder.path(), &artifacts, &sink), Err(Failed));
        assert_eq!(fs::read(folder.path().join("a.pdf")).unwrap(), b"old");
        assert_eq!(names(folder.path()), ["a.pdf", "b.epub"]);
        assert!(sink.sorted()[0].message.contains("a folder"), "{:?}", sink.sorted());
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let parent = tempfile::tempdir().unwrap();
        let dist = parent.path().join("dist");
        for name in ["../x.pdf", "/x.pdf", "a/x.pdf", "..", ""] {
            assert_eq!(write(&dist, &[artifact(name, b"new")], &Sink::default()), Err(Failed));
        }
        assert!(names(parent.path()).is_empty());
    }

    #[test]
    #[cfg(unix)]
    fn a_link_in_the_place_of_an_output_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("elsewhere", folder.path().join("a.pdf")).unwrap();
        let sink = Sink::default();
        assert_eq!(write(folder.path(), &[artifact("a.pdf", b"new")], &sink), Err(Failed));
        assert_eq!(names(folder.path()), ["a.pdf"]);
    }
}
