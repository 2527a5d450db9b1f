//! What is wrong with an input, where, and what to do about it.
//!
//! Diagnostics are data: every room reports them to one [`Sink`], and the renderers in
//! [`render`] turn the sorted list into the forms that people and machines read.

pub mod codes;
mod policy;
pub mod render;
mod sink;
mod source;

pub use codes::{Code, Fallback};
pub use policy::{Policy, UnknownCode};
pub use sink::{Failed, Sink};
pub use source::{Position, SourceFile, SourceId, Span};

use std::path::{Path, PathBuf};

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is built.
    Error,
    /// The build goes on, and something in it is not as it should be.
    Warning,
}

impl Severity {
    /// The lower-case name that every output format uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Where a diagnostic points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A stretch of a source text.
    Span(Span),
    /// A file or folder as a whole.
    File(PathBuf),
    /// Nowhere in particular: the command line, say.
    Nowhere,
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self::Span(span)
    }
}

impl From<&Path> for Place {
    fn from(path: &Path) -> Self {
        Self::File(path.to_path_buf())
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it weighs, after the [`Policy`].
    pub severity: Severity,
    /// The stable code.
    pub code: Code,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where it is wrong.
    pub place: Place,
    /// Further places that explain it ("first defined here").
    pub labels: Vec<(Span, String)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding of the severity that its code has by default.
    #[must_use]
    pub fn new(code: Code, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self {
            severity: code.severity,
            code,
            message: message.into(),
            place: place.into(),
            labels: Vec::new(),
            help: None,
        }
    }

    /// Adds a further place with its explanation.
    #[must_use]
    pub fn with_label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push((span, text.into()));
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The known name nearest to a misspelt one, if any is near enough to be meant.
///
/// ```
/// use presskit::diagnostics::nearest;
/// assert_eq!(nearest("boilerplte", ["boilerplate", "contacts"]), Some("boilerplate"));
/// assert_eq!(nearest("zzz", ["boilerplate", "contacts"]), None);
/// ```
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .map(|candidate| (strsim::osa_distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}
