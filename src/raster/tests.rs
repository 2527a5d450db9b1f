//! Small pages, drawn and looked at pixel by pixel.

use std::sync::Arc;

use super::*;
use crate::assets::{FontBook, FontQuery, ImageStore};
use crate::diagnostics::{Policy, Sink, Span};
use crate::geometry::{Point, Pt, Rect, Size, Transform};
use crate::model::{Alt, Picture, PictureSource};
use crate::page::{
    Artifact, Color, Frame, Glyph, GlyphRun, Group, ImageItem, Item, Shape, Stroke, Tag,
};
use crate::sandbox::{Root, RootPath};

const TAG: Tag = Tag::Artifact(Artifact::Layout);
const RED: Color = Color::rgb(255, 0, 0);

fn page(width: f64, height: f64, items: Vec<(Point, Item)>) -> Page {
    let mut frame = Frame::default();
    for (at, item) in items {
        frame.push(at, item);
    }
    Page { size: Size::new(Pt(width), Pt(height)), label: "1".to_owned(), frame }
}

fn at(x: f64, y: f64) -> Point {
    Point::new(Pt(x), Pt(y))
}

fn square(side: f64) -> Item {
    Item::Shape(Shape::filled_rect(Size::new(Pt(side), Pt(side)), RED, TAG))
}

fn draw(page: &Page, assets: &Assets, scale: f64) -> impl Fn(u32, u32) -> [u8; 3] + use<> {
    let pixels = render_pixels(page, assets, scale).expect("pixels");
    move |x, y| {
        let start = ((y * pixels.width + x) * 4) as usize;
        [pixels.rgba[start], pixels.rgba[start + 1], pixels.rgba[start + 2]]
    }
}

#[test]
fn a_shape_is_painted_at_its_place_and_scale_on_white() {
    let pixel = draw(&page(10.0, 10.0, vec![(at(2.0, 4.0), square(3.0))]), &Assets::default(), 2.0);
    assert_eq!([pixel(4, 8), pixel(9, 13)], [[255, 0, 0]; 2]);
    assert_eq!([pixel(3, 8), pixel(4, 7), pixel(10, 13), pixel(9, 14)], [[255; 3]; 4]);
}

#[test]
fn a_group_is_moved_and_cut_and_nested_cuts_add_up() {
    let clip = |x, y, side, frame| Group {
        transform: Transform::scale(2.0, 2.0),
        clip: Some(Rect::new(at(x, y), Size::new(Pt(side), Pt(side)))),
        frame,
    };
    let inner = page(0.0, 0.0, vec![(at(0.0, 0.0), square(9.0))]).frame;
    let inner = Group { transform: Transform::IDENTITY, ..clip(1.0, 1.0, 3.0, inner) };
    let mut outer = Frame::default();
    outer.push(Point::ORIGIN, Item::Group(inner));
    let outer = clip(0.0, 0.0, 2.0, outer);
    let page = page(12.0, 12.0, vec![(at(4.0, 4.0), Item::Group(outer))]);
    let pixel = draw(&page, &Assets::default(), 1.0);
    assert_eq!([pixel(6, 6), pixel(7, 7)], [[255, 0, 0]; 2]);
    assert_eq!([pixel(5, 6), pixel(6, 5), pixel(8, 7), pixel(7, 8)], [[255; 3]; 4]);
}

#[test]
fn glyphs_stand_on_their_baseline_one_advance_apart() {
    let assets = Assets { fonts: FontBook::bundled(), images: ImageStore::default() };
    let query = FontQuery { family: "Source Sans 3", weight: 700, italic: false };
    let font = assets.fonts.find(query).unwrap();
    let data = &assets.fonts.font(font).data;
    let face = skrifa::FontRef::new(data).unwrap();
    let id = skrifa::MetadataProvider::charmap(&face).map('I').unwrap();
    let id = u16::try_from(id.to_u32()).unwrap();
    let glyph = |range| Glyph { id, advance: Pt(50.0), offset: Point::ORIGIN, cluster: range };
    let run = GlyphRun {
        font,
        size: Pt(100.0),
        color: RED,
        glyphs: vec![glyph(0..1), glyph(1..2)],
        text: Arc::from("II"),
        tag: TAG,
    };
    let page = page(120.0, 120.0, vec![(at(10.0, 100.0), Item::Text(run))]);
    let pixel = draw(&page, &assets, 1.0);
    let stem = |y| (0..120).filter(|x| pixel(*x, y) == [255, 0, 0]).collect::<Vec<u32>>();
    let middle = stem(70);
    assert!(!middle.is_empty() && middle.contains(&(middle[0] + 50)), "{middle:?}");
    assert!(stem(102).is_empty() && !stem(98).is_empty() && stem(30).is_empty());
}

/// A store with one picture.
fn with_picture(name: &str, bytes: &[u8]) -> Assets {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let root = Root::new(folder.path()).unwrap();
    let source = PictureSource::Local(root.resolve(&RootPath::default(), name).unwrap());
    let picture = Picture { source, alt: Alt::Decorative, span: Span::default() };
    let sink = Sink::new(Policy::default());
    let images = ImageStore::load(&root, [&picture], &FontBook::default(), &sink);
    Assets { fonts: FontBook::default(), images }
}

/// A square that is red on its left half, and goes on to the left of its edge.
const HALF_RED: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'>
    <rect x='-10' width='15' height='10' fill='#f00'/></svg>";

#[test]
fn a_vector_is_stretched_to_its_item_and_cut_at_its_edges() {
    let assets = with_picture("a.svg", HALF_RED);
    let (id, image) = assets.images.iter().next().unwrap();
    let size = Size::new(Pt(8.0), Pt(4.0));
    let item = Item::Image(ImageItem { image: id, size, tag: TAG });
    let pixel = draw(&page(20.0, 20.0, vec![(at(6.0, 6.0), item)]), &assets, 1.0);
    assert_eq!([pixel(6, 6), pixel(9, 9)], [[255, 0, 0]; 2]);
    assert_eq!([pixel(5, 6), pixel(10, 6), pixel(6, 5), pixel(6, 10)], [[255; 3]; 4]);
    let png = render_image_png(image, 40).unwrap();
    let decoded = image::load_from_memory(&png).unwrap().into_rgb8();
    assert_eq!(decoded.dimensions(), (40, 40));
    assert_eq!((decoded.get_pixel(19, 0).0, decoded.get_pixel(20, 0).0), ([255, 0, 0], [255; 3]));
}

#[test]
fn a_raster_is_averaged_down_and_not_sampled() {
    let checkers = image::GrayImage::from_fn(64, 64, |x, y| {
        image::Luma([if (x + y) % 2 == 0 { 255 } else { 0 }])
    });
    let mut png = std::io::Cursor::new(Vec::new());
    checkers.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let assets = with_picture("a.png", png.get_ref());
    let (id, _) = assets.images.iter().next().unwrap();
    let item = ImageItem { image: id, size: Size::new(Pt(8.0), Pt(8.0)), tag: TAG };
    let pixel = draw(&page(8.0, 8.0, vec![(Point::ORIGIN, Item::Image(item))]), &assets, 1.0);
    for (x, y) in [(0, 0), (3, 4), (7, 7)] {
        assert!(pixel(x, y).iter().all(|channel| channel.abs_diff(128) < 3), "{:?}", pixel(x, y));
    }
}

#[test]
fn a_page_larger_than_any_picture_is_not_drawn() {
    let assets = Assets::default();
    assert!(render_png(&page(40_000.0, 1.0, vec![]), &assets, 1.0).is_none());
    assert!(render_png(&page(20_000.0, 20_000.0, vec![]), &assets, 1.0).is_none());
    assert!(render_png(&page(10.0, 10.0, vec![]), &assets, f64::NAN).is_none());
    assert!(render_png(&page(10.0, 10.0, vec![]), &assets, 0.0).is_none());
}

#[test]
fn the_png_holds_pixels_and_nothing_else() {
    let stroke = Shape {
        fill: None,
        stroke: Some(Stroke { color: RED, width: Pt(1.0) }),
        path: crate::page::Path::circle(at(5.0, 5.0), Pt(4.0)),
        tag: TAG,
    };
    let page = page(10.0, 10.0, vec![(Point::ORIGIN, Item::Shape(stroke))]);
    let png = render_png(&page, &Assets::default(), 2.0).unwrap();
    let mut kinds = Vec::new();
    let mut rest = &png[8..];
    while let Some(length) = rest.first_chunk() {
        kinds.push(String::from_utf8_lossy(&rest[4..8]).into_owned());
        rest = &rest[u32::from_be_bytes(*length) as usize + 12..];
    }
    assert_eq!(kinds, ["IHDR", "IDAT", "IEND"]);
}
