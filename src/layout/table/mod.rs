//! Tables of the prose: columns as wide as their content asks, rows with hairlines.

use super::Composer;
use super::flow::{BreakBefore, FlowItem, row_item};
use super::inline::{Collector, Indents, Paragraph};
use crate::geometry::{Point, Pt, Size};
use crate::model::{Alignment, Table, TableRow};
use crate::page::{Artifact, Frame, Item, NodeId, Role, Scope, Shape, Tag};
use crate::theme::{Align, TextStyle};

/// The space between two columns.
const GUTTER: Pt = Pt(10.0);
/// The space above and below a cell's text.
const PADDING: Pt = Pt(3.25);

impl Composer<'_> {
    /// A table as items, one a row; the heading row stays with the row below it.
    pub(super) fn table(&mut self, table: &Table, parent: NodeId, width: Pt) -> Vec<FlowItem> {
        let node = self.structure.add(parent, Role::Table);
        let head = self.structure.add(node, Role::TableHead);
        let styles = &self.theme.text;
        let (strong, small) = (styles.small_strong, styles.small);
        let mut rows = vec![self.cells(&table.head, table, head, strong, true)];
        let body = self.structure.add(node, Role::TableBody);
        for row in &table.rows {
            rows.push(self.cells(row, table, body, small, false));
        }
        let widths = self.column_widths(&rows, table.alignments.len(), width);
        let mut items = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let mut item = self.table_row(row, &widths, width, index == 0);
            item.on_grid = index == 0;
            if index == 1 {
                item.break_before = BreakBefore::Never;
            }
            items.push(item);
        }
        items
    }

    fn cells(
        &mut self,
        row: &TableRow,
        table: &Table,
        parent: NodeId,
        style: TextStyle,
        is_head: bool,
    ) -> Vec<Paragraph> {
        let row_node = self.structure.add(parent, Role::TableRow);
        let mut cells = Vec::new();
        for (index, cell) in row.cells.iter().enumerate() {
            let role = if is_head { Role::TableHeader(Scope::Column) } else { Role::TableCell };
            let node = self.structure.add(row_node, role);
            let align = match table.alignments.get(index).copied().unwrap_or_default() {
                Alignment::Start => Align::Start,
                Alignment::Center => Align::Center,
                Alignment::End => Align::End,
            };
            let style = TextStyle { align, ..style };
            cells.push(Collector::new(self, style).inlines(&cell.content, node).finish());
        }
        cells
    }

    /// Each column gets what its widest cell asks for; where that is too much in all, what its
    /// longest word needs, and a share of the rest by what is still asked for.
    fn column_widths(&self, rows: &[Vec<Paragraph>], count: usize, width: Pt) -> Vec<Pt> {
        let room = width - GUTTER * (count.saturating_sub(1) as f64);
        let mut wanted = vec![Pt::ZERO; count];
        let mut needed = vec![Pt::ZERO; count];
        for row in rows {
            for (column, cell) in row.iter().enumerate().take(count) {
                let (longest_word, line) = self.extent(cell);
                wanted[column] = wanted[column].max(line);
                needed[column] = needed[column].max(longest_word);
            }
        }
        let (all_wanted, all_needed): (Pt, Pt) =
            (wanted.iter().copied().sum(), needed.iter().copied().sum());
        if all_wanted <= room {
            return wanted;
        }
        if all_needed >= room {
            return needed.iter().map(|need| *need * (room / all_needed.max(Pt(0.1)))).collect();
        }
        let share = (room - all_needed) / (all_wanted - all_needed);
        needed.iter().zip(&wanted).map(|(need, want)| *need + (*want - *need) * share).collect()
    }

    /// The widths of a cell's longest word and of its text on one line.
    fn extent(&self, cell: &Paragraph) -> (Pt, Pt) {
        let shaped = self.shaper.shape(&cell.text);
        let (mut longest, mut word, mut line) = (Pt::ZERO, Pt::ZERO, Pt::ZERO);
        for cluster in &shaped.clusters {
            line += cluster.advance;
            word = match cluster.kind {
                crate::text::ClusterKind::Space | crate::text::ClusterKind::Newline => Pt::ZERO,
                crate::text::ClusterKind::Glyphs | crate::text::ClusterKind::Object => {
                    word + cluster.advance
                }
            };
            longest = longest.max(word);
        }
        // A hundredth more, so that rounding never breaks what just fits.
        (longest + Pt(0.01), line + Pt(0.01))
    }

    fn table_row(
        &mut self,
        row: &[Paragraph],
        widths: &[Pt],
        table_width: Pt,
        is_head: bool,
    ) -> FlowItem {
        let mut frame = Frame::default();
        let mut height = Pt::ZERO;
        let mut x = Pt::ZERO;
        for (cell, width) in row.iter().zip(widths) {
            let items = self.paragraph_items(cell, *width, Indents::default());
            let set = row_item(items);
            frame.push_frame(Point::new(x, PADDING), set.frame);
            height = height.max(set.height);
            x += *width + GUTTER;
        }
        let leading = row.first().map_or(self.grid(), |cell| cell.style.leading);
        let height = height.max(leading) + PADDING * 2.0;
        let height = height.ceil_to(self.grid() * 0.25);
        let used = (x - GUTTER).max(table_width);
        let (color, weight) = if is_head {
            (self.theme.colors.accent.0, Pt(1.0))
        } else {
            (self.theme.colors.rule.0, Pt(0.5))
        };
        let rule =
            Shape::filled_rect(Size::new(used, weight), color, Tag::Artifact(Artifact::Layout));
        frame.push(Point::new(Pt::ZERO, height - weight), Item::Shape(rule));
        FlowItem::new(frame, height)
    }
}
