//! Diagnostics as people read them in a terminal: the line, the place in it, what to do.
//!
//! Only the line where a place begins is shown, and of a long line only the neighbourhood.

use std::io::{self, Write};
use std::path::Path;

use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use super::{Diagnostic, Place, Severity, Sink, Span, Stretch};

/// The widest line shown, in columns.
const WIDTH: usize = 100;

/// A place further into its line than this, in bytes, is named and not shown.
const LONGEST_HEAD: usize = 20_000;

/// How many bytes of a line are looked at behind the place's beginning.
const LONGEST_TAIL: usize = 4 * WIDTH;

/// Writes diagnostics; with colours if `styled`.
pub fn render(
    diagnostics: &[Diagnostic],
    sink: &Sink,
    styled: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    for diagnostic in diagnostics {
        writeln!(out, "{}\n", renderer.render(&[build_group(diagnostic, sink)]))?;
    }
    Ok(())
}

fn build_group<'a>(diagnostic: &'a Diagnostic, sink: &Sink) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.id);
    let mut group = Group::with_title(title).elements(build_place(&diagnostic.place, sink));
    for (span, text) in &diagnostic.labels {
        group = group.elements(build_excerpt(*span, sink, AnnotationKind::Context, Some(text)));
    }
    match &diagnostic.help {
        // The renderer trusts messages with escape sequences; ours may quote a manuscript.
        Some(help) => group.element(Level::HELP.message(normalize_untrusted_str(help))),
        None => group,
    }
}

fn build_place<'a>(place: &Place, sink: &Sink) -> Option<Element<'a>> {
    match place {
        Place::Nowhere => None,
        Place::File(path) => Some(Origin::path(name(path)).into()),
        Place::Span(span) => build_excerpt(*span, sink, AnnotationKind::Primary, None),
    }
}

/// The first line of a span, marked; the place alone where there is nothing fit to be shown.
fn build_excerpt<'a>(
    span: Span,
    sink: &Sink,
    kind: AnnotationKind,
    label: Option<&str>,
) -> Option<Element<'a>> {
    let stretch = Stretch::resolve(span, sink)?;
    let place = stretch.first();
    let path = name(stretch.file.path());
    let Some((line, marked)) = cut_line(&stretch) else {
        let origin = Origin::path(path).line(place.line).char_column(place.column);
        return Some(origin.into());
    };
    let annotation = kind.span(marked).label(label.map(normalize_untrusted_str));
    let snippet = Snippet::source(line).path(path).line_start(place.line);
    Some(snippet.annotation(annotation).into())
}

/// A path without what a terminal could take for a command: the renderer trusts paths and labels.
fn name(path: &Path) -> String {
    normalize_untrusted_str(&path.display().to_string())
}

/// The line where a stretch begins, cut off some way behind it, and the stretch in it, in bytes.
/// None if the line is blank, or the place so far into it that it takes long to find.
fn cut_line(stretch: &Stretch) -> Option<(String, std::ops::Range<usize>)> {
    let text = stretch.file.text();
    let line_start = text[..stretch.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[stretch.start..].find('\n').map_or(text.len(), |at| stretch.start + at);
    let cut = text.floor_char_boundary(stretch.start + LONGEST_TAIL).min(line_end);
    let line = &text[line_start..cut];
    let marked = stretch.start - line_start..stretch.end.min(cut) - line_start;
    (marked.start <= LONGEST_HEAD && !line.trim().is_empty()).then(|| (line.to_owned(), marked))
}

#[cfg(test)]
mod tests {
    use super::super::super::codes;
    use super::*;

    fn render_plain(diagnostic: Diagnostic, sink: &Sink) -> String {
        let mut out = Vec::new();
        render(&[diagnostic], sink, false, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn shows_the_line_the_place_the_labels_and_the_help() {
        let sink = Sink::default();
        let source = sink.add_source("kit/manuscript.md", "---\ntitle: A\ntitle: B\n---\n");
        let found = Diagnostic::new(codes::DUPLICATE_KEY, Span::new(source, 13, 18), "twice")
            .with_label(Span::new(source, 4, 9), "first given here")
            .with_help("keep one of them");
        let text = render_plain(found, &sink);
        for part in [
            "error[PK0207]: twice",
            "kit/manuscript.md:3:1",
            "3 | title: B",
            "kit/manuscript.md:2:1",
            "first given here",
            "keep one of them",
        ] {
            assert!(text.contains(part), "{part:?} is not in\n{text}");
        }
    }

    #[test]
    fn of_a_long_line_only_the_neighbourhood_is_shown() {
        let sink = Sink::default();
        let line = format!("{}HERE{}", "é ".repeat(5_000), " ü".repeat(500_000));
        let source = sink.add_source("a.md", format!("one\n{line}\n"));
        let start = 4 + 15_000;
        let found = Diagnostic::new(codes::RAW_HTML, Span::new(source, start, start + 4), "html");
        let text = render_plain(found, &sink);
        assert!(text.contains("a.md:2:10001") && text.contains("HERE"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH + 10), "{text}");
    }

    #[test]
    fn a_place_beyond_all_reading_is_named_and_not_shown() {
        let sink = Sink::default();
        let source = sink.add_source("a.md", "x".repeat(1_000_000));
        let found = Diagnostic::new(codes::RAW_HTML, Span::new(source, 900_000, 900_004), "html");
        let text = render_plain(found, &sink);
        assert!(text.contains("a.md:1:900001") && text.len() < 200, "{text}");
    }

    #[test]
    fn a_span_out_of_bounds_or_inside_a_character_is_still_shown() {
        let sink = Sink::default();
        let source = sink.add_source("a.md", "é\nb");
        for (start, end) in [(1, 1), (1, 900), (900, 901), (4, 4)] {
            let found = Diagnostic::new(codes::RAW_HTML, Span::new(source, start, end), "odd");
            assert!(render_plain(found, &sink).contains("a.md:"), "{start}..{end}");
        }
    }

    #[test]
    fn escape_sequences_of_a_manuscript_do_not_reach_the_terminal() {
        let sink = Sink::default();
        let source = sink.add_source("\u{1b}[2J.md", "\u{1b}[31mred");
        let found = Diagnostic::new(codes::RAW_HTML, Span::new(source, 0, 3), "a \u{1b}[2J")
            .with_label(Span::new(source, 0, 3), "b \u{1b}[2J")
            .with_help("c \u{1b}[2J");
        let text = render_plain(found, &sink);
        assert!(!text.contains('\u{1b}'), "{text:?}");
    }
}
