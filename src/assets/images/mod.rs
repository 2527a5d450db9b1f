//! Picture files into checked handles with sizes, and into pixels where a backend needs them.
//!
//! 1. `load` reads each file once, in parallel, and reports those that can't be had.
//! 2. `sniff` tells the format by the first bytes, whatever the name says.
//! 3. `jpeg`, `raster` and `vector` check a file and find what the backends need.
//! 4. [`Image::decode`] makes pixels, the right way up.

mod budget;
mod complaint;
mod exif;
mod jpeg;
mod load;
mod raster;
mod sniff;
mod vector;

use std::collections::BTreeMap;
use std::sync::Arc;

use resvg::usvg;

use super::FontBook;
use crate::diagnostics::Sink;
use crate::geometry::Size;
use crate::model::Picture;
use crate::sandbox::{Root, RootPath};

/// A picture in an [`ImageStore`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageId(u32);

impl ImageId {
    /// The place in the store.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Image {
    /// Where it stands in the manuscript.
    pub path: RootPath,
    /// The file, byte for byte.
    pub bytes: Arc<[u8]>,
    /// SHA-256 of the bytes.
    pub hash: [u8; 32],
    /// The media type that the bytes are of: `image/jpeg`, say.
    pub media_type: &'static str,
    /// Width and height in pixels (user units of an SVG), the right way up.
    pub pixels: (u32, u32),
    /// The size it asks for: by its own resolution, else at 96 dots an inch for SVG and at 300
    /// for rasters; the right way up.
    pub natural_size: Size,
    /// What a backend needs to paint it.
    pub content: ImageContent,
}

/// A picture's content.
#[derive(Clone, Debug)]
pub enum ImageContent {
    /// A JPEG that is passed through.
    Jpeg {
        /// Its colour space.
        color: JpegColor,
        /// How to turn it.
        orientation: Orientation,
        /// Its colour profile.
        icc: Option<Arc<[u8]>>,
        /// Width and height as stored, before it is turned.
        stored: (u32, u32),
    },
    /// PNG, GIF or WebP: decoded when asked ([`Image::decode`]), first frame only.
    Raster,
    /// An SVG, parsed without system fonts; its text is outlines.
    Vector(Arc<usvg::Tree>),
}

/// The colour spaces of JPEG files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JpegColor {
    /// One component.
    Gray,
    /// Three components.
    Rgb,
    /// Four components; `inverted` as Adobe writes them.
    Cmyk {
        /// Whether 255 means no ink.
        inverted: bool,
    },
}

/// How a stored picture is to be turned (EXIF 2.32, tag 274).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// As it is.
    #[default]
    Upright,
    /// Mirrored left to right.
    MirroredHorizontally,
    /// Turned by 180°.
    Rotated180,
    /// Mirrored top to bottom.
    MirroredVertically,
    /// Mirrored left to right, then turned by 270° clockwise.
    Transposed,
    /// Turned by 90° clockwise.
    Rotated90,
    /// Mirrored left to right, then turned by 90° clockwise.
    Transversed,
    /// Turned by 270° clockwise.
    Rotated270,
}

/// All pictures of a manuscript, each file once.
#[derive(Clone, Debug, Default)]
pub struct ImageStore {
    images: Vec<Image>,
    by_path: BTreeMap<RootPath, ImageId>,
}

impl ImageStore {
    /// The picture of a handle.
    #[must_use]
    pub fn image(&self, id: ImageId) -> &Image {
        &self.images[id.index()]
    }

    /// The picture at a path, unless it could not be had.
    #[must_use]
    pub fn find(&self, path: &RootPath) -> Option<ImageId> {
        self.by_path.get(path).copied()
    }
}

impl ImageStore {
    /// Reads and checks every picture once, in parallel; reports those that can't be had. Handles
    /// are given in the order in which the pictures are first named.
    #[must_use]
    pub fn load<'a>(
        root: &Root,
        pictures: impl IntoIterator<Item = &'a Picture>,
        fonts: &FontBook,
        sink: &Sink,
    ) -> Self {
        let mut store = Self::default();
        for image in load::load(root, pictures, fonts, sink) {
            let id = ImageId(u32::try_from(store.images.len()).unwrap_or(u32::MAX));
            store.by_path.insert(image.path.clone(), id);
            store.images.push(image);
        }
        store
    }

    /// All pictures with their handles, in the store's order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ImageId, &Image)> {
        self.images
            .iter()
            .enumerate()
            .map(|(index, image)| (ImageId(u32::try_from(index).unwrap_or(u32::MAX)), image))
    }
}

/// Pixels, the right way up.
#[derive(Clone, Debug)]
pub struct Pixels {
    /// The width.
    pub width: u32,
    /// The height.
    pub height: u32,
    /// Red, green, blue and alpha, not premultiplied, row by row from the top.
    pub rgba: Vec<u8>,
}

impl Image {
    /// Decodes a raster picture to 8 bits a channel; of a moving picture the first frame. None
    /// for a vector, and for a JPEG that is corrupt between its markers, which
    /// [`ImageStore::load`] does not look into. A JPEG in CMYK is taken to be inverted, as nearly
    /// all are.
    #[must_use]
    pub fn decode(&self) -> Option<Pixels> {
        match &self.content {
            ImageContent::Vector(_) => None,
            ImageContent::Jpeg { .. } | ImageContent::Raster => raster::decode(&self.bytes),
        }
    }
}

impl Orientation {
    /// The orientation of an EXIF value, 1 to 8; any other value means nothing.
    fn from_exif(value: u16) -> Self {
        match value {
            2 => Self::MirroredHorizontally,
            3 => Self::Rotated180,
            4 => Self::MirroredVertically,
            5 => Self::Transposed,
            6 => Self::Rotated90,
            7 => Self::Transversed,
            8 => Self::Rotated270,
            _ => Self::Upright,
        }
    }

    /// What is across and what is down after turning.
    #[must_use]
    pub fn turn_size<T>(self, (width, height): (T, T)) -> (T, T) {
        match self {
            Self::Upright
            | Self::MirroredHorizontally
            | Self::Rotated180
            | Self::MirroredVertically => (width, height),
            Self::Transposed | Self::Rotated90 | Self::Transversed | Self::Rotated270 => {
                (height, width)
            }
        }
    }
}

#[cfg(test)]
mod tests;
