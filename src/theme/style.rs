//! How a piece of text is set.

use serde::Deserialize;

use crate::geometry::Pt;

/// The setting of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TextStyle {
    /// The face's family, by its use.
    pub family: Family,
    /// The face's weight.
    #[serde(default)]
    pub weight: Weight,
    /// Whether it slants.
    #[serde(default)]
    pub italic: bool,
    /// The size.
    pub size: Pt,
    /// From baseline to baseline.
    pub leading: Pt,
    /// The colour.
    #[serde(default)]
    pub color: ColorName,
    /// Space added after each character, as a share of the size.
    #[serde(default)]
    pub tracking: f64,
    /// Capitals.
    #[serde(default)]
    pub caps: Caps,
    /// Figures.
    #[serde(default)]
    pub figures: Figures,
    /// How lines fill the measure.
    #[serde(default)]
    pub align: Align,
    /// Whether words may be broken.
    #[serde(default)]
    pub hyphenate: bool,
    /// Whether all lines are to be about as long: for titles, which a short last line spoils.
    #[serde(default)]
    pub balance: bool,
}

/// A family by its use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// For reading.
    Serif,
    /// For titles.
    Display,
    /// For what is looked up.
    Sans,
    /// For code.
    Mono,
}

/// A colour by its use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColorName {
    /// Text.
    #[default]
    Ink,
    /// Less than text.
    Muted,
    /// The one colour.
    Accent,
}

/// A face's weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// 400
    #[default]
    Regular,
    /// 600
    Semibold,
    /// 700
    Bold,
}

impl Weight {
    /// The number that fonts use.
    #[must_use]
    pub fn value(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::Semibold => 600,
            Self::Bold => 700,
        }
    }
}

/// What becomes of small letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Caps {
    /// They stay.
    #[default]
    None,
    /// They are drawn as small capitals, where the face has them.
    Small,
    /// They are drawn as capitals; the text stays as it is written.
    All,
}

/// Which figures are drawn, where the face has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figures {
    /// As the face draws them.
    #[default]
    Default,
    /// Old-style and proportional: for prose.
    OldStyle,
    /// Lining and proportional: for titles.
    Lining,
    /// Lining and tabular: for what is compared.
    Tabular,
}

/// How lines fill the measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// Even on the left.
    #[default]
    Start,
    /// Even on both sides.
    Justify,
    /// In the middle.
    Center,
    /// Even on the right.
    End,
}
