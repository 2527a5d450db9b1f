//! Diagnostics as JSON, one object a line.
//!
//! Lines and columns count from 1, columns in characters; `end_column` is the column after the
//! last character. What a diagnostic does not have is `null`.

use std::io::{self, Write};

use serde::Serialize;

use super::{Diagnostic, Place, Sink, Stretch};

/// One diagnostic, in the words of the format.
#[derive(Default, Serialize)]
struct Finding<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    help: Option<&'a str>,
}

/// Writes diagnostics, one object a line.
pub fn render(diagnostics: &[Diagnostic], sink: &Sink, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in diagnostics {
        serde_json::to_writer(&mut *out, &build_finding(diagnostic, sink))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn build_finding<'a>(diagnostic: &'a Diagnostic, sink: &Sink) -> Finding<'a> {
    let mut finding = Finding {
        severity: diagnostic.severity.name(),
        code: diagnostic.code.id,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        ..Finding::default()
    };
    match &diagnostic.place {
        Place::Nowhere => {}
        Place::File(path) => finding.file = Some(path.display().to_string()),
        Place::Span(span) => {
            if let Some(stretch) = Stretch::resolve(*span, sink) {
                finding.set_place(&stretch);
            }
        }
    }
    finding
}

impl Finding<'_> {
    fn set_place(&mut self, stretch: &Stretch) {
        let (first, last) = (stretch.first(), stretch.last());
        self.file = Some(stretch.file.path().display().to_string());
        (self.line, self.column) = (Some(first.line), Some(first.column));
        (self.end_line, self.end_column) = (Some(last.line), Some(last.column));
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Span, codes};
    use super::*;

    fn render_one(diagnostic: Diagnostic, sink: &Sink) -> String {
        let mut out = Vec::new();
        render(&[diagnostic], sink, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_line_holds_the_place_in_characters_and_the_help() {
        let sink = Sink::default();
        let source = sink.add_source("a.md", "---\nlangue: fr\n");
        let found = Diagnostic::new(codes::UNKNOWN_KEY, Span::new(source, 4, 10), "`é` is new")
            .with_help("write `lang`");
        assert_eq!(
            render_one(found, &sink),
            "{\"severity\":\"warning\",\"code\":\"PK0208\",\"message\":\"`é` is new\",\
             \"file\":\"a.md\",\"line\":2,\"column\":1,\"end_line\":2,\"end_column\":7,\
             \"help\":\"write `lang`\"}\n"
        );
    }

    #[test]
    fn what_a_diagnostic_does_not_have_is_null() {
        let found = Diagnostic::new(codes::WRITE_FAILED, Place::Nowhere, "two\nlines");
        assert_eq!(
            render_one(found, &Sink::default()),
            "{\"severity\":\"error\",\"code\":\"PK0002\",\"message\":\"two\\nlines\",\
             \"file\":null,\"line\":null,\"column\":null,\"end_line\":null,\"end_column\":null,\
             \"help\":null}\n"
        );
    }
}
