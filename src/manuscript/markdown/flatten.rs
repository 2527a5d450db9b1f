//! Blocks into the inlines of one line of data, for strings that hold a value.

use super::frame::{Frame, Kind};
use crate::diagnostics::Span;
use crate::model::{Block, Inline, ListKind, Text};

/// All inlines of some blocks, with a line break between one block and the next.
pub(super) fn inlines(blocks: Vec<Block>) -> Vec<Inline> {
    let mut lines = Frame::new(Kind::Root, Span::default());
    for block in blocks {
        push_block(block, &mut lines);
    }
    lines.content
}

fn push_line(content: Vec<Inline>, span: Span, lines: &mut Frame) {
    if content.is_empty() {
        return;
    }
    if !lines.content.is_empty() {
        lines.content.push(Inline::LineBreak { span });
    }
    lines.push_all(content);
}

fn push_block(block: Block, lines: &mut Frame) {
    let span = block.span();
    let all = |blocks: Vec<Block>, lines: &mut Frame| push_line(inlines(blocks), span, lines);
    match block {
        Block::Heading(heading) => push_line(heading.content, span, lines),
        Block::Paragraph { content, .. } => push_line(content, span, lines),
        Block::Figure(figure) => {
            push_line(figure.pictures.into_iter().map(Inline::Picture).collect(), span, lines);
            push_line(figure.caption, span, lines);
        }
        Block::Quote(quote) => {
            all(quote.blocks, lines);
            push_line(quote.attribution.unwrap_or_default(), span, lines);
        }
        Block::List(list) => {
            for (number, item) in (0..).zip(list.items) {
                let mut content = inlines(item.blocks);
                if let ListKind::Ordered { start } = list.kind {
                    let text = format!("{}. ", start.saturating_add(number));
                    content.insert(0, Inline::Text(Text { text, span: item.span }));
                }
                push_line(content, item.span, lines);
            }
        }
        Block::Definitions { entries, .. } => {
            for entry in entries {
                entry.terms.into_iter().for_each(|term| push_line(term, span, lines));
                entry.descriptions.into_iter().for_each(|blocks| all(blocks, lines));
            }
        }
        Block::Interview(interview) => {
            for exchange in interview.exchanges {
                push_line(exchange.question, exchange.span, lines);
                all(exchange.answer, lines);
            }
        }
        Block::Code(code) => {
            push_line(vec![Inline::Code(Text { text: code.text, span })], span, lines);
        }
        Block::Table(table) => {
            for cell in std::iter::once(table.head).chain(table.rows).flat_map(|row| row.cells) {
                push_line(cell.content, span, lines);
            }
        }
        Block::Alert(alert) => all(alert.blocks, lines),
        Block::Division { blocks, .. } => all(blocks, lines),
        Block::Math { source, .. } => {
            push_line(vec![Inline::Math(Text { text: source, span })], span, lines);
        }
        Block::Break { .. } => {}
    }
}
