//! Pictures of every format, sound and broken, from files made here.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::diagnostics::{Diagnostic, Policy, Span, codes};
use crate::geometry::Pt;
use crate::model::{Alt, PictureSource};

/// A manuscript's folder with files.
struct Manuscript {
    folder: tempfile::TempDir,
    fonts: FontBook,
}

impl Manuscript {
    fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        Self { folder, fonts: FontBook::default() }
    }

    fn load(&self, names: &[&str]) -> (ImageStore, Vec<Diagnostic>) {
        let root = Root::new(self.folder.path()).unwrap();
        let source = |name: &&str| {
            let path = root.resolve(&RootPath::default(), name).unwrap();
            picture(PictureSource::Local(path), 0)
        };
        let pictures: Vec<_> = names.iter().map(source).collect();
        load_all(&root, &pictures, &self.fonts)
    }
}

fn load_all(root: &Root, pictures: &[Picture], fonts: &FontBook) -> (ImageStore, Vec<Diagnostic>) {
    let sink = Sink::new(Policy::default());
    let store = ImageStore::load(root, pictures, fonts, &sink);
    (store, sink.sorted())
}

fn picture(source: PictureSource, at: usize) -> Picture {
    Picture { source, alt: Alt::Missing, span: Span::new(Span::default().source, at, at + 1) }
}

/// Loads one file that is sound.
fn sound(name: &str, bytes: &[u8]) -> Image {
    let (store, reports) = Manuscript::with(&[(name, bytes)]).load(&[name]);
    assert_eq!(reports, []);
    store.images.into_iter().next().expect("an image")
}

/// Loads one file that is not, and returns the complaint as `code: message`.
fn complaint(name: &str, bytes: &[u8]) -> String {
    let mut manuscript = Manuscript::with(&[(name, bytes)]);
    manuscript.fonts = FontBook::bundled();
    let (_, reports) = manuscript.load(&[name]);
    let mut text = String::new();
    for report in reports {
        writeln!(text, "{}: {}", report.code.name, report.message).unwrap();
    }
    text.trim_end().to_owned()
}

const RED: [u8; 3] = [255, 0, 0];
const GREEN: [u8; 3] = [0, 255, 0];
const BLUE: [u8; 3] = [0, 0, 255];
const WHITE: [u8; 3] = [255, 255, 255];

/// 16 by 32 pixels: red and green above, blue and white below.
fn quarters() -> DynamicImage {
    let color = |x, y| match (x < 8, y < 16) {
        (true, true) => RED,
        (false, true) => GREEN,
        (true, false) => BLUE,
        (false, false) => WHITE,
    };
    RgbImage::from_fn(16, 32, |x, y| Rgb(color(x, y))).into()
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// The colours at the four corners, row by row.
fn corners(image: &Image) -> [[u8; 3]; 4] {
    let pixels = image.decode().expect("pixels");
    assert_eq!((pixels.width, pixels.height), image.pixels);
    let color = |x: u32, y: u32| {
        let at = ((y * pixels.width + x) * 4) as usize;
        [0, 1, 2].map(|channel| if pixels.rgba[at + channel] > 127 { 255 } else { 0 })
    };
    let (right, bottom) = (pixels.width - 1, pixels.height - 1);
    [color(0, 0), color(right, 0), color(0, bottom), color(right, bottom)]
}

/// A segment of a JPEG.
fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, marker], &length[..], content].concat()
}

/// A JPEG with a further segment behind its first marker.
fn with_segment(jpeg: &[u8], segment: &[u8]) -> Vec<u8> {
    [&jpeg[..2], segment, &jpeg[2..]].concat()
}

/// EXIF data with an orientation and 200 dots an inch.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"Exif\0\0MM\0*\0\0\0\x08\0\x03".to_vec();
    tiff.extend([1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend([1, 0x1A, 0, 5, 0, 0, 0, 1, 0, 0, 0, 50]);
    tiff.extend([1, 0x1B, 0, 5, 0, 0, 0, 1, 0, 0, 0, 50]);
    tiff.extend([0, 0, 0, 0]);
    tiff.extend([0, 0, 0, 200, 0, 0, 0, 1]);
    tiff
}

#[test]
fn a_jpeg_is_turned_upright_in_all_eight_ways() {
    let jpeg = encoded(&quarters(), ImageFormat::Jpeg);
    let expected = [
        [RED, GREEN, BLUE, WHITE],
        [GREEN, RED, WHITE, BLUE],
        [WHITE, BLUE, GREEN, RED],
        [BLUE, WHITE, RED, GREEN],
        [RED, BLUE, GREEN, WHITE],
        [BLUE, RED, WHITE, GREEN],
        [WHITE, GREEN, BLUE, RED],
        [GREEN, WHITE, RED, BLUE],
    ];
    for (orientation, expected) in (1..).zip(expected) {
        let image = sound("a.jpg", &with_segment(&jpeg, &segment(0xE1, &exif(orientation))));
        assert_eq!(corners(&image), expected, "orientation {orientation}");
        let turned = if orientation < 5 { (16, 32) } else { (32, 16) };
        assert_eq!(image.pixels, turned);
        assert!(matches!(image.content, ImageContent::Jpeg { stored: (16, 32), .. }));
    }
}

#[test]
fn a_picture_without_a_resolution_is_printed_at_300_dots_an_inch() {
    let image = sound("a.webp", &encoded(&quarters(), ImageFormat::WebP));
    assert_eq!(image.natural_size, Size::new(Pt(16.0 * 0.24), Pt(32.0 * 0.24)));
    assert_eq!((image.media_type, corners(&image)), ("image/webp", [RED, GREEN, BLUE, WHITE]));
}

#[test]
fn a_resolution_in_the_file_gives_the_natural_size() {
    let jpeg = encoded(&quarters(), ImageFormat::Jpeg);
    let exif_200 = sound("a.jpg", &with_segment(&jpeg, &segment(0xE1, &exif(6))));
    assert_eq!(exif_200.natural_size, Size::new(Pt(11.52), Pt(5.76)));
    let jfif = segment(0xE0, b"JFIF\0\x01\x02\x01\0\x48\0\x90\0\0");
    let jfif_72_144 = sound("a.jpg", &with_segment(&jpeg, &jfif));
    assert_eq!(jfif_72_144.natural_size, Size::new(Pt(16.0), Pt(16.0)));
    let phys = chunk(*b"pHYs", &[0, 0, 0x2E, 0x23, 0, 0, 0x2E, 0x23, 1]);
    let png = sound("a.png", &png(2, 2, 8, 0, &[&phys], &[0, 1, 2, 0, 3, 4]));
    assert!((png.natural_size.width.0 - 2.0 * 72.0 / 300.0).abs() < 1e-4);
}

/// A JPEG of markers only, as a camera or a press would head its files.
fn jpeg_of_markers(frame_marker: u8, precision: u8, components: u8, extra: &[u8]) -> Vec<u8> {
    let mut frame = vec![precision, 0, 16, 0, 24, components];
    (0..components).for_each(|id| frame.extend([id + 1, 0x11, 0]));
    [
        &[0xFF, 0xD8],
        extra,
        &segment(0xDB, &[0; 65])[..],
        &segment(frame_marker, &frame),
        &segment(0xC4, &[0; 17]),
        &segment(0xDA, &[components, 0, 0, 63, 0]),
        &[0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9],
    ]
    .concat()
}

#[test]
fn a_cmyk_jpeg_is_known_with_its_inversion_and_profile() {
    let mut profile = [0; 140];
    profile[16..20].copy_from_slice(b"CMYK");
    profile[36..40].copy_from_slice(b"acsp");
    let part = |number: u8, part: &[u8]| {
        segment(0xE2, &[b"ICC_PROFILE\0", &[number, 2][..], part].concat())
    };
    let adobe = segment(0xEE, b"Adobe\0\x64\0\0\0\0\x02");
    let extra = [adobe, part(2, &profile[100..]), part(1, &profile[..100])].concat();
    let image = sound("a.jpg", &jpeg_of_markers(0xC2, 8, 4, &extra));
    let ImageContent::Jpeg { color, icc, stored, .. } = image.content else { panic!("no JPEG") };
    assert_eq!((color, stored), (JpegColor::Cmyk { inverted: true }, (24, 16)));
    assert_eq!(icc.as_deref(), Some(&profile[..]));
    let plain = sound("a.jpg", &jpeg_of_markers(0xC0, 8, 4, &[]));
    let ImageContent::Jpeg { color, icc, .. } = plain.content else { panic!("no JPEG") };
    assert_eq!((color, icc), (JpegColor::Cmyk { inverted: false }, None));
}

#[test]
fn a_jpeg_that_no_reader_shows_is_refused() {
    let of = |marker, precision, components| {
        complaint("a.jpg", &jpeg_of_markers(marker, precision, components, &[]))
    };
    let expected = "picture-format: the picture `a.jpg` is a JPEG";
    assert_eq!(of(0xC1, 12, 3), format!("{expected} of 12 bits a channel"));
    assert_eq!(of(0xC3, 8, 3), format!("{expected} without loss"));
    assert_eq!(of(0xC9, 8, 3), format!("{expected} with arithmetic coding"));
    assert_eq!(of(0xC0, 8, 2), format!("{expected} of 2 channels"));
}

#[test]
fn a_jpeg_that_is_cut_off_anywhere_is_reported() {
    let jpeg = encoded(&quarters(), ImageFormat::Jpeg);
    for length in 3..jpeg.len() - 1 {
        let text = complaint("a.jpg", &jpeg[..length]);
        assert!(text.starts_with("picture-unreadable: "), "{length}: {text}");
    }
}

/// A chunk of a PNG.
fn chunk(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(&kind);
    sum.update(content);
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&length[..], &kind, content, &sum.sum().to_be_bytes()].concat()
}

/// A grey PNG of filtered rows.
fn png(w: u32, h: u32, depth: u8, interlace: u8, extra: &[&[u8]], rows: &[u8]) -> Vec<u8> {
    let header = [&w.to_be_bytes()[..], &h.to_be_bytes(), &[depth, 0, 0, 0, interlace]].concat();
    let mut data = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    data.write_all(rows).unwrap();
    [
        b"\x89PNG\r\n\x1A\n".as_slice(),
        &chunk(*b"IHDR", &header),
        &extra.concat(),
        &chunk(*b"IDAT", &data.finish().unwrap()),
        &chunk(*b"IEND", &[]),
    ]
    .concat()
}

#[test]
fn a_png_of_16_bits_or_interlaced_becomes_8_bits_a_channel() {
    let deep = sound("a.png", &png(1, 2, 16, 0, &[], &[0, 0xFF, 0xFF, 0, 0x80, 0x00]));
    assert_eq!(deep.decode().unwrap().rgba, [255, 255, 255, 255, 128, 128, 128, 255]);
    let interlaced = sound("a.png", &png(2, 2, 8, 1, &[], &[0, 10, 0, 20, 0, 30, 40]));
    let grey: Vec<u8> = interlaced.decode().unwrap().rgba.into_iter().step_by(4).collect();
    assert_eq!(grey, [10, 20, 30, 40]);
}

#[test]
fn a_png_that_is_cut_off_or_damaged_is_reported_with_what_the_decoder_says() {
    let whole = encoded(&quarters(), ImageFormat::Png);
    let text = complaint("a.png", &whole[..whole.len() / 2]);
    assert!(
        text.starts_with("picture-unreadable: the picture `a.png` is a PNG that can't be read: ")
    );
    let mut damaged = whole;
    damaged[50] ^= 0x40;
    assert!(complaint("a.png", &damaged).starts_with("picture-unreadable: "));
}

#[test]
fn a_header_that_claims_more_pixels_than_any_press_prints_is_refused_before_decoding() {
    let bomb = png(60_000, 60_000, 8, 0, &[], &[]);
    let expected = "picture-too-large: the picture `a.png` claims to be 60000 × 60000 pixels large";
    assert_eq!(complaint("a.png", &bomb), expected);
    let many = png(20_000, 20_000, 8, 0, &[], &[]);
    assert!(complaint("a.png", &many).starts_with("picture-too-large: "));
    let gif = b"GIF89a\xFF\xFF\xFF\xFF\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;";
    assert!(
        complaint("a.gif", gif).starts_with("picture-too-large: "),
        "{}",
        complaint("a.gif", gif)
    );
}

#[test]
fn a_gif_shows_its_first_frame() {
    let image = sound("a.gif", &encoded(&quarters(), ImageFormat::Gif));
    assert_eq!((image.media_type, corners(&image)), ("image/gif", [RED, GREEN, BLUE, WHITE]));
}

#[test]
fn a_picture_of_another_format_is_named_with_what_to_do() {
    let cases: [(&[u8], &str); 8] = [
        (b"\0\0\0\x1CftypavifXXXX", "AVIF"),
        (b"\0\0\0\x18ftypheicXXXX", "HEIC"),
        (b"II*\0\x08\0\0\0", "TIFF"),
        (b"BM\0\0\0\0\0\0", "BMP"),
        (b"%PDF-1.7\n", "PDF"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "EPS"),
        (b"\xFF\x0A\0\0", "JPEG XL"),
        (b"\x1F\x8B\x08\0", "compressed SVG"),
    ];
    for (bytes, name) in cases {
        let text = complaint("a.x", bytes);
        assert!(
            text.starts_with(&format!("picture-format: the picture `a.x` is {name}")),
            "{text}"
        );
    }
    let lfs = complaint("a.png", b"version https://git-lfs.github.com/spec/v1\n");
    assert!(lfs.contains("Git LFS"));
    assert_eq!(complaint("a.png", b""), "picture-unreadable: the picture `a.png` is an empty file");
    assert!(complaint("a.png", b"hello").contains("of no known format"));
}

#[test]
fn a_picture_that_is_not_what_its_name_says_is_used_with_a_warning() {
    let png = encoded(&quarters(), ImageFormat::Png);
    let (store, reports) = Manuscript::with(&[("a.JPG", &png)]).load(&["a.JPG"]);
    assert_eq!(store.images[0].media_type, "image/png");
    assert_eq!(reports[0].code, codes::PICTURE_MISNAMED);
    assert_eq!(reports[0].help.as_deref(), Some("name it with the ending `.png`"));
}

#[test]
fn a_missing_picture_is_reported_once_at_its_first_place_with_the_nearest_name() {
    let png = encoded(&quarters(), ImageFormat::Png);
    let manuscript = Manuscript::with(&[("Portrait.png", &png)]);
    let root = Root::new(manuscript.folder.path()).unwrap();
    let path = |name| PictureSource::Local(root.resolve(&RootPath::default(), name).unwrap());
    let pictures = [
        picture(path("portrait.png"), 7),
        picture(path("Portrait.png"), 8),
        picture(path("portrait.png"), 9),
    ];
    let (store, reports) = load_all(&root, &pictures, &manuscript.fonts);
    assert_eq!(store.iter().count(), 1);
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].code, codes::PICTURE_NOT_FOUND);
    assert_eq!(reports[0].place, pictures[0].span.into());
    assert_eq!(reports[0].labels[0].0, pictures[2].span);
    assert_eq!(reports[0].help.as_deref(), Some("did you mean `Portrait.png`, which does?"));
}

#[test]
fn a_remote_picture_is_refused_and_one_outside_was_reported_elsewhere() {
    let manuscript = Manuscript::with(&[]);
    let root = Root::new(manuscript.folder.path()).unwrap();
    let pictures = [
        picture(PictureSource::Remote("https://example.org/a.png".to_owned()), 1),
        picture(PictureSource::Outside("../../etc/passwd".to_owned()), 2),
    ];
    let (store, reports) = load_all(&root, &pictures, &manuscript.fonts);
    assert_eq!(store.iter().count(), 0);
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].code, codes::PICTURE_REMOTE);
    assert!(reports[0].message.contains("opens no connection"));
}

#[test]
fn handles_follow_the_order_in_which_pictures_are_first_named() {
    let png = encoded(&quarters(), ImageFormat::Png);
    let names = ["c.png", "a.png", "b.png"];
    let manuscript = Manuscript::with(&names.map(|name| (name, png.as_slice())));
    let (store, _) = manuscript.load(&["c.png", "a.png", "c.png", "b.png"]);
    let order: Vec<_> = store.iter().map(|(_, image)| image.path.as_str()).collect();
    assert_eq!(order, names);
    let (id, image) = store.iter().nth(1).unwrap();
    assert_eq!(store.find(&image.path), Some(id));
}

fn svg(content: &str) -> Vec<u8> {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
        width="96" height="48">{content}</svg>"#
    )
    .into_bytes()
}

#[test]
fn an_svg_is_measured_at_96_dots_an_inch() {
    let image = sound("a.svg", &svg("<rect width='9' height='9'/>"));
    assert_eq!((image.pixels, image.natural_size), ((96, 48), Size::new(Pt(72.0), Pt(36.0))));
    assert!(image.decode().is_none());
}

#[test]
fn the_text_of_an_svg_is_set_in_our_fonts() {
    let text = svg("<text y='20' font-family='Helvetica, Source Code Pro'>Ω Ж</text>");
    let mut manuscript = Manuscript::with(&[("a.svg", &text)]);
    manuscript.fonts = FontBook::bundled();
    let (store, reports) = manuscript.load(&["a.svg"]);
    assert_eq!(reports, []);
    let ImageContent::Vector(tree) = &store.images[0].content else { panic!("no vector") };
    assert!(tree.root().bounding_box().width() > 10.0);
}

#[test]
fn what_an_svg_asks_for_and_does_not_get_is_reported() {
    let remote = complaint("a.svg", &svg("<image href='https://example.org/b.png' width='9'/>"));
    assert!(remote.starts_with("picture-remote: "), "{remote}");
    let file = complaint("a.svg", &svg("<image href='/etc/passwd' width='9' height='9'/>"));
    assert!(file.starts_with("picture-unreadable: ") && file.contains("`/etc/passwd`"), "{file}");
    let reuse = complaint("a.svg", &svg("<use xlink:href='other.svg#a'/>"));
    assert!(reuse.contains("`other.svg#a`"), "{reuse}");
    let glyph = complaint("a.svg", &svg("<text y='9'>漢</text>"));
    assert!(glyph.starts_with("missing-glyph: ") && glyph.contains("U+6F22"), "{glyph}");
    let nested = "<image width='9' height='9' href='data:image/svg+xml;base64,PHN2Zy8+'/>";
    assert!(complaint("a.svg", &svg(nested)).starts_with("picture-format: "));
}

#[test]
fn an_svg_that_would_swell_is_refused() {
    let with_entities = |entities: &str, content: &str| {
        let head = format!("<!DOCTYPE svg [{entities}]>");
        complaint("a.svg", &[head.as_bytes(), &svg(content)].concat())
    };
    let laughs = with_entities(
        r#"<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;">"#,
        "<text>&c;</text>",
    );
    assert!(laughs.starts_with("picture-too-large: "), "{laughs}");
    let long = format!(r#"<!ENTITY a "{}">"#, "x".repeat(100_000));
    let quadratic = with_entities(&long, &"<g id='&a;'/>".repeat(1000));
    assert!(quadratic.starts_with("picture-too-large: "), "{quadratic}");
    let namespace = r#"<!ENTITY ns "http://example.org">"#;
    assert_eq!(with_entities(namespace, "<g class='&ns;'/>"), "");
    let doubling = |level: usize| {
        format!("<g id='g{}'>{}</g>", level, format!("<use href='#g{}'/>", level + 1).repeat(2))
    };
    let uses: String = (0..40).map(doubling).collect();
    let uses = complaint("a.svg", &svg(&format!("{uses}<g id='g40'><path d='M0 0h9'/></g>")));
    assert!(uses.starts_with("picture-too-large: "), "{uses}");
    let deep = svg(&format!("{}{}", "<g>".repeat(50_000), "</g>".repeat(50_000)));
    assert!(complaint("a.svg", &deep).starts_with("picture-too-large: "));
    let masks = |n: usize| format!("<mask id='m{n}'><g mask='url(#m{})'/></mask>", n + 1);
    let chain: String = (0..5000).map(masks).collect();
    let chain = complaint("a.svg", &svg(&format!("{chain}<g mask='url(#m0)'/>")));
    assert!(chain.starts_with("picture-too-large: "), "{chain}");
    let noise = "<filter id='f'><feTurbulence numOctaves='4000000'/></filter>
        <rect width='9' height='9' filter='url(#f)'/>";
    assert!(complaint("a.svg", &svg(noise)).starts_with("picture-too-large: "));
    let layers =
        format!("{}<path d='M0 0h9v9'/>{}", "<g opacity='.9'>".repeat(40), "</g>".repeat(40));
    assert!(complaint("a.svg", &svg(&layers)).starts_with("picture-too-large: "));
}

#[test]
fn an_svg_that_is_broken_is_reported_with_the_place() {
    let text = complaint("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><g></svg>");
    assert!(text.starts_with("picture-unreadable: ") && text.contains("1:"), "{text}");
    let latin = complaint("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><!-- \xE9 --></svg>");
    assert!(latin.contains("it is not UTF-8"), "{latin}");
}

#[test]
fn a_damaged_file_is_reported_or_shown_and_never_panics() {
    let whole = quarters();
    let jpeg = encoded(&whole, ImageFormat::Jpeg);
    let files = [
        with_segment(&jpeg, &segment(0xE1, &exif(6))),
        encoded(&whole, ImageFormat::Png),
        encoded(&whole, ImageFormat::Gif),
        encoded(&whole, ImageFormat::WebP),
        svg("<text y='9' mask='url(#m)'>a&#98;</text><mask id='m'><use href='#m'/></mask>"),
    ];
    let manuscript = Manuscript { fonts: FontBook::bundled(), ..Manuscript::with(&[]) };
    proptest!(config(), |(
        file in 0..files.len(), at in any::<Index>(), byte in any::<u8>(), end in any::<Index>(),
    )| {
        let mut damaged = files[file].clone();
        let at = at.index(damaged.len());
        damaged[at] = byte;
        damaged.truncate(damaged.len() - end.index(8));
        std::fs::write(manuscript.folder.path().join("a"), damaged).unwrap();
        let (store, reports) = manuscript.load(&["a"]);
        prop_assert!(!reports.is_empty() || store.find(&store.images[0].path).is_some());
        for (_, image) in store.iter() {
            if let Some(pixels) = image.decode() {
                prop_assert_eq!((pixels.width, pixels.height), image.pixels);
            }
        }
    });
}

/// Few cases, so that the suite stays fast; failures are printed and not kept in files.
fn config() -> ProptestConfig {
    ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() }
}
