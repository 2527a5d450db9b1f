//! An edition into the pictures that it shows.

use super::{Body, Edition, Life, Section};
use crate::model::visit::{self, Visited};
use crate::model::{Block, Figure, Inline, Picture};

/// Every picture that an edition shows, in reading order; one that is shown twice comes twice.
#[must_use]
pub fn shown_pictures(edition: &Edition) -> Vec<&Picture> {
    let mut found = Shown(edition.opener.cover.iter().collect());
    found.inlines(&edition.opener.deck);
    for section in &edition.sections {
        found.section(section);
    }
    found.0
}

/// Collects pictures from whatever may hold one.
struct Shown<'a>(Vec<&'a Picture>);

impl<'a> Shown<'a> {
    fn section(&mut self, section: &'a Section) {
        self.inlines(&section.title);
        self.body(&section.body);
        for note in &section.notes {
            self.blocks(&note.blocks);
        }
    }

    fn body(&mut self, body: &'a Body) {
        match body {
            Body::Prose(blocks) => self.blocks(blocks),
            Body::Facts(rows) => self.each(rows, |row| [&row.label, &row.value, &row.note]),
            Body::Timeline(entries) => self.each(entries, |entry| [&entry.title, &entry.text]),
            Body::Quotes(quotes) => {
                self.each(quotes, |quote| [&quote.text, &quote.by, &quote.source]);
            }
            Body::Awards(awards) => self.each(awards, |award| [&award.title, &award.by]),
            Body::Coverage(entries) => {
                self.each(entries, |entry| [&entry.title, &entry.publication]);
            }
            Body::Biographies(lives) => lives.iter().for_each(|life| self.life(life)),
            Body::Gallery(figures) => figures.iter().for_each(|figure| self.figure(figure)),
            // Plain strings and addresses.
            Body::Video(_) | Body::Links(_) | Body::Contacts(_) => {}
        }
    }

    fn life(&mut self, life: &'a Life) {
        self.0.extend(&life.image);
        for length in &life.lengths {
            self.blocks(&length.blocks);
        }
    }

    fn figure(&mut self, figure: &'a Figure) {
        self.0.extend(&figure.pictures);
        self.inlines(&figure.caption);
    }

    /// The texts of each entry of a list.
    fn each<T, const N: usize>(&mut self, list: &'a [T], texts: fn(&'a T) -> [&'a Vec<Inline>; N]) {
        for text in list.iter().flat_map(texts) {
            self.inlines(text);
        }
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        visit::blocks(blocks, &mut |visited| self.see(visited));
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        visit::inlines(inlines, &mut |visited| self.see(visited));
    }

    fn see(&mut self, visited: Visited<'a>) {
        match visited {
            Visited::Picture(picture) => self.0.push(picture),
            Visited::Block(_) | Visited::Inline(_) => {}
        }
    }
}
