//! A used font into a subset with its descriptor, widths and map to Unicode (ISO 32000-1, 9.7).

use std::fmt::Write as _;

use lopdf::{Dictionary, Object, ObjectId, dictionary};
use sha2::{Digest as _, Sha256};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, GlyphId, MetadataProvider as _, Tag};
use subsetter::GlyphRemapper;

use super::fragment::{Fragment, deflated_stream};
use super::syntax::{count, real, write_hex};
use super::usage::FontUsage;
use crate::assets::Font;

/// A font as the pages name it.
#[derive(Debug)]
pub(super) struct EmbeddedFont {
    /// The name in the pages' resources.
    pub(super) resource: String,
    /// The used glyphs, by their number in the whole font.
    glyphs: Vec<Option<EmbeddedGlyph>>,
}

/// A glyph of an embedded font.
#[derive(Debug)]
pub(super) struct EmbeddedGlyph {
    /// The code that shows it.
    pub(super) code: u16,
    /// Its width in thousandths of the em, as the file gives it.
    pub(super) width: i64,
    /// What it is mapped to; empty for `.notdef`.
    pub(super) text: Box<str>,
}

impl EmbeddedFont {
    /// A used glyph.
    pub(super) fn glyph(&self, id: u16) -> Option<&EmbeddedGlyph> {
        self.glyphs.get(usize::from(id))?.as_ref()
    }
}

/// The outlines that a font file holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outlines {
    Cff,
    TrueType,
}

/// Cuts a font down to what is used of it. The error says why that can't be done.
pub(super) fn embed(
    font: &Font,
    usage: &FontUsage,
    resource: String,
) -> Result<(EmbeddedFont, Fragment, ObjectId), String> {
    let whole = FontRef::from_index(&font.data, font.index).map_err(|error| error.to_string())?;
    let mut remapper = GlyphRemapper::new();
    for (id, _) in usage.glyphs() {
        remapper.remap(id);
    }
    let subset = subsetter::subset(&font.data, font.index, &remapper);
    let subset = subset.map_err(|error| error.to_string())?;

    let embedded = EmbeddedFont { resource, glyphs: map_glyphs(&whole, usage, &remapper) };
    let mut fragment = Fragment::default();
    let root = add_font(&mut fragment, font, &whole, &subset, &embedded)?;
    Ok((embedded, fragment, root))
}

/// The used glyphs by their number in the whole font, `.notdef` always among them.
fn map_glyphs(
    whole: &FontRef<'_>,
    usage: &FontUsage,
    remapper: &GlyphRemapper,
) -> Vec<Option<EmbeddedGlyph>> {
    let metrics = whole.glyph_metrics(Size::unscaled(), LocationRef::default());
    let per_em = 1000.0 / units_per_em(whole);
    let mut glyphs = Vec::new();
    for (id, text) in std::iter::once((0, "")).chain(usage.glyphs()) {
        let advance = metrics.advance_width(GlyphId::from(id)).unwrap_or_default();
        glyphs.resize_with(usize::from(id), || None);
        glyphs.push(Some(EmbeddedGlyph {
            code: remapper.get(id).unwrap_or_default(),
            width: (f64::from(advance) * per_em).round() as i64,
            text: text.into(),
        }));
    }
    glyphs
}

fn units_per_em(font: &FontRef<'_>) -> f64 {
    f64::from(font.head().map_or(1000, |head| head.units_per_em()).max(1))
}

fn add_font(
    fragment: &mut Fragment,
    font: &Font,
    whole: &FontRef<'_>,
    subset: &[u8],
    embedded: &EmbeddedFont,
) -> Result<ObjectId, String> {
    let cut = FontRef::new(subset).map_err(|error| error.to_string())?;
    let (outlines, program) = match cut.table_data(Tag::new(b"CFF ")) {
        Some(table) => (Outlines::Cff, table.as_bytes()),
        None => (Outlines::TrueType, subset),
    };
    let name = subset_name(&font.postscript_name, subset);
    let program = fragment.add(font_program(outlines, program));
    let descriptor = fragment.add(descriptor(font, whole, &name, outlines, program));
    let cid_font = fragment.add(cid_font(&name, outlines, descriptor, embedded));
    let to_unicode = fragment.add(deflated_stream(Dictionary::new(), &to_unicode(embedded)));
    let base_font = match outlines {
        Outlines::Cff => format!("{name}-Identity-H"),
        Outlines::TrueType => name,
    };
    Ok(fragment.add(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => Object::Name(base_font.into_bytes()),
        "Encoding" => "Identity-H",
        "DescendantFonts" => vec![Object::Reference(cid_font)],
        "ToUnicode" => to_unicode,
    }))
}

/// Six letters that say which subset it is, made from its content (9.6.4).
fn subset_name(postscript_name: &str, subset: &[u8]) -> String {
    let letters = Sha256::digest(subset);
    let tag: String = letters.iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect();
    format!("{tag}+{postscript_name}")
}

fn font_program(outlines: Outlines, program: &[u8]) -> lopdf::Stream {
    let dictionary = match outlines {
        Outlines::Cff => dictionary! { "Subtype" => "CIDFontType0C" },
        Outlines::TrueType => dictionary! { "Length1" => count(program.len()) },
    };
    deflated_stream(dictionary, program)
}

fn cid_font(
    name: &str,
    outlines: Outlines,
    descriptor: ObjectId,
    embedded: &EmbeddedFont,
) -> Dictionary {
    let mut dictionary = dictionary! {
        "Type" => "Font",
        "Subtype" => match outlines {
            Outlines::Cff => "CIDFontType0",
            Outlines::TrueType => "CIDFontType2",
        },
        "BaseFont" => Object::Name(name.as_bytes().to_vec()),
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"),
            "Ordering" => Object::string_literal("Identity"),
            "Supplement" => 0,
        },
        "FontDescriptor" => descriptor,
        "DW" => 0,
        "W" => widths(embedded),
    };
    if outlines == Outlines::TrueType {
        dictionary.set("CIDToGIDMap", "Identity");
    }
    dictionary
}

/// Codes are dense and in the order of the glyphs, so one list gives all widths.
fn widths(embedded: &EmbeddedFont) -> Object {
    let widths = embedded.glyphs.iter().flatten().map(|glyph| Object::Integer(glyph.width));
    Object::Array(vec![Object::Integer(0), Object::Array(widths.collect())])
}

fn descriptor(
    font: &Font,
    whole: &FontRef<'_>,
    name: &str,
    outlines: Outlines,
    program: ObjectId,
) -> Dictionary {
    let per_em = 1000.0 / units_per_em(whole);
    let metrics = whole.metrics(Size::unscaled(), LocationRef::default());
    let bounds = metrics.bounds.unwrap_or_default();
    let bounds = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max];
    let thousandths = |share: f64| Object::Integer((share * 1000.0).round() as i64);
    let mut dictionary = dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => Object::Name(name.as_bytes().to_vec()),
        "Flags" => flags(font, whole),
        "FontBBox" => bounds.map(|edge| {
            Object::Integer((f64::from(edge) * per_em).round() as i64)
        }).to_vec(),
        "ItalicAngle" => real(f64::from(metrics.italic_angle)),
        "Ascent" => thousandths(font.ascent),
        "Descent" => thousandths(-font.descent),
        "CapHeight" => thousandths(font.cap_height),
        "XHeight" => thousandths(font.x_height),
        "StemV" => stem_width(font.weight),
    };
    let key = match outlines {
        Outlines::Cff => "FontFile3",
        Outlines::TrueType => "FontFile2",
    };
    dictionary.set(key, program);
    dictionary
}

/// The flags of table 123. A font that is addressed by glyphs has a character set of its own.
fn flags(font: &Font, whole: &FontRef<'_>) -> i64 {
    const FIXED_PITCH: i64 = 1;
    const SERIF: i64 = 1 << 1;
    const SYMBOLIC: i64 = 1 << 2;
    const ITALIC: i64 = 1 << 6;
    let is_fixed = whole.post().is_ok_and(|post| post.is_fixed_pitch() != 0);
    let has_serifs = match whole.os2().map(|os2| os2.s_family_class() >> 8) {
        Ok(1..=5 | 7) => true,
        Ok(0) | Err(_) => font.family.contains("Serif") && !font.family.contains("Sans"),
        Ok(_) => false,
    };
    let flag = |is_set: bool, bit: i64| if is_set { bit } else { 0 };
    SYMBOLIC | flag(is_fixed, FIXED_PITCH) | flag(has_serifs, SERIF) | flag(font.italic, ITALIC)
}

/// The usual width of the stems at a weight. No font file says it outright, and viewers use it
/// only to find a substitute, which an embedded font never needs.
fn stem_width(weight: u16) -> i64 {
    const REGULAR: i64 = 85;
    (REGULAR + (i64::from(weight) - 400) * 22 / 100).clamp(20, 250)
}

/// The map from codes to texts (9.10.3), in blocks of the hundred entries that a block may have.
fn to_unicode(embedded: &EmbeddedFont) -> Vec<u8> {
    const ENTRIES_PER_BLOCK: usize = 100;
    let mapped: Vec<_> =
        embedded.glyphs.iter().flatten().filter(|glyph| !glyph.text.is_empty()).collect();
    let mut out = Vec::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    for block in mapped.chunks(ENTRIES_PER_BLOCK) {
        let mut start = String::new();
        let _ = writeln!(start, "{} beginbfchar", block.len());
        out.extend_from_slice(start.as_bytes());
        for glyph in block {
            out.push(b'<');
            write_hex(&mut out, glyph.code);
            out.extend_from_slice(b"> <");
            glyph.text.encode_utf16().for_each(|unit| write_hex(&mut out, unit));
            out.extend_from_slice(b">\n");
        }
        out.extend_from_slice(b"endbfchar\n");
    }
    out.extend_from_slice(b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    out
}
