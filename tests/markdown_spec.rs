//! `CommonMark`'s and GFM's own examples: each is read without a panic, and no letter or digit
//! that the specification's HTML shows its reader is lost on the way into the document.
//!
//! `tests/run` fetches both specifications into `target/tools/specs`.

#![expect(clippy::unwrap_used, reason = "a test that can't go on says so by panicking")]

use std::path::Path;

use presskit::diagnostics::{Policy, Sink};
use presskit::model::visit::{self, Visited};
use presskit::model::{Block, Inline};

/// Some Markdown and the HTML that a specification makes of it.
struct Example {
    markdown: String,
    html: String,
}

/// All that a document of some Markdown shows its reader.
fn read_document(markdown: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("manuscript.md");
    std::fs::write(&path, format!("---\ntitle: Example\n---\n\n{markdown}")).unwrap();
    let sink = Sink::new(Policy::default());
    let manuscript = presskit::manuscript::load(&path, &sink).unwrap();
    let document = presskit::manuscript::parse(&manuscript, &sink);
    let mut text = shown(&document.blocks);
    document.notes.values().for_each(|note| text.push_str(&shown(&note.blocks)));
    text
}

/// All that blocks show their reader, in order.
fn shown(blocks: &[Block]) -> String {
    let mut text = String::new();
    visit::blocks(blocks, &mut |visited| match visited {
        Visited::Inline(Inline::Text(piece) | Inline::Code(piece) | Inline::Math(piece)) => {
            text.push_str(&piece.text);
        }
        Visited::Block(Block::Code(code)) => text.push_str(&code.text),
        Visited::Block(Block::Math { source, .. }) => text.push_str(source),
        Visited::Picture(picture) => text.push_str(picture.alt.text().unwrap_or_default()),
        Visited::Inline(_) | Visited::Block(_) => {}
    });
    text
}

/// The text that HTML shows: without tags, comments, scripts and style sheets.
fn html_text(html: &str) -> String {
    const UNSEEN: [(&str, &str); 5] = [
        ("<!--", "-->"),
        ("<![CDATA[", "]]>"),
        ("<?", "?>"),
        ("<script", "</script>"),
        ("<style", "</style>"),
    ];
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = match UNSEEN.iter().find(|(start, _)| rest.starts_with(start)) {
            Some((_, end)) => rest.find(end).map(|at| at + end.len()),
            None => tag_end(rest),
        };
        rest = end.map_or("", |end| &rest[end..]);
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The byte after a tag, whose attributes may hold a `>` in quotes.
fn tag_end(html: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = '<';
    for (at, found) in html.char_indices() {
        match (quote, found) {
            (Some(open), _) if open == found => quote = None,
            (None, '"' | '\'') if before == '=' => quote = Some(found),
            (None, '>') => return Some(at + 1),
            _ => {}
        }
        if !found.is_whitespace() {
            before = found;
        }
    }
    None
}

/// The first letter or digit of the HTML, with what follows it, that the text lacks in its place.
fn lost(html: &str, text: &str) -> Option<String> {
    let wanted: Vec<char> =
        html_text(html).chars().filter(|found| found.is_alphanumeric()).collect();
    let mut found = text.chars();
    let missing = wanted.iter().position(|wanted| !found.any(|character| character == *wanted))?;
    Some(wanted[missing..].iter().collect())
}

fn check(examples: &[Example], at_least: usize) {
    assert!(examples.len() >= at_least, "only {} examples were found", examples.len());
    let losses: Vec<String> = examples
        .iter()
        .filter_map(|example| {
            let lost = lost(&example.html, &read_document(&example.markdown))?;
            Some(format!("{:?} loses {lost:?}", example.markdown))
        })
        .collect();
    assert!(losses.is_empty(), "{}", losses.join("\n"));
}

/// The examples of a specification in `CommonMark`'s format.
fn spec_examples(spec: &str) -> Vec<Example> {
    const FENCE: &str = "````````````````````````````````";
    let opening = format!("\n{FENCE} example");
    // GFM's filter of tags shows a style sheet as text, where this program drops and reports it.
    let is_filtered = |example: &Example| !example.markdown.contains("<style> <em>");
    let example = |text: &str| {
        let (_, text) = text.split_once('\n').unwrap();
        let (text, _) = own(format!("\n{text}").split_once(FENCE).unwrap());
        let (markdown, html) = own(text.split_once("\n.\n").unwrap());
        let tabs = |text: &str| text.replace('→', "\t");
        Example {
            markdown: tabs(markdown.strip_prefix('\n').unwrap_or_default()),
            html: tabs(&html),
        }
    };
    spec.split(&opening).skip(1).map(example).filter(is_filtered).collect()
}

fn own((first, second): (&str, &str)) -> (String, String) {
    (first.to_owned(), second.to_owned())
}

/// The examples of a specification that `tests/run` has fetched.
fn fetched_examples(name: &str) -> Vec<Example> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/specs");
    spec_examples(&std::fs::read_to_string(folder.join(name)).unwrap())
}

#[test]
#[ignore = "needs the specifications; run tests/run"]
fn no_example_of_commonmark_loses_text() {
    check(&fetched_examples("commonmark.txt"), 650);
}

#[test]
#[ignore = "needs the specifications; run tests/run"]
fn no_example_of_gfm_loses_text() {
    check(&fetched_examples("gfm.txt"), 670);
}
