//! An edition into pages.

use crate::assets::Assets;
use crate::diagnostics::Sink;
use crate::edition::Edition;
use crate::model::Paper;
use crate::page::PagedDocument;
use crate::theme::Theme;

/// Sets an edition on pages.
#[must_use]
pub fn lay_out(
    _edition: &Edition,
    _theme: &Theme,
    _paper: Paper,
    _assets: &Assets,
    _sink: &Sink,
) -> PagedDocument {
    unimplemented!()
}
