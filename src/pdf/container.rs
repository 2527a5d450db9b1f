//! The container: printpdf's document with its pages, which the other files fill.

use lopdf::{Dictionary, Document, ObjectId};
use printpdf::{PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};

use crate::geometry::Size;
use crate::page::Page;

/// A document with empty pages of the right sizes, and the pages in order.
pub(super) fn create(pages: &[Page]) -> (Document, Vec<ObjectId>) {
    let mut container = PdfDocument::new("");
    container.pages = pages.iter().map(|page| empty_page(page.size)).collect();
    let options =
        PdfSaveOptions { optimize: false, image_optimization: None, ..PdfSaveOptions::default() };
    let document = container.to_lopdf_document(&options, &mut Vec::new());
    let pages = document.page_iter().collect();
    (document, pages)
}

/// Sets a page's entries. What the container wrote of its own is replaced: the media box tells
/// the crop box too, and resources are shared by all pages.
pub(super) fn fill_page(document: &mut Document, page: ObjectId, entries: Dictionary) {
    if let Ok(dictionary) = document.get_dictionary_mut(page) {
        dictionary.remove(b"CropBox");
        dictionary.remove(b"Annots");
        for (key, value) in entries {
            dictionary.set(key, value);
        }
    }
}

fn empty_page(size: Size) -> PdfPage {
    let trim = Rect {
        x: Pt(0.0),
        y: Pt(0.0),
        width: Pt(size.width.0 as f32),
        height: Pt(size.height.0 as f32),
        mode: None,
        winding_order: None,
    };
    PdfPage { media_box: trim.clone(), trim_box: trim.clone(), crop_box: trim, ops: Vec::new() }
}
