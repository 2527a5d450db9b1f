//! Lists, definitions and notes: what is read under marks that hang before it.

use super::prose::{Column, ItemList, indented};
use super::{BreakBefore, FlowItem, stack};
use crate::geometry::{Point, Pt, Size};
use crate::layout::inline::{Collector, Indents};
use crate::layout::{Composer, note_label};
use crate::model::{Definition, List, ListItem, ListKind, Note};
use crate::page::{Artifact, Frame, Item, ListNumbering, NodeId, Role, Shape, Tag};
use crate::text::RunStyle;
use crate::theme::{Align, TextStyle, Weight};

impl Composer<'_> {
    pub(super) fn list(&mut self, inner: &List, parent: NodeId, column: Column) -> Vec<FlowItem> {
        let numbering = match inner.kind {
            ListKind::Unordered => ListNumbering::Disc,
            ListKind::Ordered { .. } => ListNumbering::Decimal,
        };
        let node = self.structure.add(parent, Role::List(numbering));
        let between = if inner.tight { Pt::ZERO } else { self.grid() };
        let column = Column { is_tight: inner.tight, ..column };
        let marks: Vec<String> = inner
            .items
            .iter()
            .enumerate()
            .map(|(index, item)| list_mark(inner.kind, index, item.checked))
            .collect();
        let indent = self.list_indent(&marks, column.style);
        let mut list = ItemList::default();
        let count = inner.items.len();
        let mut is_short = false;
        for (index, (item, mark)) in inner.items.iter().zip(&marks).enumerate() {
            let mut items = self.list_item(item, mark, node, (indent, column));
            // An item of one line stands alone neither at a page's foot nor at its head.
            if let [only] = items.as_mut_slice()
                && index + 1 == count
                && index > 0
            {
                only.break_before = BreakBefore::Never;
            }
            if let Some(first) = items.first_mut().filter(|_| index == 1 && is_short) {
                first.break_before = BreakBefore::Never;
            }
            is_short = items.len() == 1;
            list.add(items, between, Pt::ZERO);
        }
        list.items
    }

    /// The indent that leaves room for the widest of a list's marks.
    fn list_indent(&self, marks: &[String], style: TextStyle) -> Pt {
        let run = RunStyle {
            font: self.font(style.family, style.weight, style.italic),
            size: style.size,
            tracking: style.tracking,
            caps: style.caps,
            figures: style.figures,
            language: self.language.clone(),
            hyphenate: false,
        };
        let widest = marks.iter().map(|mark| self.shaper.width(mark, &run)).fold(Pt::ZERO, Pt::max);
        (widest + style.size * 0.5).max(style.size * 1.4)
    }

    pub(super) fn list_item(
        &mut self,
        item: &ListItem,
        mark: &str,
        parent: NodeId,
        (indent, column): (Pt, Column),
    ) -> Vec<FlowItem> {
        let style = TextStyle { align: Align::Start, ..column.style };
        let node = self.structure.add(parent, Role::ListItem);
        let label = self.structure.add(node, Role::Label);
        let body = self.structure.add(node, Role::ListBody);
        let mark = Collector::new(self, style).string(mark, label).finish();
        let mark = self.set_lines(&mark, column.width, Indents::default());
        let mark_width = mark.first().map_or(Pt::ZERO, |line| line.width);
        let mut items = self.blocks(&item.blocks, body, column.narrowed(indent)).items;
        if items.is_empty() {
            items.push(FlowItem::new(Frame::default(), style.leading));
        }
        items = indented(items, indent);
        if let (Some(first), Some(line)) = (items.first_mut(), mark.into_iter().next()) {
            let at = Point::new(indent - style.size * 0.5 - mark_width, self.baseline(&style));
            let mut frame = Frame::default();
            frame.push_frame(at, line.frame);
            frame.push_frame(Point::ORIGIN, std::mem::take(&mut first.frame));
            first.frame = frame;
        }
        items
    }

    pub(super) fn definitions(
        &mut self,
        entries: &[Definition],
        parent: NodeId,
        column: Column,
    ) -> Vec<FlowItem> {
        let node = self.structure.add(parent, Role::List(ListNumbering::None));
        let term_style = TextStyle { weight: Weight::Bold, align: Align::Start, ..column.style };
        let indent = self.grid();
        let mut list = ItemList::default();
        for entry in entries {
            let item = self.structure.add(node, Role::ListItem);
            for term in &entry.terms {
                let label = self.structure.add(item, Role::Label);
                let items = self.inline_items(term, label, column.width, term_style);
                list.add(items, Pt::ZERO, Pt::ZERO);
                list.keep_with_next();
            }
            let body = self.structure.add(item, Role::ListBody);
            for description in &entry.descriptions {
                let items = self.blocks(description, body, column.narrowed(indent)).items;
                list.add(indented(items, indent), Pt::ZERO, Pt::ZERO);
            }
        }
        list.items
    }

    /// Notes at a section's end, small, their numbers hanging.
    pub(super) fn notes(&mut self, notes: &[Note], parent: NodeId, width: Pt) -> Vec<FlowItem> {
        let column = Column::new(width, self.theme.text.note);
        let mut list = ItemList::default();
        for note in notes {
            let Some(number) = self.edition.note_numbers.get(&note.label).copied() else {
                continue;
            };
            let node = self.structure.add(parent, Role::Note);
            let mark = self.structure.add(node, Role::Label);
            let indent = column.style.size * 1.6;
            let blocks = self.blocks(&note.blocks, node, column.narrowed(indent)).items;
            let mut items = indented(blocks, indent);
            let mut mark = stack(
                self.string_items(&number.to_string(), mark, indent, column.style),
                self.grid(),
            );
            if let Some(first) = items.first_mut() {
                mark.frame.push_frame(Point::ORIGIN, std::mem::take(&mut first.frame));
                first.frame = mark.frame;
                first.destinations.push((note_label(&note.label), Pt::ZERO));
            }
            for (index, item) in items.iter_mut().enumerate() {
                item.on_grid = index == 0 && list.items.is_empty();
            }
            list.add(items, Pt::ZERO, Pt::ZERO);
        }
        if let Some(first) = list.items.first_mut() {
            self.rule_above_notes(first);
        }
        list.items
    }

    /// A short rule between the text and the notes.
    fn rule_above_notes(&self, first: &mut FlowItem) {
        let gap = self.grid() * 0.5;
        for placed in &mut first.frame.items {
            placed.at.y += gap;
        }
        first.height += gap;
        first.needs = first.height;
        let size = Size::new(self.grid() * 4.0, Pt(0.5));
        let tag = Tag::Artifact(Artifact::Layout);
        let rule = Shape::filled_rect(size, self.theme.colors.rule.0, tag);
        first.frame.push(Point::ORIGIN, Item::Shape(rule));
    }
}

/// What stands before a list's item.
fn list_mark(kind: ListKind, index: usize, checked: Option<bool>) -> String {
    match (checked, kind) {
        (Some(true), _) => "\u{2611}".to_owned(),
        (Some(false), _) => "\u{2610}".to_owned(),
        (None, ListKind::Unordered) => "\u{2022}".to_owned(),
        (None, ListKind::Ordered { start }) => format!("{}.", start.saturating_add(index as u64)),
    }
}
