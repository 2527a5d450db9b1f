//! Manuscripts with faults, each beside the diagnostics that it must cause.
//!
//! A case is one file in `tests/diagnostics/`. It ends in a comment that lists what is expected,
//! sorted by place:
//!
//! ```text
//! <!-- expect
//! PK0208 3:1 unknown-key: `titel` is not a key of the front matter
//!   help: did you mean `title`?
//! -->
//! ```
//!
//! `BLESS=1 cargo test --test diagnostics` writes what is found into the cases.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use presskit::diagnostics::{Diagnostic, Place, Sink, Span};
use presskit::manuscript;

const OPENING: &str = "<!-- expect\n";

#[test]
fn every_fault_is_reported_at_its_place() {
    let mut failures = String::new();
    for case in cases() {
        let text = fs::read_to_string(&case).expect("a case is UTF-8");
        let (input, expected) = text.split_once(OPENING).unwrap_or((&text, "-->\n"));
        let found = find_faults(&case) + "-->\n";
        if found == expected {
            continue;
        }
        if std::env::var_os("BLESS").is_some() {
            let blessed = format!("{}\n\n{OPENING}{found}", input.trim_end());
            fs::write(&case, blessed).expect("a case can be written");
        } else {
            let name = case.display();
            writeln!(failures, "{name}\nexpected:\n{expected}found:\n{found}")
                .expect("a string grows");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let entries = fs::read_dir(folder).expect("there are cases");
    let files = entries.map(|entry| entry.expect("a case can be found").path());
    let mut cases: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|e| e == "md")).collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

/// Loads and parses a manuscript, and lists what is wrong with it.
fn find_faults(path: &Path) -> String {
    let sink = Sink::default();
    if let Ok(manuscript) = manuscript::load(path, &sink) {
        let _ = manuscript::parse(&manuscript, &sink);
    }
    sink.sorted().iter().map(|found| describe(found, path, &sink)).collect()
}

fn describe(found: &Diagnostic, case: &Path, sink: &Sink) -> String {
    let Diagnostic { code, message, .. } = found;
    let place = match &found.place {
        Place::Span(span) => position(*span, case, sink),
        Place::File(_) => "file".to_owned(),
        Place::Nowhere => "nowhere".to_owned(),
    };
    let mut lines = format!("{} {place} {}: {message}\n", code.id, code.name);
    for (span, label) in &found.labels {
        writeln!(lines, "  {}: {label}", position(*span, case, sink)).expect("a string grows");
    }
    if let Some(help) = &found.help {
        writeln!(lines, "  help: {help}").expect("a string grows");
    }
    lines
}

/// Line and column, after the file's name where it is not the case itself.
fn position(span: Span, case: &Path, sink: &Sink) -> String {
    let source = sink.source(span.source).expect("a span points into a source");
    let at = source.position(span.start);
    let name = match source.path() {
        path if path == case => String::new(),
        path => format!("{}:", path.file_name().unwrap_or_default().to_string_lossy()),
    };
    format!("{name}{}:{}", at.line, at.column)
}
