//! A path into the sources of a manuscript.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::decode::{self, Source};
use super::front_matter::{self, PartEntry, brief};
use super::parts::{self, PartError};
use super::{Manuscript, ManuscriptFile};
use crate::diagnostics::{Diagnostic, Failed, Place, Sink, codes, nearest};
use crate::model::DateTime;
use crate::sandbox::{ReadError, Root, RootPath};

/// The name of the file that makes a folder a manuscript.
const MANUSCRIPT: &str = "manuscript.md";
/// The name of the file that makes a folder a root for all manuscripts below it.
const PROJECT: &str = "presskit.yaml";
/// The largest manuscript, all its files taken together, in bytes.
const LARGEST: u64 = 64 << 20;

/// Reads the manuscript at a path: a file, or a folder that holds `manuscript.md`.
///
/// A part that can't be read is reported and left out: whoever builds asks the sink for errors.
pub fn load(path: &Path, sink: &Sink) -> Result<Manuscript, Failed> {
    let Located { root, path, name, shown } = locate(path, sink)?;
    let mut loader = Loader { root: &root, left: LARGEST, sink };
    let place = Place::File(shown.clone());
    let source = loader.read(&path, &shown, &place)?;
    if source.text.trim().is_empty() {
        let message = format!("`{}` holds no text", shown.display());
        let found = Diagnostic::new(codes::MANUSCRIPT_EMPTY, shown.as_path(), message);
        return Err(sink.fail(found.with_help("write a title and some text into it")));
    }
    let front_matter = front_matter::read(&source.text, source.id, true, sink);
    let entries = front_matter.parts(sink);
    let mut files = vec![ManuscriptFile { source: source.id, path, front_matter }];
    loader.load_parts(&entries, &shown, &mut files);
    let source_date_epoch = source_date_epoch(sink);
    Ok(Manuscript { root, name, files, source_date_epoch })
}

/// Where a manuscript is.
struct Located {
    root: Root,
    /// The first file, in the root.
    path: RootPath,
    /// The name of the folder or of the file.
    name: String,
    /// The first file, as the user would write it.
    shown: PathBuf,
}

fn locate(path: &Path, sink: &Sink) -> Result<Located, Failed> {
    let is_folder = path.is_dir();
    let shown = if is_folder { path.join(MANUSCRIPT) } else { path.to_path_buf() };
    if !shown.exists() {
        return Err(report_absent(path, is_folder, sink));
    }
    let parent = match shown.parent() {
        Some(parent) if parent != Path::new("") => parent,
        Some(_) | None => Path::new("."),
    };
    let read_failed = |error: std::io::Error| {
        let message = format!("`{}` can't be read: {error}", parent.display());
        sink.fail(Diagnostic::new(codes::READ_FAILED, parent, message))
    };
    let folder = parent.canonicalize().map_err(read_failed)?;
    let root = Root::new(find_root(&folder)).map_err(read_failed)?;
    let file_name = shown.file_name().and_then(|name| name.to_str());
    let path = root.path_of(&folder).zip(file_name).map(|(folder, name)| folder.join(name));
    let Some(path) = path else {
        let message = format!("the name of `{}` is not Unicode", shown.display());
        return Err(sink.fail(Diagnostic::new(codes::READ_FAILED, shown.as_path(), message)));
    };
    Ok(Located { name: name_of(&shown, &folder), root, path, shown })
}

/// The nearest folder above with a project file, else the manuscript's own.
fn find_root(folder: &Path) -> &Path {
    folder.ancestors().find(|above| above.join(PROJECT).is_file()).unwrap_or(folder)
}

/// The folder's name for a `manuscript.md`, else the file's.
fn name_of(file: &Path, folder: &Path) -> String {
    let is_default = file.file_name().is_some_and(|name| name == MANUSCRIPT);
    let name = if is_default { folder.file_name() } else { file.file_stem() };
    name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn report_absent(path: &Path, is_folder: bool, sink: &Sink) -> Failed {
    let shown = path.display();
    let (message, help) = if is_folder {
        let message = format!("`{shown}` holds no `{MANUSCRIPT}`");
        (
            message,
            format!("put the text into `{}`, or name its file", path.join(MANUSCRIPT).display()),
        )
    } else {
        let help = format!("name a Markdown file, or a folder that holds `{MANUSCRIPT}`");
        (format!("`{shown}` does not exist"), help)
    };
    sink.fail(Diagnostic::new(codes::MANUSCRIPT_NOT_FOUND, path, message).with_help(help))
}

/// Reads files until a manuscript is as large as one may be.
struct Loader<'a> {
    root: &'a Root,
    left: u64,
    sink: &'a Sink,
}

impl Loader<'_> {
    /// Reads and decodes one file; `place` is where it is named.
    fn read(&mut self, path: &RootPath, shown: &Path, place: &Place) -> Result<Source, Failed> {
        let bytes = self
            .root
            .read(path, self.left)
            .map_err(|error| report_unreadable(&error, shown, place, self.sink))?;
        self.left = self.left.saturating_sub(bytes.len() as u64);
        decode::decode(&bytes, shown, self.sink)
    }

    /// Loads what `parts` names, each file once, behind the first file. What can't be loaded is
    /// reported and left out, so that the rest is still looked through.
    fn load_parts(&mut self, entries: &[PartEntry], first: &Path, files: &mut Vec<ManuscriptFile>) {
        let mut seen: BTreeSet<RootPath> = files.iter().map(|file| file.path.clone()).collect();
        let folder = files.first().map(|file| file.path.parent()).unwrap_or_default();
        for entry in entries {
            let paths = match parts::expand(self.root, &folder, &entry.path) {
                Ok(paths) => paths,
                Err(error) => {
                    self.report_part(entry, &folder, error);
                    continue;
                }
            };
            for path in paths.into_iter().filter(|path| seen.insert(path.clone())) {
                files.extend(self.load_part(path, &folder, first, entry));
            }
        }
    }

    fn load_part(
        &mut self,
        path: RootPath,
        folder: &RootPath,
        first: &Path,
        entry: &PartEntry,
    ) -> Option<ManuscriptFile> {
        let shown = show(&path, folder, first);
        let source = self.read(&path, &shown, &Place::Span(entry.span)).ok()?;
        let front_matter = front_matter::read(&source.text, source.id, false, self.sink);
        Some(ManuscriptFile { source: source.id, path, front_matter })
    }

    fn report_part(&self, entry: &PartEntry, folder: &RootPath, error: PartError) {
        let written = brief(&entry.path);
        let (code, message, help) = match error {
            PartError::LeavesRoot => (
                codes::PATH_OUTSIDE_ROOT,
                format!("`{written}` leads out of the manuscript's folder"),
                "copy the file into the folder, and name it from there".to_owned(),
            ),
            PartError::NotFound => (
                codes::PART_NOT_FOUND,
                format!("`{written}` names no file"),
                self.suggest_part(&entry.path, folder),
            ),
            PartError::BadPattern(reason) => (
                codes::INVALID_VALUE,
                format!("`{written}` is not a pattern: {reason}"),
                "for example: `parts: [chapters/*.md]`".to_owned(),
            ),
            PartError::TooMany => (
                codes::INVALID_VALUE,
                format!("`{written}` looks into too many folders and files"),
                "name the folder that holds the parts".to_owned(),
            ),
        };
        self.sink.report(Diagnostic::new(code, entry.span, message).with_help(help));
    }

    /// The file that a misspelt entry may mean.
    fn suggest_part(&self, written: &str, folder: &RootPath) -> String {
        let path = self.root.resolve(folder, written).unwrap_or_default();
        let entries = self.root.entries(&path.parent()).unwrap_or_default();
        let names =
            entries.iter().filter(|entry| !entry.is_folder).map(|entry| entry.path.file_name());
        match nearest(path.file_name(), names) {
            Some(name) => {
                let folder = written.rfind(['/', '\\']).map_or("", |at| &written[..=at]);
                format!("did you mean `{folder}{name}`?")
            }
            None => "paths are seen from the folder of the first file".to_owned(),
        }
    }
}

/// A file as the user would write it, seen from how the first file was named.
fn show(path: &RootPath, folder: &RootPath, first: &Path) -> PathBuf {
    let mut shown = first.parent().map(Path::to_path_buf).unwrap_or_default();
    let mut folder: Vec<&str> =
        folder.as_str().split('/').filter(|part| !part.is_empty()).collect();
    let mut rest: Vec<&str> = path.as_str().split('/').collect();
    while !folder.is_empty() && folder.first() == rest.first() {
        folder.remove(0);
        rest.remove(0);
    }
    shown.extend(folder.iter().map(|_| ".."));
    shown.extend(rest);
    shown
}

fn report_unreadable(error: &ReadError, shown: &Path, place: &Place, sink: &Sink) -> Failed {
    let shown = shown.display();
    let report = |code, message: String| Diagnostic {
        place: place.clone(),
        ..Diagnostic::new(code, Place::Nowhere, message)
    };
    sink.fail(match error {
        ReadError::LeavesRoot => {
            // Without a part there is still a manuscript; without the first file there is none.
            let code = match place {
                Place::Span(_) => codes::PATH_OUTSIDE_ROOT,
                Place::File(_) | Place::Nowhere => codes::MANUSCRIPT_OUTSIDE_ROOT,
            };
            report(code, format!("`{shown}` is a link that leads out of the manuscript's folder"))
                .with_help("copy the file into the folder")
        }
        ReadError::TooLarge(_) => report(
            codes::SOURCE_TOO_LARGE,
            format!("`{shown}` makes the manuscript larger than {} MiB", LARGEST >> 20),
        )
        .with_help("leave out what is no prose"),
        ReadError::NotFound => {
            report(codes::MANUSCRIPT_NOT_FOUND, format!("`{shown}` does not exist"))
        }
        ReadError::NotAFile | ReadError::TooManyEntries => {
            report(codes::READ_FAILED, format!("`{shown}` is not a file"))
        }
        ReadError::Io(error) => {
            report(codes::READ_FAILED, format!("`{shown}` can't be read: {error}"))
        }
    })
}

/// What `SOURCE_DATE_EPOCH` says (reproducible-builds.org), read once a manuscript.
fn source_date_epoch(sink: &Sink) -> Option<i64> {
    let text = std::env::var_os("SOURCE_DATE_EPOCH")?;
    let text = text.to_string_lossy();
    let epoch = parse_epoch(&text);
    if epoch.is_none() {
        let message = format!("SOURCE_DATE_EPOCH is `{text}`, and is ignored");
        sink.report(
            Diagnostic::new(codes::INVALID_EPOCH, Place::Nowhere, message)
                .with_help("set it to seconds since 1970 that fall into the years 1980 to 2107"),
        );
    }
    epoch
}

fn parse_epoch(text: &str) -> Option<i64> {
    let seconds = text.trim().parse().ok()?;
    DateTime::from_unix(seconds).map(DateTime::unix)
}
