//! Pages: positioned glyphs, shapes and pictures, and the structure that they carry.
//!
//! Data only. The layout room makes a [`PagedDocument`]; the PDF and raster rooms paint it and
//! know nothing of the model behind it. Every painted item names its node of the
//! [`StructureTree`] or is an artifact, so that tagging never has to guess.

mod dump;
mod frame;
mod structure;

pub use dump::dump;
pub use frame::{
    Artifact, Color, Frame, Glyph, GlyphRun, Group, ImageItem, Item, LinkArea, LinkTarget, Path,
    PathSegment, Placed, Shape, Stroke, Tag,
};
pub use structure::{ListNumbering, Node, NodeId, Role, Scope, StructureTree};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::geometry::{Point, Size};
pub use crate::model::{Direction, Label, Language, Metadata};

/// A laid out document.
#[derive(Clone, Debug)]
pub struct PagedDocument {
    /// What it is, for the file's metadata.
    pub metadata: Arc<Metadata>,
    /// The title that a reader's window shows.
    pub title: String,
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// What the painted items mean, in reading order.
    pub structure: StructureTree,
    /// The entries of the reader's side bar, as a forest.
    pub outline: Vec<OutlineEntry>,
    /// The named places.
    pub destinations: BTreeMap<Label, Destination>,
}

/// One page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The trimmed size.
    pub size: Size,
    /// The folio, as printed.
    pub label: String,
    /// What is painted, in painting order.
    pub frame: Frame,
}

/// A place that a link or an outline entry leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Destination {
    /// Counted from 0.
    pub page: usize,
    /// The top left corner of what is there.
    pub point: Point,
}

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineEntry {
    /// Its text.
    pub title: String,
    /// Where it leads.
    pub destination: Destination,
    /// The entries below it.
    pub children: Vec<OutlineEntry>,
}
