//! Other people's tools over the artifacts: `EPUBCheck`, qpdf and poppler; and both artifacts'
//! text against the edition's own.
//!
//! These tests need outside tools; `tests/run` brings them and runs this file.
#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use presskit::config::Overrides;
use presskit::diagnostics::Sink;
use presskit::edition::{EditionKind, plain_text};
use presskit::pipeline::{self, BuildRequest};
use serde_json::Value;
use support::{PRESSKIT, Run};

#[test]
#[ignore = "needs outside tools; run tests/run"]
fn the_sample_conforms() {
    Case::build("manuscript/robin-smalley", &[]).conforms();
}

#[test]
#[ignore = "needs outside tools; run tests/run"]
fn the_sample_conforms_on_letter_paper() {
    Case::build("manuscript/robin-smalley", &["--paper", "letter"]).conforms();
}

#[test]
#[ignore = "needs outside tools; run tests/run"]
fn every_construct_conforms() {
    Case::build("tests/manuscripts/kitchen-sink", &[]).conforms();
}

/// A manuscript, built.
struct Case {
    manuscript: PathBuf,
    output: tempfile::TempDir,
}

impl Case {
    /// Builds a manuscript of this repository; diagnostics below an error are let pass.
    fn build(manuscript: &str, options: &[&str]) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let output = tempfile::tempdir().unwrap();
        let mut command = Command::new(PRESSKIT);
        command.current_dir(root).args(["build", manuscript]).args(options);
        Run::of(command.arg("-o").arg(output.path())).exits(0);
        Self { manuscript: root.join(manuscript), output }
    }

    /// Holds both artifacts to every yardstick.
    fn conforms(self) {
        let (pdf, epub) = (self.find("pdf"), self.find("epub"));
        check_pdf_syntax(&pdf);
        check_pdf_fonts(&pdf);
        check_epub(&epub);
        check_text("PDF", &self.paragraphs(EditionKind::PressKit), &read_pdf_pages(&pdf));
        check_text("EPUB", &self.paragraphs(EditionKind::Profile), &[read_epub_text(&epub)]);
    }

    /// The one artifact with an extension.
    fn find(&self, extension: &str) -> PathBuf {
        let entries = fs::read_dir(self.output.path()).unwrap();
        let mut paths = entries.map(|entry| entry.unwrap().path());
        paths.find(|path| path.extension().is_some_and(|found| found == extension)).unwrap()
    }

    /// What the artifact must say.
    fn paragraphs(&self, kind: EditionKind) -> Vec<String> {
        let request = BuildRequest {
            path: self.manuscript.clone(),
            overrides: Overrides::default(),
            font_paths: Vec::new(),
        };
        let sink = Sink::default();
        let plan = pipeline::plan(&request, &sink).unwrap();
        let paragraphs = plain_text(&plan.edition(kind, &sink));
        assert!(paragraphs.len() > 10, "{paragraphs:?}");
        paragraphs
    }
}

/// Runs a tool that must succeed.
#[track_caller]
fn run(command: &mut Command) -> String {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().unwrap_or_else(|error| panic!("{name}: {error}; run tests/run"));
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {}\n{stdout}\n{stderr}", output.status);
    stdout
}

/// qpdf reads every object; it exits with 3 after a warning.
fn check_pdf_syntax(pdf: &Path) {
    run(Command::new("qpdf").arg("--check").arg(pdf));
}

/// Every font is embedded, a subset, and says which characters its glyphs stand for.
fn check_pdf_fonts(pdf: &Path) {
    let table = run(Command::new("pdffonts").arg(pdf));
    let fonts: Vec<&str> = table.lines().skip(2).collect();
    assert!(!fonts.is_empty(), "no font in {}", pdf.display());
    for font in fonts {
        // The last five columns: emb, sub, uni, object number and generation.
        let columns: Vec<&str> = font.split_whitespace().rev().take(5).collect();
        assert_eq!(columns[2..], ["yes", "yes", "yes"], "{table}");
    }
}

/// `EPUBCheck` finds nothing above a note on usage.
fn check_epub(epub: &Path) {
    let jar = std::env::var_os("EPUBCHECK_JAR").expect("EPUBCHECK_JAR is not set; run tests/run");
    let report = epub.with_extension("json");
    let mut command = Command::new("java");
    command.arg("-jar").arg(jar).args(["--failonwarnings", "--usage", "--quiet", "--json"]);
    // It exits with 1 on a finding; the report says which.
    let output = command.arg(&report).arg(epub).output().unwrap();
    let text = fs::read(&report)
        .unwrap_or_else(|error| panic!("EPUBCheck: {error}: {output:?}; run tests/run"));
    let report: Value = serde_json::from_slice(&text).unwrap();
    let messages = report["messages"].as_array().unwrap();
    let found: Vec<_> = messages.iter().filter(|found| found["severity"] != "USAGE").collect();
    assert!(found.is_empty() && output.status.success(), "{found:#?}");
}

/// The text of each page, in the order of its content stream.
fn read_pdf_pages(pdf: &Path) -> Vec<String> {
    let text = run(Command::new("pdftotext").args(["-raw", "-enc", "UTF-8"]).arg(pdf).arg("-"));
    text.split('\u{c}').map(fold).collect()
}

/// The text of all XHTML files, in the order of their names.
fn read_epub_text(epub: &Path) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(epub).unwrap()).unwrap();
    let mut names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    names.retain(|name| Path::new(name).extension().is_some_and(|found| found == "xhtml"));
    names.sort();
    let texts = names.iter().map(|name| {
        let xhtml = std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        let document = roxmltree::Document::parse_with_options(&xhtml, options).unwrap();
        let mut text = String::new();
        collect_text(document.root(), &mut text);
        fold(&text)
    });
    texts.collect()
}

/// The text below a node; a formula stands as its LaTeX source.
fn collect_text(node: roxmltree::Node<'_, '_>, text: &mut String) {
    if node.has_tag_name("head") {
        return;
    }
    if let Some(source) = node.attribute("alttext").filter(|_| node.has_tag_name("math")) {
        text.push_str(source);
        return;
    }
    text.push_str(node.text().filter(|_| node.is_text()).unwrap_or_default());
    node.children().for_each(|child| collect_text(child, text));
}

/// Text without what setting it may change: white space, hyphens and the case of letters.
fn fold(text: &str) -> String {
    let is_set = |character: &char| {
        !character.is_whitespace()
            && !"-\u{ad}\u{2010}\u{2011}\u{200b}\u{fe0e}".contains(*character)
    };
    text.chars().filter(is_set).flat_map(char::to_lowercase).collect()
}

/// Every paragraph stands on one page, or runs on from a page to the beginning of the next.
#[track_caller]
fn check_text(artifact: &str, paragraphs: &[String], pages: &[String]) {
    let missing: Vec<_> = paragraphs.iter().filter(|text| !stands_on(text, pages)).collect();
    assert!(missing.is_empty(), "the {artifact} lacks {missing:#?}");
}

fn stands_on(paragraph: &str, pages: &[String]) -> bool {
    let text = fold(paragraph);
    (0..pages.len()).any(|page| pages[page].contains(&text) || runs_on(&text, &pages[page..]))
}

/// Whether a text begins on the first page, and goes on at the beginning of the next.
fn runs_on(text: &str, pages: &[String]) -> bool {
    let [page, next, ..] = pages else { return false };
    let cuts = text.char_indices().map(|(at, _)| at).skip(1);
    cuts.take_while(|cut| page.contains(&text[..*cut])).any(|cut| next.starts_with(&text[cut..]))
}

#[test]
fn a_paragraph_is_found_across_pages_and_a_missing_one_is_missed() {
    let pages = ["the first half of", "a paragraph and more running foot"].map(fold);
    let is_there = |text: &str| stands_on(text, &pages);
    assert!(is_there("The first half of a para\u{ad}graph"));
    assert!(is_there("a para-\ngraph"));
    assert!(!is_there("The first half of another paragraph"));
    assert!(!is_there("The first half of more"));
    assert!(!is_there("a paragraph and moreover"));
}
