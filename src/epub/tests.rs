//! Books made from editions built by hand, read again as archives and XML trees.

mod kitchen_sink;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use roxmltree::{Document, Node};
use zip::{CompressionMethod, ZipArchive};

use super::{Cover, export};
use crate::assets::{Assets, FontBook, ImageStore};
use crate::diagnostics::{Policy, Sink, codes};
use crate::edition::{Edition, plain_text};
use crate::model::{Language, PictureSource};
use crate::sandbox::Root;
use crate::theme::Theme;
use crate::xhtml::visit_section;

/// The files of a finished book, by their paths.
struct Read(BTreeMap<String, Vec<u8>>);

impl Read {
    fn new(book: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
        let mut files = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            assert!(files.insert(file.name().to_owned(), bytes).is_none(), "{}", file.name());
        }
        Self(files)
    }

    fn text(&self, path: &str) -> &str {
        std::str::from_utf8(&self.0[path]).unwrap()
    }

    fn pages(&self) -> impl Iterator<Item = (&str, Document<'_>)> {
        self.0.keys().filter(|path| has_ending(path, "xhtml")).map(|path| {
            let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
            let tree = Document::parse_with_options(self.text(path), options);
            (
                path.trim_start_matches("OEBPS/"),
                tree.unwrap_or_else(|fault| panic!("{path}: {fault}")),
            )
        })
    }
}

fn has_ending(path: &str, ending: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|it| it == ending)
}

fn sink() -> Sink {
    Sink::new(Policy::default())
}

fn theme() -> Theme {
    Theme::load("feature", &sink()).unwrap()
}

/// The bundled fonts, and the sample manuscript's pictures.
fn assets(edition: &Edition) -> Assets {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/manuscript/robin-smalley");
    let mut pictures = Vec::new();
    for section in &edition.sections {
        visit_section(section, &mut |visited| {
            if let crate::model::visit::Visited::Picture(picture) = visited
                && matches!(picture.source, PictureSource::Local(_))
            {
                pictures.push(picture);
            }
        });
    }
    let fonts = FontBook::bundled();
    let root = Root::new(folder.as_ref()).unwrap();
    let images = ImageStore::load(&root, pictures, &fonts, &sink());
    Assets { fonts, images }
}

fn cover() -> Cover {
    let pixels = crate::assets::Pixels { width: 6, height: 9, rgba: vec![200; 6 * 9 * 4] };
    let bytes = pixels.to_png().unwrap();
    Cover { bytes, media_type: "image/png", pixels: (6, 9), alt: "Seven discs".to_owned() }
}

fn book(edition: &Edition) -> Vec<u8> {
    export(edition, &theme(), &assets(edition), Some(&cover()), &sink()).unwrap()
}

fn attribute_values<'a>(tree: &'a Document<'_>, name: &'a str) -> impl Iterator<Item = &'a str> {
    tree.descendants().filter_map(move |node| node.attribute(name))
}

#[test]
fn every_page_is_well_formed_and_every_identifier_stands_once() {
    let book = Read::new(&book(&kitchen_sink::edition()));
    for (path, tree) in book.pages() {
        let ids: Vec<&str> = attribute_values(&tree, "id").collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{path}: {ids:?}");
        let headings = tree.descendants().filter(|node| node.has_tag_name(xhtml("h1"))).count();
        assert_eq!(headings, usize::from(path != "cover.xhtml"), "{path}");
    }
}

fn xhtml(name: &'static str) -> (&'static str, &'static str) {
    ("http://www.w3.org/1999/xhtml", name)
}

#[test]
fn headings_skip_no_level() {
    let book = Read::new(&book(&kitchen_sink::edition()));
    for (path, tree) in book.pages() {
        let level = |node: Node<'_, '_>| match node.tag_name().name().as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        };
        let levels: Vec<u8> = tree.descendants().filter_map(level).collect();
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{path}: {levels:?}");
    }
}

#[test]
fn every_link_inside_the_book_leads_somewhere() {
    let book = Read::new(&book(&kitchen_sink::edition()));
    let pages: BTreeMap<&str, Document<'_>> = book.pages().collect();
    let mut links = 0;
    for (path, tree) in &pages {
        for href in attribute_values(tree, "href").chain(attribute_values(tree, "src")) {
            if href.contains(':') {
                continue;
            }
            let (file, fragment) = href.split_once('#').unwrap_or((href, ""));
            let file = if file.is_empty() { path } else { file };
            assert!(book.0.contains_key(&format!("OEBPS/{file}")), "{path}: {href}");
            if !fragment.is_empty() {
                let mut ids = attribute_values(&pages[file], "id");
                assert!(ids.any(|id| id == fragment), "{path}: {href}");
            }
            links += 1;
        }
    }
    assert!(links > 50, "{links}");
}

#[test]
fn the_manifest_lists_every_file_once_and_nothing_else() {
    let book = Read::new(&book(&kitchen_sink::edition()));
    let tree = Document::parse(book.text("OEBPS/content.opf")).unwrap();
    let items = || tree.descendants().filter(|node| node.tag_name().name() == "item");
    let listed: BTreeSet<String> =
        items().map(|item| format!("OEBPS/{}", item.attribute("href").unwrap())).collect();
    let is_listed = |path: &&String| path.starts_with("OEBPS/") && !has_ending(path, "opf");
    let present: BTreeSet<String> = book.0.keys().filter(is_listed).cloned().collect();
    assert_eq!(listed, present);
    assert_eq!(items().count(), listed.len());
    let ids: BTreeSet<&str> = items().filter_map(|item| item.attribute("id")).collect();
    assert_eq!(ids.len(), listed.len());
}

#[test]
fn no_text_of_the_edition_is_lost() {
    let edition = kitchen_sink::edition();
    let book = Read::new(&book(&edition));
    let mut text = String::new();
    for (_, tree) in book.pages() {
        let pieces = tree.descendants().filter_map(|node| node.text().filter(|_| node.is_text()));
        text.extend(pieces);
        text.push('\n');
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for paragraph in plain_text(&edition) {
        assert!(text.contains(&paragraph), "{paragraph:?}");
    }
}

#[test]
fn a_note_called_twice_leads_back_to_its_first_call() {
    let book = Read::new(&book(&kitchen_sink::edition()));
    let story = book.text("OEBPS/story.xhtml");
    assert_eq!(story.matches("href=\"#note-uganda\"").count(), 2);
    assert_eq!(story.matches("id=\"call-uganda\"").count(), 1);
    assert_eq!(story.matches("href=\"#call-uganda\"").count(), 1);
    assert!(story.find("<sup id=\"call-uganda\"").unwrap() < story.find("Called again").unwrap());
}

#[test]
fn the_media_type_comes_first_and_plain() {
    let book = book(&kitchen_sink::edition());
    assert_eq!(&book[..58], b"PK\x03\x04\x14\0\0\x08\0\0\0\x48\x62\x5d\x6f\x61\xab\x2c\x14\0\0\0\x14\0\0\0\x08\0\0\0mimetypeapplication/epub+zip");
    let mut archive = ZipArchive::new(Cursor::new(&book)).unwrap();
    let order: Vec<String> =
        (0..5).map(|at| archive.by_index(at).unwrap().name().to_owned()).collect();
    assert_eq!(order[1], "META-INF/container.xml");
    assert_eq!(order[3], "OEBPS/content.opf");
    for index in 0..archive.len() {
        let file = archive.by_index(index).unwrap();
        assert!(file.extra_data().is_none_or(<[u8]>::is_empty), "{}", file.name());
        let is_png = has_ending(file.name(), "png");
        assert!(!is_png || file.compression() == CompressionMethod::Stored, "{}", file.name());
    }
}

#[test]
fn the_bytes_do_not_depend_on_the_number_of_threads() {
    let edition = kitchen_sink::edition();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| book(&edition))
    };
    assert!(on(1) == on(2));
}

#[test]
fn hostile_text_cannot_break_the_markup() {
    let mut edition = kitchen_sink::edition();
    let hostile = "a\u{0}\u{B}]]>&amp;<b>\"'\u{FFFE}";
    edition.opener.title = hostile.to_owned();
    let mut metadata = (*edition.metadata).clone();
    metadata.title = hostile.to_owned();
    metadata.publisher = Some(hostile.to_owned());
    metadata.identifier = Some(hostile.to_owned());
    edition.metadata = metadata.into();
    let book = Read::new(&book(&edition));
    assert!(book.pages().count() > 3);
    for path in ["OEBPS/content.opf", "OEBPS/toc.ncx"] {
        assert!(Document::parse(book.text(path)).is_ok(), "{path}");
    }
}

#[test]
fn a_book_read_from_the_right_says_so_everywhere() {
    let mut edition = kitchen_sink::edition();
    let mut metadata = (*edition.metadata).clone();
    metadata.language = Language::parse("he").unwrap();
    metadata.direction = metadata.language.direction();
    edition.metadata = metadata.into();
    let book = Read::new(&book(&edition));
    let package = book.text("OEBPS/content.opf");
    assert!(package.contains("page-progression-direction=\"rtl\""), "{package}");
    assert!(package.contains("xml:lang=\"he\" dir=\"rtl\""));
    for (path, tree) in book.pages() {
        assert_eq!(tree.root_element().attribute("dir"), Some("rtl"), "{path}");
    }
    assert!(book.text("OEBPS/stylesheet.css").contains("text-align: right"));
}

#[test]
fn a_wrong_formula_is_reported_and_its_source_shown() {
    let edition = kitchen_sink::edition();
    let sink = sink();
    let book = export(&edition, &theme(), &assets(&edition), None, &sink).unwrap();
    let found = sink.sorted();
    let codes: Vec<&str> = found.iter().map(|finding| finding.code.id).collect();
    assert_eq!(codes, [codes::INVALID_MATH.id]);
    let book = Read::new(&book);
    assert!(book.0.values().any(|file| {
        String::from_utf8_lossy(file).contains("<code class=\"formula\">\\frac{1}{</code>")
    }));
    assert!(!book.0.contains_key("OEBPS/cover.xhtml"));
}

#[test]
fn a_book_of_nothing_is_still_a_book() {
    let mut edition = kitchen_sink::edition();
    edition.sections.clear();
    let book = Read::new(&book(&edition));
    assert!(book.text("OEBPS/nav.xhtml").contains("imprint.xhtml"));
}
