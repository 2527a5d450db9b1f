//! Pages into pixels.

use crate::assets::Assets;
use crate::page::Page;

/// Paints a page and encodes it as PNG; `scale` is pixels a point. None if the page is larger
/// than any picture may be.
#[must_use]
pub fn render_png(_page: &Page, _assets: &Assets, _scale: f64) -> Option<Vec<u8>> {
    unimplemented!()
}
