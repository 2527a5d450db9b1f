//! Pages, and pictures on their own, into pixels: covers, previews, goldens.
//!
//! Everything is drawn by one rasteriser with settings of its own, so the same page gives the
//! same bytes everywhere. What is tagged and what is an artifact are painted alike; links paint
//! nothing.

mod glyphs;
mod paint;
mod pictures;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _};
use resvg::tiny_skia::{Color, Pixmap};

use crate::assets::{Assets, Image, Pixels};
use crate::page::Page;

/// The most pixels of a picture that is drawn.
const MOST_PIXELS: u64 = 100_000_000;
/// The most pixels on a side.
const LONGEST_SIDE: f64 = 32_000.0;

/// Paints a page and encodes it as PNG; `scale` is pixels a point. None if the page is larger
/// than any picture may be.
#[must_use]
pub fn render_png(page: &Page, assets: &Assets, scale: f64) -> Option<Vec<u8>> {
    encode(&draw_page(page, assets, scale)?)
}

/// Paints a page on white; `scale` is pixels a point. None if the page is larger than any
/// picture may be.
#[must_use]
pub fn render_pixels(page: &Page, assets: &Assets, scale: f64) -> Option<Pixels> {
    let pixmap = draw_page(page, assets, scale)?;
    Some(Pixels { width: pixmap.width(), height: pixmap.height(), rgba: pixmap.take() })
}

/// Draws a picture on white at a width in pixels, keeping its shape, and encodes it as PNG: a
/// cover that is an SVG, for readers that want pixels. None if it can't be decoded or is larger
/// than any picture may be.
#[must_use]
pub fn render_image_png(image: &Image, width: u32) -> Option<Vec<u8>> {
    let (across, down) = image.pixels;
    let height = f64::from(width) * f64::from(down) / f64::from(across);
    let mut pixmap = canvas(f64::from(width), height)?;
    pictures::draw_alone(image, &mut pixmap)?;
    encode(&pixmap)
}

fn draw_page(page: &Page, assets: &Assets, scale: f64) -> Option<Pixmap> {
    let mut pixmap = canvas(page.size.width.0 * scale, page.size.height.0 * scale)?;
    paint::Painter::new(assets, &mut pixmap).paint(&page.frame, scale);
    Some(pixmap)
}

/// A white canvas of at least one pixel.
fn canvas(width: f64, height: f64) -> Option<Pixmap> {
    let is_fine = |side: f64| side > 0.0 && side <= LONGEST_SIDE;
    if !is_fine(width) || !is_fine(height) {
        return None;
    }
    let (width, height) = (width.round().max(1.0) as u32, height.round().max(1.0) as u32);
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return None;
    }
    let mut pixmap = Pixmap::new(width, height)?;
    pixmap.fill(Color::WHITE);
    Some(pixmap)
}

/// Encodes an opaque canvas, with no alpha, no metadata and fixed settings.
fn encode(pixmap: &Pixmap) -> Option<Vec<u8>> {
    let rgb: Vec<u8> =
        pixmap.data().chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect();
    let mut png = Vec::new();
    PngEncoder::new_with_quality(&mut png, CompressionType::Default, FilterType::Adaptive)
        .write_image(&rgb, pixmap.width(), pixmap.height(), ExtendedColorType::Rgb8)
        .ok()?;
    Some(png)
}

#[cfg(test)]
mod tests;
