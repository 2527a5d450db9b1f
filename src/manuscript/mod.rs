//! Files into a [`Document`].
//!
//! 1. [`load()`] finds the first file and its root, decodes it, reads its front matter far enough
//!    to know its `parts`, and loads those.
//! 2. [`parse`] interprets the front matter, and turns the prose of all files into blocks.

mod decode;
mod front_matter;
mod load;
pub(crate) mod markdown;
mod notes;
mod parts;
#[cfg(test)]
mod tests;

pub use load::load;

use std::cell::RefCell;
use std::collections::BTreeSet;

use self::front_matter::{FrontMatter, Interpretation};
use self::markdown::Context;
use self::notes::NoteCollector;
use crate::diagnostics::{Diagnostic, Sink, SourceId, Span, codes};
use crate::model::{Block, Document, visit};
use crate::sandbox::{Root, RootPath};

/// The sources of one manuscript, read and not yet parsed.
#[derive(Clone, Debug)]
pub struct Manuscript {
    /// The folder that it may read.
    pub root: Root,
    /// The name of its folder, or of its file.
    pub name: String,
    /// Its files, in order: the first one, then its `parts`; never empty.
    pub files: Vec<ManuscriptFile>,
    /// What `SOURCE_DATE_EPOCH` says, in seconds since 1970-01-01T00:00:00Z.
    pub source_date_epoch: Option<i64>,
}

/// One file of a manuscript.
#[derive(Clone, Debug)]
pub struct ManuscriptFile {
    /// Its text, known to the sink, without a byte order mark or control characters.
    pub source: SourceId,
    /// Its place in the root, which the pictures it names are relative to.
    pub path: RootPath,
    /// Its front matter. Only that of the first file counts.
    front_matter: FrontMatter,
}

/// Parses a manuscript. Reports what is wrong with it and goes on.
#[must_use]
pub fn parse(manuscript: &Manuscript, sink: &Sink) -> Document {
    let Some(first) = manuscript.files.first() else { return Document::default() };
    let folder = first.path.parent();
    let Interpretation { mut metadata, lacks_title, kit, assets } =
        front_matter::interpret(manuscript, &first.front_matter, &folder, sink);
    let labels = RefCell::new(BTreeSet::new());
    let (root, language, facts) = (&manuscript.root, &metadata.language, &kit.facts);
    let mut context = Context { root, folder, language, facts, labels, sink };
    let mut blocks = Vec::new();
    let mut notes = NoteCollector::default();
    for file in &manuscript.files {
        let Some(source) = sink.source(file.source) else { continue };
        let offset = file.front_matter.body;
        let text = source.text().get(offset..).unwrap_or_default();
        context.folder = file.path.parent();
        let prose = markdown::parse_file(text, file.source, offset, &context);
        blocks.extend(notes.adopt(prose));
    }
    if metadata.title.is_empty() {
        let heading = first_heading(&blocks);
        if lacks_title {
            report_title(heading.as_ref(), first.front_matter.span, sink);
        }
        metadata.title = heading.unwrap_or_else(|| metadata.slug.clone());
    }
    Document { metadata, kit, blocks, notes: notes.into_notes(), assets }
}

/// Reports that there is no title; the first heading stands in, else the slug.
fn report_title(heading: Option<&String>, span: Span, sink: &Sink) {
    let (stand_in, title) = match heading {
        Some(heading) => ("the first heading", heading.as_str()),
        None => ("the file's name", "A life in two careers"),
    };
    let message = format!("there is no title; {stand_in} stands in");
    let found = Diagnostic::new(codes::TITLE_MISSING, span, message);
    sink.report(found.with_help(format!("add one: `title: {title}`")));
}

/// The text of the first heading that has any.
fn first_heading(blocks: &[Block]) -> Option<String> {
    let mut found = None;
    visit::blocks(blocks, &mut |visited| {
        if let (None, visit::Visited::Block(Block::Heading(heading))) = (&found, visited) {
            let text = visit::text(&heading.content);
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            found = (!line.is_empty()).then_some(line);
        }
    });
    found
}
