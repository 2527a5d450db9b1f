//! What a page paints.

use std::ops::Range;
use std::sync::Arc;

use super::NodeId;
use crate::assets::{FontId, ImageId};
use crate::geometry::{Point, Pt, Rect, Size, Transform};
use crate::model::Label;

/// Items with their places, in painting order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// The items.
    pub items: Vec<Placed>,
}

/// An item at its place: a glyph run's place is the left end of its baseline, every other item's
/// is its top left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Relative to the frame that holds it.
    pub at: Point,
    /// What is painted.
    pub item: Item,
}

impl Frame {
    /// Adds an item on top of the others.
    pub fn push(&mut self, at: Point, item: Item) {
        self.items.push(Placed { at, item });
    }

    /// Adds all items of another frame, shifted.
    pub fn push_frame(&mut self, at: Point, frame: Self) {
        self.items.extend(
            frame.items.into_iter().map(|placed| Placed { at: placed.at + at, item: placed.item }),
        );
    }
}

/// One painted thing.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Items that are moved and cut together.
    Group(Group),
    /// Glyphs of one font on one baseline.
    Text(GlyphRun),
    /// A rectangle or a path.
    Shape(Shape),
    /// A picture.
    Image(ImageItem),
    /// A place to click on; paints nothing.
    Link(LinkArea),
}

/// What a painted item means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Content of a node.
    Node(NodeId),
    /// Nothing that is read (ISO 32000-1, 14.8.2.2).
    Artifact(Artifact),
}

/// The kinds of artifact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Artifact {
    /// A running head.
    Header,
    /// A folio or running foot.
    Footer,
    /// A rule, or another ornament.
    Layout,
    /// A tint below the content.
    Background,
}

/// Items that are moved and cut together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Moves the frame; applied before the group's own place.
    pub transform: Transform,
    /// Cuts the frame, in its own coordinates.
    pub clip: Option<Rect>,
    /// What it holds.
    pub frame: Frame,
}

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Color {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
}

impl Color {
    /// A colour from its three parts.
    #[must_use]
    pub const fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }
}

/// Glyphs of one font, size and colour on one baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// The font.
    pub font: FontId,
    /// The size.
    pub size: Pt,
    /// The colour.
    pub color: Color,
    /// Glyphs in visual order.
    pub glyphs: Vec<Glyph>,
    /// The characters that the glyphs stand for, in logical order.
    pub text: Arc<str>,
    /// What it means.
    pub tag: Tag,
}

impl GlyphRun {
    /// The sum of the advances.
    #[must_use]
    pub fn width(&self) -> Pt {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }
}

/// A glyph at its place in a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// The number in the font.
    pub id: u16,
    /// How far the pen moves on: the font's advance with kerning, tracking and justification.
    pub advance: Pt,
    /// Where it is drawn relative to the pen; y grows downwards.
    pub offset: Point,
    /// The bytes of the run's text that it stands for. Glyphs of one cluster have one range; the
    /// ranges of a run's clusters cover its text.
    pub cluster: Range<u32>,
}

/// A rectangle or path, filled, stroked or both.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The outline, relative to the item's place.
    pub path: Path,
    /// The colour inside, by the non-zero rule.
    pub fill: Option<Color>,
    /// The line along it.
    pub stroke: Option<Stroke>,
    /// What it means.
    pub tag: Tag,
}

impl Shape {
    /// A filled rectangle.
    #[must_use]
    pub fn filled_rect(size: Size, fill: Color, tag: Tag) -> Self {
        Self {
            path: Path::rect(Rect::new(Point::ORIGIN, size)),
            fill: Some(fill),
            stroke: None,
            tag,
        }
    }
}

/// A line along a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub color: Color,
    /// Its weight.
    pub width: Pt,
}

/// An outline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// Its segments.
    pub segments: Vec<PathSegment>,
}

/// A piece of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathSegment {
    /// Starts a contour.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A cubic Bézier curve: two control points and the end.
    Cubic(Point, Point, Point),
    /// Closes the contour.
    Close,
}

impl Path {
    /// A rectangle.
    #[must_use]
    pub fn rect(rect: Rect) -> Self {
        let corner = Point::new;
        Self {
            segments: vec![
                PathSegment::Move(corner(rect.left(), rect.top())),
                PathSegment::Line(corner(rect.right(), rect.top())),
                PathSegment::Line(corner(rect.right(), rect.bottom())),
                PathSegment::Line(corner(rect.left(), rect.bottom())),
                PathSegment::Close,
            ],
        }
    }

    /// A circle about a centre, from four cubic curves.
    #[must_use]
    pub fn circle(center: Point, radius: Pt) -> Self {
        /// The control points' distance that brings a cubic nearest to a quarter circle.
        const KAPPA: f64 = 0.552_284_749_8;
        let at = |x: f64, y: f64| Point::new(center.x + radius * x, center.y + radius * y);
        Self {
            segments: vec![
                PathSegment::Move(at(1.0, 0.0)),
                PathSegment::Cubic(at(1.0, KAPPA), at(KAPPA, 1.0), at(0.0, 1.0)),
                PathSegment::Cubic(at(-KAPPA, 1.0), at(-1.0, KAPPA), at(-1.0, 0.0)),
                PathSegment::Cubic(at(-1.0, -KAPPA), at(-KAPPA, -1.0), at(0.0, -1.0)),
                PathSegment::Cubic(at(KAPPA, -1.0), at(1.0, -KAPPA), at(1.0, 0.0)),
                PathSegment::Close,
            ],
        }
    }
}

/// A picture, stretched to a size.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageItem {
    /// The picture.
    pub image: ImageId,
    /// The size it is painted at, after its orientation is put right.
    pub size: Size,
    /// What it means.
    pub tag: Tag,
}

/// A place to click on.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkArea {
    /// Its extent.
    pub size: Size,
    /// Where it leads.
    pub target: LinkTarget,
    /// What it is, for those who can't see it: the link's text, or its address.
    pub description: String,
    /// The link's node.
    pub node: NodeId,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// An absolute address.
    External(String),
    /// A named place of the document.
    Internal(Label),
}
