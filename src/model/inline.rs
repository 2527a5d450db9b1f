//! Inlines: what stands beside one another in a line.

use serde::Serialize;

use super::{Label, Language};
use crate::diagnostics::Span;
use crate::sandbox::RootPath;

/// A piece of text with its place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Text {
    /// The characters, as they are to be read: entities resolved, quotes made typographic.
    pub text: String,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

/// One piece of a line.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Inline {
    /// Characters. A soft line break of the source is one space.
    Text(Text),
    /// Inlines in another style.
    Styled {
        /// Which.
        style: Style,
        /// What it holds.
        content: Vec<Inline>,
        /// Its place.
        #[serde(skip)]
        span: Span,
    },
    /// Code, verbatim.
    Code(Text),
    /// A formula in the line, as LaTeX without its delimiters.
    Math(Text),
    /// A link.
    Link(Link),
    /// A picture in the line.
    Picture(Picture),
    /// The call of a note.
    NoteCall {
        /// The note.
        label: Label,
        /// Its place.
        #[serde(skip)]
        span: Span,
    },
    /// A line break that the author asked for.
    LineBreak {
        /// Its place.
        #[serde(skip)]
        span: Span,
    },
}

/// What sets styled inlines apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// `*…*`
    Emphasis,
    /// `**…**`
    Strong,
    /// `~~…~~`, `<s>`
    Strikethrough,
    /// `^…^`, `<sup>`
    Superscript,
    /// `~…~`, `<sub>`
    Subscript,
    /// `<small>`
    Small,
    /// `<u>`
    Underline,
    /// `<mark>`
    Mark,
    /// `<kbd>`
    Keyboard,
    /// `<cite>`: the title of a work.
    Cite,
    /// `<q>`: quotation marks are part of the content already.
    Quotation,
    /// `<abbr title=…>`
    Abbreviation {
        /// The long form; empty where none is given.
        title: String,
    },
    /// `<span lang=…>`
    Language(Language),
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// An absolute address (`http`, `https`, `mailto`, `tel`).
    External(String),
    /// A place in the document.
    Internal(Label),
}

/// A link.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// What the pointer is told; empty where there is none.
    pub title: String,
    /// What it holds.
    pub content: Vec<Inline>,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

/// What stands for a picture where it can't be seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alt {
    /// A text.
    Text(String),
    /// The manuscript says that it shows nothing to be told.
    Decorative,
    /// The manuscript says nothing.
    Missing,
}

impl Alt {
    /// The text, if there is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Decorative | Self::Missing => None,
        }
    }
}

/// Where a picture comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PictureSource {
    /// A file inside the manuscript's root.
    Local(RootPath),
    /// An address on the network, or a `data:` address: never fetched.
    Remote(String),
    /// A path that leaves the root, as written; reported where it was read.
    Outside(String),
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Picture {
    /// Where it comes from.
    pub source: PictureSource,
    /// What stands for it where it can't be seen.
    pub alt: Alt,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

/// What is given in braces after a heading: `{#id .class lang=fr audience=press}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Attributes {
    /// `#id`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// `.class`
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// `lang=…`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// `audience=…`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
}
