//! A folder into the font files below it, in the order of their paths.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::face::Unusable;
use crate::diagnostics::{Diagnostic, Sink, codes};

/// The largest font file that is read, in bytes: more than the largest collections for Chinese.
const LARGEST_FILE: u64 = 256 << 20;
/// How deep folders may nest, which also ends a circle of links.
const DEEPEST: usize = 8;
/// How many entries of folders are looked at.
const MOST_ENTRIES: usize = 20_000;

/// A font file.
pub(super) struct FontFile {
    /// Where it is.
    pub(super) path: PathBuf,
    /// The file, byte for byte.
    pub(super) bytes: Arc<[u8]>,
}

/// Reads the font files below a folder; nothing if there is no such folder. Where a `root` is
/// given, only what lies in it is read.
pub(super) fn font_files(folder: &Path, root: Option<&Path>, sink: &Sink) -> Vec<FontFile> {
    let root = root.map(|root| root.canonicalize().unwrap_or_else(|_| root.to_path_buf()));
    let mut search = Search { root, paths: Vec::new(), entries_left: MOST_ENTRIES, sink };
    search.look_into(folder, 0);
    search.paths.sort();
    let file = |path: PathBuf| match read(&path) {
        Ok(bytes) => Some(FontFile { path, bytes }),
        Err(error) => {
            sink.report(failure(&path, &error));
            None
        }
    };
    search.paths.into_iter().filter_map(file).collect()
}

/// Reports a font file that is of no use.
pub(super) fn report(path: &Path, unusable: Unusable, sink: &Sink) {
    let message = format!("the font `{}` {unusable}", name(path));
    sink.report(Diagnostic::new(codes::FONT_UNREADABLE, path, message).with_help(unusable.help()));
}

struct Search<'a> {
    root: Option<PathBuf>,
    paths: Vec<PathBuf>,
    entries_left: usize,
    sink: &'a Sink,
}

impl Search<'_> {
    fn look_into(&mut self, folder: &Path, depth: usize) {
        if !self.may_read(folder) {
            return;
        }
        if depth > DEEPEST {
            return self.sink.report(beyond_bounds(folder));
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries.take(self.entries_left),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) => return self.sink.report(failure(folder, &error)),
        };
        let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        self.entries_left -= found.len();
        if self.entries_left == 0 && !found.is_empty() {
            self.sink.report(beyond_bounds(folder));
        }
        found.sort();
        for path in found {
            if path.is_dir() {
                self.look_into(&path, depth + 1);
            } else if is_font(&path) && path.is_file() && self.may_read(&path) {
                self.paths.push(path);
            }
        }
    }

    /// Whether a path lies in the root, with all links resolved.
    fn may_read(&self, path: &Path) -> bool {
        let Some(root) = &self.root else { return true };
        match path.canonicalize() {
            Ok(real) if real.starts_with(root) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Ok(_) | Err(_) => {
                let message = format!("`{}` leads out of the manuscript's folder", name(path));
                let help = "put the file itself there; a link may not lead out";
                let found = Diagnostic::new(codes::PATH_OUTSIDE_ROOT, path, message);
                self.sink.report(found.with_help(help));
                false
            }
        }
    }
}

/// Web fonts count, so that they are reported rather than passed over.
fn is_font(path: &Path) -> bool {
    const ENDINGS: [&str; 6] = ["otf", "ttf", "ttc", "otc", "woff", "woff2"];
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

fn read(path: &Path) -> io::Result<Arc<[u8]>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(io::Error::other("it is larger than any font"));
    }
    Ok(bytes.into())
}

fn beyond_bounds(folder: &Path) -> Diagnostic {
    let message = format!("not all of the folder `{}` is searched for fonts", name(folder));
    Diagnostic::new(codes::FONT_UNREADABLE, folder, message)
        .with_help("keep the fonts in a folder of their own, without links that run in circles")
}

fn failure(path: &Path, error: &io::Error) -> Diagnostic {
    let message = format!("`{}` can't be read: {error}", name(path));
    Diagnostic::new(codes::FONT_UNREADABLE, path, message)
}

fn name(path: &Path) -> std::borrow::Cow<'_, str> {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()
}
