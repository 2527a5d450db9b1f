//! The cover of the book: the manuscript's own picture, or one drawn from the theme.

use crate::assets::{Assets, Image, ImageContent, JpegColor, Orientation};
use crate::diagnostics::{Diagnostic, Failed, Place, Sink, codes};
use crate::edition::Edition;
use crate::epub::Cover;
use crate::model::PictureSource;
use crate::theme::Theme;
use crate::{layout, raster};

/// The width of a drawn cover in pixels; with its height of 2400, what the stores ask for.
const DRAWN_WIDTH: f64 = 1600.0;

/// A picture is a cover if it is this much higher than it is wide, or more.
const LEAST_ASPECT: f64 = 1.2;

/// The manuscript's picture as it is, if it can be a cover; else a typographic one.
pub(super) fn choose(
    edition: &Edition,
    theme: &Theme,
    assets: &Assets,
    sink: &Sink,
) -> Result<Cover, Failed> {
    match find_picture(edition, assets) {
        Some(cover) => Ok(cover),
        None => draw(edition, theme, assets, sink),
    }
}

/// The manuscript's picture, if it is a portrait that every reader shows as it is stored.
fn find_picture(edition: &Edition, assets: &Assets) -> Option<Cover> {
    let picture = edition.opener.cover.as_ref()?;
    let PictureSource::Local(path) = &picture.source else { return None };
    let image = assets.images.image(assets.images.find(path)?);
    let (width, height) = image.pixels;
    let is_portrait = f64::from(height) >= LEAST_ASPECT * f64::from(width);
    (is_portrait && is_shown_everywhere(image)).then(|| Cover {
        bytes: image.bytes.to_vec(),
        media_type: image.media_type,
        pixels: image.pixels,
        alt: picture.alt.text().unwrap_or(&edition.metadata.title).to_owned(),
    })
}

/// Whether it is a PNG, or a JPEG that needs neither turning nor a press to be shown.
fn is_shown_everywhere(image: &Image) -> bool {
    match &image.content {
        ImageContent::Jpeg { color, orientation, .. } => {
            *orientation == Orientation::Upright
                && matches!(color, JpegColor::Gray | JpegColor::Rgb)
        }
        ImageContent::Raster => image.media_type == "image/png",
        ImageContent::Vector(_) => false,
    }
}

fn draw(edition: &Edition, theme: &Theme, assets: &Assets, sink: &Sink) -> Result<Cover, Failed> {
    let page = layout::lay_out_cover(edition, theme, assets, sink);
    let scale = DRAWN_WIDTH / page.size.width.0;
    let Some(bytes) = raster::render_png(&page, assets, scale) else {
        let message = "the cover could not be drawn: its page is too large";
        return Err(sink.fail(Diagnostic::new(codes::EXPORT_FAILED, Place::Nowhere, message)));
    };
    let pixels = |points: f64| (points * scale).round() as u32;
    Ok(Cover {
        bytes,
        media_type: "image/png",
        pixels: (pixels(page.size.width.0), pixels(page.size.height.0)),
        alt: edition.metadata.title.clone(),
    })
}
