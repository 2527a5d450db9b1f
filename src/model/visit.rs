//! Walks over a document's blocks and inlines, in reading order.

use super::{Block, Inline, Picture, Text};
use crate::diagnostics::Span;

/// Something that a walk comes past.
#[derive(Clone, Copy, Debug)]
pub enum Visited<'a> {
    /// A block, before what it holds.
    Block(&'a Block),
    /// An inline, before what it holds.
    Inline(&'a Inline),
    /// A picture, of a figure or in a line.
    Picture(&'a Picture),
}

/// Walks over blocks and everything that they hold.
pub fn blocks<'a>(blocks: &'a [Block], see: &mut impl FnMut(Visited<'a>)) {
    for block in blocks {
        self::block(block, see);
    }
}

fn block<'a>(block: &'a Block, see: &mut impl FnMut(Visited<'a>)) {
    see(Visited::Block(block));
    match block {
        Block::Heading(heading) => inlines(&heading.content, see),
        Block::Paragraph { content, .. } => inlines(content, see),
        Block::Figure(figure) => {
            figure.pictures.iter().for_each(|picture| see(Visited::Picture(picture)));
            inlines(&figure.caption, see);
        }
        Block::Quote(quote) => {
            blocks(&quote.blocks, see);
            inlines(quote.attribution.as_deref().unwrap_or_default(), see);
        }
        Block::List(list) => list.items.iter().for_each(|item| blocks(&item.blocks, see)),
        Block::Definitions { entries, .. } => {
            for entry in entries {
                entry.terms.iter().for_each(|term| inlines(term, see));
                entry.descriptions.iter().for_each(|description| blocks(description, see));
            }
        }
        Block::Interview(interview) => {
            for exchange in &interview.exchanges {
                inlines(&exchange.question, see);
                blocks(&exchange.answer, see);
            }
        }
        Block::Table(table) => {
            for cell in std::iter::once(&table.head).chain(&table.rows).flat_map(|row| &row.cells) {
                inlines(&cell.content, see);
            }
        }
        Block::Alert(alert) => blocks(&alert.blocks, see),
        Block::Division { blocks: inner, .. } => blocks(inner, see),
        Block::Code(_) | Block::Math { .. } | Block::Break { .. } => {}
    }
}

/// Walks over inlines and everything that they hold.
pub fn inlines<'a>(inlines: &'a [Inline], see: &mut impl FnMut(Visited<'a>)) {
    for inline in inlines {
        see(Visited::Inline(inline));
        match inline {
            Inline::Styled { content, .. } => self::inlines(content, see),
            Inline::Link(link) => self::inlines(&link.content, see),
            Inline::Picture(picture) => see(Visited::Picture(picture)),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::NoteCall { .. }
            | Inline::LineBreak { .. } => {}
        }
    }
}

/// The characters of inlines, without their styles; a forced line break is a line feed.
#[must_use]
pub fn text(content: &[Inline]) -> String {
    let mut text = String::new();
    inlines(content, &mut |visited| match visited {
        Visited::Inline(Inline::Text(piece) | Inline::Code(piece) | Inline::Math(piece)) => {
            text.push_str(&piece.text);
        }
        Visited::Inline(Inline::LineBreak { .. }) => text.push('\n'),
        Visited::Inline(_) | Visited::Block(_) | Visited::Picture(_) => {}
    });
    text
}

/// The place of an inline.
#[must_use]
pub fn span(inline: &Inline) -> Span {
    match inline {
        Inline::Text(Text { span, .. })
        | Inline::Code(Text { span, .. })
        | Inline::Math(Text { span, .. })
        | Inline::Styled { span, .. }
        | Inline::NoteCall { span, .. }
        | Inline::LineBreak { span } => *span,
        Inline::Link(link) => link.span,
        Inline::Picture(picture) => picture.span,
    }
}

/// Walks over inlines and everything that they hold, to change them: an inline before what it
/// holds.
pub fn inlines_mut(inlines: &mut [Inline], change: &mut impl FnMut(&mut Inline)) {
    for inline in inlines {
        change(inline);
        match inline {
            Inline::Styled { content, .. } => inlines_mut(content, change),
            Inline::Link(link) => inlines_mut(&mut link.content, change),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Picture(_)
            | Inline::NoteCall { .. }
            | Inline::LineBreak { .. } => {}
        }
    }
}

/// Walks over all inlines that blocks hold, to change them.
pub fn block_inlines_mut(blocks: &mut [Block], change: &mut impl FnMut(&mut Inline)) {
    for block in blocks {
        match block {
            Block::Heading(heading) => inlines_mut(&mut heading.content, change),
            Block::Paragraph { content, .. } => inlines_mut(content, change),
            Block::Figure(figure) => inlines_mut(&mut figure.caption, change),
            Block::Quote(quote) => {
                block_inlines_mut(&mut quote.blocks, change);
                inlines_mut(quote.attribution.as_deref_mut().unwrap_or_default(), change);
            }
            Block::List(list) => {
                list.items.iter_mut().for_each(|item| block_inlines_mut(&mut item.blocks, change));
            }
            Block::Definitions { entries, .. } => {
                for entry in entries {
                    entry.terms.iter_mut().for_each(|term| inlines_mut(term, change));
                    entry
                        .descriptions
                        .iter_mut()
                        .for_each(|blocks| block_inlines_mut(blocks, change));
                }
            }
            Block::Interview(interview) => {
                for exchange in &mut interview.exchanges {
                    inlines_mut(&mut exchange.question, change);
                    block_inlines_mut(&mut exchange.answer, change);
                }
            }
            Block::Table(table) => {
                let rows = std::iter::once(&mut table.head).chain(&mut table.rows);
                for cell in rows.flat_map(|row| &mut row.cells) {
                    inlines_mut(&mut cell.content, change);
                }
            }
            Block::Alert(alert) => block_inlines_mut(&mut alert.blocks, change),
            Block::Division { blocks: inner, .. } => block_inlines_mut(inner, change),
            Block::Code(_) | Block::Math { .. } | Block::Break { .. } => {}
        }
    }
}
