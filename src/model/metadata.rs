//! What a manuscript is, who made it, how it is catalogued and released.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{Inline, Picture, Word};

/// Everything of the front matter that describes the whole.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Metadata {
    /// The title; never empty.
    pub title: String,
    /// The second title.
    pub subtitle: Option<String>,
    /// The sentence under the title; may hold emphasis.
    pub headline: Vec<Inline>,
    /// What it says, in a paragraph; may hold emphasis.
    pub summary: Vec<Inline>,
    /// What it is, for catalogues.
    pub description: Option<String>,
    /// What kind of text it is.
    pub kind: Kind,
    /// The name of its files.
    pub slug: String,
    /// Its language.
    pub language: Language,
    /// Which way it is read.
    pub direction: Direction,
    /// The day it is of.
    pub date: Option<Date>,
    /// When it was last changed: `modified:`, `SOURCE_DATE_EPOCH`, or `date:`.
    pub modified: DateTime,
    /// The version, as given.
    pub version: Option<String>,
    /// Who wrote it.
    pub authors: Vec<Agent>,
    /// Who else had a hand in it.
    pub contributors: Vec<Agent>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Whom it is about or for.
    pub organization: Option<String>,
    /// A given identifier: an ISBN, a DOI, a URN.
    pub identifier: Option<String>,
    /// Subjects, as catalogues name them.
    pub subjects: Vec<String>,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// Whose rights they are.
    pub rights: Option<String>,
    /// On which terms it may be used.
    pub license: Option<String>,
    /// The series it belongs to.
    pub collection: Option<Collection>,
    /// The place that opens the first line.
    pub dateline: Option<String>,
    /// When it may be published.
    pub release: Release,
    /// For whom it is, where not for everyone.
    pub audience: Option<String>,
    /// The picture of the cover.
    pub cover: Option<Picture>,
    /// The theme that the manuscript asks for.
    pub theme: Option<String>,
    /// The paper that the manuscript asks for.
    pub paper: Option<Paper>,
    /// Whether the book lists the pages of the press kit.
    pub page_list: bool,
    /// The artifacts that the manuscript asks for; all where empty.
    pub editions: Vec<EditionEntry>,
    /// Variants of the artifacts.
    pub variants: Vec<Variant>,
}

impl Default for Metadata {
    fn default() -> Self {
        Self {
            title: String::new(),
            subtitle: None,
            headline: Vec::new(),
            summary: Vec::new(),
            description: None,
            kind: Kind::default(),
            slug: String::new(),
            language: Language::default(),
            direction: Direction::default(),
            date: None,
            modified: DateTime::FALLBACK,
            version: None,
            authors: Vec::new(),
            contributors: Vec::new(),
            publisher: None,
            organization: None,
            identifier: None,
            subjects: Vec::new(),
            keywords: Vec::new(),
            rights: None,
            license: None,
            collection: None,
            dateline: None,
            release: Release::default(),
            audience: None,
            cover: None,
            theme: None,
            paper: None,
            page_list: true,
            editions: Vec::new(),
            variants: Vec::new(),
        }
    }
}

/// What kind of text a manuscript is; it names the kind line of the first page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A portrait of a person or an organisation.
    #[default]
    Profile,
    /// A news release.
    Release,
    /// A conversation.
    Interview,
    /// An article.
    Article,
    /// A book.
    Book,
}

impl Kind {
    /// The word that names the kind to the reader.
    #[must_use]
    pub fn word(self) -> Word {
        match self {
            Self::Profile => Word::Profile,
            Self::Release => Word::NewsRelease,
            Self::Interview => Word::Interview,
            Self::Article => Word::Article,
            Self::Book => Word::Book,
        }
    }
}

/// A language, as a BCP 47 tag in its usual case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Language(String);

impl Language {
    /// A language from its tag, if it is one (BCP 47, section 2.1).
    ///
    /// ```
    /// use presskit::model::Language;
    /// assert_eq!(Language::parse("EN-gb").unwrap().as_str(), "en-GB");
    /// assert!(Language::parse("en GB").is_none());
    /// ```
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let tag = oxilangtag::LanguageTag::parse_and_normalize(tag).ok()?;
        Some(Self(tag.into_inner()))
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first subtag: `en` of `en-GB`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// The direction that the language is usually written in.
    #[must_use]
    pub fn direction(&self) -> Direction {
        const RIGHT_TO_LEFT: [&str; 10] =
            ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur"];
        const RIGHT_TO_LEFT_SCRIPTS: [&str; 6] = ["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"];
        let script = self.0.split('-').skip(1).find(|part| part.len() == 4);
        let is_right_to_left = match script {
            Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script),
            None => RIGHT_TO_LEFT.contains(&self.primary()) || self.primary() == "yi",
        };
        if is_right_to_left { Direction::RightToLeft } else { Direction::LeftToRight }
    }
}

impl Default for Language {
    fn default() -> Self {
        Self("en".to_owned())
    }
}

/// Which way lines are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// As Latin script is.
    #[default]
    LeftToRight,
    /// As Arabic and Hebrew script are.
    RightToLeft,
}

/// A day, a month or a year (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year of the common era.
    pub year: i16,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31; only with a month.
    pub day: Option<u8>,
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A moment, to the second, in Coordinated Universal Time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime(jiff::Timestamp);

impl DateTime {
    /// 1980-01-01T00:00:00Z: what stands in where nothing is given, and ZIP's earliest date.
    pub const FALLBACK: Self = Self(jiff::Timestamp::constant(315_532_800, 0));

    /// A moment from the seconds since 1970-01-01T00:00:00Z, if it lies within the years that
    /// outputs can hold: 1980 to 2107.
    #[must_use]
    pub fn from_unix(seconds: i64) -> Option<Self> {
        const ZIP_YEARS: std::ops::Range<i64> = 315_532_800..4_354_819_200;
        if !ZIP_YEARS.contains(&seconds) {
            return None;
        }
        jiff::Timestamp::from_second(seconds).ok().map(Self)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn unix(self) -> i64 {
        self.0.as_second()
    }

    /// Year, month, day, hour, minute and second.
    #[must_use]
    pub fn parts(self) -> (i16, u8, u8, u8, u8, u8) {
        let civil = jiff::tz::TimeZone::UTC.to_datetime(self.0);
        let part = i8::unsigned_abs;
        (
            civil.year(),
            part(civil.month()),
            part(civil.day()),
            part(civil.hour()),
            part(civil.minute()),
            part(civil.second()),
        )
    }
}

impl fmt::Display for DateTime {
    /// As EPUB's `dcterms:modified` wants it: `2026-11-02T09:00:00Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day, hour, minute, second) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Somebody who had a hand in a work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Agent {
    /// The name, as it is printed.
    pub name: String,
    /// The role, as a MARC relator code or in words.
    pub role: Option<String>,
    /// The name as catalogues sort it.
    pub file_as: Option<String>,
}

/// A series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Collection {
    /// Its name.
    pub name: String,
    /// The place in it, as printed (`3`, `2.5`).
    pub position: Option<String>,
}

/// When a text may be published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Release {
    /// Nothing is said.
    #[default]
    Unstated,
    /// At once.
    Immediate,
    /// Not before a time.
    Embargoed {
        /// The time in RFC 3339, as given, with its offset.
        until: String,
        /// What else is said of it.
        note: Option<String>,
    },
}

/// The size of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// 210 × 297 mm (ISO 216).
    A4,
    /// 8.5 × 11 in.
    Letter,
}

/// An artifact that a manuscript asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditionEntry {
    /// The press kit.
    PressKit,
    /// The profile.
    Profile,
}

/// A variant of the artifacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Variant {
    /// The name, which becomes part of the file names.
    pub name: String,
    /// The audience that the variant is for.
    pub audience: Option<String>,
    /// Its paper.
    pub paper: Option<Paper>,
    /// Its theme.
    pub theme: Option<String>,
}
