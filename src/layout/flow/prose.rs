//! Blocks of prose into items.

use super::{BreakBefore, FlowItem, OutlineMark, keep_together};
use crate::geometry::{Point, Pt};
use crate::layout::Composer;
use crate::layout::inline::{Collector, Indents, Paragraph};
use crate::model::{Attributes, Block, Heading, Inline, Quote};
use crate::page::{Frame, NodeId, Role};
use crate::theme::{Align, TextStyle, Weight};

/// Narrower columns are set ragged: nearly half their lines would stretch beyond measure.
const NARROWEST_JUSTIFIED: Pt = Pt(220.0);

/// From a heading to the picture below it.
const PICTURE_GAP: Pt = Pt(5.0);

/// A column that blocks are set in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Its width.
    pub(super) width: Pt,
    /// The setting of its paragraphs.
    pub(super) style: TextStyle,
    /// Whether blocks follow one another without space: inside the items of a tight list.
    pub(super) is_tight: bool,
}

impl Column {
    pub(super) fn new(width: Pt, style: TextStyle) -> Self {
        let mut style = style;
        if width < NARROWEST_JUSTIFIED && style.align == Align::Justify {
            style.align = Align::Start;
        }
        Self { width, style, is_tight: false }
    }

    pub(super) fn narrowed(self, by: Pt) -> Self {
        let narrowed = Self::new((self.width - by).max(self.style.size * 4.0), self.style);
        Self { is_tight: self.is_tight, ..narrowed }
    }
}

/// Items as they come, with the space and the ties between them.
#[derive(Default)]
pub(super) struct ItemList {
    pub(super) items: Vec<FlowItem>,
    pending_space: Pt,
    keep_next: bool,
    after_paragraph: bool,
}

impl ItemList {
    /// Adds what one block has become, with space around it.
    pub(super) fn add(&mut self, mut items: Vec<FlowItem>, before: Pt, after: Pt) {
        if let Some(first) = items.first_mut() {
            first.space_before = first.space_before.max(before).max(self.pending_space);
            if self.items.is_empty() {
                first.space_before = first.space_before.min(before);
            }
            if self.keep_next {
                // What a heading heads follows it closely; a picture may not touch it.
                first.break_before = BreakBefore::Never;
                first.space_before = if first.on_grid { Pt::ZERO } else { PICTURE_GAP };
            }
            self.pending_space = after;
            self.keep_next = false;
            self.after_paragraph = false;
            self.items.append(&mut items);
        }
    }

    /// Says that the last block was a paragraph, so that the next is indented.
    pub(super) fn mark_paragraph(&mut self) {
        self.after_paragraph = true;
    }

    pub(super) fn keep_with_next(&mut self) {
        self.keep_next = true;
    }
}

impl Composer<'_> {
    /// Sets blocks one below the other.
    pub(super) fn blocks(&mut self, blocks: &[Block], parent: NodeId, column: Column) -> ItemList {
        let mut list = ItemList::default();
        for block in blocks {
            self.block(block, parent, column, &mut list);
        }
        list
    }

    pub(super) fn block(
        &mut self,
        block: &Block,
        parent: NodeId,
        column: Column,
        list: &mut ItemList,
    ) {
        let grid = if column.is_tight { Pt::ZERO } else { self.grid() };
        match block {
            Block::Heading(heading) => self.heading(heading, parent, column, list),
            Block::Paragraph { content, .. } => {
                let indent = if list.after_paragraph { column.style.size } else { Pt::ZERO };
                let items = self.paragraph(content, parent, column, indent);
                list.add(items, Pt::ZERO, Pt::ZERO);
                list.mark_paragraph();
            }
            Block::Figure(figure) => self.figure(figure, parent, column, list),
            Block::Quote(quote) => {
                let items = self.quote(quote, parent, column);
                list.add(items, grid, grid);
            }
            Block::List(inner) => {
                let items = self.list(inner, parent, column);
                list.add(items, grid, grid);
            }
            Block::Definitions { entries, .. } => {
                let items = self.definitions(entries, parent, column);
                list.add(items, grid, grid);
            }
            Block::Interview(interview) => self.interview(interview, parent, column, list),
            Block::Code(code) => {
                let items = self.code(code, parent, column);
                list.add(items, grid, grid);
            }
            Block::Table(table) => {
                let items = self.table(table, parent, column.width);
                list.add(items, grid, grid);
            }
            Block::Alert(alert) => {
                let items = self.alert(alert, parent, column);
                list.add(items, grid, grid);
            }
            Block::Math { source, span } => {
                self.report_math(*span);
                let node = self.structure.add(parent, Role::Formula);
                self.structure.node_mut(node).alt = Some(source.clone());
                let indent = self.grid() * 2.0;
                let items = self.verbatim(source, node, column.narrowed(indent));
                list.add(indented(items, indent), grid, grid);
            }
            Block::Break { .. } => list.add(vec![self.thematic_break(column)], Pt::ZERO, Pt::ZERO),
            Block::Division { attributes, blocks, .. } => {
                self.division(attributes, blocks, parent, column, list);
            }
        }
    }

    /// A paragraph: one item a line, with no line alone on a page.
    pub(super) fn paragraph(
        &mut self,
        content: &[Inline],
        parent: NodeId,
        column: Column,
        indent: Pt,
    ) -> Vec<FlowItem> {
        let node = self.structure.add(parent, Role::Paragraph);
        let paragraph = Collector::new(self, column.style).inlines(content, node).finish();
        let indents = Indents { first: indent, ..Indents::default() };
        self.paragraph_items(&paragraph, column.width, indents)
    }

    /// A string as a paragraph of a style.
    pub(super) fn string_items(
        &mut self,
        text: &str,
        node: NodeId,
        width: Pt,
        style: TextStyle,
    ) -> Vec<FlowItem> {
        let paragraph = Collector::new(self, style).string(text, node).finish();
        self.paragraph_items(&paragraph, width, Indents::default())
    }

    /// Inlines as a paragraph of a style, content of a node that is there already.
    pub(super) fn inline_items(
        &mut self,
        content: &[Inline],
        node: NodeId,
        width: Pt,
        style: TextStyle,
    ) -> Vec<FlowItem> {
        let paragraph = Collector::new(self, style).inlines(content, node).finish();
        self.paragraph_items(&paragraph, width, Indents::default())
    }

    /// The lines of a paragraph as items.
    pub(in crate::layout) fn paragraph_items(
        &self,
        paragraph: &Paragraph,
        width: Pt,
        indents: Indents,
    ) -> Vec<FlowItem> {
        let leading = paragraph.style.leading;
        let baseline = self.baseline(&paragraph.style);
        let lines = self.set_lines(paragraph, width, indents);
        let count = lines.len();
        let mut items = Vec::with_capacity(count);
        let mut breaks_word = false;
        for (index, line) in lines.into_iter().enumerate() {
            let ends_in_word = line.breaks_word;
            let mut frame = Frame::default();
            frame.push_frame(Point::new(Pt::ZERO, baseline), line.frame);
            let mut item = FlowItem::new(frame, leading);
            item.on_grid = index == 0 || leading == self.grid();
            // No line stands alone on a page, and no page ends inside a word.
            if index == 1 || (index > 0 && index + 1 == count) || breaks_word {
                item.break_before = BreakBefore::Never;
            }
            breaks_word = ends_in_word;
            items.push(item);
        }
        items
    }

    fn heading(&mut self, heading: &Heading, parent: NodeId, column: Column, list: &mut ItemList) {
        let styles = &self.theme.text;
        let style = match heading.level {
            0..=2 => styles.heading2,
            3 => styles.heading3,
            4.. => TextStyle { weight: Weight::Regular, italic: true, ..styles.heading3 },
        };
        let node = self.structure.add(parent, Role::Heading(heading.level));
        let outside = self.enter_language(&heading.attributes, node);
        let mut items = self.inline_items(&heading.content, node, column.width, style);
        self.language = outside;
        self.structure.node_mut(node).label = Some(heading.label.clone());
        if let Some(first) = items.first_mut() {
            first.destinations.push((heading.label.clone(), Pt::ZERO));
            first.outline =
                Some(OutlineMark::new(heading.level, crate::model::visit::text(&heading.content)));
        }
        keep_together(&mut items);
        list.add(items, self.grid(), Pt::ZERO);
        list.keep_with_next();
    }

    /// Makes a node's language the current one; returns the one outside.
    fn enter_language(&mut self, attributes: &Attributes, node: NodeId) -> crate::model::Language {
        let outside = self.language.clone();
        if let Some(language) = attributes.language() {
            self.structure.node_mut(node).language = Some(language.clone());
            self.language = language.clone();
        }
        outside
    }

    fn division(
        &mut self,
        attributes: &Attributes,
        blocks: &[Block],
        parent: NodeId,
        column: Column,
        list: &mut ItemList,
    ) {
        let node = self.structure.add(parent, Role::Division);
        let outside = self.enter_language(attributes, node);
        let start = list.items.len();
        for block in blocks {
            self.block(block, node, column, list);
        }
        self.language = outside;
        if let (Some(label), Some(first)) = (&attributes.label, list.items.get_mut(start)) {
            self.structure.node_mut(node).label = Some(label.clone());
            first.destinations.push((label.clone(), Pt::ZERO));
        }
    }

    fn quote(&mut self, quote: &Quote, parent: NodeId, column: Column) -> Vec<FlowItem> {
        let indent = self.grid();
        let node = self.structure.add(parent, Role::BlockQuote);
        let inner = Column::new(column.width - indent * 2.0, self.theme.text.quote);
        let mut list = self.blocks(&quote.blocks, node, inner);
        if let Some(attribution) = &quote.attribution {
            let style = self.theme.text.pull_quote_by;
            let credit = self.structure.add(node, Role::Paragraph);
            let items = self.inline_items(attribution, credit, inner.width, style);
            list.keep_with_next();
            list.add(items, Pt::ZERO, Pt::ZERO);
        }
        indented(list.items, indent)
    }
}

/// Moves items to the right.
pub(super) fn indented(mut items: Vec<FlowItem>, by: Pt) -> Vec<FlowItem> {
    for item in &mut items {
        item.shift(by);
    }
    items
}
