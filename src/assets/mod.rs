//! Fonts and pictures: found, checked, decoded, and named by handles.
//!
//! The only room that reads what a manuscript names besides its own text.

mod encode;
pub mod fonts;
pub mod images;

pub use fonts::{Font, FontBook, FontData, FontId, FontQuery};
pub use images::{Image, ImageContent, ImageId, ImageStore, JpegColor, Orientation, Pixels};

/// Everything that the backends draw with.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The fonts.
    pub fonts: FontBook,
    /// The pictures.
    pub images: ImageStore,
}
