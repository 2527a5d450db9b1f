//! An SVG into a drawing whose text is outlines, with no fonts but ours and no files but itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use resvg::usvg::{
    self, FontFamily, FontResolver, ImageHrefResolver, ImageKind, fontdb, roxmltree,
};

use super::complaint::Complaint;
use super::sniff::{Format, Sniffed, sniff};
use super::{budget, raster};
use crate::assets::{Font, FontBook, FontId, FontQuery};
use crate::diagnostics::codes;

/// The largest SVG that is read, in bytes.
const LARGEST_FILE: usize = 4 << 20;
/// The most nodes of XML.
const MOST_NODES: u32 = 500_000;
/// The most findings of one kind that are reported for one file.
const MOST_FINDINGS: usize = 8;

/// A drawing.
pub(super) struct Vector {
    /// The drawing.
    pub(super) tree: Arc<usvg::Tree>,
    /// What of the file it does not show.
    pub(super) complaints: Vec<Complaint>,
}

/// Parses SVGs with the faces of a font book.
pub(super) struct Parser<'a> {
    fonts: &'a FontBook,
    /// Built when the first file with text comes along.
    faces: OnceLock<Faces>,
}

/// The font book as the parser wants it.
#[derive(Default)]
struct Faces {
    database: Arc<fontdb::Database>,
    /// By [`FontId::index`].
    ids: Vec<fontdb::ID>,
}

impl<'a> Parser<'a> {
    /// A parser; it looks at no font yet.
    pub(super) fn new(fonts: &'a FontBook) -> Self {
        Self { fonts, faces: OnceLock::new() }
    }

    /// Parses an SVG.
    pub(super) fn parse(&self, bytes: &[u8]) -> Result<Vector, Complaint> {
        if bytes.len() > LARGEST_FILE {
            let message = format!("is an SVG of more than {} MiB", LARGEST_FILE >> 20);
            return Err(Complaint::new(codes::PICTURE_TOO_LARGE, message)
                .with_help("simplify the drawing, or save it as PNG"));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| unreadable(&"it is not UTF-8"))?;
        budget::check_entities(text)?;
        on_a_large_stack(|| self.parse_text(text))?
    }

    fn parse_text(&self, text: &str) -> Result<Vector, Complaint> {
        let options = roxmltree::ParsingOptions {
            allow_dtd: true,
            nodes_limit: MOST_NODES,
            ..roxmltree::ParsingOptions::default()
        };
        let document = roxmltree::Document::parse_with_options(text, options)
            .map_err(|error| unreadable(&error))?;
        budget::check_document(&document)?;
        let has_text = document.descendants().any(|node| node.tag_name().name() == "text");
        let losses = Losses::default();
        losses.take_outside_uses(&document);
        let tree = usvg::Tree::from_xmltree(&document, &self.options(has_text, &losses))
            .map_err(|error| unreadable(&error))?;
        budget::check_tree(&tree)?;
        Ok(Vector { tree: Arc::new(tree), complaints: losses.into_complaints() })
    }

    fn options<'b>(&'b self, has_text: bool, losses: &'b Losses) -> usvg::Options<'b> {
        let faces = has_text.then(|| self.faces.get_or_init(|| Faces::build(self.fonts)));
        usvg::Options {
            font_family: SANS.to_owned(),
            fontdb: faces.map(|faces| Arc::clone(&faces.database)).unwrap_or_default(),
            font_resolver: FontResolver {
                select_font: Box::new(move |font, _| faces?.select(self.fonts, font)),
                select_fallback: Box::new(move |character, tried, _| {
                    let face = faces?.fall_back(self.fonts, character, tried);
                    if face.is_none() {
                        losses.change(|lost| lost.characters.insert(character));
                    }
                    face
                }),
            },
            image_href_resolver: ImageHrefResolver {
                resolve_data: Box::new(|_, data, _| losses.embedded(data)),
                resolve_string: Box::new(|href, _| {
                    losses.change(|lost| lost.outside.insert(href.to_owned()));
                    None
                }),
            },
            ..usvg::Options::default()
        }
    }
}

const SERIF: &str = "Source Serif 4";
const SANS: &str = "Source Sans 3";
const MONO: &str = "Source Code Pro";

impl Faces {
    fn build(fonts: &FontBook) -> Self {
        let mut database = fontdb::Database::new();
        let ids = fonts.iter().map(|(_, font)| database.push_face_info(face_info(font))).collect();
        Self { database: Arc::new(database), ids }
    }

    /// The face of the first family that the book has; Source Sans where it has none of them.
    fn select(&self, fonts: &FontBook, font: &usvg::Font) -> Option<fontdb::ID> {
        let families = font.families().iter().map(|family| match family {
            FontFamily::Serif => SERIF,
            FontFamily::SansSerif | FontFamily::Cursive | FontFamily::Fantasy => SANS,
            FontFamily::Monospace => MONO,
            FontFamily::Named(name) => name,
        });
        let italic = font.style() != usvg::FontStyle::Normal;
        let weight = font.weight();
        let found = families
            .chain([SANS])
            .find_map(|family| fonts.find(FontQuery { family, weight, italic }))?;
        self.ids.get(found.index()).copied()
    }

    /// A face that was not tried yet and has the character, near the first that was tried.
    fn fall_back(
        &self,
        fonts: &FontBook,
        character: char,
        tried: &[fontdb::ID],
    ) -> Option<fontdb::ID> {
        let by_face =
            |id| fonts.iter().map(|(font, _)| font).find(|font| self.id(*font) == Some(id));
        let tried: Vec<FontId> = tried.iter().filter_map(|id| by_face(*id)).collect();
        let Font { family, weight, italic, .. } = fonts.font(*tried.first()?);
        let query = FontQuery { family, weight: *weight, italic: *italic };
        self.id(fonts.fallback_except(character, query, &tried)?)
    }

    fn id(&self, font: FontId) -> Option<fontdb::ID> {
        self.ids.get(font.index()).copied()
    }
}

fn face_info(font: &Font) -> fontdb::FaceInfo {
    fontdb::FaceInfo {
        id: fontdb::ID::dummy(),
        source: fontdb::Source::Binary(Arc::new(font.data.clone())),
        index: font.index,
        families: vec![(font.family.clone(), fontdb::Language::English_UnitedStates)],
        post_script_name: font.postscript_name.clone(),
        style: if font.italic { fontdb::Style::Italic } else { fontdb::Style::Normal },
        weight: fontdb::Weight(font.weight),
        stretch: fontdb::Stretch::Normal,
        monospaced: false,
    }
}

/// What a file asks for and does not get.
#[derive(Default)]
struct Losses(Mutex<Lost>);

#[derive(Default)]
struct Lost {
    /// Addresses of other files.
    outside: BTreeSet<String>,
    /// Characters that no face has.
    characters: BTreeSet<char>,
    /// Embedded pictures that can't be shown, by what is said of them.
    embedded: BTreeMap<String, Complaint>,
}

impl Losses {
    fn change<T>(&self, change: impl FnOnce(&mut Lost) -> T) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// `use` of another file, which the parser leaves out without a word.
    fn take_outside_uses(&self, document: &roxmltree::Document<'_>) {
        let uses = document.descendants().filter(|node| node.tag_name().name() == "use");
        let hrefs = uses.flat_map(|node| node.attributes()).filter(|it| it.name() == "href");
        for href in hrefs.map(|href| href.value().trim()).filter(|href| !href.starts_with('#')) {
            self.change(|lost| lost.outside.insert(href.to_owned()));
        }
    }

    /// A picture in a `data:` address, if it is one that a backend can draw.
    fn embedded(&self, data: Arc<Vec<u8>>) -> Option<ImageKind> {
        let unsupported = |what: &str| Err(Complaint::new(codes::PICTURE_FORMAT, what));
        let checked = match sniff(&data) {
            Sniffed::Known(Format::Svg) => unsupported("is an SVG again"),
            Sniffed::Known(format) => raster::probe(&data, format).map(|_| format),
            Sniffed::Unsupported(..) | Sniffed::LfsPointer | Sniffed::Unknown => {
                unsupported("is neither JPEG nor PNG, GIF or WebP")
            }
        };
        match checked {
            Ok(Format::Jpeg) => Some(ImageKind::JPEG(data)),
            Ok(Format::Png) => Some(ImageKind::PNG(data)),
            Ok(Format::Gif) => Some(ImageKind::GIF(data)),
            Ok(Format::WebP) => Some(ImageKind::WEBP(data)),
            Ok(Format::Svg) => None,
            Err(complaint) => {
                let inside = complaint.inside("holds a picture that");
                self.change(|lost| lost.embedded.insert(inside.message.clone(), inside));
                None
            }
        }
    }

    fn into_complaints(self) -> Vec<Complaint> {
        let lost = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let outside = lost.outside.iter().take(MOST_FINDINGS).map(|href| outside(href));
        let characters = lost.characters.iter().take(MOST_FINDINGS).map(|it| missing(*it));
        outside.chain(characters).chain(lost.embedded.into_values().take(MOST_FINDINGS)).collect()
    }
}

fn outside(href: &str) -> Complaint {
    let is_remote = href.contains("://") || href.starts_with("//");
    let (code, why) = if is_remote {
        (codes::PICTURE_REMOTE, "which is on the network, and a build opens no connection")
    } else {
        (codes::PICTURE_UNREADABLE, "another file, which an SVG can't bring along")
    };
    let href: String = href.chars().take(120).collect();
    Complaint::new(code, format!("is an SVG that shows `{href}`, {why}"))
        .with_help("embed it in the SVG, as drawing programs do on request")
}

fn missing(character: char) -> Complaint {
    let code = u32::from(character);
    let message = format!("is an SVG that writes `{character}` (U+{code:04X}), which no font has");
    Complaint::new(codes::MISSING_GLYPH, message)
        .with_help("put a font that has it into the folder `fonts`, or turn the text into outlines")
}

fn unreadable(error: &dyn std::fmt::Display) -> Complaint {
    let message = format!("is an SVG that can't be read: {error}");
    Complaint::new(codes::PICTURE_UNREADABLE, message)
}

/// Runs the parser where its recursion, which the budget bounds, finds room: the stacks of
/// worker threads are small.
fn on_a_large_stack<T: Send>(parse: impl FnOnce() -> T + Send) -> Result<T, Complaint> {
    const STACK_BYTES: usize = 64 << 20;
    let failed =
        || Complaint::new(codes::PICTURE_UNREADABLE, "is an SVG that can't be parsed here");
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, parse);
        thread.map_err(|_| failed())?.join().map_err(|_| failed())
    })
}
