//! The prose of a manuscript's files into that of one document.
//!
//! 1. A part's title becomes its heading, and its language that of its blocks.
//! 2. Notes of different files are told apart.
//! 3. Links to a part are led to its first heading, once the headings of all parts are known.

use std::collections::{BTreeMap, BTreeSet};

use super::front_matter::{PartMatter, brief};
use super::markdown::{self, Context, Prose, part_label};
use super::notes::NoteCollector;
use crate::diagnostics::{Diagnostic, codes};
use crate::model::visit::{self, Visited};
use crate::model::{Attributes, Block, Heading, Inline, Label, Language, Note, Target};
use crate::sandbox::RootPath;

/// The prose of the files so far.
pub(super) struct Assembler<'a> {
    /// The document's language.
    language: &'a Language,
    /// The language of the file before.
    before: &'a Language,
    files: Vec<(&'a RootPath, Vec<Block>)>,
    notes: NoteCollector,
}

impl<'a> Assembler<'a> {
    pub(super) fn new(language: &'a Language) -> Self {
        Self { language, before: language, files: Vec::new(), notes: NoteCollector::default() }
    }

    /// Takes one more file: its prose, parsed in a context, and what its front matter says of it.
    pub(super) fn take(
        &mut self,
        path: &'a RootPath,
        prose: Prose,
        matter: &'a PartMatter,
        context: &Context<'_>,
    ) {
        let mut blocks = self.notes.adopt(prose);
        head(&mut blocks, matter, context);
        let language = matter.language.as_ref().unwrap_or(self.language);
        if language != self.language {
            blocks = in_language(blocks, language);
        } else if self.before != language {
            // What goes on below a heading of another language is not of that language.
            let until = blocks.iter().position(opens_section).unwrap_or(blocks.len());
            let rest = blocks.split_off(until);
            blocks = in_language(blocks, language);
            blocks.extend(rest);
        }
        self.before = language;
        self.files.push((path, blocks));
    }

    /// The blocks and the notes of all files, with the links between files resolved.
    pub(super) fn finish(mut self, context: &Context<'_>) -> (Vec<Block>, BTreeMap<Label, Note>) {
        let mut notes = self.notes.into_notes();
        let mut called = BTreeSet::new();
        self.files.iter().for_each(|(_, blocks)| collect_targets(blocks, &mut called));
        for note in notes.values() {
            collect_targets(&note.blocks, &mut called);
        }

        let mut labels = BTreeMap::new();
        for (path, blocks) in &mut self.files {
            let stand_in = part_label(path);
            if called.contains(&stand_in) {
                // An empty part has no place: whoever checks the links says so.
                let label = place(blocks, path, context);
                labels.insert(stand_in, label.unwrap_or_else(|| Label::new(path.as_str())));
            }
        }
        let mut blocks: Vec<Block> =
            self.files.into_iter().flat_map(|(_, blocks)| blocks).collect();
        if !labels.is_empty() {
            lead(&mut blocks, &labels);
            for note in notes.values_mut() {
                lead(&mut note.blocks, &labels);
            }
        }
        (blocks, notes)
    }
}

/// Puts a part's title above its prose, unless that begins with a heading of its own.
fn head(blocks: &mut Vec<Block>, matter: &PartMatter, context: &Context<'_>) {
    let Some((title, span)) = &matter.title else { return };
    let Some(heading) = first_heading(blocks).filter(|heading| heading.level == 1) else {
        let heading = markdown::title_heading(title, *span, context);
        return blocks.insert(0, Block::Heading(heading));
    };
    if visit::text(&heading.content).trim() != title {
        let message = format!("the title `{}` is ignored: the text has its own", brief(title));
        context.sink.report(
            Diagnostic::new(codes::IGNORED_IN_PART, *span, message)
                .with_label(heading.span, "here")
                .with_help("keep one of the two"),
        );
    }
}

/// The heading that some blocks begin with.
fn first_heading(blocks: &[Block]) -> Option<&Heading> {
    match blocks.first()? {
        Block::Heading(heading) => Some(heading),
        Block::Division { blocks, .. } => first_heading(blocks),
        Block::Paragraph { .. }
        | Block::Figure(_)
        | Block::Quote(_)
        | Block::List(_)
        | Block::Definitions { .. }
        | Block::Interview(_)
        | Block::Code(_)
        | Block::Table(_)
        | Block::Alert(_)
        | Block::Math { .. }
        | Block::Break { .. } => None,
    }
}

/// Whether a block is a heading that a section of its own may begin with.
fn opens_section(block: &Block) -> bool {
    first_heading(std::slice::from_ref(block)).is_some_and(|heading| {
        let is_interview = |class: &String| class == "interview";
        heading.level == 1 || heading.attributes.classes.iter().any(is_interview)
    })
}

/// Wraps blocks in divisions of a language, a new one from each heading that opens a section:
/// only a division that begins with such a heading becomes one.
fn in_language(blocks: Vec<Block>, language: &Language) -> Vec<Block> {
    let mut divisions: Vec<Vec<Block>> = Vec::new();
    for block in blocks {
        match divisions.last_mut() {
            Some(division) if !opens_section(&block) => division.push(block),
            Some(_) | None => divisions.push(vec![block]),
        }
    }
    let attributes = Attributes { language: Some(language.clone()), ..Attributes::default() };
    divisions.into_iter().map(|blocks| divide(attributes.clone(), blocks)).collect()
}

fn divide(attributes: Attributes, blocks: Vec<Block>) -> Block {
    let first = blocks.first().map(Block::span).unwrap_or_default();
    let span = blocks.last().map_or(first, |last| first.to(last.span()));
    Block::Division { attributes, blocks, span }
}

/// The label of a part's first heading. A part without any is given one on its first block; one
/// without blocks has none.
fn place(blocks: &mut Vec<Block>, path: &RootPath, context: &Context<'_>) -> Option<Label> {
    let mut found = None;
    visit::blocks(blocks, &mut |visited| {
        if let (None, Visited::Block(Block::Heading(heading))) = (&found, visited) {
            found = Some(heading.label.clone());
        }
    });
    if found.is_some() || blocks.is_empty() {
        return found;
    }
    let name = path.file_name();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let label = markdown::free_label(stem, context);
    let attributes = Attributes { label: Some(label.clone()), ..Attributes::default() };
    let first = blocks.remove(0);
    blocks.insert(0, divide(attributes, vec![first]));
    Some(label)
}

fn collect_targets(blocks: &[Block], targets: &mut BTreeSet<Label>) {
    visit::blocks(blocks, &mut |visited| {
        if let Visited::Inline(Inline::Link(link)) = visited
            && let Target::Internal(label) = &link.target
        {
            targets.insert(label.clone());
        }
    });
}

/// Leads links from the labels that stand for parts to the parts' own.
fn lead(blocks: &mut [Block], labels: &BTreeMap<Label, Label>) {
    visit::block_inlines_mut(blocks, &mut |inline| {
        if let Inline::Link(link) = inline
            && let Target::Internal(label) = &mut link.target
            && let Some(own) = labels.get(label)
        {
            *label = own.clone();
        }
    });
}
