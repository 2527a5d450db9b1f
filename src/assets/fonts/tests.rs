//! The bundled faces, matching, fallback, and folders of fonts good and bad.

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::diagnostics::{Policy, codes};

fn query(family: &str, weight: u16, italic: bool) -> FontQuery<'_> {
    FontQuery { family, weight, italic }
}

fn found(book: &FontBook, family: &str, weight: u16, italic: bool) -> String {
    let id = book.find(query(family, weight, italic)).expect("a face");
    book.font(id).postscript_name.clone()
}

#[test]
fn the_bundled_faces_have_their_names_weights_and_slants() {
    let book = FontBook::bundled();
    let faces: Vec<_> = book
        .iter()
        .map(|(_, font)| {
            (font.family.as_str(), font.postscript_name.as_str(), font.weight, font.italic)
        })
        .collect();
    assert_eq!(
        faces,
        [
            ("Source Serif 4", "SourceSerif4-Regular", 400, false),
            ("Source Serif 4", "SourceSerif4-It", 400, true),
            ("Source Serif 4", "SourceSerif4-Bold", 700, false),
            ("Source Serif 4", "SourceSerif4-BoldIt", 700, true),
            ("Source Serif 4 Display", "SourceSerif4Display-Semibold", 600, false),
            ("Source Serif 4 Display", "SourceSerif4Display-It", 400, true),
            ("Source Sans 3", "SourceSans3-Regular", 400, false),
            ("Source Sans 3", "SourceSans3-It", 400, true),
            ("Source Sans 3", "SourceSans3-Semibold", 600, false),
            ("Source Sans 3", "SourceSans3-Bold", 700, false),
            ("Source Code Pro", "SourceCodePro-Regular", 400, false),
        ]
    );
}

#[test]
fn metrics_are_shares_of_the_em() {
    let book = FontBook::bundled();
    for (_, font) in book.iter() {
        assert_eq!(font.units_per_em, 1000);
        assert!((0.6..0.75).contains(&font.cap_height), "{font:?}");
        assert!((0.45..0.53).contains(&font.x_height), "{font:?}");
        assert!(font.ascent > font.cap_height && font.ascent < 1.3, "{font:?}");
        assert!(font.descent > 0.1 && font.descent < 0.5, "{font:?}");
    }
}

#[test]
fn the_nearest_weight_is_found_as_css_has_it() {
    let book = FontBook::bundled();
    assert_eq!(found(&book, "source sans 3", 600, false), "SourceSans3-Semibold");
    assert_eq!(found(&book, "Source Sans 3", 500, false), "SourceSans3-Regular");
    assert_eq!(found(&book, "Source Sans 3", 300, false), "SourceSans3-Regular");
    assert_eq!(found(&book, "Source Sans 3", 900, false), "SourceSans3-Bold");
    assert_eq!(found(&book, "Source Sans 3", 700, true), "SourceSans3-It");
    assert_eq!(found(&book, "Source Serif 4 Display", 400, false), "SourceSerif4Display-Semibold");
    assert_eq!(book.find(query("Helvetica", 400, false)), None);
}

#[test]
fn weights_are_searched_in_the_order_of_css() {
    let order = |wanted: u16| {
        let mut weights = [100, 200, 300, 400, 500, 600, 700, 800, 900];
        weights.sort_by_key(|weight| weight_distance(wanted, *weight));
        weights
    };
    assert_eq!(order(400), [400, 500, 300, 200, 100, 600, 700, 800, 900]);
    assert_eq!(order(500), [500, 400, 300, 200, 100, 600, 700, 800, 900]);
    assert_eq!(order(300), [300, 200, 100, 400, 500, 600, 700, 800, 900]);
    assert_eq!(order(600), [600, 700, 800, 900, 500, 400, 300, 200, 100]);
}

#[test]
fn fallback_finds_greek_and_cyrillic_in_the_nearest_style() {
    let book = FontBook::bundled();
    let fallback = |character, family, weight, italic| {
        book.fallback(character, query(family, weight, italic))
            .map(|id| book.font(id).postscript_name.as_str())
    };
    assert_eq!(fallback('Ω', "Nothing", 400, false), Some("SourceSerif4-Regular"));
    assert_eq!(fallback('Ж', "Nothing", 700, true), Some("SourceSerif4-BoldIt"));
    assert_eq!(fallback('Ж', "Source Sans 3", 700, false), Some("SourceSans3-Bold"));
    assert_eq!(fallback('\u{2009}', "Source Code Pro", 400, false), Some("SourceSerif4-Regular"));
    assert_eq!(fallback('漢', "Source Serif 4", 400, false), None);
}

#[test]
fn a_folder_adds_its_fonts_in_the_order_of_their_paths_and_reports_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    write("b/Code.OTF", BUNDLED[10]);
    write("a.otf", BUNDLED[0]);
    write("broken.otf", &BUNDLED[0][..3000]);
    write("empty.ttf", b"");
    write("web.woff2", b"wOF2....");
    write("readme.txt", b"not a font");
    write("restricted.otf", &restricted(BUNDLED[0]));
    let sink = Sink::new(Policy::default());
    let mut book = FontBook::default();
    book.add_folder(folder.path(), &sink);
    let names: Vec<_> = book.iter().map(|(_, font)| font.postscript_name.as_str()).collect();
    assert_eq!(names, ["SourceSerif4-Regular", "SourceCodePro-Regular"]);
    let reports: Vec<_> = sink.sorted().into_iter().map(|found| found.message).collect();
    assert_eq!(
        reports,
        [
            "the font `broken.otf` lacks tables that it takes to set text",
            "the font `empty.ttf` is corrupt or not a font",
            "the font `restricted.otf` forbids to be embedded",
            "the font `web.woff2` is a web font",
        ]
    );
    assert!(sink.sorted().iter().all(|found| found.code == codes::FONT_UNREADABLE));
}

/// The font with the bit that forbids embedding.
fn restricted(font: &[u8]) -> Vec<u8> {
    let mut font = font.to_vec();
    let record = font.windows(4).position(|tag| tag == b"OS/2").unwrap();
    let offset = u32::from_be_bytes(font[record + 8..record + 12].try_into().unwrap()) as usize;
    font[offset + 8..offset + 10].copy_from_slice(&2_u16.to_be_bytes());
    font
}

#[test]
fn a_folder_that_is_not_there_adds_nothing_and_says_nothing() {
    let sink = Sink::new(Policy::default());
    let mut book = FontBook::default();
    book.add_folder(Path::new("no/such/folder"), &sink);
    assert!(book.is_empty() && sink.sorted().is_empty());
}

#[cfg(unix)]
#[test]
fn a_manuscript_gets_no_font_through_a_link_that_leads_out() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("a.otf"), BUNDLED[0]).unwrap();
    let root = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(outside.path(), root.path().join("fonts")).unwrap();
    let sink = Sink::new(Policy::default());
    let mut book = FontBook::default();
    book.add_folder_within(&root.path().join("fonts"), root.path(), &sink);
    assert!(book.is_empty());
    assert_eq!(sink.sorted()[0].code, codes::PATH_OUTSIDE_ROOT);
    book.add_folder(&root.path().join("fonts"), &sink);
    assert_eq!(book.len(), 1);
}

#[cfg(unix)]
#[test]
fn a_circle_of_links_ends_and_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.otf"), BUNDLED[0]).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
    let sink = Sink::new(Policy::default());
    let mut book = FontBook::default();
    book.add_folder(folder.path(), &sink);
    assert!(!book.is_empty() && book.len() < 20);
    assert!(sink.sorted()[0].message.contains("not all of the folder"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the time is shown and nothing depends on it")]
fn the_bundled_faces_are_read_at_once() {
    let start = std::time::Instant::now();
    let book = FontBook::bundled();
    println!("{} faces in {:?}", book.len(), start.elapsed());
    assert_eq!(book.len(), BUNDLED.len());
}

#[test]
fn a_damaged_font_is_reported_or_read_and_never_panics() {
    proptest!(config(), |(
        places in proptest::collection::vec((0..4000_usize, any::<u8>()), 1..6), end in any::<Index>(),
    )| {
        let mut damaged = BUNDLED[10].to_vec();
        for (at, byte) in places {
            damaged[at] = byte;
        }
        damaged.truncate(damaged.len() - end.index(1000));
        for font in face::read(&FontData::Read(damaged.into())).unwrap_or_default() {
            prop_assert!(font.ascent.is_finite() && font.cap_height.is_finite());
            let _ = font.has_glyph('Ω');
        }
    });
}

/// Few cases, so that the suite stays fast; failures are printed and not kept in files.
fn config() -> ProptestConfig {
    ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() }
}
