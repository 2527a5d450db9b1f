//! Blocks: what stands below one another.

use serde::Serialize;

use super::{Attributes, Inline, Label, Language, Picture, Word};
use crate::diagnostics::Span;

/// One block of prose.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph {
        /// Its text.
        content: Vec<Inline>,
        /// Its place.
        #[serde(skip)]
        span: Span,
    },
    /// A picture, or several, with what belongs to it.
    Figure(Figure),
    /// Somebody else's words.
    Quote(Quote),
    /// Items with bullets, numbers or boxes.
    List(List),
    /// Terms and what they mean.
    Definitions {
        /// The terms with their descriptions.
        entries: Vec<Definition>,
        /// Its place.
        #[serde(skip)]
        span: Span,
    },
    /// Questions and answers.
    Interview(Interview),
    /// Preformatted text.
    Code(CodeBlock),
    /// Rows and columns.
    Table(Table),
    /// A note, tip, warning … set off from the text.
    Alert(Alert),
    /// A formula on lines of its own, as LaTeX.
    Math {
        /// The LaTeX source, without its delimiters.
        source: String,
        /// Its place.
        #[serde(skip)]
        span: Span,
    },
    /// A thematic break.
    Break {
        /// Its place.
        #[serde(skip)]
        span: Span,
    },
    /// Blocks in another language or with a class, from a heading's or an element's attributes.
    Division {
        /// Language, classes, identifier.
        attributes: Attributes,
        /// What it holds.
        blocks: Vec<Block>,
        /// Its place.
        #[serde(skip)]
        span: Span,
    },
}

impl Block {
    /// The place in the source.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Heading(heading) => heading.span,
            Self::Figure(figure) => figure.span,
            Self::Quote(quote) => quote.span,
            Self::List(list) => list.span,
            Self::Interview(interview) => interview.span,
            Self::Code(code) => code.span,
            Self::Table(table) => table.span,
            Self::Alert(alert) => alert.span,
            Self::Paragraph { span, .. }
            | Self::Definitions { span, .. }
            | Self::Math { span, .. }
            | Self::Break { span }
            | Self::Division { span, .. } => *span,
        }
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The identifier: given, or made from the text; unique in the document.
    pub label: Label,
    /// What was given in braces.
    pub attributes: Attributes,
    /// Its text.
    pub content: Vec<Inline>,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

/// A picture with its caption and credit; more than one picture where a `<figure>` held several.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// The pictures, in order; never empty.
    pub pictures: Vec<Picture>,
    /// What the reader is told of it; empty where there is none.
    pub caption: Vec<Inline>,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

/// A block quotation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quote {
    /// The words.
    pub blocks: Vec<Block>,
    /// Whose words they are, without the dash.
    pub attribution: Option<Vec<Inline>>,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

/// How a list's items are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListKind {
    /// Bullets, or boxes where the item has one.
    Unordered,
    /// Numbers.
    Ordered {
        /// The number of the first item.
        start: u64,
    },
}

/// A list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct List {
    /// How items are marked.
    pub kind: ListKind,
    /// Whether the items stand without space between them (`CommonMark` 5.3).
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListItem {
    /// Whether a task is done, for an item with a box (GFM 5.3).
    pub checked: Option<bool>,
    /// What it holds.
    pub blocks: Vec<Block>,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

/// One or more terms with one or more descriptions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Definition {
    /// The terms.
    pub terms: Vec<Vec<Inline>>,
    /// The descriptions.
    pub descriptions: Vec<Vec<Block>>,
}

/// Questions and answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Interview {
    /// The questions with their answers.
    pub exchanges: Vec<Exchange>,
    /// Whether the manuscript numbers the questions.
    pub numbered: bool,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

/// One question and its answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Exchange {
    /// Counted from the interview's first number.
    pub number: u64,
    /// The question, without the emphasis that marks it.
    pub question: Vec<Inline>,
    /// The answer.
    pub answer: Vec<Block>,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

/// Preformatted text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CodeBlock {
    /// The first word after the fence.
    pub language: Option<String>,
    /// The text, without a line feed at its end.
    pub text: String,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

/// How a column's cells are aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alignment {
    /// As text starts.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// As text ends.
    End,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// One a column.
    pub alignments: Vec<Alignment>,
    /// The heading row.
    pub head: TableRow,
    /// The other rows, each as wide as the heading row.
    pub rows: Vec<TableRow>,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TableRow {
    /// The cells.
    pub cells: Vec<TableCell>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TableCell {
    /// Its text.
    pub content: Vec<Inline>,
}

/// The five kinds of alert that forges know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertKind {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

impl AlertKind {
    /// The word that names the kind to the reader.
    #[must_use]
    pub fn word(self) -> Word {
        match self {
            Self::Note => Word::Note,
            Self::Tip => Word::Tip,
            Self::Important => Word::Important,
            Self::Warning => Word::Warning,
            Self::Caution => Word::Caution,
        }
    }
}

/// A passage set off from the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alert {
    /// Which.
    pub kind: AlertKind,
    /// What it holds.
    pub blocks: Vec<Block>,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

impl Attributes {
    /// Whether nothing was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The language, if it differs from the document's.
    #[must_use]
    pub fn language(&self) -> Option<&Language> {
        self.language.as_ref()
    }
}
