//! The items of a frame onto a canvas, in painting order.

use resvg::tiny_skia::{self, FillRule, Mask, Paint, PathBuilder, Pixmap, Transform};

use super::glyphs::Glyphs;
use super::pictures::Pictures;
use crate::assets::Assets;
use crate::geometry::{self, Point, Rect};
use crate::page::{Color, Frame, GlyphRun, Group, Item, Path, PathSegment, Shape};

/// Paints frames.
pub(super) struct Painter<'a> {
    assets: &'a Assets,
    canvas: &'a mut Pixmap,
    glyphs: Glyphs<'a>,
    pictures: Pictures<'a>,
}

impl<'a> Painter<'a> {
    /// A painter of a canvas.
    pub(super) fn new(assets: &'a Assets, canvas: &'a mut Pixmap) -> Self {
        Self { assets, canvas, glyphs: Glyphs::new(assets), pictures: Pictures::new(assets) }
    }

    /// Paints a frame from the top left corner; `scale` is pixels a point.
    pub(super) fn paint(&mut self, frame: &Frame, scale: f64) {
        let scale = scale as f32;
        self.paint_frame(frame, Transform::from_scale(scale, scale), None);
    }

    fn paint_frame(&mut self, frame: &Frame, transform: Transform, clip: Option<&Mask>) {
        for placed in &frame.items {
            let transform = transform.pre_concat(shift(placed.at));
            match &placed.item {
                Item::Group(group) => self.paint_group(group, transform, clip),
                Item::Text(run) => self.paint_text(run, transform, clip),
                Item::Shape(shape) => self.paint_shape(shape, transform, clip),
                Item::Image(item) => {
                    self.pictures.paint(item, transform, clip, self.canvas);
                }
                Item::Link(_) => {}
            }
        }
    }

    fn paint_group(&mut self, group: &Group, transform: Transform, clip: Option<&Mask>) {
        let transform = transform.pre_concat(matrix(group.transform));
        let Some(area) = group.clip else {
            return self.paint_frame(&group.frame, transform, clip);
        };
        // A clip that holds nothing hides all that the group holds.
        let Some(path) = rectangle(area) else { return };
        let size = (self.canvas.width(), self.canvas.height());
        let Some(mask) = cut(clip, size, &path, transform) else { return };
        self.paint_frame(&group.frame, transform, Some(&mask));
    }

    fn paint_text(&mut self, run: &GlyphRun, transform: Transform, clip: Option<&Mask>) {
        let scale = (run.size.0 / f64::from(self.assets.fonts.font(run.font).units_per_em)) as f32;
        let paint = solid(run.color);
        let mut pen = Point::ORIGIN;
        for glyph in &run.glyphs {
            if let Some(path) = self.glyphs.path(run.font, glyph.id) {
                let at = transform.pre_concat(shift(pen + glyph.offset)).pre_scale(scale, -scale);
                self.canvas.fill_path(path, &paint, FillRule::Winding, at, clip);
            }
            pen.x += glyph.advance;
        }
    }

    fn paint_shape(&mut self, shape: &Shape, transform: Transform, clip: Option<&Mask>) {
        let Some(path) = outline(&shape.path) else { return };
        if let Some(fill) = shape.fill {
            self.canvas.fill_path(&path, &solid(fill), FillRule::Winding, transform, clip);
        }
        if let Some(stroke) = shape.stroke {
            let line = tiny_skia::Stroke {
                width: stroke.width.0 as f32,
                miter_limit: 10.0,
                ..tiny_skia::Stroke::default()
            };
            self.canvas.stroke_path(&path, &solid(stroke.color), &line, transform, clip);
        }
    }
}

/// The part of an area, in the transform's coordinates, that a clip leaves. None if there is no
/// memory for it.
pub(super) fn cut(
    clip: Option<&Mask>,
    size: (u32, u32),
    area: &tiny_skia::Path,
    transform: Transform,
) -> Option<Mask> {
    if let Some(clip) = clip {
        let mut mask = clip.clone();
        mask.intersect_path(area, FillRule::Winding, true, transform);
        return Some(mask);
    }
    let mut mask = Mask::new(size.0, size.1)?;
    mask.fill_path(area, FillRule::Winding, true, transform);
    Some(mask)
}

/// A rectangle as a path; none if it is empty.
pub(super) fn rectangle(rect: Rect) -> Option<tiny_skia::Path> {
    outline(&Path::rect(rect))
}

fn outline(path: &Path) -> Option<tiny_skia::Path> {
    let mut builder = PathBuilder::new();
    for segment in &path.segments {
        match *segment {
            PathSegment::Move(to) => builder.move_to(to.x.0 as f32, to.y.0 as f32),
            PathSegment::Line(to) => builder.line_to(to.x.0 as f32, to.y.0 as f32),
            PathSegment::Cubic(a, b, to) => builder.cubic_to(
                a.x.0 as f32,
                a.y.0 as f32,
                b.x.0 as f32,
                b.y.0 as f32,
                to.x.0 as f32,
                to.y.0 as f32,
            ),
            PathSegment::Close => builder.close(),
        }
    }
    builder.finish()
}

fn shift(by: Point) -> Transform {
    Transform::from_translate(by.x.0 as f32, by.y.0 as f32)
}

fn matrix(map: geometry::Transform) -> Transform {
    Transform::from_row(
        map.a as f32,
        map.b as f32,
        map.c as f32,
        map.d as f32,
        map.e as f32,
        map.f as f32,
    )
}

fn solid(color: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(color.red, color.green, color.blue, 255);
    paint
}
