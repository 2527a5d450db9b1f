//! Pictures with their captions and credits.

use super::prose::{Column, ItemList};
use super::{FlowItem, keep_together, stack};
use crate::geometry::{Point, Pt, Rect, Size};
use crate::layout::Composer;
use crate::model::{Figure, Picture, PictureSource};
use crate::page::{Artifact, Frame, ImageItem, Item, NodeId, Path, Role, Shape, Stroke, Tag};

/// The share of the text's height that a picture in the column may take.
const HIGHEST_SHARE: f64 = 0.55;

impl Composer<'_> {
    /// A figure: beside the text if its pictures ask for no more than the side column's width,
    /// else in the column.
    pub(super) fn figure(
        &mut self,
        figure: &Figure,
        parent: NodeId,
        column: Column,
        list: &mut ItemList,
    ) {
        let node = self.structure.add(parent, Role::Division);
        let is_small = figure.pictures.iter().all(|picture| {
            self.natural_size(picture).is_some_and(|size| size.width <= self.page.side)
        });
        let fits_beside = is_small && column.width == self.page.measure && !list.items.is_empty();
        if fits_beside {
            let items = self.figure_items(figure, node, self.page.side);
            let boxed = stack(items, Pt(0.01));
            if let Some(item) = list.items.last_mut() {
                item.beside.push(boxed);
            }
        } else {
            let mut items = self.figure_items(figure, node, column.width);
            keep_together(&mut items);
            list.add(items, self.grid(), self.grid());
        }
    }

    /// Pictures one below the other, then caption and credits.
    pub(super) fn figure_items(
        &mut self,
        figure: &Figure,
        node: NodeId,
        width: Pt,
    ) -> Vec<FlowItem> {
        let mut items: Vec<FlowItem> =
            figure.pictures.iter().map(|picture| self.picture_item(picture, node, width)).collect();
        let measure = width.min(self.page.measure);
        if !figure.caption.is_empty() {
            let caption = self.structure.add(node, Role::Caption);
            let style = self.theme.text.caption;
            items.extend(close(
                self.inline_items(&figure.caption, caption, measure, style),
                Pt(4.0),
            ));
        }
        for credit in self.credits(&figure.pictures) {
            let style = self.theme.text.credit;
            let node = self.structure.add(node, Role::Paragraph);
            items.extend(close(self.string_items(&credit, node, measure, style), Pt(1.0)));
        }
        items
    }

    /// The credits of pictures, each once.
    fn credits(&self, pictures: &[Picture]) -> Vec<String> {
        let mut credits = Vec::new();
        for picture in pictures {
            let PictureSource::Local(path) = &picture.source else { continue };
            let Some(asset) = self.edition.assets.get(path) else { continue };
            if let Some(credit) = asset.credit.clone().filter(|credit| !credits.contains(credit)) {
                credits.push(credit);
            }
        }
        credits
    }

    /// The size that a picture asks for, unless it can't be had.
    pub(super) fn natural_size(&self, picture: &Picture) -> Option<Size> {
        let image = self.assets.images.image(self.image(picture)?);
        Some(image.natural_size)
    }

    /// A picture at its natural size, or as wide and high as there is room.
    fn picture_item(&mut self, picture: &Picture, parent: NodeId, width: Pt) -> FlowItem {
        let node = self.structure.add(parent, Role::Figure);
        let alt = self.alt(picture);
        self.structure.node_mut(node).alt = Some(alt.clone());
        let Some(image) = self.image(picture) else {
            return self.missing_picture(&alt, node, width);
        };
        let natural = self.assets.images.image(image).natural_size;
        let highest = (self.page.size.height - self.page.top - self.page.bottom) * HIGHEST_SHARE;
        let factor = (width / natural.width.max(Pt(0.1)))
            .min(highest / natural.height.max(Pt(0.1)))
            .min(1.0);
        let size = Size::new(natural.width * factor, natural.height * factor);
        let mut frame = Frame::default();
        let tag = Tag::Node(node);
        frame.push(Point::ORIGIN, Item::Image(ImageItem { image, size, tag }));
        off_grid(FlowItem::new(frame, size.height))
    }

    /// A labelled box where a picture can't be had.
    fn missing_picture(&mut self, alt: &str, node: NodeId, width: Pt) -> FlowItem {
        let inset = self.grid() * 0.75;
        let style = self.theme.text.small;
        let text = stack(self.string_items(alt, node, width - inset * 2.0, style), Pt(0.01));
        let size = Size::new(width, text.height.max(self.grid() * 4.0) + inset * 2.0);
        let frame_rule = Shape {
            path: Path::rect(Rect::new(Point::ORIGIN, size)),
            fill: Some(self.theme.colors.tint.0),
            stroke: Some(Stroke { color: self.theme.colors.rule.0, width: Pt(0.5) }),
            tag: Tag::Artifact(Artifact::Background),
        };
        let mut frame = Frame::default();
        frame.push(Point::ORIGIN, Item::Shape(frame_rule));
        frame.push_frame(Point::new(inset, inset), text.frame);
        off_grid(FlowItem::new(frame, size.height))
    }
}

/// Pictures begin where they may; the text after them is on the grid again.
fn off_grid(item: FlowItem) -> FlowItem {
    FlowItem { on_grid: false, ..item }
}

/// Sets items close below what is above them, off the grid.
fn close(mut items: Vec<FlowItem>, gap: Pt) -> Vec<FlowItem> {
    for (index, item) in items.iter_mut().enumerate() {
        item.on_grid = false;
        if index == 0 {
            item.space_before = gap;
        }
    }
    items
}
