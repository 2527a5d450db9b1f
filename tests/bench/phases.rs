//! Every phase of a build on its own, on manuscripts of three lengths: `cargo bench`.
//!
//! Compare the phases, and the lengths, with each other in one run: machines differ.

#![expect(clippy::unwrap_used, reason = "a benchmark that can't go on says so by panicking")]

use std::fmt::Write as _;

use divan::{Bencher, black_box};
use presskit::assets::{Assets, FontBook, ImageStore};
use presskit::diagnostics::Sink;
use presskit::edition::{self, Edition, EditionKind, EditionSpec};
use presskit::manuscript::{self, Manuscript};
use presskit::model::{Document, Paper};
use presskit::theme::Theme;
use presskit::{epub, layout, pdf};

/// Words in a manuscript: a kit, a long article, a book.
const WORDS: [usize; 3] = [2_500, 25_000, 100_000];

fn main() {
    divan::main();
}

/// Prose of a number of words, in chapters of 5,000 with headings, lists and quotes.
fn write_prose(words: usize) -> String {
    const SENTENCES: [&str; 6] = [
        "The two of them began with an old car and an idea that needed no building of its own. ",
        "Whoever has just learned something difficult will listen to a nurse, ",
        "and believe a neighbour who has stood in the same place, *however briefly*. ",
        "Nobody had asked for it; everybody, it turned out, had been waiting for it. ",
        "There were figures to show for it by the second winter, and they were good ones. ",
        "After hours she explained to small offices how to speak to newspapers and cameras. ",
    ];
    let mut prose = String::new();
    let mut count = 0;
    let mut paragraph = 0;
    while count < words {
        if paragraph % 60 == 0 {
            let _ = write!(prose, "# Chapter {}\n\n", paragraph / 60 + 1);
        } else if paragraph % 12 == 0 {
            prose.push_str("## A heading on the way\n\n");
        }
        if paragraph % 20 == 7 {
            prose.push_str("- one thing\n- and another\n\n> Somebody's words.\n\n");
        }
        for number in 0..5 + paragraph % 3 {
            let sentence = SENTENCES[(paragraph + number) % SENTENCES.len()];
            prose.push_str(sentence);
            count += sentence.split_whitespace().count();
        }
        prose.push_str("\n\n");
        paragraph += 1;
    }
    prose
}

/// A manuscript on disk, and what the phases make of it.
struct Inputs {
    _folder: tempfile::TempDir,
    sink: Sink,
    manuscript: Manuscript,
    theme: Theme,
    assets: Assets,
}

impl Inputs {
    fn new(words: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let front_matter = "---\ntitle: A Book\nslug: book\nlang: en\ndate: 2026-01-01\n---\n\n";
        let text = format!("{front_matter}{}", write_prose(words));
        std::fs::write(folder.path().join("manuscript.md"), text).unwrap();
        let sink = Sink::default();
        let manuscript = manuscript::load(folder.path(), &sink).unwrap();
        let theme = Theme::load(Theme::DEFAULT, &sink).unwrap();
        let assets = Assets { fonts: FontBook::bundled(), images: ImageStore::default() };
        Self { _folder: folder, sink, manuscript, theme, assets }
    }

    fn parse(&self) -> Document {
        manuscript::parse(&self.manuscript, &self.sink)
    }

    fn select(&self, document: &Document, kind: EditionKind) -> Edition {
        let words = self.theme.words(&document.metadata.language);
        edition::select(document, &EditionSpec { kind, words }, &self.sink)
    }
}

#[divan::bench(args = WORDS)]
fn parse(bencher: Bencher<'_, '_>, words: usize) {
    let inputs = Inputs::new(words);
    bencher.bench_local(|| black_box(inputs.parse()));
}

#[divan::bench(args = WORDS)]
fn select(bencher: Bencher<'_, '_>, words: usize) {
    let inputs = Inputs::new(words);
    let document = inputs.parse();
    bencher.bench_local(|| black_box(inputs.select(&document, EditionKind::PressKit)));
}

#[divan::bench(args = WORDS)]
fn lay_out(bencher: Bencher<'_, '_>, words: usize) {
    let inputs = Inputs::new(words);
    let kit = inputs.select(&inputs.parse(), EditionKind::PressKit);
    bencher.bench_local(|| {
        black_box(layout::lay_out(&kit, &inputs.theme, Paper::A4, &inputs.assets, &inputs.sink))
    });
}

#[divan::bench(args = WORDS)]
fn export_pdf(bencher: Bencher<'_, '_>, words: usize) {
    let inputs = Inputs::new(words);
    let kit = inputs.select(&inputs.parse(), EditionKind::PressKit);
    let pages = layout::lay_out(&kit, &inputs.theme, Paper::A4, &inputs.assets, &inputs.sink);
    bencher.bench_local(|| black_box(pdf::export(&pages, &inputs.assets, &inputs.sink)));
}

#[divan::bench(args = WORDS)]
fn export_epub(bencher: Bencher<'_, '_>, words: usize) {
    let inputs = Inputs::new(words);
    let book = inputs.select(&inputs.parse(), EditionKind::Profile);
    bencher.bench_local(|| {
        black_box(epub::export(&book, &inputs.theme, &inputs.assets, None, &inputs.sink))
    });
}
