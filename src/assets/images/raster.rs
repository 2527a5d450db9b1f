//! PNG, GIF and WebP into sizes, checked by decoding them once; and any raster into pixels.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageError, ImageReader};

use super::complaint::{Complaint, check_size};
use super::sniff::Format;
use super::{Orientation, Pixels, exif};
use crate::diagnostics::codes;

/// The most memory that one picture's pixels may take, in bytes: 100 million of 8 bits a channel.
const MOST_BYTES: u64 = 400_000_000;

/// What is known of a raster picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Raster {
    /// How to turn it.
    pub(super) orientation: Orientation,
    /// Width and height as stored.
    pub(super) stored: (u32, u32),
    /// Dots an inch as stored, across and down.
    pub(super) resolution: Option<(f64, f64)>,
}

/// Width and height as a header gives them, within the limits; decodes nothing.
pub(super) fn probe(bytes: &[u8], format: Format) -> Result<(u32, u32), Complaint> {
    let decoder = open(bytes).map_err(|error| complaint(format, &error))?;
    let stored = decoder.dimensions();
    check_size(stored)?;
    if decoder.total_bytes() > MOST_BYTES {
        return Err(too_large(format));
    }
    Ok(stored)
}

/// Checks a picture to its last pixel and throws the pixels away: they would take many times the
/// file's memory until a backend asks for them.
pub(super) fn verify(bytes: &[u8], format: Format) -> Result<Raster, Complaint> {
    let stored = probe(bytes, format)?;
    let mut decoder = open(bytes).map_err(|error| complaint(format, &error))?;
    let exif = decoder.exif_metadata().ok().flatten();
    let exif = exif.map(|tiff: Vec<u8>| exif::read(&tiff)).unwrap_or_default();
    DynamicImage::from_decoder(decoder).map_err(|error| complaint(format, &error))?;
    let resolution = match format {
        Format::Png => png_resolution(bytes).or(exif.resolution),
        Format::Jpeg | Format::Gif | Format::WebP | Format::Svg => exif.resolution,
    };
    Ok(Raster { orientation: exif.orientation, stored, resolution })
}

/// Decodes the first frame to 8 bits a channel and turns it upright.
pub(super) fn decode(bytes: &[u8]) -> Option<Pixels> {
    let mut decoder = open(bytes).ok()?;
    let exif = decoder.exif_metadata().ok().flatten();
    let orientation = exif.map(|tiff| exif::read(&tiff).orientation).unwrap_or_default();
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    turn(&mut image, orientation);
    let rgba = image.into_rgba8();
    Some(Pixels { width: rgba.width(), height: rgba.height(), rgba: rgba.into_raw() })
}

fn turn(image: &mut DynamicImage, orientation: Orientation) {
    use image::metadata::Orientation as Turn;
    image.apply_orientation(match orientation {
        Orientation::Upright => Turn::NoTransforms,
        Orientation::MirroredHorizontally => Turn::FlipHorizontal,
        Orientation::Rotated180 => Turn::Rotate180,
        Orientation::MirroredVertically => Turn::FlipVertical,
        Orientation::Transposed => Turn::Rotate90FlipH,
        Orientation::Rotated90 => Turn::Rotate90,
        Orientation::Transversed => Turn::Rotate270FlipH,
        Orientation::Rotated270 => Turn::Rotate270,
    });
}

/// Reads the header. The reader's own limits bound what decoders allocate beside the pixels.
fn open(bytes: &[u8]) -> Result<impl ImageDecoder + '_, ImageError> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(2 * MOST_BYTES);
    reader.limits(limits);
    reader.into_decoder()
}

fn too_large(format: Format) -> Complaint {
    let message = format!("is a {} that takes too much memory", format.name());
    Complaint::new(codes::PICTURE_TOO_LARGE, message)
        .with_help("save it smaller, or with 8 bits a channel")
}

fn complaint(format: Format, error: &ImageError) -> Complaint {
    match error {
        ImageError::Limits(_) => too_large(format),
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::Unsupported(_)
        | ImageError::IoError(_) => Complaint::new(
            codes::PICTURE_UNREADABLE,
            format!("is a {} that can't be read: {}", format.name(), innermost(error)),
        ),
    }
}

/// What the decoder itself says, without the names of the layers above it.
fn innermost(error: &ImageError) -> String {
    let mut error: &dyn std::error::Error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    let text = error.to_string();
    text.trim_end_matches('.').to_owned()
}

/// Dots an inch of a PNG's pHYs chunk, which stands before the first IDAT (PNG, 11.3.4.3).
fn png_resolution(bytes: &[u8]) -> Option<(f64, f64)> {
    let mut rest = bytes.get(8..)?;
    loop {
        let length = u32::from_be_bytes(*rest.first_chunk()?) as usize;
        let content = rest.get(8..8_usize.checked_add(length)?)?;
        match rest.get(4..8)? {
            b"pHYs" => return png_density(content),
            b"IDAT" => return None,
            _ => rest = rest.get(length.checked_add(12)?..)?,
        }
    }
}

fn png_density(content: &[u8]) -> Option<(f64, f64)> {
    const INCHES_A_METRE: f64 = 0.0254;
    let (x, rest) = content.split_first_chunk()?;
    let (y, unit) = rest.split_first_chunk()?;
    let per_inch = |per_metre: &[u8; 4]| f64::from(u32::from_be_bytes(*per_metre)) * INCHES_A_METRE;
    (unit == [1]).then(|| (per_inch(x), per_inch(y)))
}
