//! Pictures onto a canvas: rasters are averaged down to the size they are drawn at, vectors are
//! drawn at it.

use std::collections::BTreeMap;

use image::{RgbaImage, imageops};
use resvg::tiny_skia::{
    ColorU8, FilterQuality, IntSize, Mask, Paint, Pattern, Pixmap, PixmapPaint, Point, SpreadMode,
    Transform,
};
use resvg::usvg;

use super::paint::{cut, rectangle};
use crate::assets::{Assets, Image, ImageContent, ImageId};
use crate::geometry::{self, Pt, Rect, Size};
use crate::page::ImageItem;

/// The pictures that were decoded already.
pub(super) struct Pictures<'a> {
    assets: &'a Assets,
    decoded: BTreeMap<ImageId, Option<RgbaImage>>,
}

impl<'a> Pictures<'a> {
    /// None decoded yet.
    pub(super) fn new(assets: &'a Assets) -> Self {
        Self { assets, decoded: BTreeMap::new() }
    }

    /// Paints a picture, stretched to the item's size. One that is corrupt paints nothing.
    pub(super) fn paint(
        &mut self,
        item: &ImageItem,
        transform: Transform,
        clip: Option<&Mask>,
        canvas: &mut Pixmap,
    ) -> Option<()> {
        let image = self.assets.images.image(item.image);
        match &image.content {
            ImageContent::Vector(tree) => paint_tree(tree, item.size, transform, clip, canvas),
            ImageContent::Jpeg { .. } | ImageContent::Raster => {
                let decoded =
                    self.decoded.entry(item.image).or_insert_with(|| premultiplied(image));
                paint_raster(decoded.as_ref()?, item.size, transform, clip, canvas)
            }
        }
    }
}

/// Draws a picture over a whole canvas.
pub(super) fn draw_alone(image: &Image, canvas: &mut Pixmap) -> Option<()> {
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    let size = Size::new(Pt(width), Pt(height));
    match &image.content {
        ImageContent::Vector(tree) => paint_tree(tree, size, Transform::identity(), None, canvas),
        ImageContent::Jpeg { .. } | ImageContent::Raster => {
            paint_raster(&premultiplied(image)?, size, Transform::identity(), None, canvas)
        }
    }
}

/// The pixels with their colours multiplied by alpha, as averaging and painting want them.
fn premultiplied(image: &Image) -> Option<RgbaImage> {
    let mut pixels = image.decode()?;
    for pixel in pixels.rgba.chunks_exact_mut(4) {
        let color = ColorU8::from_rgba(pixel[0], pixel[1], pixel[2], pixel[3]).premultiply();
        pixel[..3].copy_from_slice(&[color.red(), color.green(), color.blue()]);
    }
    RgbaImage::from_raw(pixels.width, pixels.height, pixels.rgba)
}

fn paint_raster(
    image: &RgbaImage,
    size: Size,
    transform: Transform,
    clip: Option<&Mask>,
    canvas: &mut Pixmap,
) -> Option<()> {
    let pixels = reduce(image, size, transform)?;
    let (width, height) = (pixels.width() as f32, pixels.height() as f32);
    let fit = Transform::from_scale(size.width.0 as f32 / width, size.height.0 as f32 / height);
    let shader = Pattern::new(pixels.as_ref(), SpreadMode::Pad, FilterQuality::Bilinear, 1.0, fit);
    let paint = Paint { shader, ..Paint::default() };
    let area = rectangle(Rect::new(geometry::Point::ORIGIN, size))?;
    let rule = resvg::tiny_skia::FillRule::Winding;
    canvas.fill_path(&area, &paint, rule, transform, clip);
    Some(())
}

/// A picture that is drawn at less than half its size is averaged down first: sampling would
/// pass over most of its pixels.
fn reduce(image: &RgbaImage, size: Size, transform: Transform) -> Option<Pixmap> {
    let (across, down) = transform.get_scale();
    let wanted = |points: Pt, scale: f32, have: u32| {
        let pixels = (points.0 * f64::from(scale)).abs().ceil().max(1.0) as u32;
        if pixels < have / 2 { pixels } else { have }
    };
    let width = wanted(size.width, across, image.width());
    let height = wanted(size.height, down, image.height());
    let data = if (width, height) == image.dimensions() {
        image.as_raw().clone()
    } else {
        imageops::thumbnail(image, width, height).into_raw()
    };
    Pixmap::from_vec(data, IntSize::from_wh(width, height)?)
}

/// Draws a vector on a layer of its own, which is cut to the picture's edges: a drawing may paint
/// beyond them.
fn paint_tree(
    tree: &usvg::Tree,
    size: Size,
    transform: Transform,
    clip: Option<&Mask>,
    canvas: &mut Pixmap,
) -> Option<()> {
    let area = rectangle(Rect::new(geometry::Point::ORIGIN, size))?;
    let (left, top, width, height) = device_bounds(&area.clone().transform(transform)?, canvas)?;
    let mask = cut(clip, (canvas.width(), canvas.height()), &area, transform)?;
    let mut layer = Pixmap::new(width, height)?;
    let fit_x = size.width.0 as f32 / tree.size().width();
    let fit_y = size.height.0 as f32 / tree.size().height();
    let onto_layer = Transform::from_translate(-(left as f32), -(top as f32));
    let onto_layer = onto_layer.pre_concat(transform).pre_scale(fit_x, fit_y);
    resvg::render(tree, onto_layer, &mut layer.as_mut());
    let paint = PixmapPaint::default();
    canvas.draw_pixmap(left, top, layer.as_ref(), &paint, Transform::identity(), Some(&mask));
    Some(())
}

/// The pixels of the canvas that a path touches: left, top, width and height; none if it lies
/// outside.
fn device_bounds(path: &resvg::tiny_skia::Path, canvas: &Pixmap) -> Option<(i32, i32, u32, u32)> {
    let bounds = path.bounds();
    let end = Point::from_xy(canvas.width() as f32, canvas.height() as f32);
    let (left, right) = (bounds.left().floor().max(0.0), bounds.right().ceil().min(end.x));
    let (top, bottom) = (bounds.top().floor().max(0.0), bounds.bottom().ceil().min(end.y));
    let is_visible = left < right && top < bottom;
    is_visible.then_some((left as i32, top as i32, (right - left) as u32, (bottom - top) as u32))
}
