//! A picture into an `XObject` (ISO 32000-1, 8.9): JPEG data as it is, other rasters deflated
//! with their alpha as a soft mask, drawings as vectors.

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};
use resvg::{tiny_skia, usvg};

use super::filter::filter_rows;
use super::fragment::{Fragment, deflated_stream};
use super::svg;
use super::syntax::count;
use crate::assets::{Image, ImageContent, JpegColor, Orientation, Pixels};
use crate::geometry::Size;

/// A picture as the pages name it.
#[derive(Debug)]
pub(super) struct EmbeddedImage {
    /// The name in the pages' resources.
    pub(super) resource: String,
    /// The space that it is painted in, before the page's matrix.
    frame: ImageFrame,
}

/// The space that a picture paints in.
#[derive(Clone, Copy, Debug)]
enum ImageFrame {
    /// The unit square, y upwards, still to be turned.
    Unit(Orientation),
    /// A box of a size, y downwards.
    Box { width: f64, height: f64 },
}

/// Embeds a picture. None for a raster that can't be decoded.
pub(super) fn embed(
    image: &Image,
    resource: String,
) -> Option<(EmbeddedImage, Fragment, ObjectId)> {
    let mut fragment = Fragment::default();
    let (root, frame) = match &image.content {
        ImageContent::Jpeg { color, orientation, icc, stored } => {
            let root = add_jpeg(&mut fragment, &image.bytes, *color, icc.as_deref(), *stored);
            (root, ImageFrame::Unit(*orientation))
        }
        ImageContent::Raster => {
            let root = add_pixels(&mut fragment, &image.decode()?);
            (root, ImageFrame::Unit(Orientation::Upright))
        }
        ImageContent::Vector(tree) => add_vector(&mut fragment, tree, image.natural_size)?,
    };
    Some((EmbeddedImage { resource, frame }, fragment, root))
}

/// The matrix that paints a picture at a bottom left corner in a size, the right way up.
pub(super) fn placement(image: &EmbeddedImage, corner: (f64, f64), size: Size) -> [f64; 6] {
    let (left, bottom) = corner;
    let (across, up) = (size.width.0, size.height.0);
    match image.frame {
        ImageFrame::Box { width, height } => {
            [across / width, 0.0, 0.0, -up / height, left, bottom + up]
        }
        ImageFrame::Unit(orientation) => {
            let unit = turn(orientation);
            [
                unit[0] * across,
                unit[1] * up,
                unit[2] * across,
                unit[3] * up,
                left + unit[4] * across,
                bottom + unit[5] * up,
            ]
        }
    }
}

/// Where a stored picture's lower and left edges point, and its corner, in the unit square.
fn turn(orientation: Orientation) -> [f64; 6] {
    match orientation {
        Orientation::Upright => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        Orientation::MirroredHorizontally => [-1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
        Orientation::Rotated180 => [-1.0, 0.0, 0.0, -1.0, 1.0, 1.0],
        Orientation::MirroredVertically => [1.0, 0.0, 0.0, -1.0, 0.0, 1.0],
        Orientation::Transposed => [0.0, -1.0, -1.0, 0.0, 1.0, 1.0],
        Orientation::Rotated90 => [0.0, -1.0, 1.0, 0.0, 0.0, 1.0],
        Orientation::Transversed => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
        Orientation::Rotated270 => [0.0, 1.0, -1.0, 0.0, 1.0, 0.0],
    }
}

fn image_dictionary((width, height): (u32, u32), color_space: Object) -> Dictionary {
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "ColorSpace" => color_space,
        "BitsPerComponent" => 8,
    }
}

fn add_jpeg(
    fragment: &mut Fragment,
    bytes: &[u8],
    color: JpegColor,
    icc: Option<&[u8]>,
    stored: (u32, u32),
) -> ObjectId {
    let (device, components, signature) = match color {
        JpegColor::Gray => ("DeviceGray", 1, b"GRAY"),
        JpegColor::Rgb => ("DeviceRGB", 3, b"RGB "),
        JpegColor::Cmyk { .. } => ("DeviceCMYK", 4, b"CMYK"),
    };
    // A profile for another kind of colour than the picture's is of no use (8.6.5.5).
    let icc = icc.filter(|profile| profile.get(16..20) == Some(signature));
    let color_space = match icc {
        Some(profile) => {
            let dictionary = dictionary! { "N" => components, "Alternate" => device };
            let profile = fragment.add(deflated_stream(dictionary, profile));
            Object::Array(vec!["ICCBased".into(), Object::Reference(profile)])
        }
        None => device.into(),
    };
    let mut dictionary = image_dictionary(stored, color_space);
    if color == (JpegColor::Cmyk { inverted: true }) {
        let decode = [1, 0, 1, 0, 1, 0, 1, 0].map(Object::Integer);
        dictionary.set("Decode", decode.to_vec());
    }
    dictionary.set("Filter", "DCTDecode");
    fragment.add(Stream::new(dictionary, bytes.to_vec()))
}

/// Adds pixels: in gray where they are, with a mask where one is not opaque.
fn add_pixels(fragment: &mut Fragment, pixels: &Pixels) -> ObjectId {
    let (rows, _) = pixels.rgba.as_chunks::<4>();
    let is_gray = rows.iter().all(|[red, green, blue, _]| red == green && green == blue);
    let is_opaque = rows.iter().all(|[.., alpha]| *alpha == u8::MAX);
    let mask = (!is_opaque).then(|| {
        let alpha: Vec<u8> = rows.iter().map(|[.., alpha]| *alpha).collect();
        fragment.add(samples(pixels, &alpha, 1))
    });
    let mut picture = if is_gray {
        let gray: Vec<u8> = rows.iter().map(|[gray, ..]| *gray).collect();
        samples(pixels, &gray, 1)
    } else {
        let rgb: Vec<u8> =
            rows.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect();
        samples(pixels, &rgb, 3)
    };
    if let Some(mask) = mask {
        picture.dict.set("SMask", mask);
    }
    fragment.add(picture)
}

fn samples(pixels: &Pixels, data: &[u8], components: usize) -> Stream {
    const OPTIMUM_PNG_PREDICTOR: i64 = 15;
    let device = if components == 1 { "DeviceGray" } else { "DeviceRGB" };
    let mut dictionary = image_dictionary((pixels.width, pixels.height), device.into());
    dictionary.set(
        "DecodeParms",
        dictionary! {
            "Predictor" => OPTIMUM_PNG_PREDICTOR,
            "Colors" => count(components),
            "Columns" => i64::from(pixels.width),
        },
    );
    let row = pixels.width as usize * components;
    deflated_stream(dictionary, &filter_rows(data, row, components))
}

/// Adds a drawing as vectors, or as pixels where it holds what PDF can't draw.
fn add_vector(
    fragment: &mut Fragment,
    tree: &usvg::Tree,
    natural_size: Size,
) -> Option<(ObjectId, ImageFrame)> {
    if let Some((drawing, root)) = svg::draw(tree) {
        *fragment = drawing;
        let (width, height) = (tree.size().width(), tree.size().height());
        return Some((root, ImageFrame::Box { width: width.into(), height: height.into() }));
    }
    let root = add_pixels(fragment, &rasterize(tree, natural_size)?);
    Some((root, ImageFrame::Unit(Orientation::Upright)))
}

/// Paints a drawing at 300 dots an inch, less for one that is larger than any page.
fn rasterize(tree: &usvg::Tree, natural_size: Size) -> Option<Pixels> {
    const DOTS_PER_POINT: f64 = 300.0 / 72.0;
    const MOST_DOTS: f64 = 4096.0;
    let longest = natural_size.width.max(natural_size.height).0;
    let density = DOTS_PER_POINT.min(MOST_DOTS / longest);
    let dots = |length: f64| (length * density).round().clamp(1.0, MOST_DOTS) as u32;
    let (width, height) = (dots(natural_size.width.0), dots(natural_size.height.0));
    let mut pixmap = tiny_skia::Pixmap::new(width, height)?;
    let scale = tiny_skia::Transform::from_scale(
        width as f32 / tree.size().width(),
        height as f32 / tree.size().height(),
    );
    resvg::render(tree, scale, &mut pixmap.as_mut());
    let rgba = pixmap.pixels().iter().flat_map(|pixel| {
        let color = pixel.demultiply();
        [color.red(), color.green(), color.blue(), color.alpha()]
    });
    Some(Pixels { width, height, rgba: rgba.collect() })
}
