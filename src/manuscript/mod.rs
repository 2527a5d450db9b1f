//! Files into a [`Document`].
//!
//! 1. [`load()`] finds the first file and its root, decodes it, reads its front matter far enough
//!    to know its `parts`, and loads those.
//! 2. [`parse`] interprets the front matter, turns the prose of all files into blocks, and makes
//!    one text of them.

mod assemble;
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
use std::collections::{BTreeMap, BTreeSet};

use self::assemble::Assembler;
use self::front_matter::{FrontMatter, Interpretation, PartMatter};
use self::markdown::Context;
use crate::diagnostics::{Diagnostic, Sink, SourceId, Span, codes};
use crate::model::{Block, Document, Fact, Label, Language, Note, visit};
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
    /// Its front matter. That of a part counts for its prose only.
    front_matter: FrontMatter,
}

/// Parses a manuscript. Reports what is wrong with it and goes on.
#[must_use]
pub fn parse(manuscript: &Manuscript, sink: &Sink) -> Document {
    let Some(first) = manuscript.files.first() else { return Document::default() };
    let folder = first.path.parent();
    let Interpretation { mut metadata, lacks_title, kit, assets } =
        front_matter::interpret(manuscript, &first.front_matter, &folder, sink);
    let (blocks, notes) = assemble(manuscript, &metadata.language, &kit.facts, sink);
    if metadata.title.is_empty() {
        let heading = first_heading(&blocks);
        if lacks_title {
            report_title(heading.as_ref(), first.front_matter.span, sink);
        }
        metadata.title = heading.unwrap_or_else(|| metadata.slug.clone());
    }
    Document { metadata, kit, blocks, notes, assets }
}

/// Parses the prose of all files, in the document's language where a part has none of its own.
fn assemble(
    manuscript: &Manuscript,
    language: &Language,
    facts: &[Fact],
    sink: &Sink,
) -> (Vec<Block>, BTreeMap<Label, Note>) {
    let parts: BTreeSet<RootPath> = manuscript.files.iter().map(|file| file.path.clone()).collect();
    let matter = |(index, file): (usize, &ManuscriptFile)| match index {
        0 => PartMatter::default(),
        _ => front_matter::interpret_part(&file.front_matter, language, sink),
    };
    let matters: Vec<PartMatter> = manuscript.files.iter().enumerate().map(matter).collect();
    let mut context = Context {
        root: &manuscript.root,
        folder: RootPath::default(),
        language,
        facts,
        labels: RefCell::new(BTreeSet::new()),
        parts: &parts,
        sink,
    };
    let mut assembler = Assembler::new(language);
    for (file, matter) in manuscript.files.iter().zip(&matters) {
        let Some(source) = sink.source(file.source) else { continue };
        let offset = file.front_matter.body;
        let text = source.text().get(offset..).unwrap_or_default();
        context.folder = file.path.parent();
        context.language = matter.language.as_ref().unwrap_or(language);
        let prose = markdown::parse_file(text, file.source, offset, &context);
        assembler.take(&file.path, prose, matter, &context);
    }
    assembler.finish(&context)
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
