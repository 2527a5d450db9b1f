//! A page's items into its content stream, with what they mean marked around them
//! (ISO 32000-1, 8, 9 and 14.6).
//!
//! Every painted thing stands in exactly one marked-content sequence: that of a node, under a
//! number (MCID) that counts the page's sequences, or that of an artifact. Neither ever stands
//! inside the other.

use std::collections::BTreeMap;

use super::font::EmbeddedFont;
use super::image::{self, EmbeddedImage};
use super::structure::{FigureIndex, role_name};
use super::syntax::{
    count, to_thousandths, write_integer, write_matrix, write_operation, write_utf16_hex,
};
use super::text;
use super::usage::clusters;
use crate::assets::{Assets, FontId, ImageId};
use crate::geometry::{Point, Pt, Size, Transform};
use crate::page::{
    Artifact, Color, Frame, GlyphRun, Group, ImageItem, Item, LinkArea, NodeId, Page, Path,
    PathSegment, Shape, StructureTree, Tag,
};

/// What pages are painted with.
pub(super) struct Palette<'a> {
    /// All assets.
    pub(super) assets: &'a Assets,
    /// The fonts as embedded.
    pub(super) fonts: &'a BTreeMap<FontId, EmbeddedFont>,
    /// The pictures as embedded.
    pub(super) images: &'a BTreeMap<ImageId, EmbeddedImage>,
    /// What the items' nodes mean.
    pub(super) structure: &'a StructureTree,
    /// Which nodes belong to a picture or formula.
    pub(super) figures: &'a FigureIndex,
}

/// A painted page.
#[derive(Debug)]
pub(super) struct PageContent<'a> {
    /// The content stream, as yet without compression.
    pub(super) bytes: Vec<u8>,
    /// The sequences that belong to nodes, by their MCID.
    pub(super) sequences: Vec<Sequence>,
    /// The places to click on.
    pub(super) links: Vec<PlacedLink<'a>>,
}

/// A marked-content sequence of a node.
#[derive(Debug)]
pub(super) struct Sequence {
    /// The node.
    pub(super) node: NodeId,
    /// What it covers, for nodes of a picture or formula.
    pub(super) bounds: Option<Bounds>,
}

/// A place to click on.
#[derive(Debug)]
pub(super) struct PlacedLink<'a> {
    /// Its extent on the page.
    pub(super) bounds: Bounds,
    /// Where it leads.
    pub(super) link: &'a LinkArea,
}

/// A rectangle in PDF's coordinates, y upwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    /// Left, bottom, right, top.
    pub(super) edges: [f64; 4],
}

impl Bounds {
    /// The smallest rectangle around points.
    fn around(points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let empty = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let edges = points.into_iter().fold(empty, |[left, bottom, right, top], (x, y)| {
            [left.min(x), bottom.min(y), right.max(x), top.max(y)]
        });
        Self { edges }
    }

    /// The smallest rectangle around two.
    pub(super) fn union(self, other: Self) -> Self {
        let corners = |Self { edges: [left, bottom, right, top] }| [(left, bottom), (right, top)];
        Self::around(corners(self).into_iter().chain(corners(other)))
    }
}

/// Paints a page.
pub(super) fn paint<'a>(page: &'a Page, palette: &Palette<'_>) -> PageContent<'a> {
    let mut painter = Painter {
        out: Vec::new(),
        height: page.size.height.0,
        palette,
        state: State::default(),
        open: None,
        line: None,
        sequences: Vec::new(),
        links: Vec::new(),
    };
    painter.paint_frame(&page.frame, Point::ORIGIN, Transform::IDENTITY);
    painter.close_tag_and_text();
    PageContent { bytes: painter.out, sequences: painter.sequences, links: painter.links }
}

/// The parts of the graphics state that are written only where they change. The colour that a
/// page starts with is black (8.4.1).
#[derive(Clone, Default)]
pub(super) struct State {
    fill: Color,
    stroke: Color,
    line_width: Option<i64>,
    pub(super) font: Option<(FontId, i64)>,
}

struct Painter<'a, 'p> {
    out: Vec<u8>,
    height: f64,
    palette: &'p Palette<'p>,
    state: State,
    /// What the open marked-content sequence means. Inside a text object it was opened there, for
    /// the two must nest (14.6.1).
    open: Option<Tag>,
    /// Inside a text object, the start of its current line in thousandths of a point.
    line: Option<(i64, i64)>,
    sequences: Vec<Sequence>,
    links: Vec<PlacedLink<'a>>,
}

impl<'a> Painter<'a, '_> {
    /// Paints items at a place in coordinates that `outer` maps to the page's.
    fn paint_frame(&mut self, frame: &'a Frame, origin: Point, outer: Transform) {
        for placed in &frame.items {
            let at = placed.at + origin;
            match &placed.item {
                Item::Group(group) => self.paint_group(group, at, outer),
                Item::Text(run) => self.paint_run(run, at, outer),
                Item::Shape(shape) => self.paint_shape(shape, at, outer),
                Item::Image(image) => self.paint_image(image, at, outer),
                Item::Link(link) => {
                    let bounds = self.bounds(at, link.size, outer);
                    self.links.push(PlacedLink { bounds, link });
                }
            }
        }
    }

    /// A group that is only shifted needs no graphics state of its own.
    fn paint_group(&mut self, group: &'a Group, at: Point, outer: Transform) {
        let local = group.transform;
        let is_shift = Transform { e: 0.0, f: 0.0, ..local } == Transform::IDENTITY;
        let shifted = at + Point::new(Pt(local.e), Pt(local.f));
        if is_shift && group.clip.is_none() {
            return self.paint_frame(&group.frame, shifted, outer);
        }
        self.close_tag_and_text();
        self.out.extend_from_slice(b"q\n");
        let saved = self.state.clone();
        let (origin, outer) = if is_shift {
            (shifted, outer)
        } else {
            let map = Transform { e: local.e + at.x.0, f: local.f + at.y.0, ..local };
            let flipped = self.flip(map);
            write_matrix(&mut self.out, flipped);
            (Point::ORIGIN, concatenate(outer, map))
        };
        if let Some(clip) = group.clip {
            let corner = clip.origin + origin;
            let bottom = self.height - (corner.y + clip.size.height).0;
            let sides = [corner.x.0, bottom, clip.size.width.0, clip.size.height.0];
            write_operation(&mut self.out, &sides, "re W n");
        }
        self.paint_frame(&group.frame, origin, outer);
        self.close_tag_and_text();
        self.out.extend_from_slice(b"Q\n");
        self.state = saved;
    }

    /// The map of a page whose y grows downwards, for one whose y grows upwards.
    fn flip(&self, map: Transform) -> [f64; 6] {
        let Transform { a, b, c, d, e, f } = map;
        [a, -b, -c, d, e + c * self.height, self.height * (1.0 - d) - f]
    }

    fn paint_run(&mut self, run: &GlyphRun, at: Point, outer: Transform) {
        let Some(font) = self.palette.fonts.get(&run.font) else { return };
        let extent = || {
            let metrics = self.palette.assets.fonts.font(run.font);
            let above = Pt(run.size.0 * metrics.ascent);
            let below = Pt(run.size.0 * metrics.descent);
            let top = Point::new(at.x, at.y - above);
            self.bounds(top, Size::new(run.width(), above + below), outer)
        };
        let bounds = self.belongs_to_figure(run.tag).then(extent);
        let line = self.open_text(run.tag);
        self.set_fill(run.color);
        let place = (to_thousandths(at.x.0), to_thousandths(self.height - at.y.0));
        text::move_to(&mut self.out, line, place);
        self.line = Some(place);
        text::select_font(&mut self.out, &mut self.state.font, run, font);
        self.show_clusters(run, font, bounds);
    }

    /// Clusters whose glyphs don't say their text get it beside them as actual text (14.9.4), in
    /// sequences of their own rather than nested ones, after which some readers lose the rest of
    /// the outer sequence. Artifacts are not read and need none.
    fn show_clusters(&mut self, run: &GlyphRun, font: &EmbeddedFont, bounds: Option<Bounds>) {
        let mut line = text::Line::new(run.size);
        for (glyphs, text) in clusters(run) {
            match run.tag {
                Tag::Node(node) if !text::is_mapped_to(glyphs, text, font) => {
                    line.end_array(&mut self.out);
                    self.close_tag();
                    self.begin_sequence(Sequence { node, bounds }, "Span", Some(text));
                    line.show(&mut self.out, glyphs, font);
                    line.end_array(&mut self.out);
                    self.out.extend_from_slice(b"EMC\n");
                }
                Tag::Node(_) | Tag::Artifact(_) => {
                    self.continue_tag(run.tag, bounds);
                    line.show(&mut self.out, glyphs, font);
                }
            }
        }
        line.finish(&mut self.out);
    }

    fn paint_shape(&mut self, shape: &Shape, at: Point, outer: Transform) {
        let operator = match (shape.fill, shape.stroke) {
            (None, None) => return,
            (Some(_), None) => "f",
            (None, Some(_)) => "S",
            (Some(_), Some(_)) => "B",
        };
        let bounds = self.belongs_to_figure(shape.tag).then(|| self.path_bounds(shape, at, outer));
        self.open_tag(shape.tag, bounds);
        if let Some(color) = shape.fill {
            self.set_fill(color);
        }
        if let Some(stroke) = shape.stroke {
            self.set_stroke(stroke.color, stroke.width);
        }
        self.write_path(&shape.path, at);
        write_operation(&mut self.out, &[], operator);
    }

    fn write_path(&mut self, path: &Path, at: Point) {
        let height = self.height;
        let place = |point: Point| [(point.x + at.x).0, height - (point.y + at.y).0];
        for segment in &path.segments {
            let out = &mut self.out;
            match *segment {
                PathSegment::Move(to) => write_operation(out, &place(to), "m"),
                PathSegment::Line(to) => write_operation(out, &place(to), "l"),
                PathSegment::Cubic(first, second, to) => {
                    let points = [place(first), place(second), place(to)];
                    write_operation(out, points.as_flattened(), "c");
                }
                PathSegment::Close => write_operation(out, &[], "h"),
            }
        }
    }

    fn paint_image(&mut self, item: &ImageItem, at: Point, outer: Transform) {
        let Some(embedded) = self.palette.images.get(&item.image) else { return };
        let bounds = self.belongs_to_figure(item.tag).then(|| self.bounds(at, item.size, outer));
        self.open_tag(item.tag, bounds);
        self.out.extend_from_slice(b"q\n");
        let bottom = self.height - (at.y + item.size.height).0;
        let corner = (at.x.0, bottom);
        write_matrix(&mut self.out, image::placement(embedded, corner, item.size));
        self.out.push(b'/');
        self.out.extend_from_slice(embedded.resource.as_bytes());
        self.out.extend_from_slice(b" Do\nQ\n");
    }

    fn set_fill(&mut self, color: Color) {
        if self.state.fill != color {
            self.state.fill = color;
            write_operation(&mut self.out, &components(color), "rg");
        }
    }

    fn set_stroke(&mut self, color: Color, width: Pt) {
        if self.state.stroke != color {
            self.state.stroke = color;
            write_operation(&mut self.out, &components(color), "RG");
        }
        let thousandths = to_thousandths(width.0);
        if self.state.line_width != Some(thousandths) {
            self.state.line_width = Some(thousandths);
            write_operation(&mut self.out, &[width.0], "w");
        }
    }

    /// Whether what is painted under the tag counts towards the box of a picture or formula.
    fn belongs_to_figure(&self, tag: Tag) -> bool {
        match tag {
            Tag::Node(node) => self.palette.figures.figure_of(node).is_some(),
            Tag::Artifact(_) => false,
        }
    }

    fn bounds(&self, at: Point, size: Size, outer: Transform) -> Bounds {
        let corner = |x, y| self.to_page(at + Point::new(x, y), outer);
        Bounds::around([
            corner(Pt::ZERO, Pt::ZERO),
            corner(size.width, Pt::ZERO),
            corner(Pt::ZERO, size.height),
            corner(size.width, size.height),
        ])
    }

    fn path_bounds(&self, shape: &Shape, at: Point, outer: Transform) -> Bounds {
        let points = shape.path.segments.iter().flat_map(|segment| match *segment {
            PathSegment::Move(to) | PathSegment::Line(to) => vec![to],
            PathSegment::Cubic(first, second, to) => vec![first, second, to],
            PathSegment::Close => Vec::new(),
        });
        Bounds::around(points.map(|point| self.to_page(point + at, outer)))
    }

    /// A point in PDF's coordinates of the page.
    fn to_page(&self, point: Point, outer: Transform) -> (f64, f64) {
        let (x, y) = (point.x.0, point.y.0);
        let Transform { a, b, c, d, e, f } = outer;
        (a * x + c * y + e, self.height - (b * x + d * y + f))
    }

    /// Makes sure that a text object is open, and no sequence but the tag's; returns the start of
    /// the current line.
    fn open_text(&mut self, tag: Tag) -> (i64, i64) {
        if self.line.is_none() || self.open != Some(tag) {
            self.close_tag();
        }
        *self.line.get_or_insert_with(|| {
            self.out.extend_from_slice(b"BT\n");
            (0, 0)
        })
    }

    /// Makes sure that no text object is open and that what follows stands under the tag.
    fn open_tag(&mut self, tag: Tag, bounds: Option<Bounds>) {
        if self.line.is_some() {
            self.close_tag_and_text();
        }
        self.continue_tag(tag, bounds);
    }

    fn continue_tag(&mut self, tag: Tag, bounds: Option<Bounds>) {
        if self.open == Some(tag) {
            self.extend_bounds(bounds);
        } else {
            self.close_tag();
            self.begin_tag(tag, bounds);
        }
    }

    fn extend_bounds(&mut self, more: Option<Bounds>) {
        let last = self.sequences.last_mut().map(|sequence| &mut sequence.bounds);
        if let (Some(known), Some(more)) = (last, more) {
            *known = Some(known.map_or(more, |known| known.union(more)));
        }
    }

    fn begin_tag(&mut self, tag: Tag, bounds: Option<Bounds>) {
        match tag {
            Tag::Node(node) => {
                let role = self.palette.structure.node(node).role;
                self.begin_sequence(Sequence { node, bounds }, role_name(role), None);
            }
            Tag::Artifact(artifact) => {
                self.out.extend_from_slice(b"/Artifact");
                self.out.extend_from_slice(artifact_properties(artifact).as_bytes());
                self.out.extend_from_slice(b"BDC\n");
            }
        }
        self.open = Some(tag);
    }

    fn begin_sequence(&mut self, sequence: Sequence, name: &str, actual_text: Option<&str>) {
        self.out.push(b'/');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"<</MCID ");
        write_integer(&mut self.out, count(self.sequences.len()));
        if let Some(text) = actual_text {
            self.out.extend_from_slice(b"/ActualText");
            write_utf16_hex(&mut self.out, text);
        }
        self.out.extend_from_slice(b">>BDC\n");
        self.sequences.push(sequence);
    }

    fn close_tag(&mut self) {
        if self.open.take().is_some() {
            self.out.extend_from_slice(b"EMC\n");
        }
    }

    /// Closes both, the inner one first.
    fn close_tag_and_text(&mut self) {
        self.close_tag();
        if self.line.take().is_some() {
            self.out.extend_from_slice(b"ET\n");
        }
    }
}

fn components(color: Color) -> [f64; 3] {
    [color.red, color.green, color.blue].map(|part| f64::from(part) / 255.0)
}

/// The properties of an artifact (14.8.2.2.2).
fn artifact_properties(artifact: Artifact) -> &'static str {
    match artifact {
        Artifact::Header => "<</Type/Pagination/Subtype/Header>>",
        Artifact::Footer => "<</Type/Pagination/Subtype/Footer>>",
        Artifact::Layout => "<</Type/Layout>>",
        Artifact::Background => "<</Type/Background>>",
    }
}

/// The map that applies `inner` first.
fn concatenate(outer: Transform, inner: Transform) -> Transform {
    Transform {
        a: outer.a * inner.a + outer.c * inner.b,
        b: outer.b * inner.a + outer.d * inner.b,
        c: outer.a * inner.c + outer.c * inner.d,
        d: outer.b * inner.c + outer.d * inner.d,
        e: outer.a * inner.e + outer.c * inner.f + outer.e,
        f: outer.b * inner.e + outer.d * inner.f + outer.f,
    }
}
