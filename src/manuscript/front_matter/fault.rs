//! A fault of the YAML into a diagnostic that says what to do.

use saphyr_parser::ScanError;

use super::yaml::PlaceFinder;
use crate::diagnostics::{Diagnostic, Span, codes};

/// Explains a fault. A tab that indents is named as such, whatever the parser stumbled over.
pub(super) fn explain(error: &ScanError, place: &PlaceFinder<'_>) -> Diagnostic {
    let at = place.byte(error.marker());
    if error.info().contains("recursion limit") {
        let message = "the front matter nests too deep";
        return Diagnostic::new(codes::YAML_TOO_LARGE, here(at, place), message);
    }
    // The parser may notice a tab late, or blame the start of the text that the tab breaks off.
    let after = if error.info().contains("tab") { usize::MAX } else { 1 };
    if let Some(tab) = find_tab(place.text(), at, after) {
        let message = "a tab indents this line, which YAML does not allow";
        return Diagnostic::new(codes::YAML_TAB, place.span_of(tab, tab + 1), message)
            .with_help("indent with spaces");
    }
    let message = format!("the front matter is not YAML: {}", error.info());
    Diagnostic::new(codes::YAML_SYNTAX, here(at, place), message).with_help(advise(error.info()))
}

/// The character at a byte; the last one where the text has ended.
fn here(at: usize, place: &PlaceFinder<'_>) -> Span {
    let text = place.text();
    let start = if at < text.len() { at } else { text.trim_end().len().saturating_sub(1) };
    let start = text.floor_char_boundary(start);
    let length = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    place.span_of(start, start + length)
}

/// The first tab that indents a line, from the line before the fault to so many lines after it.
fn find_tab(text: &str, at: usize, after: usize) -> Option<usize> {
    let lines = text.split_inclusive('\n').scan(0, |next, line| {
        let start = *next;
        *next += line.len();
        Some((start, line))
    });
    let fault = text.get(..at)?.matches('\n').count();
    let mut near = lines.skip(fault.saturating_sub(1)).take(after.saturating_add(2));
    near.find_map(|(start, line)| {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        line.get(..indent)?.find('\t').map(|tab| start + tab)
    })
}

/// What to do about the faults that people make.
fn advise(info: &str) -> &'static str {
    if info.contains("mapping values are not allowed") || info.contains("mapping value") {
        "put the value in quotes: a colon and a space in it start another key"
    } else if info.contains("quoted")
        || info.contains("flow")
        || info.contains("end of stream")
        || info.contains("EOF")
    {
        "see that every quotation mark and bracket is closed"
    } else if info.contains("anchor") || info.contains("alias") {
        "put the value in quotes: `&` and `*` at its start have a meaning of their own"
    } else if info.contains("indent") {
        "give the keys of one map the same indentation, in spaces"
    } else {
        "put a value in quotes that holds `: ` or ` #`, or starts with one of @ ` % & * ! | > [ {"
    }
}
