//! Font files into faces that can be matched by family, weight and style.

use std::borrow::Cow;
use std::path::Path;

use crate::diagnostics::Sink;


/// A face in a [`FontBook`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(u16);

impl FontId {
    /// The place in the book.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A face.
#[derive(Clone, Debug)]
pub struct Font {
    /// The whole font file.
    pub data: Cow<'static, [u8]>,
    /// The face's number in a collection; 0 in a file of one face.
    pub index: u32,
    /// The typographic family (name 16, else 1).
    pub family: String,
    /// The name that PDF uses (name 6).
    pub postscript_name: String,
    /// 100 to 900.
    pub weight: u16,
    /// Whether it slants.
    pub italic: bool,
    /// Units of the em square.
    pub units_per_em: u16,
    /// Height of the ascenders above the baseline, as a share of the em.
    pub ascent: f64,
    /// Depth of the descenders below the baseline, positive, as a share of the em.
    pub descent: f64,
    /// Height of the capitals, as a share of the em.
    pub cap_height: f64,
    /// Height of the small letters, as a share of the em.
    pub x_height: f64,
}

/// What is asked of a face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FontQuery<'a> {
    /// The family, compared without regard to case.
    pub family: &'a str,
    /// 100 to 900; the nearest is taken (CSS Fonts 4, 5.2).
    pub weight: u16,
    /// Whether it should slant.
    pub italic: bool,
}

/// All faces: the bundled ones, then the manuscript's, then those of `--font-path`.
#[derive(Clone, Debug, Default)]
pub struct FontBook {
    fonts: Vec<Font>,
}

impl FontBook {
    /// The face of a handle.
    #[must_use]
    pub fn font(&self, id: FontId) -> &Font {
        &self.fonts[id.index()]
    }
}

impl FontBook {
    /// The bundled faces.
    #[must_use]
    pub fn bundled() -> Self {
        unimplemented!()
    }

    /// Adds all faces of the font files below a folder, in the order of their names.
    pub fn add_folder(&mut self, _folder: &Path, _sink: &Sink) {
        unimplemented!()
    }

    /// The face that answers a query best; none if no face is of the family.
    #[must_use]
    pub fn find(&self, _query: FontQuery<'_>) -> Option<FontId> {
        unimplemented!()
    }

    /// The first face, in the book's order, that has a glyph for the character, near the query in
    /// weight and style.
    #[must_use]
    pub fn fallback(&self, _character: char, _query: FontQuery<'_>) -> Option<FontId> {
        unimplemented!()
    }
}
