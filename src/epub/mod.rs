//! An edition into an EPUB.

use crate::assets::Assets;
use crate::diagnostics::{Failed, Sink};
use crate::edition::Edition;
use crate::theme::Theme;

/// The book's cover picture: a PNG or JPEG file.
#[derive(Clone, Debug)]
pub struct Cover {
    /// The file.
    pub bytes: Vec<u8>,
    /// `image/png` or `image/jpeg`
    pub media_type: &'static str,
    /// Width and height in pixels.
    pub pixels: (u32, u32),
    /// What stands for it where it can't be seen.
    pub alt: String,
}

/// Writes an EPUB 3.3 file.
pub fn export(
    _edition: &Edition,
    _theme: &Theme,
    _assets: &Assets,
    _cover: Option<&Cover>,
    _sink: &Sink,
) -> Result<Vec<u8>, Failed> {
    unimplemented!()
}
