//! Notes at the end of their section, each with its way back to the text.

use super::section::Renderer;
use super::{Markup, Semantics, Tag};
use crate::model::{Label, Note, Word};

impl Renderer<'_> {
    /// Writes the section's notes under a heading of their own.
    pub(super) fn notes(&mut self, notes: &[Note]) {
        if notes.is_empty() {
            return;
        }
        let id = self.names.ids.allocate("notes");
        let tag = Tag::new("section").class("notes").means(Semantics::Notes);
        self.out.open(tag.with("aria-labelledby", &id));
        self.out.line();
        let words = &self.book.edition.words;
        self.out.leaf(Tag::new("h2").with("id", &id), words.get(Word::Notes));
        self.level = 2;
        for note in notes {
            let ids = self.names.notes.get(&note.label).map(|ids| ids.note.clone());
            let id = ids.and_then(|id| self.use_id(id));
            let tag = Tag::new("aside").with_some("id", id.as_deref());
            self.out.open(tag.means(Semantics::Note));
            self.out.line();
            let lead = self.way_back(&note.label);
            self.blocks_after(lead, &note.blocks);
            self.out.close_line();
        }
        self.out.close_line();
    }

    /// The note's number, linked to its first call; the last character keeps the arrow from
    /// being drawn as a picture. A note that only another note calls may have no call yet.
    fn way_back(&self, label: &Label) -> String {
        let mut out = Markup::default();
        let number = self.book.edition.note_numbers.get(label).map(ToString::to_string);
        let number = number.unwrap_or_default();
        let call = self.names.notes.get(label).map(|ids| &ids.call);
        if let Some(call) = call.filter(|call| self.used.contains(*call)) {
            let name = format!("{number} {}", self.book.edition.words.get(Word::BackToText));
            let tag = Tag::new("a").with("href", &format!("#{call}")).class("back");
            out.open(tag.means(Semantics::BackLink).with("aria-label", name.trim()));
            out.text(&format!("{number} \u{21A9}\u{FE0E}"));
        } else {
            out.open(Tag::new("span").class("back"));
            out.text(&number);
        }
        out.close();
        out.text(" ");
        out.finish()
    }
}
