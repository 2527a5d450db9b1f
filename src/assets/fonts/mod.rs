//! Font files into faces that can be matched by family, weight and style.
//!
//! 1. `face` reads a file's tables into [`Font`]s.
//! 2. `folder` finds the files below a folder and reports those that are of no use.
//! 3. `coverage` knows which characters a face can draw.
//! 4. [`FontBook`] holds all faces in a fixed order and answers queries.

mod coverage;
mod face;
mod folder;

use std::fmt;
use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use self::coverage::Coverage;
use crate::diagnostics::Sink;

/// A face in a [`FontBook`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(u16);

impl FontId {
    /// The place in the book.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The bytes of a font file, shared by all faces of a collection.
#[derive(Clone)]
pub enum FontData {
    /// A file that is part of the program.
    Bundled(&'static [u8]),
    /// A file that was read.
    Read(Arc<[u8]>),
}

impl Deref for FontData {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Bundled(bytes) => bytes,
            Self::Read(bytes) => bytes,
        }
    }
}

impl AsRef<[u8]> for FontData {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl fmt::Debug for FontData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

/// A face.
#[derive(Clone, Debug)]
pub struct Font {
    /// The whole font file.
    pub data: FontData,
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
    /// Which characters it has; read when it is first asked for.
    coverage: OnceLock<Coverage>,
}

impl Font {
    /// Whether the face has a glyph for a character (not `.notdef`).
    #[must_use]
    pub fn has_glyph(&self, character: char) -> bool {
        self.coverage.get_or_init(|| Coverage::read(&self.data, self.index)).contains(character)
    }

    /// How far a character's ink reaches below the baseline, as a share of the em; 0 for one that
    /// stands on it, or that the face lacks.
    #[must_use]
    pub fn depth(&self, character: char) -> f64 {
        coverage::lowest(&self.data, self.index, character)
            .map_or(0.0, |lowest| (-lowest / f64::from(self.units_per_em.max(1))).max(0.0))
    }

    /// How far the face is from a query, to be compared: the slant weighs more than the weight.
    fn distance(&self, query: FontQuery<'_>) -> impl Ord + use<> {
        (self.italic != query.italic, weight_distance(query.weight, self.weight))
    }
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

/// Names a file of `fonts/` and takes in its bytes.
macro_rules! bundled {
    ($($file:literal),* $(,)?) => {
        [$(include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/", $file)).as_slice()),*]
    };
}

/// The files of `fonts/`, in the order in which fallback tries them.
const BUNDLED: [&[u8]; 11] = bundled![
    "source-serif/SourceSerif4-Regular.otf",
    "source-serif/SourceSerif4-It.otf",
    "source-serif/SourceSerif4-Bold.otf",
    "source-serif/SourceSerif4-BoldIt.otf",
    "source-serif/SourceSerif4Display-Semibold.otf",
    "source-serif/SourceSerif4Display-It.otf",
    "source-sans/SourceSans3-Regular.otf",
    "source-sans/SourceSans3-It.otf",
    "source-sans/SourceSans3-Semibold.otf",
    "source-sans/SourceSans3-Bold.otf",
    "source-code-pro/SourceCodePro-Regular.otf",
];

impl FontBook {
    /// The most faces that a book holds: more than any family or collection needs.
    const MOST_FACES: usize = 4096;

    /// The bundled faces.
    #[must_use]
    pub fn bundled() -> Self {
        let faces = |file| face::read(&FontData::Bundled(file)).unwrap_or_default();
        Self { fonts: BUNDLED.into_iter().flat_map(faces).collect() }
    }

    /// Adds all faces of the font files below a folder that the user named, in the order of
    /// their paths. Symbolic links are followed. A folder that is not there adds nothing.
    pub fn add_folder(&mut self, folder: &Path, sink: &Sink) {
        self.add_files(folder::font_files(folder, None, sink), sink);
    }

    /// Adds all faces of the font files below a folder that a manuscript brings along. A link
    /// that leads out of `root` is reported and not followed.
    pub fn add_folder_within(&mut self, folder: &Path, root: &Path, sink: &Sink) {
        self.add_files(folder::font_files(folder, Some(root), sink), sink);
    }

    fn add_files(&mut self, files: Vec<folder::FontFile>, sink: &Sink) {
        for file in files {
            let room = Self::MOST_FACES.saturating_sub(self.fonts.len());
            match face::read(&FontData::Read(file.bytes)) {
                Ok(faces) if faces.len() <= room => self.fonts.extend(faces),
                Ok(_) => folder::report(&file.path, face::Unusable::TooManyFaces, sink),
                Err(unusable) => folder::report(&file.path, unusable, sink),
            }
        }
    }

    /// The number of faces.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fonts.len()
    }

    /// Whether there are no faces.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fonts.is_empty()
    }

    /// All faces with their handles, in the book's order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (FontId, &Font)> {
        self.fonts
            .iter()
            .enumerate()
            .map(|(index, font)| (FontId(u16::try_from(index).unwrap_or(u16::MAX)), font))
    }

    /// The face of a handle.
    #[must_use]
    pub fn font(&self, id: FontId) -> &Font {
        &self.fonts[id.index()]
    }

    /// The face that answers a query best; none if no face is of the family. Of faces that
    /// answer it equally well it is the first.
    #[must_use]
    pub fn find(&self, query: FontQuery<'_>) -> Option<FontId> {
        self.iter()
            .filter(|(_, font)| same_family(&font.family, query.family))
            .min_by_key(|(_, font)| font.distance(query))
            .map(|(id, _)| id)
    }

    /// The face that draws a character which the queried face lacks: of the queried family, else
    /// of the first family in the book's order that has a glyph for it, the face nearest to the
    /// query in weight and style.
    #[must_use]
    pub fn fallback(&self, character: char, query: FontQuery<'_>) -> Option<FontId> {
        self.fallback_except(character, query, &[])
    }

    /// As [`Self::fallback`], leaving out faces that were tried already.
    pub(super) fn fallback_except(
        &self,
        character: char,
        query: FontQuery<'_>,
        tried: &[FontId],
    ) -> Option<FontId> {
        let able = |(id, font): &(FontId, &Font)| !tried.contains(id) && font.has_glyph(character);
        let (_, first) = self
            .iter()
            .filter(able)
            .min_by_key(|(id, font)| (!same_family(&font.family, query.family), *id))?;
        self.iter()
            .filter(|(_, font)| same_family(&font.family, &first.family))
            .filter(able)
            .min_by_key(|(_, font)| font.distance(query))
            .map(|(id, _)| id)
    }
}

/// Family names are the same whatever their case (CSS Fonts 4, 5.1).
fn same_family(a: &str, b: &str) -> bool {
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// How well a weight answers another, to be compared (CSS Fonts 4, 5.2, step 4): the group in
/// which it is searched for, then the distance in that group.
fn weight_distance(wanted: u16, weight: u16) -> (u8, u16) {
    let distance = weight.abs_diff(wanted);
    let group = match (wanted, weight) {
        _ if weight == wanted => 0,
        (400..=500, _) if weight > wanted && weight <= 500 => 1,
        (..=500, _) if weight < wanted => 2,
        (501.., _) if weight > wanted => 2,
        _ => 3,
    };
    (group, distance)
}

#[cfg(test)]
mod tests;
