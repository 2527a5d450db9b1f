//! What a reader gets from the files: opened again and looked into.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use resvg::usvg;
use skrifa::instance::{LocationRef, Size as FontSize};
use skrifa::{FontRef, MetadataProvider as _};

use super::*;
use crate::assets::{FontBook, FontQuery, Image, ImageContent, JpegColor, Orientation};
use crate::geometry::{Point, Pt, Size};
use crate::page::{
    Artifact, Color, Destination, Frame, Glyph, GlyphRun, Group, Item, Label, LinkArea, LinkTarget,
    Metadata, NodeId, OutlineEntry, Page, Role, Scope, Shape, StructureTree, Tag,
};

const BODY_SIZE: Pt = Pt(10.0);

/// A document that grows item by item on its last page.
struct Specimen {
    document: PagedDocument,
    assets: Assets,
    font: FontId,
}

impl Specimen {
    fn new() -> Self {
        let assets = Assets { fonts: FontBook::bundled(), ..Assets::default() };
        let query = FontQuery { family: "Source Serif 4", weight: 400, italic: false };
        let font = assets.fonts.find(query).expect("a bundled font");
        let document = PagedDocument {
            metadata: Arc::new(Metadata { title: "Spécimen".into(), ..Metadata::default() }),
            title: "Spécimen".into(),
            pages: vec![page("1")],
            structure: StructureTree::new(),
            outline: Vec::new(),
            destinations: BTreeMap::new(),
        };
        Self { document, assets, font }
    }

    fn node(&mut self, parent: NodeId, role: Role) -> NodeId {
        self.document.structure.add(parent, role)
    }

    fn paragraph(&mut self) -> NodeId {
        self.node(StructureTree::ROOT, Role::Paragraph)
    }

    fn turn_page(&mut self) {
        let folio = (self.document.pages.len() + 1).to_string();
        self.document.pages.push(page(&folio));
    }

    fn push(&mut self, y: f64, item: Item) {
        let page = self.document.pages.last_mut().expect("a page");
        page.frame.push(Point::new(Pt(50.0), Pt(y)), item);
    }

    /// A run whose clusters are given as the drawn characters and what they stand for.
    fn run(&self, clusters: &[(&str, &str)], tag: Tag) -> GlyphRun {
        let font = FontRef::new(&self.assets.fonts.font(self.font).data).expect("a font");
        let metrics = font.glyph_metrics(FontSize::new(10.0), LocationRef::default());
        let mut text = String::new();
        let mut glyphs = Vec::new();
        for (drawn, meaning) in clusters {
            let start = text.len() as u32;
            text.push_str(meaning);
            for character in drawn.chars() {
                let id = font.charmap().map(character).unwrap_or_default();
                glyphs.push(Glyph {
                    id: id.to_u32() as u16,
                    advance: Pt(metrics.advance_width(id).unwrap_or_default().into()),
                    offset: Point::ORIGIN,
                    cluster: start..text.len() as u32,
                });
            }
        }
        let color = Color::default();
        GlyphRun { font: self.font, size: BODY_SIZE, color, glyphs, text: text.into(), tag }
    }

    fn write(&mut self, y: f64, text: &str, tag: Tag) {
        let clusters: Vec<(&str, &str)> = text
            .char_indices()
            .map(|(at, c)| &text[at..at + c.len_utf8()])
            .map(|c| (c, c))
            .collect();
        let run = self.run(&clusters, tag);
        self.push(y, Item::Text(run));
    }

    fn export(&self) -> Vec<u8> {
        export(&self.document, &self.assets, &Sink::default()).expect("a file")
    }

    fn open(&self) -> Document {
        Document::load_mem(&self.export()).expect("a file that opens")
    }
}

fn page(folio: &str) -> Page {
    let size = Size::new(Pt(419.528), Pt(595.276));
    Page { size, label: folio.into(), frame: Frame::default() }
}

fn pages(file: &Document) -> Vec<ObjectId> {
    file.page_iter().collect()
}

fn content(file: &Document, page: ObjectId) -> Content {
    Content::decode(&file.get_page_content(page)).expect("operators")
}

fn get<'a>(file: &'a Document, dictionary: &'a Dictionary, key: &str) -> &'a Object {
    dictionary.get_deref(key.as_bytes(), file).unwrap_or_else(|_| panic!("no /{key}"))
}

fn dictionary<'a>(file: &'a Document, holder: &'a Dictionary, key: &str) -> &'a Dictionary {
    get(file, holder, key).as_dict().unwrap()
}

fn only_font(file: &Document) -> &Dictionary {
    let fonts = file.get_page_fonts(pages(file)[0]);
    fonts.unwrap().into_values().next().expect("a font")
}

/// The text of a page as a reader copies it: by the fonts' maps, and actual text over them.
fn copied_text(file: &Document, page: ObjectId) -> String {
    let map = get(file, only_font(file), "ToUnicode").as_stream().unwrap();
    let map = String::from_utf8(map.decompressed_content().unwrap()).unwrap();
    let texts: BTreeMap<u16, String> = map
        .lines()
        .filter_map(|line| line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <"))
        .filter(|(code, _)| *code != "0000")
        .map(|(code, text)| (u16::from_str_radix(code, 16).unwrap(), utf16(text)))
        .collect();
    let mut out = String::new();
    let mut actual = false;
    for operation in content(file, page).operations {
        match (operation.operator.as_str(), operation.operands.as_slice()) {
            ("BDC", [_, Object::Dictionary(properties)]) if properties.has(b"ActualText") => {
                actual = true;
                let bytes = properties.get(b"ActualText").unwrap().as_str().unwrap();
                out.push_str(&decode(&bytes[2..]));
            }
            ("EMC", _) => actual = false,
            ("TJ", [Object::Array(items)]) if !actual => {
                for item in items.iter().filter_map(|item| item.as_str().ok()) {
                    let codes = item.chunks(2).map(|code| u16::from_be_bytes([code[0], code[1]]));
                    out.extend(codes.map(|code| texts[&code].as_str()));
                }
            }
            _ => {}
        }
    }
    out
}

fn utf16(hex: &str) -> String {
    let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    decode(&(0..hex.len()).step_by(2).map(byte).collect::<Vec<_>>())
}

fn decode(bytes: &[u8]) -> String {
    let units: Vec<u16> =
        bytes.chunks(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect();
    String::from_utf16(&units).unwrap()
}

#[test]
fn copied_text_has_the_letters_of_a_ligature() {
    let mut specimen = Specimen::new();
    let tag = Tag::Node(specimen.paragraph());
    let run = specimen.run(&[("o", "o"), ("\u{fb01}", "ffi"), ("c", "c"), ("e", "e")], tag);
    specimen.push(100.0, Item::Text(run));
    let file = specimen.open();
    assert_eq!(copied_text(&file, pages(&file)[0]), "office");
}

#[test]
fn a_glyph_with_two_meanings_is_copied_as_what_it_means_in_its_place() {
    let mut specimen = Specimen::new();
    let tag = Tag::Node(specimen.paragraph());
    let words = [("-", "-"), ("a", "a"), ("-", ""), ("e\u{301}", "é"), ("\u{e000}", "☃")];
    let run = specimen.run(&words, tag);
    assert_eq!(run.glyphs.last().unwrap().id, 0, "the private character has no glyph");
    specimen.push(100.0, Item::Text(run));
    let file = specimen.open();
    assert_eq!(copied_text(&file, pages(&file)[0]), "-a\u{ad}é☃");
}

#[test]
fn glyphs_stand_within_a_thousandth_of_the_em_of_their_places() {
    let mut specimen = Specimen::new();
    let tag = Tag::Node(specimen.paragraph());
    let letters: Vec<_> = ["W", "a", "v", "e", " ", "(", "\\", ")"].map(|c| (c, c)).to_vec();
    let mut run = specimen.run(&letters, tag);
    for (index, glyph) in run.glyphs.iter_mut().enumerate() {
        glyph.advance += Pt(f64::from(index as u32) * 0.037 - 0.1);
    }
    specimen.push(100.0, Item::Text(run.clone()));
    let file = specimen.open();
    let descendants = get(&file, only_font(&file), "DescendantFonts").as_array().unwrap();
    let cid_font = file.get_dictionary(descendants[0].as_reference().unwrap()).unwrap();
    let widths = get(&file, cid_font, "W").as_array().unwrap()[1].as_array().unwrap();

    let mut pen = 0.0;
    let mut places = Vec::new();
    for operation in content(&file, pages(&file)[0]).operations {
        let Some(items) = operation.operands.first().and_then(|items| items.as_array().ok()) else {
            continue;
        };
        for item in items {
            match item {
                Object::String(codes, _) => {
                    for code in codes.chunks(2) {
                        places.push(pen);
                        let code = usize::from(u16::from_be_bytes([code[0], code[1]]));
                        pen += f64::from(widths[code].as_float().unwrap());
                    }
                }
                number => pen -= f64::from(number.as_float().unwrap()),
            }
        }
    }
    let mut wanted = 0.0;
    assert_eq!(places.len(), run.glyphs.len());
    for (glyph, place) in run.glyphs.iter().zip(places) {
        assert!((place - wanted).abs() <= 1.0, "{place} for {wanted}");
        wanted += glyph.advance / BODY_SIZE * 1000.0;
    }
}

/// A document with all that can break the nesting of tags.
fn tagged_specimen() -> Specimen {
    let mut specimen = Specimen::new();
    let section = specimen.node(StructureTree::ROOT, Role::Section);
    let paragraph = specimen.node(section, Role::Paragraph);
    let emphasis = specimen.node(paragraph, Role::Span);
    let figure = specimen.node(section, Role::Figure);
    specimen.document.structure.node_mut(figure).alt = Some("A square".into());
    let empty = specimen.node(section, Role::Section);
    specimen.node(empty, Role::Paragraph);
    let square = |tag| {
        let size = Size::new(Pt(20.0), Pt(10.0));
        Item::Shape(Shape::filled_rect(size, Color::rgb(200, 0, 0), tag))
    };
    specimen.push(20.0, square(Tag::Artifact(Artifact::Background)));
    specimen.write(30.0, "Head", Tag::Artifact(Artifact::Header));
    specimen.write(50.0, "One ", Tag::Node(paragraph));
    specimen.write(62.0, "two ", Tag::Node(emphasis));
    specimen.push(64.0, square(Tag::Node(paragraph)));
    specimen.write(74.0, "three", Tag::Node(paragraph));
    let mut inner = Frame::default();
    inner.push(Point::new(Pt(1.0), Pt(2.0)), square(Tag::Node(figure)));
    let transform = crate::geometry::Transform::scale(2.0, 2.0);
    specimen.push(80.0, Item::Group(Group { transform, clip: None, frame: inner }));
    specimen.turn_page();
    specimen.write(50.0, "four", Tag::Node(paragraph));
    specimen
}

#[test]
fn every_painted_thing_is_an_artifact_or_in_the_structure_tree() {
    let file = tagged_specimen().open();
    let catalog = file.catalog().unwrap();
    let root = dictionary(&file, catalog, "StructTreeRoot");
    let parents = get(&file, dictionary(&file, root, "ParentTree"), "Nums").as_array().unwrap();
    for (index, page) in pages(&file).into_iter().enumerate() {
        let holders = parents[index * 2 + 1].as_reference().unwrap();
        let holders = file.get_object(holders).unwrap().as_array().unwrap();
        let mut open = Vec::new();
        let mut seen = 0;
        for operation in content(&file, page).operations {
            match operation.operator.as_str() {
                "BDC" => {
                    open.push("BDC");
                    if let Ok(mcid) = operation.operands[1].as_dict().unwrap().get(b"MCID") {
                        assert_eq!(mcid.as_i64().unwrap(), seen);
                        let holder = holders[seen as usize].as_reference().unwrap();
                        let kids = format!("{:?}", file.get_dictionary(holder).unwrap().get(b"K"));
                        assert!(kids.contains(&seen.to_string()), "{kids} without {seen}");
                        seen += 1;
                    }
                }
                "BT" => open.push("BT"),
                "q" => open.push("q"),
                "EMC" => assert_eq!(open.pop(), Some("BDC")),
                "ET" => assert_eq!(open.pop(), Some("BT")),
                "Q" => assert_eq!(open.pop(), Some("q")),
                "TJ" | "f" | "Do" => {
                    assert_eq!(open.iter().filter(|name| **name == "BDC").count(), 1, "{open:?}");
                }
                _ => {}
            }
        }
        assert_eq!(syntax::count(holders.len()), seen);
        assert!(open.is_empty(), "{open:?}");
    }
}

/// The structure as lines of type and content, below an element.
fn outline_of(file: &Document, element: &Dictionary, depth: usize, out: &mut String) {
    let name = String::from_utf8_lossy(element.get(b"S").unwrap().as_name().unwrap());
    let kids = match element.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(kid) => vec![kid.clone()],
        Err(_) => Vec::new(),
    };
    let is_mark = |kid: &Object| kid.as_reference().is_err();
    let marks = kids.iter().map(|kid| if is_mark(kid) { '.' } else { '>' });
    let _ = writeln!(out, "{}{name} {}", " ".repeat(depth), marks.collect::<String>());
    for kid in kids.iter().filter_map(|kid| kid.as_reference().ok()) {
        outline_of(file, file.get_dictionary(kid).unwrap(), depth + 1, out);
    }
}

fn structure_outline(file: &Document) -> String {
    let root = dictionary(file, file.catalog().unwrap(), "StructTreeRoot");
    let top = get(file, root, "K").as_array().unwrap()[0].as_reference().unwrap();
    let mut out = String::new();
    outline_of(file, file.get_dictionary(top).unwrap(), 0, &mut out);
    out
}

#[test]
fn content_is_read_in_order_and_empty_sections_are_left_out() {
    let outline = structure_outline(&tagged_specimen().open());
    assert_eq!(outline, "Document >\n Sect >>\n  P .>...\n   Span .\n  Figure .\n");
}

#[test]
fn an_empty_cell_keeps_its_place_in_the_table() {
    let mut specimen = Specimen::new();
    let table = specimen.node(StructureTree::ROOT, Role::Table);
    let body = specimen.node(table, Role::TableBody);
    let row = specimen.node(body, Role::TableRow);
    let head = specimen.node(row, Role::TableHeader(Scope::Row));
    specimen.node(row, Role::TableCell);
    specimen.write(50.0, "Head", Tag::Node(head));
    let outline = structure_outline(&specimen.open());
    assert_eq!(outline, "Document >\n Table >\n  TBody >\n   TR >>\n    TH .\n    TD \n");
}

#[test]
fn a_figure_says_what_it_covers_on_the_page() {
    let file = tagged_specimen().open();
    let figure = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .find(|dictionary| dictionary.get(b"S").is_ok_and(|s| *s == Object::from("Figure")))
        .unwrap();
    let bounds = get(&file, dictionary(&file, figure, "A"), "BBox").as_array().unwrap();
    let bounds: Vec<f32> = bounds.iter().map(|edge| edge.as_float().unwrap()).collect();
    // A square of 20 × 10 at (1, 2), doubled, at (50, 80) from the top left.
    for (edge, wanted) in bounds.iter().zip([52.0, 491.276, 92.0, 511.276]) {
        assert!((edge - wanted).abs() < 0.01, "{bounds:?}");
    }
}

fn link_to(specimen: &mut Specimen, role: Role, target: LinkTarget) {
    let node = specimen.paragraph();
    let node = specimen.node(node, role);
    specimen.write(100.0, "link", Tag::Node(node));
    let size = Size::new(Pt(20.0), Pt(12.0));
    let link = LinkArea { size, target, description: "A link".into(), node };
    specimen.push(90.0, Item::Link(link));
}

#[test]
fn links_lead_to_addresses_and_named_places_and_lie_in_link_elements() {
    let mut specimen = Specimen::new();
    let label = Label::new("über uns");
    link_to(&mut specimen, Role::Link, LinkTarget::External("https://example.org/ä".into()));
    link_to(&mut specimen, Role::Reference, LinkTarget::Internal(label.clone()));
    specimen.turn_page();
    let place = Destination { page: 1, point: Point::new(Pt(0.0), Pt(95.276)) };
    specimen.document.destinations.insert(label, place);
    let file = specimen.open();

    let annotations = file.get_page_annotations(pages(&file)[0]).unwrap();
    let address = get(&file, dictionary(&file, annotations[0], "A"), "URI");
    assert_eq!(address.as_str().unwrap(), b"https://example.org/%C3%A4");
    let name = get(&file, annotations[1], "Dest").as_str().unwrap();
    let names = dictionary(&file, file.catalog().unwrap(), "Names");
    let names = get(&file, dictionary(&file, names, "Dests"), "Names").as_array().unwrap();
    assert_eq!(names[0].as_str().unwrap(), name);
    let target = names[1].as_array().unwrap();
    assert_eq!(target[0].as_reference().unwrap(), pages(&file)[1]);
    assert!((target[3].as_float().unwrap() - 500.0).abs() < 0.01, "y grows upwards");
    let outline = structure_outline(&file);
    assert_eq!(outline, "Document >>\n P >\n  Link ..\n P >\n  Reference >\n   Link ..\n");
}

#[test]
fn a_link_to_a_place_on_no_page_is_reported() {
    let mut specimen = Specimen::new();
    link_to(&mut specimen, Role::Link, LinkTarget::Internal(Label::new("gone")));
    let sink = Sink::default();
    export(&specimen.document, &specimen.assets, &sink).expect("a file");
    let found: Vec<_> = sink.sorted().into_iter().map(|found| found.code).collect();
    assert_eq!(found, [codes::LINK_WITHOUT_PLACE]);
}

#[test]
fn the_outline_is_nested_and_pages_count_as_they_are_printed() {
    let mut specimen = Specimen::new();
    specimen.document.pages = ["", "i", "ii", "1", "2"].map(page).to_vec();
    let destination = Destination { page: 3, point: Point::ORIGIN };
    let entry = |title: &str, children| OutlineEntry { title: title.into(), destination, children };
    specimen.document.outline = vec![entry("Ärzte", vec![entry("Inner", Vec::new())])];
    let file = specimen.open();
    let outlines = dictionary(&file, file.catalog().unwrap(), "Outlines");
    assert_eq!(get(&file, outlines, "Count").as_i64().unwrap(), 2);
    let inner = dictionary(&file, dictionary(&file, outlines, "First"), "First");
    assert_eq!(get(&file, inner, "Title").as_str().unwrap(), b"Inner");
    let labels = dictionary(&file, file.catalog().unwrap(), "PageLabels");
    let labels = get(&file, labels, "Nums").as_array().unwrap();
    let starts: Vec<_> = labels.iter().filter_map(|label| label.as_i64().ok()).collect();
    assert_eq!(starts, [0, 1, 3]);
}

#[expect(clippy::default_trait_access, reason = "the path's type is not this room's business")]
fn picture(bytes: &[u8], content: ImageContent) -> Image {
    Image {
        path: Default::default(),
        bytes: bytes.into(),
        hash: [0; 32],
        media_type: "image/x-test",
        pixels: (30, 20),
        natural_size: Size::new(Pt(30.0), Pt(20.0)),
        content,
    }
}

/// A picture on its own in a document, with its `XObject`.
fn embed_alone(image: &Image) -> (EmbeddedImage, Document, ObjectId) {
    let mut document = Document::new();
    let (embedded, fragment, root) = image::embed(image, "I0".into()).expect("a picture");
    let root = fragment.join(&mut document, root);
    (embedded, document, root)
}

#[test]
fn jpeg_data_is_passed_through_and_turned_by_the_page() {
    let content = ImageContent::Jpeg {
        color: JpegColor::Cmyk { inverted: true },
        orientation: Orientation::Rotated90,
        icc: Some(Arc::from([0; 128].as_slice())),
        stored: (20, 30),
    };
    let data = b"\xff\xd8 not looked into \xff\xd9";
    let (embedded, document, root) = embed_alone(&picture(data, content));
    let stream = document.get_object(root).unwrap().as_stream().unwrap();
    assert_eq!(stream.content, data);
    assert_eq!(*stream.dict.get(b"ColorSpace").unwrap(), Object::from("DeviceCMYK"));
    assert!(stream.dict.has(b"Decode"), "inverted inks");
    let matrix = image::placement(&embedded, (0.0, 0.0), Size::new(Pt(3.0), Pt(2.0)));
    let shown = |x: f64, y: f64| {
        [0, 1]
            .map(|axis| (x * matrix[axis] + y * matrix[axis + 2] + matrix[axis + 4]).round() as i64)
    };
    assert_eq!(shown(0.0, 1.0), [3, 2], "the top left goes to the top right");
    assert_eq!(shown(1.0, 0.0), [0, 0], "the bottom right goes to the bottom left");
}

#[test]
fn drawings_stay_vectors_unless_pdf_has_no_such_thing() {
    let draw = |inner: &str| {
        let svg =
            format!("<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'>{inner}</svg>");
        let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).expect("a drawing");
        let image = picture(svg.as_bytes(), ImageContent::Vector(Arc::new(tree)));
        let (_, document, root) = embed_alone(&image);
        let stream = document.get_object(root).unwrap().as_stream().unwrap();
        String::from_utf8_lossy(stream.dict.get(b"Subtype").unwrap().as_name().unwrap())
            .into_owned()
    };
    let gradient = "<linearGradient id='g'><stop stop-opacity='.5'/></linearGradient>";
    let clip = "<clipPath id='c'><circle r='9'/></clipPath>";
    let shape = "<g clip-path='url(#c)' opacity='.5'><path d='M0 0H9V9' fill='url(#g)'/></g>";
    assert_eq!(draw(&[gradient, clip, shape].concat()), "Form");
    let mask = "<mask id='m'><rect width='9' height='9' fill='red'/></mask>";
    assert_eq!(draw(&format!("{mask}<rect width='30' height='20' mask='url(#m)'/>")), "Image");
}

#[test]
fn a_font_that_cannot_be_cut_down_is_an_error_not_a_panic() {
    let specimen = Specimen::new();
    let mut font = specimen.assets.fonts.font(specimen.font).clone();
    font.index = 99;
    let usage = usage::FontUsage::default();
    assert!(font::embed(&font, &usage, "T0".into()).is_err());
}

#[test]
fn the_bytes_do_not_depend_on_the_number_of_threads() {
    let mut specimen = tagged_specimen();
    for page in 0..80 {
        specimen.turn_page();
        let tag = Tag::Node(specimen.paragraph());
        specimen.write(100.0, &format!("Page {page} of the specimen"), tag);
    }
    let with_threads = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| specimen.export())
    };
    assert!(with_threads(1) == with_threads(2));
}

#[test]
fn the_metadata_of_file_and_packet_agree() {
    let mut specimen = Specimen::new();
    let title = "Rock & Roll <live>";
    specimen.document.title = title.into();
    let file = specimen.open();
    let information = dictionary(&file, &file.trailer, "Info");
    assert_eq!(get(&file, information, "Title").as_str().unwrap(), title.as_bytes());
    assert_eq!(get(&file, information, "ModDate").as_str().unwrap(), b"D:19800101000000Z");
    let packet = get(&file, file.catalog().unwrap(), "Metadata").as_stream().unwrap();
    let packet = String::from_utf8(packet.content.clone()).unwrap();
    let packet = roxmltree::Document::parse(&packet).expect("well-formed XML");
    let texts: Vec<_> = packet.descendants().filter_map(|node| node.text()).collect();
    assert!(texts.contains(&title) && texts.contains(&"1980-01-01T00:00:00Z"), "{texts:?}");
}
