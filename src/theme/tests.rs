//! What a theme file may say, and what is reported where it says something else.

use std::path::Path;

use super::*;
use crate::diagnostics::{Diagnostic, Place, codes};

fn read(yaml: &str) -> (Result<Theme, Failed>, Sink) {
    let sink = Sink::default();
    (Theme::from_yaml(Path::new("house.yaml"), yaml, &sink), sink)
}

/// Each complaint as `line:column code message | help`.
fn complaints(sink: &Sink) -> Vec<String> {
    let line = |found: &Diagnostic| {
        let Place::Span(span) = found.place else { return found.message.clone() };
        let at = sink.source(span.source).unwrap().position(span.start);
        let help = found.help.as_deref().unwrap_or_default();
        format!("{}:{} {} | {help}", at.line, at.column, found.message)
    };
    sink.sorted().iter().map(line).collect()
}

#[test]
fn every_built_in_theme_can_be_read_and_fits_both_papers() {
    for name in Theme::names() {
        let sink = Sink::default();
        let theme = Theme::load(name, &sink).unwrap();
        assert_eq!(theme.name.as_str(), name);
        let (read, sink) = read(&format!("extends: {name}"));
        assert!(read.is_ok(), "{:?}", complaints(&sink));
    }
}

#[test]
fn a_theme_file_gives_only_what_differs() {
    let (house, sink) = read("extends: feature\ntext:\n  body: { size: 11 }\nside: []\n");
    let (house, feature) = (house.unwrap(), Theme::load("feature", &sink).unwrap());
    assert_eq!(house.name, "house");
    assert_eq!(house.text.body.size, Pt(11.0));
    assert_eq!(house.text.body.leading, feature.text.body.leading);
    assert_eq!(house.text.title, feature.text.title);
    assert!(house.side.is_empty());
    assert_eq!(read("").0.unwrap().text, feature.text);
}

#[test]
fn all_that_is_wrong_with_a_theme_is_reported_at_its_place() {
    let (theme, sink) = read(concat!(
        "grid: wide\n",
        "colors: { acent: \"#000000\", ink: black }\n",
        "text:\n",
        "  body: { family: serff, size: 0 }\n",
        "words:\n",
        "  de: { press-kitt: Mappe }\n",
        "  not a language: { by: x }\n",
    ));
    assert!(theme.is_err());
    let found = complaints(&sink);
    let expected = [
        "1:7 `grid` can't hold this value",
        "2:11 `colors.acent` is not a key of a theme | did you mean `accent`?",
        "2:34 `colors.ink` can't hold this value: `black` is not a colour",
        "4:19 `text.body.family` can't be `serff` | did you mean `serif`?",
        "4:32 `text.body.size` can't hold this value: 0 does not lie between 1 and 14400",
        "6:9 `words.de.press-kitt` is not a key of a theme | did you mean `press-kit`?",
        "7:19 `words.not a language` can't hold this value: `not a language` is not a language",
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}\n{expected}");
    }
}

#[test]
fn columns_wider_than_the_sheet_are_refused() {
    let (theme, sink) = read("grid: 14\npages: { a4: { measure: 500 } }\n");
    assert!(theme.is_err());
    assert!(complaints(&sink)[0].starts_with("2:1 on A4, margins and columns"), "{sink:?}");
}

#[test]
fn faults_of_yaml_are_errors_and_not_panics() {
    let cases =
        ["grid: [", "a: &a 1\ngrid: *a", "grid: 14\ngrid: 15", "- 1", "--- {}\n--- {}", "{[]: 1}"];
    let deep = "[".repeat(10_000);
    for yaml in cases.into_iter().chain([deep.as_str()]) {
        let (theme, sink) = read(yaml);
        assert!(theme.is_err() && sink.sorted()[0].code == codes::THEME_INVALID, "{yaml:.40}");
    }
}

#[test]
fn an_unknown_theme_is_reported_with_the_nearest_name() {
    let sink = Sink::default();
    assert!(Theme::load("featur", &sink).is_err());
    let found = sink.sorted();
    assert_eq!(found[0].code, codes::THEME_NOT_FOUND);
    assert_eq!(found[0].help.as_deref(), Some("did you mean `feature`?"));
    let (theme, sink) = read("extends: nothing-like-it");
    assert!(theme.is_err());
    assert!(complaints(&sink)[0].starts_with("1:10 there is no theme `nothing-like-it`"));
}
