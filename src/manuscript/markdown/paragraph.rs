//! The inlines of a paragraph into a block: a paragraph, a figure, or a formula.

use super::{Context, parse_inlines};
use crate::diagnostics::Span;
use crate::model::{Block, Figure, Inline, Text, visit};

/// The block that some inlines make, if they make any. A picture alone is a figure whose caption
/// is the picture's title; a formula alone that was written for it stands on lines of its own.
pub(super) fn block(
    mut inlines: Vec<Inline>,
    picture_title: &str,
    has_display_math: bool,
    span: Option<Span>,
    context: &Context<'_>,
) -> Option<Block> {
    trim(&mut inlines);
    let first = visit::span(inlines.first()?);
    let span =
        span.unwrap_or_else(|| inlines.last().map_or(first, |last| first.to(visit::span(last))));
    match inlines.as_slice() {
        [Inline::Picture(picture)] => Some(Block::Figure(Figure {
            pictures: vec![picture.clone()],
            caption: parse_inlines(picture_title, span, context),
            span,
        })),
        [Inline::Math(formula)] if has_display_math => {
            Some(Block::Math { source: formula.text.clone(), span })
        }
        _ => Some(Block::Paragraph { content: inlines, span }),
    }
}

/// Removes white space that can break, and breaks, from both ends.
pub(super) fn trim(content: &mut Vec<Inline>) {
    trim_start(content);
    while let Some(last) = content.last_mut() {
        if !is_blank(last, str::trim_ascii_end) {
            break;
        }
        content.pop();
    }
}

/// Removes white space that can break, and breaks, from the start.
pub(super) fn trim_start(content: &mut Vec<Inline>) {
    let is_kept = |inline: &mut Inline| !is_blank(inline, str::trim_ascii_start);
    let kept = content.iter_mut().position(is_kept).unwrap_or(content.len());
    content.drain(..kept);
}

/// Trims a text; says whether the inline is then blank.
fn is_blank(inline: &mut Inline, trim: impl Fn(&str) -> &str) -> bool {
    match inline {
        Inline::Text(Text { text, span }) => {
            let trimmed = trim(text);
            if trimmed.len() < text.len() {
                *span = sub_span(text, *span, trimmed);
                *text = trimmed.to_owned();
            }
            text.is_empty()
        }
        Inline::LineBreak { .. } => true,
        Inline::Styled { .. }
        | Inline::Code(_)
        | Inline::Math(_)
        | Inline::Link(_)
        | Inline::Picture(_)
        | Inline::NoteCall { .. } => false,
    }
}

/// The place of a part of a text: exact where the text is as long as it was written.
fn sub_span(text: &str, span: Span, part: &str) -> Span {
    if (span.end - span.start) as usize != text.len() {
        return span;
    }
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let from = span.start as usize + start;
    Span::new(span.source, from, from + part.len())
}

/// Cuts a text at a byte.
pub(super) fn split_text(text: &Text, at: usize) -> (Text, Text) {
    let (head, tail) = text.text.split_at(text.text.floor_char_boundary(at));
    let part =
        |part: &str| Text { text: part.to_owned(), span: sub_span(&text.text, text.span, part) };
    (part(head), part(tail))
}
