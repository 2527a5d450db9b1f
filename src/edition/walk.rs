//! A walk that may change what it comes past, in reading order.

use super::{Body, Section};
use crate::model::{Block, Figure, Heading, Inline};

/// Something that a walk comes past.
pub(super) enum Touched<'a> {
    /// A heading, before its text.
    Heading(&'a mut Heading),
    /// A figure, before its caption.
    Figure(&'a mut Figure),
    /// A run of text as a whole: a paragraph's, a cell's. What is nested in it is not named again.
    Inlines(&'a mut Vec<Inline>),
}

/// Walks over a section's title and body; not over its notes.
pub(super) fn section(section: &mut Section, see: &mut impl FnMut(Touched<'_>)) {
    see(Touched::Inlines(&mut section.title));
    match &mut section.body {
        Body::Prose(inner) => blocks(inner, see),
        Body::Facts(rows) => {
            for row in rows {
                lines([&mut row.label, &mut row.value, &mut row.note], see);
            }
        }
        Body::Timeline(entries) => {
            for entry in entries {
                lines([&mut entry.title, &mut entry.text], see);
            }
        }
        Body::Biographies(lives) => {
            lives
                .iter_mut()
                .flat_map(|life| &mut life.lengths)
                .for_each(|length| blocks(&mut length.blocks, see));
        }
        Body::Quotes(quotes) => {
            for quote in quotes {
                lines([&mut quote.text, &mut quote.by, &mut quote.source], see);
            }
        }
        Body::Awards(awards) => {
            for award in awards {
                lines([&mut award.title, &mut award.by], see);
            }
        }
        Body::Coverage(articles) => {
            for article in articles {
                lines([&mut article.title, &mut article.publication], see);
            }
        }
        Body::Gallery(figures) => figures.iter_mut().for_each(|shown| figure(shown, see)),
        Body::Video(_) | Body::Links(_) | Body::Contacts(_) => {}
    }
}

fn lines<'a>(
    lines: impl IntoIterator<Item = &'a mut Vec<Inline>>,
    see: &mut impl FnMut(Touched<'_>),
) {
    lines.into_iter().for_each(|line| see(Touched::Inlines(line)));
}

fn figure(figure: &mut Figure, see: &mut impl FnMut(Touched<'_>)) {
    see(Touched::Figure(figure));
    see(Touched::Inlines(&mut figure.caption));
}

/// Walks over blocks and everything that they hold.
pub(super) fn blocks(blocks: &mut [Block], see: &mut impl FnMut(Touched<'_>)) {
    for block in blocks {
        self::block(block, see);
    }
}

fn block(block: &mut Block, see: &mut impl FnMut(Touched<'_>)) {
    match block {
        Block::Heading(heading) => {
            see(Touched::Heading(heading));
            see(Touched::Inlines(&mut heading.content));
        }
        Block::Paragraph { content, .. } => see(Touched::Inlines(content)),
        Block::Figure(shown) => figure(shown, see),
        Block::Quote(quote) => {
            blocks(&mut quote.blocks, see);
            lines(&mut quote.attribution, see);
        }
        Block::List(list) => list.items.iter_mut().for_each(|item| blocks(&mut item.blocks, see)),
        Block::Definitions { entries, .. } => {
            for entry in entries {
                lines(&mut entry.terms, see);
                entry.descriptions.iter_mut().for_each(|description| blocks(description, see));
            }
        }
        Block::Interview(interview) => {
            for exchange in &mut interview.exchanges {
                see(Touched::Inlines(&mut exchange.question));
                blocks(&mut exchange.answer, see);
            }
        }
        Block::Table(table) => {
            let rows = std::iter::once(&mut table.head).chain(&mut table.rows);
            rows.flat_map(|row| &mut row.cells)
                .for_each(|cell| see(Touched::Inlines(&mut cell.content)));
        }
        Block::Alert(alert) => blocks(&mut alert.blocks, see),
        Block::Division { blocks: inner, .. } => blocks(inner, see),
        Block::Code(_) | Block::Math { .. } | Block::Break { .. } => {}
    }
}
