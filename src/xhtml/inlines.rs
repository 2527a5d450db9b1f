//! Inlines into phrasing content.

use super::links::external_href;
use super::section::Renderer;
use super::{Semantics, Tag};
use crate::model::{Inline, Label, Link, Style, Target};

impl Renderer<'_> {
    /// Writes inlines in order.
    pub(super) fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text(text) => self.out.text(&text.text),
                Inline::Styled { style, content, .. } => {
                    self.out.open(style_tag(style));
                    self.inlines(content);
                    self.out.close();
                }
                Inline::Code(text) => {
                    self.out.open(Tag::new("code"));
                    self.out.text(&text.text);
                    self.out.close();
                }
                Inline::Math(text) => self.inline_math(text),
                Inline::Link(link) => self.link(link),
                Inline::Picture(picture) => self.inline_picture(picture),
                Inline::NoteCall { label, .. } => self.note_call(label),
                Inline::LineBreak { .. } => {
                    self.out.void(&Tag::new("br"));
                    self.out.line();
                }
            }
        }
    }

    fn link(&mut self, link: &Link) {
        let href = match &link.target {
            Target::External(address) => external_href(address),
            Target::Internal(label) => self.book.places.href(label, self.index),
        };
        let title = Some(link.title.as_str()).filter(|title| !title.is_empty());
        self.linked(href.as_deref(), title, |renderer| renderer.inlines(&link.content));
    }

    /// Writes content as a link; without one where there is no address, or inside another link.
    pub(super) fn linked(
        &mut self,
        href: Option<&str>,
        title: Option<&str>,
        content: impl FnOnce(&mut Self),
    ) {
        let Some(href) = href.filter(|_| !self.in_link) else { return content(self) };
        self.out.open(Tag::new("a").with("href", href).with_some("title", title));
        self.in_link = true;
        content(self);
        self.in_link = false;
        self.out.close();
    }

    /// Writes a note's number, linked to the note. Only the first call can be led back to.
    fn note_call(&mut self, label: &Label) {
        let Some(number) = self.book.edition.note_numbers.get(label) else { return };
        let ids = self.names.notes.get(label).cloned();
        let call = ids.as_ref().and_then(|ids| self.use_id(ids.call.clone()));
        self.out.open(Tag::new("sup").with_some("id", call.as_deref()));
        match ids.filter(|_| !self.in_link) {
            Some(ids) => {
                let href = format!("#{}", ids.note);
                self.out.open(Tag::new("a").with("href", &href).means(Semantics::NoteCall));
                self.out.text(&number.to_string());
                self.out.close();
            }
            None => self.out.text(&number.to_string()),
        }
        self.out.close();
    }
}

fn style_tag(style: &Style) -> Tag {
    match style {
        Style::Emphasis => Tag::new("em"),
        Style::Strong => Tag::new("strong"),
        Style::Strikethrough => Tag::new("s"),
        Style::Superscript => Tag::new("sup"),
        Style::Subscript => Tag::new("sub"),
        Style::Small => Tag::new("small"),
        Style::Underline => Tag::new("u"),
        Style::Mark => Tag::new("mark"),
        Style::Keyboard => Tag::new("kbd"),
        Style::Cite => Tag::new("cite"),
        Style::Quotation => Tag::new("span").class("quotation"),
        Style::Abbreviation { title } if title.is_empty() => Tag::new("abbr"),
        Style::Abbreviation { title } => Tag::new("abbr").with("title", title),
        Style::Language(language) => Tag::new("span").language(Some(language)),
    }
}
