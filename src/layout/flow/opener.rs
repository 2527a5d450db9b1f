//! The top of the first page: picture, kind line, title, deck, release line.

use super::{BreakBefore, FlowItem};
use crate::assets::ImageContent;
use crate::geometry::{Point, Pt, Rect, Size, Transform};
use crate::layout::Composer;
use crate::layout::inline::{Collector, Indents};
use crate::model::Picture;
use crate::page::{
    Artifact, Frame, Group, ImageItem, Item, NodeId, Role, Shape, StructureTree, Tag,
};
use crate::theme::TextStyle;

/// The share of the page's text width that title and deck may take.
const TITLE_SHARE: f64 = 0.88;
/// A title of more lines is set smaller.
const MOST_TITLE_LINES: usize = 3;
/// The sizes of titles, as shares of the theme's.
const TITLE_STEPS: [f64; 4] = [1.0, 0.84, 0.74, 0.6];

impl Composer<'_> {
    /// The opener: its picture reaches up to the sheet's edges, and its lines follow one another
    /// down to the grid. A title that fills the page goes on to the next.
    pub(super) fn opener(&mut self) -> Vec<FlowItem> {
        let node = self.structure.add(StructureTree::ROOT, Role::Section);
        let mut items = vec![self.opener_head(node)];
        self.title_lines(node, &mut items);
        items.push(self.release_line(node));
        for item in items.iter_mut().skip(1) {
            item.break_before = BreakBefore::Never;
        }
        for item in &mut items {
            item.full_width = true;
        }
        items
    }

    /// The picture, the organisation's name and the kind line.
    fn opener_head(&mut self, node: NodeId) -> FlowItem {
        let edition = self.edition;
        let mut frame = Frame::default();
        let cover = edition.opener.cover.as_ref();
        let band = cover.and_then(|cover| self.cover_band(cover, node, &mut frame));
        let mut y = band.map_or(self.grid(), |height| height - self.page.top + self.grid());
        if cover.is_some_and(|cover| self.is_drawn(cover)) {
            self.lines_on_band(node, band, &mut frame);
        } else {
            y = self.lines_below_band(node, y, &mut frame);
        }
        FlowItem::new(frame, y)
    }

    /// The cover picture over the sheet's whole width, from its upper edge; returns its height.
    fn cover_band(&mut self, cover: &Picture, parent: NodeId, frame: &mut Frame) -> Option<Pt> {
        let image = self.image(cover)?;
        let node = self.structure.add(parent, Role::Figure);
        self.structure.node_mut(node).alt = Some(self.alt(cover));
        let size = Size::new(self.page.size.width, self.page.cover_height);
        let group = self.cropped(image, size, Tag::Node(node));
        frame.push(Point::new(-self.page.left, -self.page.top), group);
        Some(size.height)
    }

    /// A picture that fills a frame, cut where it is wider or higher; its middle stays.
    pub(in crate::layout) fn cropped(
        &self,
        image: crate::assets::ImageId,
        size: Size,
        tag: Tag,
    ) -> Item {
        let natural = self.assets.images.image(image).natural_size;
        let factor = (size.width / natural.width.max(Pt(0.1)))
            .max(size.height / natural.height.max(Pt(0.1)));
        let full = Size::new(natural.width * factor, natural.height * factor);
        let at = Point::new((size.width - full.width) / 2.0, (size.height - full.height) / 2.0);
        let mut frame = Frame::default();
        frame.push(at, Item::Image(ImageItem { image, size: full, tag }));
        let clip = Some(Rect::new(Point::ORIGIN, size));
        Item::Group(Group { transform: Transform::IDENTITY, clip, frame })
    }

    /// Whether a cover is a drawing, made to be printed on; a photograph is not.
    fn is_drawn(&self, cover: &Picture) -> bool {
        self.image(cover).is_some_and(|image| {
            matches!(self.assets.images.image(image).content, ImageContent::Vector(_))
        })
    }

    /// The organisation's name at the picture's top, the kind line at its foot.
    fn lines_on_band(&mut self, node: NodeId, band: Option<Pt>, frame: &mut Frame) {
        let edition = self.edition;
        let top = -self.page.top;
        let organization = edition.opener.organization.as_deref().unwrap_or_default();
        let style = self.theme.text.organization;
        self.line_at(organization, node, style, top + self.page.head_baseline, frame);
        let kind = band.map_or(self.grid(), |height| top + height - self.grid() * 1.5);
        let style = self.theme.text.label;
        self.line_at(&edition.opener.kind_line, node, style, kind, frame);
    }

    /// The kind line on the left and the organisation's name on the right, above the title;
    /// returns where they end.
    fn lines_below_band(&mut self, node: NodeId, top: Pt, frame: &mut Frame) -> Pt {
        let edition = self.edition;
        let styles = &self.theme.text;
        let (label, name) = (styles.label, styles.organization);
        let baseline = top + self.grid() * 0.5;
        let organization = edition.opener.organization.as_deref().unwrap_or_default();
        let mut line = Frame::default();
        let width = self.line_at(organization, node, name, baseline, &mut line);
        frame.push_frame(Point::new(self.text_width() - width, Pt::ZERO), line);
        self.line_at(&edition.opener.kind_line, node, label, baseline, frame);
        baseline + self.grid()
    }

    /// One line of text with its baseline at a height.
    fn line_at(
        &mut self,
        text: &str,
        parent: NodeId,
        style: TextStyle,
        baseline: Pt,
        frame: &mut Frame,
    ) -> Pt {
        if text.is_empty() {
            return Pt::ZERO;
        }
        let node = self.structure.add(parent, Role::Paragraph);
        let paragraph = Collector::new(self, style).string(text, node).finish();
        let mut width = Pt::ZERO;
        let lines = self.set_lines(&paragraph, self.text_width(), Indents::default());
        for (index, line) in lines.into_iter().enumerate() {
            width = width.max(line.width);
            let y = baseline + style.leading * index as f64;
            frame.push_frame(Point::new(Pt::ZERO, y), line.frame);
        }
        width
    }

    /// Title, second title, deck and byline.
    fn title_lines(&mut self, parent: NodeId, items: &mut Vec<FlowItem>) {
        let opener = &self.edition.opener;
        let width = self.text_width() * TITLE_SHARE;
        let styles = &self.theme.text;
        let (deck, heading, small) = (styles.deck, styles.heading2, styles.small);
        let gap = self.grid() * 0.35;
        let title = self.title_style(width);
        let node = self.structure.add(parent, Role::Heading(1));
        follow(items, self.string_items(&opener.title, node, width, title), Pt::ZERO);
        if let Some(subtitle) = &opener.subtitle {
            let node = self.structure.add(parent, Role::Paragraph);
            follow(items, self.string_items(subtitle, node, width, heading), gap);
        }
        if !opener.deck.is_empty() {
            let node = self.structure.add(parent, Role::Paragraph);
            follow(items, self.inline_items(&opener.deck, node, width, deck), gap);
        }
        if let Some(byline) = &opener.byline {
            let node = self.structure.add(parent, Role::Paragraph);
            follow(items, self.string_items(byline, node, width, small), gap);
        }
    }

    /// The title's style, smaller by steps until the title takes few lines.
    fn title_style(&mut self, width: Pt) -> TextStyle {
        let title = self.theme.text.title;
        let [larger @ .., smallest] = TITLE_STEPS;
        let scaled = |step: f64| TextStyle {
            size: title.size * step,
            leading: title.leading * step,
            ..title
        };
        for step in larger {
            let text = &self.edition.opener.title;
            let collector = Collector::new(self, scaled(step));
            let paragraph = collector.string(text, StructureTree::ROOT).finish();
            if self.set_lines(&paragraph, width, Indents::default()).len() <= MOST_TITLE_LINES {
                return scaled(step);
            }
        }
        scaled(smallest)
    }

    /// The release on the left, place and date on the right, a hairline between them.
    fn release_line(&mut self, parent: NodeId) -> FlowItem {
        let opener = &self.edition.opener;
        let grid = self.grid();
        let (release, dateline) = (opener.release.as_deref(), opener.dateline.as_deref());
        if release.is_none() && dateline.is_none() {
            return FlowItem::new(Frame::default(), grid);
        }
        let styles = &self.theme.text;
        let (label, running) = (styles.label, styles.running);
        let baseline = self.baseline(&self.theme.text.body);
        let width = self.text_width();
        let mut frame = Frame::default();
        let left = self.line_at(release.unwrap_or_default(), parent, label, baseline, &mut frame);
        let mut line = Frame::default();
        let right =
            self.line_at(dateline.unwrap_or_default(), parent, running, baseline, &mut line);
        frame.push_frame(Point::new(width - right, Pt::ZERO), line);
        let gap = |extent: Pt| if extent > Pt::ZERO { grid * 0.75 } else { Pt::ZERO };
        let (start, end) = (left + gap(left), width - right - gap(right));
        if end > start {
            let tag = Tag::Artifact(Artifact::Layout);
            let size = Size::new(end - start, Pt(0.5));
            let rule = Shape::filled_rect(size, self.theme.colors.rule.0, tag);
            let y = baseline - label.size * 0.35;
            frame.push(Point::new(start, y), Item::Shape(rule));
        }
        let mut item = FlowItem::new(frame, grid * 2.0);
        item.space_before = grid * 0.85;
        item
    }
}

/// Adds lines below others, off the grid, with a gap above the first.
fn follow(items: &mut Vec<FlowItem>, lines: Vec<FlowItem>, gap: Pt) {
    for (index, mut line) in lines.into_iter().enumerate() {
        line.on_grid = false;
        if index == 0 {
            line.space_before = gap;
        }
        items.push(line);
    }
}
