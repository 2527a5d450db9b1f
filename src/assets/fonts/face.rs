//! A font file into the names, style and metrics of its faces.

use std::fmt;
use std::sync::OnceLock;

use skrifa::attribute::Style;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::Metrics;
use skrifa::raw::{FileRef, TableProvider};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use super::{Font, FontData};

/// Why a font file is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    /// It is packed for the web (WOFF or WOFF 2).
    Webfont,
    /// Its tables can't be read.
    Corrupt,
    /// It has a table directory and lacks what it takes to set text.
    Incomplete,
    /// It has no outlines: a bitmap font.
    NoOutlines,
    /// It forbids what every artifact does: to be embedded (OpenType, OS/2, fsType).
    MayNotBeEmbedded,
    /// It has more faces than a book has room for.
    TooManyFaces,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Webfont => "is a web font",
            Self::Corrupt => "is corrupt or not a font",
            Self::Incomplete => "lacks tables that it takes to set text",
            Self::NoOutlines => "has bitmaps and no outlines",
            Self::MayNotBeEmbedded => "forbids to be embedded",
            Self::TooManyFaces => "holds more faces than there is room for",
        })
    }
}

impl Unusable {
    /// What to do about it.
    pub(super) fn help(self) -> &'static str {
        match self {
            Self::Webfont => "convert it to OpenType (.otf or .ttf), or take the desktop files",
            Self::Corrupt | Self::Incomplete => "download it again, or remove it",
            Self::NoOutlines => "take a font with outlines, or remove it",
            Self::MayNotBeEmbedded => "ask its maker for a licence with embedding, or remove it",
            Self::TooManyFaces => "remove the files that are not used",
        }
    }
}

/// Reads all faces of a font file.
pub(super) fn read(data: &FontData) -> Result<Vec<Font>, Unusable> {
    if data.starts_with(b"wOFF") || data.starts_with(b"wOF2") {
        return Err(Unusable::Webfont);
    }
    let faces = match FileRef::new(data).map_err(|_| Unusable::Corrupt)? {
        FileRef::Font(_) => 1,
        FileRef::Collection(collection) => collection.len(),
    };
    if faces as usize > super::FontBook::MOST_FACES {
        return Err(Unusable::TooManyFaces);
    }
    (0..faces).map(|index| read_face(data, index)).collect()
}

fn read_face(data: &FontData, index: u32) -> Result<Font, Unusable> {
    let font = FontRef::from_index(data, index).map_err(|_| Unusable::Corrupt)?;
    check(&font)?;
    let metrics = Metrics::new(&font, Size::unscaled(), LocationRef::default());
    let attributes = font.attributes();
    let em = f64::from(metrics.units_per_em);
    let family = name(&font, StringId::TYPOGRAPHIC_FAMILY_NAME)
        .or_else(|| name(&font, StringId::FAMILY_NAME))
        .ok_or(Unusable::Incomplete)?;
    let ascent = f64::from(metrics.ascent) / em;
    let height = |stated: Option<f32>, letter, share: f64| {
        let stated = stated.filter(|height| *height > 0.0);
        stated.or_else(|| top(&font, letter)).map_or(ascent * share, |top| f64::from(top) / em)
    };
    Ok(Font {
        data: data.clone(),
        index,
        postscript_name: postscript_name(&font, &family),
        weight: (attributes.weight.value() as u16).clamp(100, 900),
        italic: attributes.style != Style::Normal,
        units_per_em: metrics.units_per_em,
        ascent,
        descent: f64::from(-metrics.descent) / em,
        cap_height: height(metrics.cap_height, 'H', 0.7),
        x_height: height(metrics.x_height, 'x', 0.5),
        family,
        coverage: OnceLock::new(),
    })
}

/// Whether text can be set in a face and the face embedded.
fn check(font: &FontRef<'_>) -> Result<(), Unusable> {
    /// Restricted licence: the only permission bit that is set.
    const RESTRICTED: u16 = 0x0002;
    const PERMISSIONS: u16 = 0x000F;
    const BITMAPS_ONLY: u16 = 0x0200;
    let em = font.head().map_err(|_| Unusable::Incomplete)?.units_per_em();
    let is_complete = font.hhea().is_ok() && font.hmtx().is_ok() && font.maxp().is_ok();
    if !is_complete || !font.charmap().has_map() || !(16..=16384).contains(&em) {
        return Err(Unusable::Incomplete);
    }
    if font.outline_glyphs().format().is_none() {
        return Err(Unusable::NoOutlines);
    }
    let fs_type = font.os2().map_or(0, |os2| os2.fs_type());
    if fs_type & PERMISSIONS == RESTRICTED || fs_type & BITMAPS_ONLY != 0 {
        return Err(Unusable::MayNotBeEmbedded);
    }
    Ok(())
}

fn name(font: &FontRef<'_>, id: StringId) -> Option<String> {
    /// No name on a page or in a PDF is longer; a corrupt one could be.
    const LONGEST: usize = 200;
    let name = font.localized_strings(id).english_or_first()?;
    let name: String = name.chars().filter(|char| !char.is_control()).take(LONGEST).collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Name 6, else the family; without what a PostScript name can't hold (OpenType, name 6).
fn postscript_name(font: &FontRef<'_>, family: &str) -> String {
    let is_allowed = |char: &char| char.is_ascii_graphic() && !"[](){}<>/%".contains(*char);
    let clean = |name: &str| name.chars().filter(is_allowed).take(63).collect::<String>();
    name(font, StringId::POSTSCRIPT_NAME)
        .map(|name| clean(&name))
        .filter(|name| !name.is_empty())
        .or_else(|| Some(clean(family)).filter(|name| !name.is_empty()))
        .unwrap_or_else(|| "Unnamed".to_owned())
}

/// The height of a letter above the baseline, in font units.
fn top(font: &FontRef<'_>, letter: char) -> Option<f32> {
    let glyph = font.charmap().map(letter)?;
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    metrics.bounds(glyph).map(|bounds| bounds.y_max).filter(|top| *top > 0.0)
}
