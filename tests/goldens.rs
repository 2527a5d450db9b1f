//! Small manuscripts, and what becomes of them: pages as text and as pictures, the book as XHTML.
//!
//! A case is a folder in `tests/goldens` that holds a `manuscript.md`. What is expected stands
//! beside it: `pages.txt` (every painted item with its place and its node), `page-N.png` (the
//! pages, drawn by our own raster room) and `book/*.xhtml`. Look at what changed, then accept it
//! with `BLESS=1 cargo test --test goldens`.

#![expect(clippy::unwrap_used, reason = "a test that can't go on says so by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use presskit::assets::{Assets, FontBook, ImageStore};
use presskit::diagnostics::{Severity, Sink};
use presskit::edition::{self, EditionKind, EditionSpec};
use presskit::model::Paper;
use presskit::theme::Theme;
use presskit::{epub, layout, manuscript, page, raster};

/// Half a pixel a point: enough to see a column, a rule or a picture that has moved.
const SCALE: f64 = 0.5;

/// The files of a case by their names.
type Files = BTreeMap<String, Vec<u8>>;

#[test]
fn pages_and_books_are_as_they_were_looked_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    let faults: Vec<String> = cases.iter().flat_map(|case| check(case)).collect();
    assert!(
        faults.is_empty(),
        "{}\nlook at them, then accept them with BLESS=1",
        faults.join("\n")
    );
}

/// What differs between what a case makes and what stands beside it.
fn check(case: &Path) -> Vec<String> {
    let made = make(case);
    let expected = read(case);
    if std::env::var_os("BLESS").is_some() {
        accept(case, &made, &expected);
        return Vec::new();
    }
    let names: std::collections::BTreeSet<&String> = made.keys().chain(expected.keys()).collect();
    let differs = |name: &&String| !same(made.get(*name), expected.get(*name));
    let fault = |name: &String| match (made.contains_key(name), expected.contains_key(name)) {
        (true, true) => format!("{}: {name} has changed", case.display()),
        (true, false) => format!("{}: {name} is new", case.display()),
        (false, _) => format!("{}: nothing makes {name} any more", case.display()),
    };
    names.into_iter().filter(differs).map(fault).collect()
}

/// Whether two files are the same; pictures by their pixels.
fn same(made: Option<&Vec<u8>>, expected: Option<&Vec<u8>>) -> bool {
    let pixels =
        |bytes: &Vec<u8>| image::load_from_memory(bytes).ok().map(image::DynamicImage::into_rgba8);
    match (made, expected) {
        (Some(made), Some(expected)) => {
            made == expected || pixels(made).is_some_and(|it| Some(it) == pixels(expected))
        }
        (made, expected) => made.is_none() && expected.is_none(),
    }
}

fn make(case: &Path) -> Files {
    let sink = Sink::default();
    let source = manuscript::load(case, &sink).unwrap();
    let document = manuscript::parse(&source, &sink);
    let theme = Theme::load(Theme::DEFAULT, &sink).unwrap();
    let words = theme.words(&document.metadata.language);
    let select =
        |kind| edition::select(&document, &EditionSpec { kind, words: words.clone() }, &sink);
    let (kit, book) = (select(EditionKind::PressKit), select(EditionKind::Profile));
    let fonts = FontBook::bundled();
    let pictures: Vec<_> =
        [&kit, &book].into_iter().flat_map(|edition| edition::shown_pictures(edition)).collect();
    let images = ImageStore::load(&source.root, pictures, &fonts, &sink);
    let assets = Assets { fonts, images };
    let pages = layout::lay_out(&kit, &theme, Paper::A4, &assets, &sink);
    let book = epub::export(&book, &theme, &assets, None, &sink).unwrap();
    let errors: Vec<_> =
        sink.sorted().into_iter().filter(|found| found.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");

    let mut files = Files::from([("pages.txt".to_owned(), page::dump(&pages).into_bytes())]);
    for sheet in &pages.pages {
        let png = raster::render_png(sheet, &assets, SCALE).unwrap();
        files.insert(format!("page-{}.png", sheet.label), png);
    }
    files.extend(chapters(book));
    files
}

/// The XHTML files of a book.
fn chapters(book: Vec<u8>) -> Files {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    let mut files = Files::new();
    for name in
        names.iter().filter(|name| Path::new(name).extension().is_some_and(|it| it == "xhtml"))
    {
        let mut text = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut text).unwrap();
        files.insert(format!("book/{}", name.rsplit('/').next().unwrap()), text);
    }
    files
}

/// The files beside a case's manuscript.
fn read(case: &Path) -> Files {
    let mut files = Files::new();
    for folder in ["", "book/"] {
        let Ok(entries) = fs::read_dir(case.join(folder)) else { continue };
        for entry in entries.map(|entry| entry.unwrap()) {
            let name = format!("{folder}{}", entry.file_name().to_str().unwrap());
            let is_input = name == "manuscript.md" || entry.path().is_dir();
            if !is_input {
                files.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    files
}

fn accept(case: &Path, made: &Files, expected: &Files) {
    for name in expected.keys().filter(|name| !made.contains_key(*name)) {
        fs::remove_file(case.join(name)).unwrap();
    }
    for (name, bytes) in made {
        if !same(Some(bytes), expected.get(name)) {
            let path = case.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
}
