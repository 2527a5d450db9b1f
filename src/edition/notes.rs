//! Notes: numbered over the edition in the order of their first calls, and put into the section
//! that calls them first.

use std::collections::{BTreeMap, VecDeque};

use super::walk::{self, Touched};
use super::{Opener, Section};
use crate::diagnostics::{Diagnostic, Sink, codes};
use crate::model::{Inline, Label, Note};

/// Numbers the notes that are called. Those that the opener calls stand in the first section; a
/// note that another note calls stands in that note's section. `prepare` completes each note.
pub(super) fn number(
    opener: &mut Opener,
    sections: &mut [Section],
    notes: &BTreeMap<Label, Note>,
    sink: &Sink,
    mut prepare: impl FnMut(&mut Note),
) -> BTreeMap<Label, u32> {
    let mut calls = Calls { notes, numbers: BTreeMap::new(), waiting: VecDeque::new(), sink };
    calls.take(&mut opener.deck);
    for section in sections {
        walk::section(section, &mut |touched| calls.touch(touched));
        while let Some(note) = calls.waiting.pop_front() {
            let mut note = note.clone();
            prepare(&mut note);
            walk::blocks(&mut note.blocks, &mut |touched| calls.touch(touched));
            section.notes.push(note);
        }
    }
    calls.numbers
}

struct Calls<'a> {
    notes: &'a BTreeMap<Label, Note>,
    numbers: BTreeMap<Label, u32>,
    /// Notes with a number that stand in no section yet.
    waiting: VecDeque<&'a Note>,
    sink: &'a Sink,
}

impl Calls<'_> {
    fn touch(&mut self, touched: Touched<'_>) {
        match touched {
            Touched::Inlines(content) => self.take(content),
            Touched::Heading(_) | Touched::Figure(_) => {}
        }
    }

    /// Numbers the calls of a text, and drops those of notes that are not defined.
    fn take(&mut self, content: &mut Vec<Inline>) {
        content.retain_mut(|inline| match inline {
            Inline::NoteCall { label, span } => {
                let is_defined = self.call(label);
                if !is_defined {
                    let message =
                        format!("no note is named `{}`; its call is left out", label.as_str());
                    self.sink.report(Diagnostic::new(codes::UNDEFINED_NOTE, *span, message));
                }
                is_defined
            }
            Inline::Styled { content, .. } => {
                self.take(content);
                true
            }
            Inline::Link(link) => {
                self.take(&mut link.content);
                true
            }
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Picture(_)
            | Inline::LineBreak { .. } => true,
        });
    }

    fn call(&mut self, label: &Label) -> bool {
        if self.numbers.contains_key(label) {
            return true;
        }
        let Some(note) = self.notes.get(label) else { return false };
        let next = u32::try_from(self.numbers.len() + 1).unwrap_or(u32::MAX);
        self.numbers.insert(label.clone(), next);
        self.waiting.push_back(note);
        true
    }
}
