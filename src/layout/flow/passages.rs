//! Passages set off from the text: interviews, code, alerts, breaks.

use super::prose::{Column, ItemList, indented};
use super::{FlowItem, OutlineMark, keep_together, label_line};
use crate::geometry::{Point, Pt, Size};
use crate::layout::Composer;
use crate::layout::inline::{Collector, Indents};
use crate::model::{Alert, CodeBlock, Interview};
use crate::page::{Artifact, Frame, Item, NodeId, Role, Shape, Tag};

impl Composer<'_> {
    /// Questions in the accent colour, their numbers hanging in the margin on the same baseline.
    pub(super) fn interview(
        &mut self,
        interview: &Interview,
        parent: NodeId,
        column: Column,
        list: &mut ItemList,
    ) {
        let style = self.theme.text.question;
        for exchange in &interview.exchanges {
            let division = self.structure.add(parent, Role::Division);
            let node = self.structure.add(division, Role::Heading(2));
            let number =
                if interview.numbered { exchange.number.to_string() } else { String::new() };
            let number = self.hanging_number(&number, node);
            let mut items = self.inline_items(&exchange.question, node, column.width, style);
            if let Some(first) = items.first_mut() {
                first.outline =
                    Some(OutlineMark::new(2, crate::model::visit::text(&exchange.question)));
                let mut frame = number;
                frame.push_frame(Point::ORIGIN, std::mem::take(&mut first.frame));
                first.frame = frame;
            }
            keep_together(&mut items);
            list.add(items, self.grid(), Pt::ZERO);
            list.keep_with_next();
            let answer = self.blocks(&exchange.answer, division, column);
            list.add(answer.items, Pt::ZERO, Pt::ZERO);
        }
    }

    /// A number that ends before the column, on the baseline of the question beside it.
    pub(super) fn hanging_number(&mut self, number: &str, node: NodeId) -> Frame {
        let style = self.theme.text.question_number;
        let gap = self.grid() * 0.6;
        let baseline = self.baseline(&self.theme.text.question);
        let paragraph = Collector::new(self, style).string(number, node).finish();
        let mut frame = Frame::default();
        for line in self.set_lines(&paragraph, self.page.left, Indents::default()) {
            frame.push_frame(Point::new(-gap - line.width, baseline), line.frame);
        }
        frame
    }

    pub(super) fn code(
        &mut self,
        code: &CodeBlock,
        parent: NodeId,
        column: Column,
    ) -> Vec<FlowItem> {
        let inset = self.grid() * 0.5;
        let paragraph = self.structure.add(parent, Role::Paragraph);
        let node = self.structure.add(paragraph, Role::Code);
        let items = self.verbatim(&code.text, node, column.narrowed(inset * 2.0));
        let tint = self.theme.colors.tint.0;
        let count = items.len();
        let mut items = indented(items, inset);
        for (index, item) in items.iter_mut().enumerate() {
            // The first and the last line bring the tint's margin with them.
            let above = if index == 0 { inset } else { Pt::ZERO };
            let below = if index + 1 == count { inset } else { Pt::ZERO };
            for placed in &mut item.frame.items {
                placed.at.y += above;
            }
            item.height += above + below;
            item.needs = item.height;
            let size = Size::new(column.width, item.height);
            let tag = Tag::Artifact(Artifact::Background);
            item.paint_below(Point::ORIGIN, Item::Shape(Shape::filled_rect(size, tint, tag)));
        }
        items
    }

    /// Lines as they stand, those too long continued on the next.
    pub(super) fn verbatim(&mut self, text: &str, node: NodeId, column: Column) -> Vec<FlowItem> {
        let style = self.theme.text.code;
        let font = self.font(style.family, style.weight, style.italic);
        let run = crate::text::RunStyle {
            font,
            size: style.size,
            tracking: 0.0,
            caps: style.caps,
            figures: style.figures,
            language: self.language.clone(),
            hyphenate: false,
        };
        let cell = self.shaper.width("0", &run).max(Pt(0.1));
        let cells = ((column.width / cell) as usize).max(1);
        let mut items = Vec::new();
        for line in text.split('\n') {
            let characters: Vec<char> = line.replace('\t', "    ").chars().collect();
            for piece in wrap(&characters, cells) {
                let set = self.string_items(&piece, node, Pt(f64::MAX), style);
                items.push(match set.into_iter().next() {
                    Some(item) => item,
                    None => FlowItem::new(Frame::default(), style.leading),
                });
            }
        }
        for (index, item) in items.iter_mut().enumerate() {
            item.on_grid = index == 0;
        }
        items
    }

    pub(super) fn alert(&mut self, alert: &Alert, parent: NodeId, column: Column) -> Vec<FlowItem> {
        let node = self.structure.add(parent, Role::Aside);
        let indent = self.grid();
        let title = self.structure.add(node, Role::Paragraph);
        let label = self.theme.text.label;
        let mut list = ItemList::default();
        let items =
            self.string_items(self.word(alert.kind.word()), title, column.width - indent, label);
        list.add(label_line(items, self.grid()), Pt::ZERO, Pt::ZERO);
        list.keep_with_next();
        let inner = self.blocks(&alert.blocks, node, column.narrowed(indent));
        list.add(inner.items, Pt::ZERO, Pt::ZERO);
        let mut items = indented(list.items, indent);
        let accent = self.theme.colors.accent.0;
        for (index, item) in items.iter_mut().enumerate() {
            let above = if index == 0 { Pt::ZERO } else { item.space_before };
            let size = Size::new(Pt(1.5), item.height + above);
            let tag = Tag::Artifact(Artifact::Layout);
            let bar = Item::Shape(Shape::filled_rect(size, accent, tag));
            item.paint_below(Point::new(Pt::ZERO, -above), bar);
        }
        items
    }

    /// A short rule in the middle of three lines.
    pub(super) fn thematic_break(&self, column: Column) -> FlowItem {
        let grid = self.grid();
        let width = grid * 3.0;
        let tag = Tag::Artifact(Artifact::Layout);
        let rule = Shape::filled_rect(Size::new(width, Pt(0.5)), self.theme.colors.accent.0, tag);
        let mut frame = Frame::default();
        frame.push(Point::new((column.width - width) / 2.0, grid * 1.25), Item::Shape(rule));
        FlowItem::new(frame, grid * 2.0)
    }
}

/// Cuts a line of code into pieces of at most so many cells: after a space where there is one in
/// the second half of the piece. An empty line is one empty piece.
fn wrap(line: &[char], cells: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while rest.len() > cells {
        let space = rest[..cells].iter().rposition(|character| *character == ' ');
        let end = space.filter(|at| *at >= cells / 2).map_or(cells, |at| at + 1);
        pieces.push(rest[..end].iter().collect());
        rest = &rest[end..];
    }
    pieces.push(rest.iter().collect());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_code_is_continued_after_a_space_and_loses_nothing() {
        let wrapped = |text: &str| wrap(&text.chars().collect::<Vec<_>>(), 8);
        assert_eq!(wrapped("lets answer = 42;"), ["lets ", "answer ", "= 42;"]);
        assert_eq!(wrapped("unbreakable"), ["unbreaka", "ble"]);
        assert_eq!(wrapped(""), [""]);
    }
}
