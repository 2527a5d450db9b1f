//! Blocks and sections of an [`Edition`] into XHTML, and the theme into CSS.
//!
//! 1. [`Places`] names a file and an identifier for every label that a link may lead to.
//! 2. [`render_section`] writes one section, with its notes at its end.
//! 3. [`wrap_page`] puts a page's content into a whole XHTML document.
//! 4. [`stylesheet`] turns the theme into the one style sheet that all pages share.
//!
//! Nothing here knows how the pages are bound; that is the business of the rooms that call it.

mod blocks;
mod css;
mod figures;
mod inlines;
mod kit;
mod links;
mod markup;
mod math;
mod mathml;
mod notes;
mod page;
mod places;
mod section;
mod semantics;
mod walk;

pub(crate) use css::{FontFace, stylesheet};
pub(crate) use markup::{Markup, Tag};
pub(crate) use page::{PageHead, STYLESHEET, direction_name, wrap_page};
pub(crate) use places::{Ids, Places};
pub(crate) use section::{Features, OutlineEntry, render_inlines, render_section};
pub(crate) use semantics::Semantics;
pub(crate) use walk::visit_section;

use std::collections::BTreeMap;

use crate::diagnostics::Sink;
use crate::edition::Edition;
use crate::model::Inline;
use crate::sandbox::RootPath;

/// What all pages made from one edition share.
#[derive(Debug)]
pub(crate) struct Book<'a> {
    /// What is written.
    pub(crate) edition: &'a Edition,
    /// Where links lead.
    pub(crate) places: Places,
    /// The files of the pictures that could be had.
    pub(crate) pictures: BTreeMap<RootPath, PictureFile>,
    /// Where faults are reported.
    pub(crate) sink: &'a Sink,
}

/// A picture beside the pages.
#[derive(Clone, Debug)]
pub(crate) struct PictureFile {
    /// Its address, relative to the pages.
    pub(crate) href: String,
    /// Width and height in pixels.
    pub(crate) pixels: (u32, u32),
    /// Whether it is a drawing, which may be transparent and drawn for a light page.
    pub(crate) is_vector: bool,
}

/// The characters of inlines on one line, as a window's title or a list of contents shows them.
pub(crate) fn one_line(content: &[Inline]) -> String {
    fold(&crate::model::visit::text(content))
}

/// A text with its white space folded.
pub(crate) fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
