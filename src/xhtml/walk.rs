//! A walk over everything that a section shows, in reading order.

use crate::edition::{Body, Section};
use crate::model::Inline;
use crate::model::visit::{self, Visited};

/// Walks over a section's title, body and notes.
pub(crate) fn visit_section<'a>(section: &'a Section, see: &mut impl FnMut(Visited<'a>)) {
    visit::inlines(&section.title, see);
    visit_body(&section.body, see);
    for note in &section.notes {
        visit::blocks(&note.blocks, see);
    }
}

fn visit_body<'a>(body: &'a Body, see: &mut impl FnMut(Visited<'a>)) {
    match body {
        Body::Prose(blocks) => visit::blocks(blocks, see),
        Body::Biographies(lives) => {
            for life in lives {
                life.image.iter().for_each(|picture| see(Visited::Picture(picture)));
                life.lengths.iter().for_each(|length| visit::blocks(&length.blocks, see));
            }
        }
        Body::Gallery(figures) => {
            for figure in figures {
                figure.pictures.iter().for_each(|picture| see(Visited::Picture(picture)));
                visit::inlines(&figure.caption, see);
            }
        }
        Body::Facts(_)
        | Body::Timeline(_)
        | Body::Quotes(_)
        | Body::Awards(_)
        | Body::Coverage(_)
        | Body::Video(_)
        | Body::Links(_)
        | Body::Contacts(_) => {
            for line in lines(body) {
                visit::inlines(line, see);
            }
        }
    }
}

/// The lines of a body that is a list of data.
fn lines(body: &Body) -> Vec<&[Inline]> {
    match body {
        Body::Facts(facts) => {
            facts.iter().flat_map(|fact| [&*fact.label, &*fact.value, &*fact.note]).collect()
        }
        Body::Timeline(entries) => {
            entries.iter().flat_map(|entry| [&*entry.title, &*entry.text]).collect()
        }
        Body::Quotes(quotes) => {
            quotes.iter().flat_map(|quote| [&*quote.text, &*quote.by, &*quote.source]).collect()
        }
        Body::Awards(awards) => {
            awards.iter().flat_map(|award| [&*award.title, &*award.by]).collect()
        }
        Body::Coverage(items) => {
            items.iter().flat_map(|item| [&*item.title, &*item.publication]).collect()
        }
        Body::Prose(_)
        | Body::Biographies(_)
        | Body::Gallery(_)
        | Body::Video(_)
        | Body::Links(_)
        | Body::Contacts(_) => Vec::new(),
    }
}
