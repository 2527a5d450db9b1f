//! The edition's sections, in reading order, into one list of items.

use super::prose::{Column, ItemList, indented};
use super::{BreakBefore, FlowItem, OutlineMark, SideBox, keep_together, stack};
use crate::diagnostics::Span;
use crate::edition::{Body, Role as SectionRole, Section};
use crate::geometry::{Point, Pt};
use crate::layout::Composer;
use crate::layout::inline::{Collector, Indents, Paragraph};
use crate::model::{Block, Inline, Word};
use crate::page::{Artifact, Frame, Item, NodeId, Role, StructureTree, Tag};
use crate::theme::{Align, Caps, Family, TextStyle};

/// The words that open the story in small capitals.
const LEAD_IN_WORDS: usize = 4;

impl Composer<'_> {
    /// Sets every section. What the theme stands in the side column hangs on the items of the
    /// sections around it, spread over their length.
    pub(in crate::layout) fn collect_flow(&mut self) -> Vec<FlowItem> {
        let edition = self.edition;
        let mut flow: Vec<FlowItem> = self.opener();
        let mut host = Host::default();
        for (number, section) in edition.sections.iter().enumerate() {
            if self.theme.side.contains(&section.role) {
                let mut boxes = self.side_section(section);
                for boxed in &mut boxes {
                    number_outline(boxed.outline.as_mut(), number);
                }
                host.take_boxes(boxes, &mut flow);
            } else {
                let items = self.section(section, number);
                host.take_items(items, &mut flow);
            }
        }
        host.hang(&mut flow);
        self.end_mark(&mut flow);
        flow
    }

    fn side_section(&mut self, section: &Section) -> Vec<SideBox> {
        let outside = self.enter_section(section);
        let boxes = self.side_boxes(section, StructureTree::ROOT);
        self.language = outside;
        boxes
    }

    fn enter_section(&mut self, section: &Section) -> crate::model::Language {
        let outside = self.language.clone();
        if let Some(language) = &section.language {
            self.language = language.clone();
        }
        outside
    }

    fn section(&mut self, section: &Section, number: usize) -> Vec<FlowItem> {
        let outside = self.enter_section(section);
        let node = self.structure.add(StructureTree::ROOT, Role::Section);
        self.structure.node_mut(node).language.clone_from(&section.language);
        let mut list = ItemList::default();
        let full_width = section.role == SectionRole::FactSheet;
        let width = if full_width { self.text_width() } else { self.page.measure };
        if section.role != SectionRole::Story {
            let heading = self.section_heading(section, node, width);
            list.add(heading, self.grid() * 2.0, Pt::ZERO);
        }
        let mut body = self.section_body(section, node, width);
        if let Some(first) = body.first_mut().filter(|_| !list.items.is_empty()) {
            first.break_before = BreakBefore::Never;
            first.space_before = Pt::ZERO;
        }
        list.add(body, Pt::ZERO, Pt::ZERO);
        let notes = self.notes(&section.notes, node, self.page.measure);
        list.add(notes, self.grid(), Pt::ZERO);
        if section.role == SectionRole::Story {
            self.name_story(section, &mut list.items);
        }
        for item in &mut list.items {
            item.full_width = full_width;
            number_outline(item.outline.as_mut(), number);
        }
        self.language = outside;
        list.items
    }

    /// The story's heading is the title, which the opener shows.
    fn name_story(&self, section: &Section, items: &mut [FlowItem]) {
        if let Some(first) = items.first_mut() {
            first.destinations.push((section.label.clone(), Pt::ZERO));
            let kind = self.word(self.edition.metadata.kind.word()).to_owned();
            first.running_head = Some(kind);
            first.outline = Some(OutlineMark::new(1, crate::model::visit::text(&section.title)));
        }
    }

    fn section_heading(&mut self, section: &Section, parent: NodeId, width: Pt) -> Vec<FlowItem> {
        let node = self.structure.add(parent, Role::Heading(1));
        self.structure.node_mut(node).label = Some(section.label.clone());
        let style = self.theme.text.heading1;
        let set = stack(self.inline_items(&section.title, node, width, style), Pt(0.01));
        let grid = self.grid();
        let mut frame = Frame::default();
        frame.push_frame(Point::new(Pt::ZERO, grid * 0.25), set.frame);
        let mut item = FlowItem::new(frame, (set.height + grid * 0.5).ceil_to(grid));
        // No section starts in the last fifth of a page.
        let room = (self.page.size.height - self.page.top - self.page.bottom) / 5.0;
        item.needs = item.height.max(room);
        let title = crate::model::visit::text(&section.title);
        item.destinations.push((section.label.clone(), Pt::ZERO));
        item.running_head = Some(title.clone());
        item.outline = Some(OutlineMark::new(1, title));
        vec![item]
    }

    /// What a section holds, without its heading.
    pub(super) fn section_body(
        &mut self,
        section: &Section,
        node: NodeId,
        width: Pt,
    ) -> Vec<FlowItem> {
        let column = Column::new(width, self.theme.text.body);
        match &section.body {
            Body::Prose(blocks) if section.role == SectionRole::Story => {
                self.story(blocks, node, column)
            }
            Body::Prose(blocks) => self.blocks(blocks, node, column).items,
            Body::Facts(rows) => self.fact_sheet(rows, node, width),
            Body::Timeline(entries) => {
                let style = TextStyle { align: Align::Start, ..column.style };
                self.timeline(entries, node, Column::new(width, style))
            }
            Body::Biographies(lives) => self.lives(lives, node, column),
            Body::Coverage(entries) => self.coverage(entries, node, width),
            Body::Links(links) => self.links(links, node, width),
            Body::Video(videos) => self.videos(videos, node, width),
            Body::Gallery(figures) => {
                let mut list = ItemList::default();
                for figure in figures {
                    let inner = self.structure.add(node, Role::Division);
                    let mut items = self.figure_items(figure, inner, width);
                    keep_together(&mut items);
                    list.add(items, self.grid(), self.grid());
                }
                list.items
            }
            Body::Quotes(_) | Body::Awards(_) | Body::Contacts(_) => {
                self.side_boxes_in_column(section, node)
            }
        }
    }

    /// Boxes of a theme that has no side column for them: one below the other.
    fn side_boxes_in_column(&mut self, section: &Section, node: NodeId) -> Vec<FlowItem> {
        let boxes = self.side_boxes(section, node);
        let mut list = ItemList::default();
        for boxed in boxes {
            list.add(vec![flow_item_of(boxed)], self.grid(), Pt::ZERO);
        }
        list.items
    }

    /// The story: its first paragraph with a drop capital.
    fn story(&mut self, blocks: &[Block], node: NodeId, column: Column) -> Vec<FlowItem> {
        let Some((Block::Paragraph { content, .. }, rest)) = blocks.split_first() else {
            return self.blocks(blocks, node, column).items;
        };
        let mut list = ItemList::default();
        let opening = self.opening_paragraph(content, node, column);
        list.add(opening, Pt::ZERO, Pt::ZERO);
        list.mark_paragraph();
        for block in rest {
            self.block(block, node, column, &mut list);
        }
        list.items
    }

    /// A paragraph with a drop capital and a lead-in in small capitals; a plain one where it is
    /// too short for the capital, or doesn't begin with a letter.
    fn opening_paragraph(
        &mut self,
        content: &[Inline],
        parent: NodeId,
        column: Column,
    ) -> Vec<FlowItem> {
        let node = self.structure.add(parent, Role::Paragraph);
        let plain = Collector::new(self, column.style).inlines(content, node).finish();
        let lines = self.theme.drop_cap;
        if let Some(capital) = initial(plain.text.text()).filter(|_| lines > 1) {
            let items = self.drop_cap_items(&plain, capital, lines, node, column);
            if items.len() > lines {
                return items;
            }
        }
        self.paragraph_items(&plain, column.width, Indents::default())
    }

    fn drop_cap_items(
        &mut self,
        plain: &Paragraph,
        capital: &str,
        lines: usize,
        node: NodeId,
        column: Column,
    ) -> Vec<FlowItem> {
        let mut paragraph = plain.clone();
        paragraph.text.remove_start(capital.len());
        let beside = lines + usize::from(self.reaches_below(capital));
        let capital = (capital, plain.text.run(0).start_place(capital.len()));
        let capital = self.drop_cap(capital, lines, node, column.style);
        let lead_in = lead_in(paragraph.text.text());
        paragraph.text.set_caps_of_start(lead_in, Caps::Small);
        let width = capital.1 + column.style.size * 0.45;
        let indents = Indents { beside: (width, beside), ..Indents::default() };
        let mut items = self.paragraph_items(&paragraph, column.width, indents);
        for item in items.iter_mut().take(lines).skip(1) {
            item.break_before = BreakBefore::Never;
        }
        if let Some(item) = items.first_mut() {
            let mut frame = capital.0;
            frame.push_frame(Point::ORIGIN, std::mem::take(&mut item.frame));
            item.frame = frame;
        }
        items
    }

    /// Whether a capital has a tail that would strike the line below it.
    fn reaches_below(&self, capital: &str) -> bool {
        let style = self.theme.text.title;
        let font = self.assets.fonts.font(self.font(Family::Display, style.weight, style.italic));
        capital.chars().next().is_some_and(|letter| font.depth(letter) > 0.05)
    }

    /// A capital whose top is the cap height of the first line and whose foot is the baseline of
    /// the last; with its width.
    fn drop_cap(
        &mut self,
        (capital, span): (&str, Span),
        lines: usize,
        node: NodeId,
        body: TextStyle,
    ) -> (Frame, Pt) {
        let title = self.theme.text.title;
        let cap_height = |composer: &Self, style: &TextStyle| {
            let font = composer.font(style.family, style.weight, style.italic);
            composer.assets.fonts.font(font).cap_height.max(0.1)
        };
        let depth = body.leading * (lines as f64 - 1.0);
        let height = depth + body.size * cap_height(self, &body);
        let style = TextStyle {
            family: Family::Display,
            size: height / cap_height(self, &title),
            color: crate::theme::ColorName::Accent,
            align: Align::Start,
            ..title
        };
        let paragraph = Collector::new(self, style).at(span).string(capital, node).finish();
        let mut frame = Frame::default();
        let mut width = Pt::ZERO;
        for line in self.set_lines(&paragraph, self.page.measure, Indents::default()) {
            width = line.width;
            frame.push_frame(Point::new(Pt::ZERO, self.baseline(&body) + depth), line.frame);
        }
        (frame, width)
    }

    /// The width of text and side column together.
    pub(in crate::layout) fn text_width(&self) -> Pt {
        self.page.size.width - self.page.left - self.page.right
    }

    /// The sign that ends a release, at the end of the last line's measure.
    fn end_mark(&mut self, flow: &mut Vec<FlowItem>) {
        let mark = self.word(Word::EndMark);
        if mark.is_empty() || flow.len() < 2 {
            return;
        }
        let style = TextStyle { align: Align::End, ..self.theme.text.question };
        let items = self.string_items(mark, StructureTree::ROOT, self.page.measure, style);
        for mut item in indented(items, Pt::ZERO) {
            make_artifact(&mut item.frame, Artifact::Layout);
            item.break_before = BreakBefore::Never;
            item.on_grid = true;
            flow.push(item);
        }
    }
}

/// Sections that share the side column, and the boxes that are to stand beside them.
///
/// The boxes that follow a section are spread over it and over the sections after it, until one
/// comes that has boxes of its own or reaches over the side column.
#[derive(Default)]
struct Host {
    items: Vec<FlowItem>,
    boxes: Vec<SideBox>,
    /// Whether a section has come since the last box.
    is_followed: bool,
}

impl Host {
    fn take_boxes(&mut self, boxes: Vec<SideBox>, flow: &mut Vec<FlowItem>) {
        if self.is_followed {
            // The last section is the one that these boxes come after.
            let start = self.items.iter().rposition(|item| item.running_head.is_some());
            let own = self.items.split_off(start.unwrap_or(0));
            self.hang(flow);
            self.items = own;
        }
        self.boxes.extend(boxes);
    }

    fn take_items(&mut self, items: Vec<FlowItem>, flow: &mut Vec<FlowItem>) {
        if self.boxes.is_empty() || items.iter().any(|item| item.full_width) {
            self.hang(flow);
        }
        self.is_followed = !self.boxes.is_empty();
        self.items.extend(items);
    }

    /// The nearest heading at or before an item: boxes begin level with headings.
    fn head_before(&self, place: usize) -> usize {
        let before = self.items.get(..=place).unwrap_or_default();
        before.iter().rposition(|item| item.outline.is_some()).unwrap_or(place)
    }

    /// Hangs the boxes on the items, evenly, and passes the items on.
    fn hang(&mut self, flow: &mut Vec<FlowItem>) {
        let count = self.boxes.len();
        let boxes = std::mem::take(&mut self.boxes);
        // From the last, so that boxes of one place come to stand in their order.
        for (index, boxed) in boxes.into_iter().enumerate().rev() {
            let place = self.head_before(index * self.items.len() / count);
            match self.items.get_mut(place) {
                Some(item) => item.beside.insert(0, boxed),
                None => flow.push(flow_item_of(boxed)),
            }
        }
        self.is_followed = false;
        flow.append(&mut self.items);
    }
}

/// A box that has nothing to stand beside stands in the column.
fn flow_item_of(boxed: SideBox) -> FlowItem {
    let mut item = FlowItem::new(boxed.frame, boxed.height);
    item.destinations = boxed.destinations;
    item.outline = boxed.outline;
    item
}

/// The letter that a text begins with, and the space after it, which would indent what follows.
fn initial(text: &str) -> Option<&str> {
    let letter = text.chars().next().filter(|first| first.is_alphabetic())?;
    let rest = text[letter.len_utf8()..].trim_start_matches(' ');
    Some(&text[..text.len() - rest.len()])
}

/// Where the lead-in ends: after the first words, or before that at a comma or full stop.
fn lead_in(text: &str) -> usize {
    let mut words = 0;
    for (at, character) in text.char_indices() {
        if matches!(character, ',' | ';' | ':' | '.' | '\u{2014}' | '\n') {
            return at;
        }
        if character == ' ' {
            words += 1;
            if words == LEAD_IN_WORDS {
                return at;
            }
        }
    }
    0
}

fn number_outline(outline: Option<&mut OutlineMark>, section: usize) {
    if let Some(outline) = outline {
        outline.section = section;
    }
}

/// Makes all that a frame paints an artifact.
pub(in crate::layout) fn make_artifact(frame: &mut Frame, artifact: Artifact) {
    for placed in &mut frame.items {
        match &mut placed.item {
            Item::Text(run) => run.tag = Tag::Artifact(artifact),
            Item::Shape(shape) => shape.tag = Tag::Artifact(artifact),
            Item::Image(image) => image.tag = Tag::Artifact(artifact),
            Item::Group(group) => make_artifact(&mut group.frame, artifact),
            Item::Link(_) => {}
        }
    }
}
