//! The bytes of a source into text: UTF-8, line feeds only, and nothing that can't be printed.

use std::path::Path;

use crate::diagnostics::{Diagnostic, Failed, Sink, SourceId, Span, codes};

/// A decoded source.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) id: SourceId,
    pub(super) text: String,
}

/// Decodes a source and makes it known to the sink under a name.
pub(super) fn decode(bytes: &[u8], name: &Path, sink: &Sink) -> Result<Source, Failed> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let clean = clean(text);
            let id = sink.add_source(name, clean.text.as_str());
            report_controls(&clean, id, sink);
            Ok(Source { id, text: clean.text })
        }
        Err(error) => Err(report_encoding(bytes, error.valid_up_to(), name, sink)),
    }
}

/// A text without control characters.
struct Clean {
    text: String,
    /// How many characters were removed.
    removed: usize,
    /// The first of them, and where it stood.
    first: Option<(char, usize)>,
}

/// Turns `\r\n` and `\r` into `\n`, and removes the control characters but `\n` and `\t`.
fn clean(text: &str) -> Clean {
    let mut clean = Clean { text: String::with_capacity(text.len()), removed: 0, first: None };
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' => {
                characters.next_if_eq(&'\n');
                clean.text.push('\n');
            }
            c if c.is_control() && !matches!(c, '\n' | '\t') => {
                clean.removed += 1;
                clean.first.get_or_insert((c, clean.text.len()));
            }
            c => clean.text.push(c),
        }
    }
    clean
}

fn report_controls(clean: &Clean, source: SourceId, sink: &Sink) {
    let Some((first, at)) = clean.first else { return };
    let code = u32::from(first);
    let message = match clean.removed {
        1 => format!("a control character, U+{code:04X}, was removed here"),
        many => {
            format!("{many} control characters were removed; the first, U+{code:04X}, stood here")
        }
    };
    let span = Span::new(source, at, at);
    sink.report(
        Diagnostic::new(codes::CONTROL_CHARACTER, span, message)
            .with_help("delete it: it has no printed form, and PDF and EPUB can't hold it"),
    );
}

/// Reports the first byte that is not UTF-8, in a source in which the others can be shown.
fn report_encoding(bytes: &[u8], valid: usize, name: &Path, sink: &Sink) -> Failed {
    let before = bytes.get(..valid).map(String::from_utf8_lossy).unwrap_or_default();
    let at = clean(&before).text.len();
    let source = sink.add_source(name, clean(&String::from_utf8_lossy(bytes)).text);
    let byte = bytes.get(valid).copied().unwrap_or_default();
    let is_utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let message = if is_utf16 {
        "the file is UTF-16, not UTF-8".to_owned()
    } else {
        format!("the byte 0x{byte:02X} is not UTF-8")
    };
    let span = Span::new(source, at, at + char::REPLACEMENT_CHARACTER.len_utf8());
    sink.fail(
        Diagnostic::new(codes::INVALID_UTF8, span, message).with_help("save the file as UTF-8"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Place, Position};

    fn place_of(sink: &Sink, code: &str) -> Position {
        let found = sink.sorted().into_iter().find(|found| found.code.name == code).unwrap();
        let Place::Span(span) = found.place else { panic!("{found:?}") };
        sink.source(span.source).unwrap().position(span.start)
    }

    #[test]
    fn every_line_end_is_a_line_feed_and_the_byte_order_mark_is_gone() {
        let sink = Sink::default();
        let source = decode("\u{FEFF}a\r\nb\rc\n\r\nd".as_bytes(), Path::new("a.md"), &sink);
        assert_eq!(source.unwrap().text, "a\nb\nc\n\nd");
        assert!(sink.sorted().is_empty());
    }

    #[test]
    fn control_characters_are_removed_and_reported_once() {
        let sink = Sink::default();
        let source = decode("a\tb\r\né\0\u{1B}c\u{85}".as_bytes(), Path::new("a.md"), &sink);
        assert_eq!(source.unwrap().text, "a\tb\néc");
        assert_eq!(place_of(&sink, "control-character"), Position { line: 2, column: 2 });
        assert!(sink.sorted()[0].message.starts_with("3 control characters"));
    }

    #[test]
    fn a_byte_that_is_not_utf_8_is_reported_at_its_line() {
        let sink = Sink::default();
        assert!(decode(b"a\r\ncaf\xE9 \xE9", Path::new("a.md"), &sink).is_err());
        assert_eq!(place_of(&sink, "invalid-utf8"), Position { line: 2, column: 4 });
        assert_eq!(sink.sorted()[0].message, "the byte 0xE9 is not UTF-8");
    }

    #[test]
    fn utf_16_is_called_by_its_name() {
        let sink = Sink::default();
        assert!(decode(b"\xFF\xFEa\0", Path::new("a.md"), &sink).is_err());
        assert!(sink.sorted()[0].message.contains("UTF-16"));
    }
}
