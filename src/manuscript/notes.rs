//! The notes of many files into those of one document.
//!
//! In each file of a manuscript `[^1]` is its own: a label that an earlier file has taken is
//! given another name, in the note and wherever it is called.

use std::collections::BTreeMap;

use super::markdown::Prose;
use crate::model::{Block, Inline, Label, Note};

/// The notes of the files so far.
#[derive(Debug, Default)]
pub(super) struct NoteCollector {
    notes: BTreeMap<Label, Note>,
}

impl NoteCollector {
    /// Takes the notes of one more file, and gives back its blocks.
    pub(super) fn adopt(&mut self, prose: Prose) -> Vec<Block> {
        let Prose { mut blocks, mut notes } = prose;
        let renamed: BTreeMap<Label, Label> = notes
            .keys()
            .filter(|label| self.notes.contains_key(*label))
            .map(|label| (label.clone(), self.free_label(label, &notes)))
            .collect();
        if !renamed.is_empty() {
            rename_in_blocks(&mut blocks, &renamed);
            for note in notes.values_mut() {
                rename(&mut note.label, &renamed);
                rename_in_blocks(&mut note.blocks, &renamed);
            }
        }
        self.notes.extend(notes.into_values().map(|note| (note.label.clone(), note)));
        blocks
    }

    /// The notes of all files.
    pub(super) fn into_notes(self) -> BTreeMap<Label, Note> {
        self.notes
    }

    /// The label with the first number that neither the files so far nor this one have.
    fn free_label(&self, label: &Label, notes: &BTreeMap<Label, Note>) -> Label {
        let numbered = (2_u64..).map(|number| Label::new(format!("{}-{number}", label.as_str())));
        let is_free = |label: &Label| !self.notes.contains_key(label) && !notes.contains_key(label);
        numbered.into_iter().find(is_free).unwrap_or_else(|| label.clone())
    }
}

fn rename(label: &mut Label, renamed: &BTreeMap<Label, Label>) {
    if let Some(new) = renamed.get(label) {
        *label = new.clone();
    }
}

fn rename_in_blocks(blocks: &mut [Block], renamed: &BTreeMap<Label, Label>) {
    for block in blocks {
        rename_in_block(block, renamed);
    }
}

fn rename_in_block(block: &mut Block, renamed: &BTreeMap<Label, Label>) {
    match block {
        Block::Heading(heading) => rename_in_inlines(&mut heading.content, renamed),
        Block::Paragraph { content, .. } => rename_in_inlines(content, renamed),
        Block::Figure(figure) => rename_in_inlines(&mut figure.caption, renamed),
        Block::Quote(quote) => {
            rename_in_blocks(&mut quote.blocks, renamed);
            rename_in_inlines(quote.attribution.as_deref_mut().unwrap_or_default(), renamed);
        }
        Block::List(list) => {
            list.items.iter_mut().for_each(|item| rename_in_blocks(&mut item.blocks, renamed));
        }
        Block::Definitions { entries, .. } => {
            for entry in entries {
                entry.terms.iter_mut().for_each(|term| rename_in_inlines(term, renamed));
                entry.descriptions.iter_mut().for_each(|text| rename_in_blocks(text, renamed));
            }
        }
        Block::Interview(interview) => {
            for exchange in &mut interview.exchanges {
                rename_in_inlines(&mut exchange.question, renamed);
                rename_in_blocks(&mut exchange.answer, renamed);
            }
        }
        Block::Table(table) => {
            let rows = std::iter::once(&mut table.head).chain(&mut table.rows);
            rows.flat_map(|row| &mut row.cells)
                .for_each(|cell| rename_in_inlines(&mut cell.content, renamed));
        }
        Block::Alert(alert) => rename_in_blocks(&mut alert.blocks, renamed),
        Block::Division { blocks, .. } => rename_in_blocks(blocks, renamed),
        Block::Code(_) | Block::Math { .. } | Block::Break { .. } => {}
    }
}

fn rename_in_inlines(inlines: &mut [Inline], renamed: &BTreeMap<Label, Label>) {
    for inline in inlines {
        match inline {
            Inline::NoteCall { label, .. } => rename(label, renamed),
            Inline::Styled { content, .. } => rename_in_inlines(content, renamed),
            Inline::Link(link) => rename_in_inlines(&mut link.content, renamed),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Picture(_)
            | Inline::LineBreak { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Span;

    fn call(label: &str) -> Block {
        let span = Span::default();
        let content = vec![Inline::NoteCall { label: Label::new(label), span }];
        Block::Paragraph { content, span }
    }

    fn prose(label: &str, inner: &str) -> Prose {
        let note =
            Note { label: Label::new(label), blocks: vec![call(inner)], span: Span::default() };
        Prose { blocks: vec![call(label)], notes: [(note.label.clone(), note)].into() }
    }

    #[test]
    fn two_files_may_each_have_a_note_one() {
        let mut collector = NoteCollector::default();
        assert_eq!(collector.adopt(prose("1", "1")), [call("1")]);
        assert_eq!(collector.adopt(prose("1", "1")), [call("1-2")]);
        assert_eq!(collector.adopt(prose("1-2", "x")), [call("1-2-2")]);
        let notes = collector.into_notes();
        assert_eq!(notes[&Label::new("1-2")].blocks, [call("1-2")]);
        assert_eq!(notes.len(), 3);
        assert!(notes.iter().all(|(label, note)| *label == note.label));
    }
}
