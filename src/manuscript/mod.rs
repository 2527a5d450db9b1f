//! Files into a [`Document`].

use std::path::Path;

use crate::diagnostics::{Failed, Sink, SourceId};
use crate::model::Document;
use crate::sandbox::{Root, RootPath};

/// The sources of one manuscript, read and not yet parsed.
#[derive(Clone, Debug)]
pub struct Manuscript {
    /// The folder that it may read.
    pub root: Root,
    /// The name of its folder, or of its file.
    pub name: String,
    /// Its files, in order: the first one, then its `parts`.
    pub files: Vec<ManuscriptFile>,
}

/// One file of a manuscript.
#[derive(Clone, Debug)]
pub struct ManuscriptFile {
    /// Its text, known to the sink, without a byte order mark or control characters.
    pub source: SourceId,
    /// Its place in the root, which the pictures it names are relative to.
    pub path: RootPath,
}

/// Reads the manuscript at a path: a file, or a folder that holds `manuscript.md`.
pub fn load(_path: &Path, _sink: &Sink) -> Result<Manuscript, Failed> {
    unimplemented!()
}

/// Parses a manuscript. Reports what is wrong with it and goes on.
#[must_use]
pub fn parse(_manuscript: &Manuscript, _sink: &Sink) -> Document {
    unimplemented!()
}
