//! Pages into a PDF.

use crate::assets::Assets;
use crate::diagnostics::{Failed, Sink};
use crate::page::PagedDocument;

/// Writes a PDF 1.7 file (ISO 32000-1).
pub fn export(
    _document: &PagedDocument,
    _assets: &Assets,
    _sink: &Sink,
) -> Result<Vec<u8>, Failed> {
    unimplemented!()
}
