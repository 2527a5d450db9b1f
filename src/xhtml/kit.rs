//! The press kit's data into lists that machines and people can look things up in.

use super::links::{external_href, mail_href, phone_href};
use super::section::{Renderer, heading_tag};
use super::{Tag, fold};
use crate::edition::{FactRow, Life, format_date};
use crate::model::{
    Award, Contact, Coverage, Date, Figure, Inline, Picture, PullQuote, TimelineEntry,
};

impl Renderer<'_> {
    /// Writes facts as a list of names and values.
    pub(super) fn facts(&mut self, facts: &[FactRow]) {
        if facts.is_empty() {
            return;
        }
        self.out.open(Tag::new("dl").class("facts"));
        self.out.line();
        for fact in facts {
            let id = self.names.ids.allocate(&format!("fact-{}", fact.id.as_str()));
            self.out.open(Tag::new("div").with("id", &id));
            self.out.line();
            self.line_of(Tag::new("dt"), &fact.label);
            self.line_of(Tag::new("dd"), &fact.value);
            if !fact.note.is_empty() {
                self.line_of(Tag::new("dd").class("note"), &fact.note);
            }
            self.out.close_line();
        }
        self.out.close_line();
    }

    /// Writes inlines as the whole content of an element.
    fn line_of(&mut self, tag: Tag, content: &[Inline]) {
        self.out.open(tag);
        self.inlines(content);
        self.out.close_line();
    }

    /// Writes what happened when, with dates that machines can read where there are any.
    pub(super) fn timeline(&mut self, entries: &[TimelineEntry]) {
        if entries.is_empty() {
            return;
        }
        self.out.open(Tag::new("ol").class("timeline"));
        self.out.line();
        for entry in entries {
            self.out.open(Tag::new("li"));
            self.out.line();
            self.out.open(Tag::new("p").class("when"));
            match &entry.date.machine {
                Some(machine) => {
                    self.out.open(Tag::new("time").with("datetime", &machine.to_string()));
                }
                None => self.out.open(Tag::new("span")),
            }
            self.out.text(&entry.date.text);
            self.out.close();
            self.out.close_line();
            self.paragraph(Tag::new("p").class("what"), &entry.title);
            self.paragraph(Tag::new("p"), &entry.text);
            self.out.close_line();
        }
        self.out.close_line();
    }

    /// Writes a person's life under the person's name.
    pub(super) fn life(&mut self, life: &Life) {
        let id = self.names.ids.allocate(&format!("life-{}", fold(&life.name).replace(' ', "-")));
        self.level = 2;
        let tag = heading_tag(2).with("id", &id);
        self.open_heading(2, id, tag, &life.name);
        self.out.text(&life.name);
        self.out.close_line();
        if let Some(role) = &life.role {
            self.out.leaf(Tag::new("p").class("role"), role);
        }
        if let Some(portrait) = &life.image {
            self.portrait(portrait);
        }
        for length in &life.lengths {
            if !length.heading.is_empty() {
                self.level = 3;
                self.out.leaf(heading_tag(3).class("label"), &length.heading);
            }
            self.blocks(&length.blocks);
        }
    }

    fn portrait(&mut self, picture: &Picture) {
        let (pictures, span) = (vec![picture.clone()], picture.span);
        self.out.open(Tag::new("div").class("portrait"));
        self.out.line();
        self.figure(&Figure { pictures, caption: Vec::new(), span });
        self.out.close_line();
    }

    /// Writes words to be quoted, and whose they are.
    pub(super) fn pull_quote(&mut self, quote: &PullQuote) {
        self.out.open(Tag::new("figure").class("pull-quote"));
        self.out.line();
        self.out.open(Tag::new("blockquote"));
        self.paragraph(Tag::new("p"), &quote.text);
        self.out.close_line();
        if !quote.by.is_empty() || !quote.source.is_empty() {
            self.out.open(Tag::new("figcaption"));
            self.inlines(&quote.by);
            if !quote.source.is_empty() {
                self.out.text(if quote.by.is_empty() { "" } else { ", " });
                let href = quote.url.as_deref().and_then(external_href);
                let source = |renderer: &mut Self| renderer.inlines(&quote.source);
                self.linked(href.as_deref(), None, source);
            }
            self.out.close_line();
        }
        self.out.close_line();
    }

    /// Writes honours.
    pub(super) fn awards(&mut self, awards: &[Award]) {
        self.listing(awards, |renderer, award| {
            renderer.inlines(&award.title);
            renderer.details(&award.by, award.date);
        });
    }

    /// Writes what others have published.
    pub(super) fn coverage(&mut self, items: &[Coverage]) {
        self.listing(items, |renderer, item| {
            let href = item.url.as_deref().and_then(external_href);
            renderer.out.open(Tag::new("cite"));
            renderer.linked(href.as_deref(), None, |renderer| renderer.inlines(&item.title));
            renderer.out.close();
            renderer.details(&item.publication, item.date);
        });
    }

    /// Writes addresses under their titles.
    pub(super) fn link_list<'t>(&mut self, links: impl Iterator<Item = (&'t str, &'t str)>) {
        let links: Vec<_> = links.collect();
        self.listing(&links, |renderer, (title, url)| {
            let href = external_href(url);
            let title = if title.is_empty() { url } else { title };
            renderer.linked(href.as_deref(), None, |renderer| renderer.out.text(title));
        });
    }

    fn listing<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        if items.is_empty() {
            return;
        }
        self.out.open(Tag::new("ul").class("listing"));
        self.out.line();
        for item in items {
            self.out.open(Tag::new("li"));
            write(self, item);
            self.out.close_line();
        }
        self.out.close_line();
    }

    /// Writes who and when behind a title.
    fn details(&mut self, by: &[Inline], date: Option<Date>) {
        if !by.is_empty() {
            self.out.text(", ");
            self.inlines(by);
        }
        if let Some(date) = date {
            self.out.text(", ");
            self.out.open(Tag::new("time").with("datetime", &date.to_string()));
            self.out.text(&format_date(&self.book.edition.words, date));
            self.out.close();
        }
    }

    /// Writes whom to ask, with links that write and dial.
    pub(super) fn contact(&mut self, contact: &Contact) {
        self.out.open(Tag::new("address"));
        self.out.line();
        self.out.leaf(Tag::new("p").class("name"), &contact.name);
        let line = |renderer: &mut Self, text: &Option<String>, href: Option<String>| {
            if let Some(text) = text {
                renderer.out.open(Tag::new("p"));
                renderer.linked(href.as_deref(), None, |renderer| renderer.out.text(text));
                renderer.out.close_line();
            }
        };
        line(self, &contact.role, None);
        line(self, &contact.email, contact.email.as_deref().map(mail_href));
        line(self, &contact.phone, contact.phone.as_deref().and_then(phone_href));
        line(self, &contact.hours, None);
        self.out.close_line();
    }
}
