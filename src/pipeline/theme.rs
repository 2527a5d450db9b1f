//! The theme that is asked for: a built-in one, the user's file, or one that the manuscript
//! brings along, which is read through its sandbox like everything that a manuscript names.

use crate::config::ThemeChoice;
use crate::diagnostics::{Code, Diagnostic, Failed, Place, Sink, codes};
use crate::sandbox::{LeavesRoot, ReadError, Root, RootPath};
use crate::theme::Theme;

/// What is read of a theme, in bytes.
const MOST_BYTES: u64 = Theme::MAX_SIZE;

/// Loads a theme; one that can't be had is reported.
pub(super) fn load(choice: ThemeChoice<'_>, root: &Root, sink: &Sink) -> Result<Theme, Failed> {
    match choice {
        ThemeChoice::BuiltIn(name) | ThemeChoice::UserFile(name) => Theme::load(name, sink),
        ThemeChoice::ManuscriptFile(written) => load_own(written, root, sink),
    }
}

fn load_own(written: &str, root: &Root, sink: &Sink) -> Result<Theme, Failed> {
    let refuse = |(code, reason): (Code, String)| {
        let place = Place::File(root.folder().to_owned());
        let message = format!("the theme `{written}` {reason}");
        sink.fail(Diagnostic::new(code, place, message).with_help(HELP))
    };
    let path = root.resolve(&RootPath::default(), written);
    let path = path.map_err(|LeavesRoot| refuse(explain(&ReadError::LeavesRoot)))?;
    let bytes = root.read(&path, MOST_BYTES).map_err(|error| refuse(explain(&error)))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| refuse((codes::THEME_INVALID, "is not UTF-8".to_owned())))?;
    Theme::from_yaml(&root.folder().join(path.as_str()), &text, sink)
}

const HELP: &str =
    "name a built-in theme (see `presskit themes`), or a file below the manuscript's folder";

/// Why there is no theme. None of the codes has a stand-in, so that none can be allowed.
fn explain(error: &ReadError) -> (Code, String) {
    match error {
        ReadError::NotFound => {
            (codes::THEME_NOT_FOUND, "is not built in, and there is no such file".to_owned())
        }
        ReadError::LeavesRoot => {
            (codes::THEME_NOT_FOUND, "is outside the manuscript's folder".to_owned())
        }
        ReadError::TooLarge(_) | ReadError::NotAFile | ReadError::TooManyEntries => {
            (codes::THEME_INVALID, "is not the file of a theme".to_owned())
        }
        ReadError::Io(error) => (codes::READ_FAILED, format!("could not be read: {error}")),
    }
}
