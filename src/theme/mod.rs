//! How things look: sizes, measures, faces and colours, read from YAML into types.
//!
//! The built-in themes are YAML files too; a theme file names the theme that it `extends` and
//! gives what differs. All lengths are points.

mod load;
mod style;
mod tree;
mod words;

pub use style::{Align, Caps, ColorName, Family, Figures, TextStyle, Weight};

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diagnostics::{Failed, Sink};
use crate::edition::Role;
use crate::geometry::{Pt, Size};
use crate::model::{Language, Paper, Words};
use crate::page::Color;

/// A look.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// The page on each paper.
    pub pages: Pages,
    /// The distance of the baselines, which all vertical space is a multiple of.
    pub grid: Pt,
    /// The families by their use.
    pub families: Families,
    /// The colours.
    pub colors: Colors,
    /// The settings of text.
    pub text: TextStyles,
    /// How many lines the story's first letter is high; 1 for none.
    pub drop_cap: usize,
    /// Sections that stand in the side column.
    pub side: Vec<Role>,
    /// Words that replace the built-in ones, by language.
    #[serde(default)]
    pub words: BTreeMap<String, Words>,
}

/// The page on each paper.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Pages {
    /// A4
    pub a4: PageStyle,
    /// US Letter
    pub letter: PageStyle,
}

/// The measures of a page.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PageStyle {
    /// The sheet.
    pub size: Size,
    /// From the sheet's top to the text's.
    pub top: Pt,
    /// From the sheet's bottom to the text's.
    pub bottom: Pt,
    /// From the sheet's left edge to the text's.
    pub left: Pt,
    /// From the sheet's right edge to the side column's.
    pub right: Pt,
    /// The width of the text.
    pub measure: Pt,
    /// The width of the side column.
    pub side: Pt,
    /// From the sheet's top to the running head's baseline.
    pub head_baseline: Pt,
    /// From the sheet's bottom to the foot's baseline.
    pub foot_baseline: Pt,
    /// The height of the picture that bleeds at the top of the first page.
    pub cover_height: Pt,
}

/// Families by their use.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Families {
    /// For reading.
    pub serif: String,
    /// For titles.
    pub display: String,
    /// For what is looked up.
    pub sans: String,
    /// For code.
    pub mono: String,
}

/// Colours by their use.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Colors {
    /// Text.
    pub ink: HexColor,
    /// What is less than text: credits, notes, running heads.
    pub muted: HexColor,
    /// The one colour.
    pub accent: HexColor,
    /// Below boxes.
    pub tint: HexColor,
    /// Hairlines.
    pub rule: HexColor,
}

/// A colour as the theme file spells it: `"#9B2D1F"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct HexColor(pub Color);

impl TryFrom<String> for HexColor {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let fault = || format!("`{text}` is not a colour; write it as \"#RRGGBB\"");
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or_else(fault)?;
        let value = u32::from_str_radix(digits, 16).map_err(|_| fault())?;
        let [_, red, green, blue] = value.to_be_bytes();
        Ok(Self(Color::rgb(red, green, blue)))
    }
}

impl From<HexColor> for String {
    fn from(HexColor(color): HexColor) -> Self {
        format!("#{:02X}{:02X}{:02X}", color.red, color.green, color.blue)
    }
}

/// The settings of all text, by its use.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TextStyles {
    /// Paragraphs.
    pub body: TextStyle,
    /// The title of the first page.
    pub title: TextStyle,
    /// The sentence under it.
    pub deck: TextStyle,
    /// Headings of sections.
    pub heading1: TextStyle,
    /// Headings of the second level.
    pub heading2: TextStyle,
    /// Headings of the third level and below.
    pub heading3: TextStyle,
    /// Questions of an interview.
    pub question: TextStyle,
    /// Their numbers.
    pub question_number: TextStyle,
    /// Labels: the kind line, the heading of a box.
    pub label: TextStyle,
    /// The running head and foot.
    pub running: TextStyle,
    /// The folio.
    pub folio: TextStyle,
    /// The organisation's name on the first page.
    pub organization: TextStyle,
    /// Captions.
    pub caption: TextStyle,
    /// Credits.
    pub credit: TextStyle,
    /// The words of a pull quote.
    pub pull_quote: TextStyle,
    /// Whose words they are.
    pub pull_quote_by: TextStyle,
    /// The values of the fact box.
    pub fact_value: TextStyle,
    /// What is said beside them, and the text of boxes and tables.
    pub small: TextStyle,
    /// The heads of tables and rows.
    pub small_strong: TextStyle,
    /// Block quotations.
    pub quote: TextStyle,
    /// Code.
    pub code: TextStyle,
    /// Notes.
    pub note: TextStyle,
}

impl Theme {
    /// The page on a paper.
    #[must_use]
    pub fn page(&self, paper: Paper) -> PageStyle {
        match paper {
            Paper::A4 => self.pages.a4,
            Paper::Letter => self.pages.letter,
        }
    }

    /// The name of the theme that is taken where none is asked for.
    pub const DEFAULT: &str = load::DEFAULT;

    /// Larger files are no themes, in bytes.
    pub const MAX_SIZE: u64 = load::MAX_SIZE;

    /// The names of the built-in themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        load::names()
    }

    /// A built-in theme by its name (`feature`), or the theme file at a path that the user names.
    ///
    /// A path that a manuscript names is read through its [`Root`](crate::sandbox::Root), and its
    /// text handed to [`Theme::from_yaml`].
    ///
    /// # Errors
    /// There is no such theme, or its file is not a theme; reported, with every place.
    pub fn load(name_or_path: &str, sink: &Sink) -> Result<Self, Failed> {
        load::load(name_or_path, sink)
    }

    /// A theme from the text of its file: what it gives, laid over the built-in theme that it
    /// `extends` (else [`Theme::DEFAULT`]). Mappings are merged, lists replaced. `path` names the
    /// file in diagnostics.
    ///
    /// # Errors
    /// The text is not a theme; reported, with every place.
    pub fn from_yaml(path: &Path, text: &str, sink: &Sink) -> Result<Self, Failed> {
        load::read(path, text, sink)
    }

    /// The words of a language: the theme's over the built-in ones; English for languages that
    /// neither has.
    #[must_use]
    pub fn words(&self, language: &Language) -> Words {
        words::words(&self.words, language)
    }
}

#[cfg(test)]
mod tests;
