//! The data of the kit in the column: fact sheet, timeline, lives, coverage, links.

use super::prose::{Column, ItemList};
use super::{BreakBefore, FlowItem, OutlineMark, keep_together, label_line, stack};
use crate::edition::{FactRow, Life, LifeText, format_date};
use crate::geometry::{Point, Pt, Size};
use crate::layout::Composer;
use crate::layout::inline::{Collector, Indents, Paragraph};
use crate::model::{Coverage, Figure, Inline, KitLink, TimelineEntry, Video};
use crate::page::{
    Artifact, Frame, Item, ListNumbering, NodeId, Path, Role, Scope, Shape, StructureTree, Tag,
};
use crate::theme::{ColorName, TextStyle};

/// The finest step that small text is stacked in.
const FINE: Pt = Pt(0.01);

impl Composer<'_> {
    /// The fact sheet: label, value and source in three columns, a hairline under each row.
    pub(super) fn fact_sheet(
        &mut self,
        rows: &[FactRow],
        parent: NodeId,
        width: Pt,
    ) -> Vec<FlowItem> {
        let table = self.structure.add(parent, Role::Table);
        let body = self.structure.add(table, Role::TableBody);
        let columns = self.fact_columns(rows, width);
        let mut items = Vec::new();
        for row in rows {
            let node = self.structure.add(body, Role::TableRow);
            let mut item = self.fact_row(row, node, &columns);
            item.on_grid = items.is_empty();
            self.rule_below(&mut item, width);
            items.push(item);
        }
        if let Some(first) = items.first_mut() {
            let tag = Tag::Artifact(Artifact::Layout);
            let size = Size::new(width, Pt(1.0));
            let rule = Shape::filled_rect(size, self.theme.colors.accent.0, tag);
            first.paint_below(Point::new(Pt::ZERO, Pt(-1.0)), Item::Shape(rule));
        }
        if let [.., before, last] = items.as_mut_slice() {
            let _ = before;
            last.break_before = BreakBefore::Never;
        }
        items
    }

    /// The left edges and widths of the three columns: the label's as wide as the widest label
    /// needs, up to a third; the source's like the side column where there is one.
    fn fact_columns(&self, rows: &[FactRow], width: Pt) -> [(Pt, Pt); 3] {
        let gap = self.grid();
        let widest = width / 3.4;
        let has_notes = rows.iter().any(|row| !row.note.is_empty());
        let note = if has_notes { self.page.side.min(width / 3.0) } else { Pt::ZERO };
        let value = width - widest - note - if has_notes { gap } else { Pt::ZERO };
        [(Pt::ZERO, widest - gap), (widest, value), (width - note, note)]
    }

    fn fact_row(&mut self, row: &FactRow, node: NodeId, columns: &[(Pt, Pt); 3]) -> FlowItem {
        let styles = &self.theme.text;
        let cells: [(&[Inline], TextStyle, Role); 3] = [
            (&row.label, styles.small_strong, Role::TableHeader(Scope::Row)),
            (&row.value, styles.small, Role::TableCell),
            (&row.note, TextStyle { color: ColorName::Muted, ..styles.caption }, Role::TableCell),
        ];
        let above = Pt(3.25);
        let mut frame = Frame::default();
        let mut height = Pt::ZERO;
        let first_baseline = self.baseline(&styles.small);
        for ((content, style, role), (left, width)) in cells.into_iter().zip(columns) {
            let cell = self.structure.add(node, role);
            let set = stack(self.inline_items(content, cell, *width, style), FINE);
            let drop = first_baseline - self.baseline(&style);
            frame.push_frame(Point::new(*left, above + drop), set.frame);
            height = height.max(set.height);
        }
        // Two rows of one line fill three lines of the grid; further lines add quarters.
        let step = self.grid() * 0.25;
        FlowItem::new(frame, (height + above * 2.0).ceil_to(step))
    }

    pub(super) fn rule_below(&self, item: &mut FlowItem, width: Pt) {
        let tag = Tag::Artifact(Artifact::Layout);
        let rule = Shape::filled_rect(Size::new(width, Pt(0.5)), self.theme.colors.rule.0, tag);
        item.frame.push(Point::new(Pt::ZERO, item.height - Pt(0.5)), Item::Shape(rule));
    }

    /// The timeline: dates, a dot for each with a line along the text, and what happened.
    pub(super) fn timeline(
        &mut self,
        entries: &[TimelineEntry],
        parent: NodeId,
        column: Column,
    ) -> Vec<FlowItem> {
        let node = self.structure.add(parent, Role::List(ListNumbering::None));
        let dates = self.date_column(entries, column.width);
        let mut items: Vec<FlowItem> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let is_last = index + 1 == entries.len();
            let mut item = self.timeline_entry(entry, node, dates, column);
            item.space_before = if index == 0 { Pt::ZERO } else { self.grid() };
            // No entry stands alone, neither under the heading nor after a page break.
            if index == 1 || (index > 0 && is_last) {
                item.break_before = BreakBefore::Never;
            }
            items.push(item);
        }
        items
    }

    /// The width of the dates: that of the widest, within bounds; longer ones take two lines.
    fn date_column(&mut self, entries: &[TimelineEntry], width: Pt) -> Pt {
        let style = self.theme.text.question;
        let mut widest = self.grid() * 3.1;
        for entry in entries {
            let collector = Collector::new(self, style);
            let date = collector.string(&entry.date.text, StructureTree::ROOT).finish();
            let lines = self.set_lines(&date, width, Indents::default());
            widest = lines.iter().map(|line| line.width).fold(widest, Pt::max);
        }
        widest.min(width / 3.0)
    }

    fn timeline_entry(
        &mut self,
        entry: &TimelineEntry,
        parent: NodeId,
        dates: Pt,
        column: Column,
    ) -> FlowItem {
        let grid = self.grid();
        let (line_at, text_at) = (dates + grid * 0.85, dates + grid * 1.75);
        let date_style = self.theme.text.question;
        let item = self.structure.add(parent, Role::ListItem);
        let label = self.structure.add(item, Role::Label);
        let body = self.structure.add(item, Role::ListBody);
        let date = stack(self.string_items(&entry.date.text, label, dates, date_style), grid);
        let mut list = ItemList::default();
        let inner = Column::new(column.width - text_at, column.style);
        for (content, style) in
            [(&entry.title, self.theme.text.heading3), (&entry.text, inner.style)]
        {
            if !content.is_empty() {
                let node = self.structure.add(body, Role::Paragraph);
                let items = self.inline_items(content, node, inner.width, style);
                list.add(items, Pt::ZERO, Pt::ZERO);
            }
        }
        let text = stack(list.items, grid);
        let height = text.height.max(date.height);
        let mut frame = Frame::default();
        self.paint_dot(&mut frame, line_at, text.height);
        frame.push_frame(Point::ORIGIN, date.frame);
        frame.push_frame(Point::new(text_at, Pt::ZERO), text.frame);
        FlowItem::new(frame, height)
    }

    /// A dot at the height of the figures, and a line from it along the text.
    fn paint_dot(&self, frame: &mut Frame, x: Pt, length: Pt) {
        let tag = Tag::Artifact(Artifact::Layout);
        let style = self.theme.text.question;
        let radius = Pt(2.75);
        let y = self.baseline(&style) - style.size * 0.3;
        let top = y + radius * 2.0;
        let size = Size::new(Pt(0.75), length - top);
        if size.height > radius {
            let rule = Shape::filled_rect(size, self.theme.colors.rule.0, tag);
            frame.push(Point::new(x - size.width / 2.0, top), Item::Shape(rule));
        }
        let dot = Shape {
            path: Path::circle(Point::ORIGIN, radius),
            fill: Some(self.theme.colors.accent.0),
            stroke: None,
            tag,
        };
        frame.push(Point::new(x, y), Item::Shape(dot));
    }

    /// Lives: name, role, and each length under its heading; the portrait beside them.
    pub(super) fn lives(
        &mut self,
        lives: &[Life],
        parent: NodeId,
        column: Column,
    ) -> Vec<FlowItem> {
        let mut list = ItemList::default();
        for life in lives {
            let node = self.structure.add(parent, Role::Division);
            let mut items = self.life_heading(life, node, column.width);
            if let (Some(portrait), Some(first)) = (&life.image, items.first_mut()) {
                let figure = Figure {
                    pictures: vec![portrait.clone()],
                    caption: Vec::new(),
                    span: portrait.span,
                };
                first.beside.push(stack(self.figure_items(&figure, node, self.page.side), FINE));
            }
            list.add(items, self.grid(), Pt::ZERO);
            for (index, length) in life.lengths.iter().enumerate() {
                self.life_text(length, index == 0, (node, column), &mut list);
            }
        }
        list.items
    }

    /// A person's name and role.
    fn life_heading(&mut self, life: &Life, parent: NodeId, width: Pt) -> Vec<FlowItem> {
        let heading = self.structure.add(parent, Role::Heading(2));
        let style = self.theme.text.heading2;
        let mut items = self.string_items(&life.name, heading, width, style);
        if let Some(first) = items.first_mut() {
            first.outline = Some(OutlineMark::new(2, life.name.clone()));
        }
        if let Some(role) = &life.role {
            let node = self.structure.add(parent, Role::Paragraph);
            let style = TextStyle { color: ColorName::Muted, ..self.theme.text.small };
            items.extend(label_line(self.string_items(role, node, width, style), self.grid()));
        }
        keep_together(&mut items);
        items
    }

    fn life_text(
        &mut self,
        length: &LifeText,
        is_first: bool,
        (parent, column): (NodeId, Column),
        list: &mut ItemList,
    ) {
        if !length.heading.is_empty() {
            let heading = self.structure.add(parent, Role::Heading(3));
            let style = self.theme.text.label;
            let items = self.string_items(&length.heading, heading, column.width, style);
            let mut items = label_line(items, self.grid());
            if let Some(first) = items.first_mut().filter(|_| is_first) {
                first.break_before = BreakBefore::Never;
            }
            list.add(items, self.grid(), Pt::ZERO);
            list.keep_with_next();
        }
        let mut blocks = self.blocks(&length.blocks, parent, column).items;
        if let Some(first) = blocks.first_mut().filter(|_| is_first) {
            first.break_before = BreakBefore::Never;
        }
        list.add(blocks, Pt::ZERO, Pt::ZERO);
    }

    /// What others have published: the title, and below it where and when.
    pub(super) fn coverage(
        &mut self,
        entries: &[Coverage],
        parent: NodeId,
        width: Pt,
    ) -> Vec<FlowItem> {
        let mut items = Vec::new();
        for entry in entries {
            let styles = &self.theme.text;
            let (strong, small) = (styles.small_strong, styles.small);
            let node = self.structure.add(parent, Role::Paragraph);
            let collector = Collector::new(self, strong);
            let title = match &entry.url {
                Some(url) => {
                    collector.link(&crate::model::visit::text(&entry.title), url.clone(), node)
                }
                None => collector.inlines(&entry.title, node),
            }
            .finish();
            let node = self.structure.add(parent, Role::Paragraph);
            let date = entry.date.map(|date| format_date(&self.edition.words, date));
            let mut collector = Collector::new(self, small).inlines(&entry.publication, node);
            if let Some(date) = date {
                let dot = if entry.publication.is_empty() { "" } else { " \u{B7} " };
                collector = collector.string(&format!("{dot}{date}"), node);
            }
            let details = collector.finish();
            items.push(self.small_row(&[title, details], width, items.is_empty()));
        }
        items
    }

    pub(super) fn links(&mut self, links: &[KitLink], parent: NodeId, width: Pt) -> Vec<FlowItem> {
        let entries: Vec<_> = links.iter().map(|link| (&link.title, &link.url)).collect();
        self.addresses(&entries, parent, width)
    }

    pub(super) fn videos(&mut self, videos: &[Video], parent: NodeId, width: Pt) -> Vec<FlowItem> {
        let entries: Vec<_> = videos.iter().map(|video| (&video.title, &video.url)).collect();
        self.addresses(&entries, parent, width)
    }

    /// Titles with their addresses, printed, since paper can't be clicked.
    fn addresses(
        &mut self,
        entries: &[(&String, &String)],
        parent: NodeId,
        width: Pt,
    ) -> Vec<FlowItem> {
        let mut items = Vec::new();
        for (title, url) in entries {
            let node = self.structure.add(parent, Role::Paragraph);
            let small = self.theme.text.small;
            let collector = Collector::new(self, small);
            let address = collector.link(url, (*url).clone(), node).finish();
            let mut paragraphs = vec![address];
            if !title.is_empty() && title != url {
                let node = self.structure.add(parent, Role::Paragraph);
                let strong = self.theme.text.small_strong;
                paragraphs.insert(0, Collector::new(self, strong).string(title, node).finish());
            }
            items.push(self.small_row(&paragraphs, width, items.is_empty()));
        }
        items
    }

    /// Paragraphs of small text as one row with a hairline below it.
    fn small_row(&mut self, paragraphs: &[Paragraph], width: Pt, is_first: bool) -> FlowItem {
        let lines = paragraphs
            .iter()
            .flat_map(|paragraph| self.paragraph_items(paragraph, width, Indents::default()));
        let set = stack(lines.collect(), FINE);
        let above = Pt(3.25);
        let mut frame = Frame::default();
        frame.push_frame(Point::new(Pt::ZERO, above), set.frame);
        let step = self.grid() * 0.25;
        let mut item = FlowItem::new(frame, (set.height + above * 2.0).ceil_to(step));
        item.on_grid = is_first;
        self.rule_below(&mut item, width);
        item
    }
}
