//! What an element is, as e-readers and as assistive technology call it.

use crate::edition::Role;

/// A term of the EPUB Structural Semantics Vocabulary 1.1 with the DPUB-ARIA 1.1 role that says
/// the same, where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Semantics {
    /// The pages before the text.
    FrontMatter,
    /// The text.
    BodyMatter,
    /// The pages after the text.
    BackMatter,
    /// The cover's picture.
    Cover,
    /// The title page.
    TitlePage,
    /// The second title.
    Subtitle,
    /// The list of contents.
    Contents,
    /// The list of the book's main parts.
    Landmarks,
    /// A main division of the text.
    Chapter,
    /// What informs the text and is not part of it.
    Appendix,
    /// Questions and answers.
    Interview,
    /// The notes of a section.
    Notes,
    /// One note.
    Note,
    /// What calls a note.
    NoteCall,
    /// What leads from a note back to its call.
    BackLink,
    /// Advice.
    Tip,
    /// What must not be overlooked.
    Notice,
    /// How and by whom the book was made.
    Imprint,
}

impl Semantics {
    /// The value of `epub:type`.
    pub(crate) fn epub_type(self) -> &'static str {
        match self {
            Self::FrontMatter => "frontmatter",
            Self::BodyMatter => "bodymatter",
            Self::BackMatter => "backmatter",
            Self::Cover => "cover",
            Self::TitlePage => "titlepage",
            Self::Subtitle => "subtitle",
            Self::Contents => "toc",
            Self::Landmarks => "landmarks",
            Self::Chapter => "chapter",
            Self::Appendix => "appendix",
            Self::Interview => "qna",
            Self::Notes => "endnotes",
            Self::Note => "footnote",
            Self::NoteCall => "noteref",
            Self::BackLink => "backlink",
            Self::Tip => "tip",
            Self::Notice => "notice",
            Self::Imprint => "colophon",
        }
    }

    /// The value of `role`, on an element that may bear it (ARIA in HTML, section 4).
    pub(crate) fn role(self) -> Option<&'static str> {
        match self {
            Self::FrontMatter
            | Self::BodyMatter
            | Self::BackMatter
            | Self::TitlePage
            | Self::Landmarks => None,
            Self::Cover => Some("doc-cover"),
            Self::Subtitle => Some("doc-subtitle"),
            Self::Contents => Some("doc-toc"),
            Self::Chapter => Some("doc-chapter"),
            Self::Appendix => Some("doc-appendix"),
            Self::Interview => Some("doc-qna"),
            Self::Notes => Some("doc-endnotes"),
            Self::Note => Some("doc-footnote"),
            Self::NoteCall => Some("doc-noteref"),
            Self::BackLink => Some("doc-backlink"),
            Self::Tip => Some("doc-tip"),
            Self::Notice => Some("doc-notice"),
            Self::Imprint => Some("doc-colophon"),
        }
    }

    /// What a section of an edition is.
    pub(crate) fn of_section(role: Role) -> Self {
        match role {
            Role::Story | Role::Chapter => Self::Chapter,
            Role::Interview => Self::Interview,
            Role::AtAGlance
            | Role::FactSheet
            | Role::Timeline
            | Role::Biographies
            | Role::Quotes
            | Role::Awards
            | Role::Coverage
            | Role::Gallery
            | Role::Video
            | Role::Links
            | Role::About
            | Role::Contacts
            | Role::Usage => Self::Appendix,
        }
    }

    /// The part of the book that a section belongs to.
    pub(crate) fn part_of_section(role: Role) -> Self {
        if Self::of_section(role) == Self::Appendix { Self::BackMatter } else { Self::BodyMatter }
    }
}
