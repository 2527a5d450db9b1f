//! The document model: what a manuscript says, and nothing about how it looks.
//!
//! Data only. [`Document`] is what the manuscript room makes and the edition room selects from;
//! both backends render the [`Block`]s and [`Inline`]s that it holds, matching them exhaustively.

mod block;
mod inline;
mod kit;
mod metadata;
pub mod visit;
mod words;

pub use block::{
    Alert, AlertKind, Alignment, Block, CodeBlock, Definition, Exchange, Figure, Heading,
    Interview, List, ListItem, ListKind, Quote, Table, TableCell, TableRow,
};
pub use inline::{Alt, Attributes, Inline, Link, Picture, PictureSource, Style, Target, Text};
pub use kit::{
    Asset, Award, Biography, Contact, Coverage, Fact, Kit, KitLink, Person, PullQuote,
    TimelineDate, TimelineEntry, Video,
};
pub use metadata::{
    Agent, Collection, Date, DateTime, Direction, EditionEntry, Kind, Language, Metadata, Paper,
    Release, Variant,
};
pub use words::{Word, Words};

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostics::Span;
use crate::sandbox::RootPath;

/// The name of a place in the document: a heading's identifier, a note's, a fact's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Label(String);

impl Label {
    /// A label from its text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A note: its text stands at the foot or the end, called from the prose.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Note {
    /// What calls it.
    pub label: Label,
    /// Its text.
    pub blocks: Vec<Block>,
    /// Where it is defined.
    #[serde(skip)]
    pub span: Span,
}

/// A whole manuscript, parsed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Document {
    /// What it is, who made it, how it is catalogued and released.
    pub metadata: Metadata,
    /// The data of the kit beside the prose.
    pub kit: Kit,
    /// The prose of all parts, in order.
    pub blocks: Vec<Block>,
    /// The notes that the prose defines.
    pub notes: BTreeMap<Label, Note>,
    /// Data on pictures, by the picture's path.
    pub assets: BTreeMap<RootPath, Asset>,
}
