//! Diagnostics in the forms that people and machines read, one file a form.

mod human;
mod json;

pub use human::render as render_human;
pub use json::render as render_json;

use super::{Diagnostic, Place, Position, Severity, Sink, SourceFile, Span};

/// How many errors and warnings there are: "1 error, 2 warnings". None where there is neither.
#[must_use]
pub fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |severity: Severity| {
        let number = diagnostics.iter().filter(|found| found.severity == severity).count();
        let plural = if number == 1 { "" } else { "s" };
        (number > 0).then(|| format!("{number} {}{plural}", severity.name()))
    };
    let counts: Vec<_> =
        [count(Severity::Error), count(Severity::Warning)].into_iter().flatten().collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

/// A stretch of a source text, put within its bounds and onto whole characters.
struct Stretch {
    file: SourceFile,
    start: usize,
    end: usize,
}

impl Stretch {
    /// None if the sink does not know the source.
    fn resolve(span: Span, sink: &Sink) -> Option<Self> {
        let file = sink.source(span.source)?;
        let start = file.text().floor_char_boundary(span.start as usize);
        let end = file.text().ceil_char_boundary(span.end as usize).max(start);
        Some(Self { file, start, end })
    }

    /// Where it begins.
    fn first(&self) -> Position {
        self.position(self.start)
    }

    /// The place after its last character.
    fn last(&self) -> Position {
        self.position(self.end)
    }

    fn position(&self, byte: usize) -> Position {
        self.file.position(u32::try_from(byte).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::super::codes;
    use super::*;

    #[test]
    fn the_summary_counts_errors_and_warnings_in_words() {
        let warning = Diagnostic::new(codes::UNKNOWN_KEY, Place::Nowhere, "a");
        let error = Diagnostic::new(codes::YAML_TAB, Place::Nowhere, "b");
        assert_eq!(summary(&[]), None);
        assert_eq!(summary(&[warning.clone(), warning.clone()]).as_deref(), Some("2 warnings"));
        assert_eq!(summary(&[warning, error]).as_deref(), Some("1 error, 1 warning"));
    }
}
