//! The blocks of the prose into story, chapters and interviews.

use std::collections::BTreeMap;

use super::{Role, headings};
use crate::diagnostics::{Sink, Span};
use crate::model::visit::{self, Visited};
use crate::model::{Block, Document, Heading, Inline, Label, Language, Text};

/// The class of a heading that opens an interview.
const INTERVIEW: &str = "interview";

/// The prose in parts.
pub(super) struct Prose {
    pub(super) parts: Vec<Part>,
    /// Labels that the prose gives and no part has, with the label that stands for each; none
    /// stands for the heading that repeats the title.
    pub(super) aliases: BTreeMap<Label, Option<Label>>,
}

/// A part of the prose that becomes a section.
pub(super) struct Part {
    pub(super) role: Role,
    /// The heading's label; the story has none.
    pub(super) label: Option<Label>,
    pub(super) title: Vec<Inline>,
    pub(super) language: Option<Language>,
    pub(super) blocks: Vec<Block>,
    pub(super) span: Span,
    /// The level of its heading in the manuscript: one as high or higher ends the part.
    level: u8,
}

/// Splits the prose at the headings that open a section, and settles the levels of all others.
///
/// A first heading that repeats the title is dropped. What stands before the first other heading
/// of level 1 is the story; each of them opens a chapter. A heading of the class `interview`
/// opens an interview that ends at the next heading as high or higher, which opens a chapter too.
pub(super) fn split(document: &Document, sink: &Sink) -> Prose {
    let title = &document.metadata.title;
    let (dropped, blocks) = match document.blocks.split_first() {
        Some((Block::Heading(heading), rest)) if repeats(heading, title) => (Some(heading), rest),
        Some(_) | None => (None, document.blocks.as_slice()),
    };
    let mut splitter = Splitter {
        current: story(title, dropped, blocks.first()),
        done: Vec::new(),
        aliases: dropped.map(|heading| (heading.label.clone(), None)).into_iter().collect(),
    };
    for block in blocks {
        splitter.take(block, &Wrapping::default());
    }
    splitter.finish(sink)
}

fn story(title: &str, dropped: Option<&Heading>, first: Option<&Block>) -> Part {
    let span = dropped.map(|heading| heading.span).or(first.map(Block::span)).unwrap_or_default();
    Part {
        role: Role::Story,
        label: None,
        title: vec![Inline::Text(Text { text: title.to_owned(), span })],
        language: None,
        blocks: Vec::new(),
        span,
        level: 1,
    }
}

/// Whether a heading says what the title says, whatever the punctuation, and nothing besides: a
/// note or a picture in it would be lost.
fn repeats(heading: &Heading, title: &str) -> bool {
    let mut is_only_text = true;
    visit::inlines(&heading.content, &mut |visited| {
        if matches!(visited, Visited::Inline(Inline::NoteCall { .. }) | Visited::Picture(_)) {
            is_only_text = false;
        }
    });
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let text = visit::text(&heading.content);
    let (ours, theirs) = (letters(&text), letters(title));
    let is_same = ours == theirs && (!ours.is_empty() || text.trim() == title.trim());
    heading.level == 1 && is_only_text && is_same
}

/// What the divisions around a block say of it.
#[derive(Clone, Copy, Default)]
struct Wrapping<'a> {
    language: Option<&'a Language>,
    classes: &'a [String],
}

struct Splitter {
    current: Part,
    done: Vec<Part>,
    aliases: BTreeMap<Label, Option<Label>>,
}

impl Splitter {
    fn take(&mut self, block: &Block, wrapping: &Wrapping<'_>) {
        match block {
            Block::Heading(heading) if self.is_opened_by(heading, wrapping.classes) => {
                self.open(heading, wrapping);
            }
            Block::Division { attributes, blocks, .. } => {
                let opening = first_heading(blocks)
                    .filter(|heading| self.is_opened_by(heading, &attributes.classes));
                let Some(heading) = opening else {
                    self.current.blocks.push(block.clone());
                    return;
                };
                if let Some(label) = attributes.label.as_ref().filter(|it| **it != heading.label) {
                    self.aliases.insert(label.clone(), Some(heading.label.clone()));
                }
                let language = attributes.language().or(wrapping.language);
                let mut classes = attributes.classes.as_slice();
                for inner in blocks {
                    self.take(inner, &Wrapping { language, classes });
                    classes = &[];
                }
            }
            Block::Heading(_)
            | Block::Paragraph { .. }
            | Block::Figure(_)
            | Block::Quote(_)
            | Block::List(_)
            | Block::Definitions { .. }
            | Block::Interview(_)
            | Block::Code(_)
            | Block::Table(_)
            | Block::Alert(_)
            | Block::Math { .. }
            | Block::Break { .. } => self.current.blocks.push(block.clone()),
        }
    }

    fn is_opened_by(&self, heading: &Heading, classes: &[String]) -> bool {
        heading.level <= self.current.level || is_interview(heading, classes)
    }

    fn open(&mut self, heading: &Heading, wrapping: &Wrapping<'_>) {
        let is_interview = is_interview(heading, wrapping.classes);
        let part = Part {
            role: if is_interview { Role::Interview } else { Role::Chapter },
            label: Some(heading.label.clone()),
            title: heading.content.clone(),
            language: heading.attributes.language().or(wrapping.language).cloned(),
            blocks: Vec::new(),
            span: heading.span,
            level: heading.level,
        };
        self.done.push(std::mem::replace(&mut self.current, part));
    }

    fn finish(mut self, sink: &Sink) -> Prose {
        self.done.push(self.current);
        // A heading is text of its own, so only the story can hold nothing.
        self.done.retain(|part| part.role != Role::Story || !part.blocks.is_empty());
        for part in &mut self.done {
            headings::settle_prose(&mut part.blocks, part.level, sink);
        }
        Prose { parts: self.done, aliases: self.aliases }
    }
}

fn is_interview(heading: &Heading, classes: &[String]) -> bool {
    heading.attributes.classes.iter().chain(classes).any(|class| class == INTERVIEW)
}

fn first_heading(blocks: &[Block]) -> Option<&Heading> {
    match blocks.first()? {
        Block::Heading(heading) => Some(heading),
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
        | Block::Break { .. }
        | Block::Division { .. } => None,
    }
}
