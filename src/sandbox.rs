//! A path that a manuscript names, into the bytes of a file inside the manuscript's root.
//!
//! A manuscript is untrusted: nothing outside its root is read, whether it is spelt with `..`,
//! as an absolute path, percent-encoded, with backslashes, or reached through a symbolic link.

use std::path::{Path, PathBuf};

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
    /// The system refused.
    Io(std::io::Error),
}

/// The folder that a manuscript may read.
#[derive(Clone, Debug)]
pub struct Root {
    folder: PathBuf,
}

impl Root {
    /// The folder itself, canonical.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}
