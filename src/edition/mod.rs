//! A document into the ordered sections of one artifact.
//!
//! Whatever both backends must agree on is decided here, once: which parts, in which order, for
//! whom, under which words, with which numbers. An [`Edition`] holds every string that the
//! artifact shows its reader, but for running heads and folios.

mod headings;
mod kit;
mod notes;
mod opener;
mod pictures;
mod plain;
mod prose;
mod references;
mod select;
mod shown;
#[cfg(test)]
mod tests;
mod walk;
mod wording;

pub use shown::shown_pictures;
pub use wording::format_date;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostics::{Sink, Span};
use crate::model::{
    Asset, Award, Block, Contact, Coverage, Document, Figure, Inline, KitLink, Label, Language,
    Metadata, Note, Picture, PullQuote, TimelineEntry, Video, Words,
};
use crate::sandbox::RootPath;
use pictures::Pictures;

/// Which artifact an edition is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditionKind {
    /// Everything a journalist needs, on pages.
    PressKit,
    /// The text as a book.
    Profile,
}

/// What is asked of an edition.
#[derive(Clone, Debug)]
pub struct EditionSpec {
    /// The artifact.
    pub kind: EditionKind,
    /// The words of the document's language.
    pub words: Words,
}

/// The ordered sections of one artifact.
///
/// All [`Target::Internal`](crate::model::Target) links lead to a label that the edition holds;
/// heading levels start at 2 inside a section and skip none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edition {
    /// The artifact.
    pub kind: EditionKind,
    /// What the document is.
    #[serde(skip)]
    pub metadata: Arc<Metadata>,
    /// The words of the document's language.
    #[serde(skip)]
    pub words: Words,
    /// What stands before the first section: the top of page one, or the title page.
    pub opener: Opener,
    /// The sections, in reading order.
    pub sections: Vec<Section>,
    /// The printed number of each note that is called.
    pub note_numbers: BTreeMap<Label, u32>,
    /// Data on pictures, by the picture's path; captions are in the figures, and empty here.
    pub assets: BTreeMap<RootPath, Asset>,
}

/// What a first page or title page says.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Opener {
    /// Whom it is about or for.
    pub organization: Option<String>,
    /// "Press kit · Profile"
    pub kind_line: String,
    /// The title.
    pub title: String,
    /// The second title.
    pub subtitle: Option<String>,
    /// The sentence under the title; empty where there is none.
    pub deck: Vec<Inline>,
    /// "For immediate release", or the embargo.
    pub release: Option<String>,
    /// The place, and the date where it is given.
    pub dateline: Option<String>,
    /// "By …"
    pub byline: Option<String>,
    /// The picture.
    pub cover: Option<Picture>,
}

/// What a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The prose that the title heads.
    Story,
    /// A chapter: prose under a heading of the first level.
    Chapter,
    /// Questions and answers.
    Interview,
    /// The first facts, in short.
    AtAGlance,
    /// All facts.
    FactSheet,
    /// What happened when.
    Timeline,
    /// Lives.
    Biographies,
    /// Words to be quoted.
    Quotes,
    /// Honours.
    Awards,
    /// What others have published.
    Coverage,
    /// Pictures that the prose does not show.
    Gallery,
    /// Moving pictures.
    Video,
    /// Further addresses.
    Links,
    /// What the organisation says of itself.
    About,
    /// Whom to ask.
    Contacts,
    /// What may be done with the material.
    Usage,
}

/// A section.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// The identifier; unique in the edition.
    pub label: Label,
    /// What it is.
    pub role: Role,
    /// Its heading, of level 1. The story's is the title, which the opener shows; the pull quotes
    /// of a press kit have none.
    pub title: Vec<Inline>,
    /// Its language, where it differs from the document's.
    pub language: Option<Language>,
    /// What it holds.
    pub body: Body,
    /// The notes that it calls, in order of their numbers.
    pub notes: Vec<Note>,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

/// What a section holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// Story, chapter, interview, about, usage.
    Prose(Vec<Block>),
    /// At a glance, fact sheet.
    Facts(Vec<FactRow>),
    /// Timeline.
    Timeline(Vec<TimelineEntry>),
    /// Biographies.
    Biographies(Vec<Life>),
    /// Quotes.
    Quotes(Vec<PullQuote>),
    /// Awards.
    Awards(Vec<Award>),
    /// Coverage.
    Coverage(Vec<Coverage>),
    /// Gallery.
    Gallery(Vec<Figure>),
    /// Video.
    Video(Vec<Video>),
    /// Links.
    Links(Vec<KitLink>),
    /// Contacts.
    Contacts(Vec<Contact>),
}

/// A fact, ready to be printed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FactRow {
    /// The fact's identifier.
    pub id: Label,
    /// What it is.
    pub label: Vec<Inline>,
    /// Its value with its unit.
    pub value: Vec<Inline>,
    /// Its source and date; empty where neither is given.
    pub note: Vec<Inline>,
}

/// A person's life. Its name is a heading of level 2, each length's of level 3.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Life {
    /// The person.
    pub name: String,
    /// The role.
    pub role: Option<String>,
    /// A portrait.
    pub image: Option<Picture>,
    /// The lengths that are given, shortest first, each under its heading ("In brief"). Where
    /// only one is given, its heading is empty.
    pub lengths: Vec<LifeText>,
}

/// A life at one length.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LifeText {
    /// "In brief"
    pub heading: String,
    /// The text.
    pub blocks: Vec<Block>,
}

/// Selects the sections of one artifact.
///
/// Whatever of the document is not for this edition's reader is left out; whatever can't be kept
/// as it stands (a link that leads nowhere, a heading that skips a level) is reported.
#[must_use]
pub fn select(document: &Document, spec: &EditionSpec, sink: &Sink) -> Edition {
    let prose::Prose { parts, aliases } = prose::split(document, sink);
    let mut sections = select::arrange(document, spec, parts);
    let mut opener = opener::compose(&document.metadata, &document.kit.contacts, spec);

    let mut pictures = Pictures::new(&document.assets, sink);
    opener.cover.iter_mut().for_each(|cover| pictures.complete(cover));
    for section in &mut sections {
        pictures.complete_section(section);
    }
    let complete_note = |note: &mut Note| {
        headings::settle(&mut note.blocks, 1);
        pictures.complete_blocks(&mut note.blocks);
    };
    let note_numbers =
        notes::number(&mut opener, &mut sections, &document.notes, sink, complete_note);
    references::resolve(&mut opener, &mut sections, &aliases, sink);

    Edition {
        kind: spec.kind,
        metadata: Arc::new(document.metadata.clone()),
        words: spec.words.clone(),
        opener,
        sections,
        note_numbers,
        assets: without_captions(&document.assets),
    }
}

/// Captions have gone into the figures; a second copy here could hold unresolved links.
fn without_captions(assets: &BTreeMap<RootPath, Asset>) -> BTreeMap<RootPath, Asset> {
    let without = |asset: &Asset| Asset { caption: Vec::new(), ..asset.clone() };
    assets.iter().map(|(path, asset)| (path.clone(), without(asset))).collect()
}

/// Every paragraph that the artifact shows, in reading order: the reference that both artifacts
/// are held to. Each has its white space folded; none is empty.
///
/// A cell, a label, a value, a caption, a credit, a line of code are entries of their own. An
/// entry ends where something stands that is not characters, and goes on as the next: a picture in
/// the line, the call of a note, and a formula, which one artifact prints as its source and the
/// other as `MathML`. Marks of lists, numbers of questions and notes, and addresses behind links
/// are no entries.
#[must_use]
pub fn plain_text(edition: &Edition) -> Vec<String> {
    plain::read(edition)
}
