//! Pictures into files of formats that every reader takes.

use std::io::Cursor;

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder as _};

use resvg::usvg;

use super::{Image, ImageContent, Pixels};

impl Pixels {
    /// The pixels as a PNG file; none if their number does not fit width and height.
    #[must_use]
    pub fn to_png(&self) -> Option<Vec<u8>> {
        let area = u64::from(self.width) * u64::from(self.height);
        if u64::try_from(self.rgba.len()).ok() != area.checked_mul(4) {
            return None;
        }
        let mut file = Cursor::new(Vec::new());
        PngEncoder::new(&mut file)
            .write_image(&self.rgba, self.width, self.height, ExtendedColorType::Rgba8)
            .ok()?;
        Some(file.into_inner())
    }
}

impl Image {
    /// A drawing as an SVG file of its own making: texts are outlines in the right font, and
    /// scripts, styles, references to other files and faults of the original are gone. None for
    /// a picture of pixels.
    #[must_use]
    pub fn to_svg(&self) -> Option<String> {
        let ImageContent::Vector(tree) = &self.content else { return None };
        let options = usvg::WriteOptions {
            coordinates_precision: 3,
            transforms_precision: 5,
            indent: usvg::Indent::None,
            ..usvg::WriteOptions::default()
        };
        Some(tree.to_string(&options))
    }
}
