//! The words that presskit itself puts on a page: headings, labels, the release line.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A word or phrase, whatever the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// "Press kit"
    PressKit,
    /// "Profile"
    Profile,
    /// "News release"
    NewsRelease,
    /// "Interview"
    Interview,
    /// "Article"
    Article,
    /// "Book"
    Book,
    /// "For immediate release"
    ForImmediateRelease,
    /// "Embargoed until"
    EmbargoedUntil,
    /// "At a glance"
    AtAGlance,
    /// "Fact sheet"
    FactSheet,
    /// "Timeline"
    Timeline,
    /// "Biography"
    Biography,
    /// "In brief": the shortest life.
    InBrief,
    /// "At medium length"
    AtMediumLength,
    /// "In full"
    InFull,
    /// "Quotes"
    Quotes,
    /// "Awards"
    Awards,
    /// "Coverage"
    Coverage,
    /// "Pictures"
    Pictures,
    /// "Video"
    Video,
    /// "Links"
    Links,
    /// "About": followed by the organisation's name.
    About,
    /// "About", before a name that begins with a vowel: "À propos d’".
    AboutBeforeVowel,
    /// "About", where no organisation is named.
    AboutAlone,
    /// "Media contact"
    MediaContact,
    /// "Use of this material"
    UseOfThisMaterial,
    /// "Notes"
    Notes,
    /// "Contents"
    Contents,
    /// "Cover"
    Cover,
    /// "Title page"
    TitlePage,
    /// "Imprint"
    Imprint,
    /// "By": before an author's name.
    By,
    /// "and": between the last two names of a list.
    And,
    /// "and", before a name that sounds as "and" does: Spanish "e" for "y".
    AndBeforeSameSound,
    /// "Credit"
    Credit,
    /// "Picture": the label of a box that stands for a picture that could not be had.
    Picture,
    /// "Back to the text": the name of a note's backlink.
    BackToText,
    /// "as of": before a fact's date.
    AsOf,
    /// The months as they stand in a date, January first, separated by spaces.
    Months,
    /// The day that begins a month, as it stands in a date: "1", French "1er".
    FirstDay,
    /// "{day} {month} {year}"
    Date,
    /// "{month} {year}"
    MonthAndYear,
    /// "{date}, {hour-2}:{minute} ({offset})": the hour as `{hour}`, with two digits as `{hour-2}`,
    /// or of the half day as `{hour-12}` with `{half}` ("a.m.").
    DateAndTime,
    /// "Note": an alert.
    Note,
    /// "Tip": an alert.
    Tip,
    /// "Important": an alert.
    Important,
    /// "Warning": an alert.
    Warning,
    /// "Caution": an alert.
    Caution,
    /// "Done": a task.
    Done,
    /// "To do": a task.
    ToDo,
    /// What ends the release: `###`.
    EndMark,
}

/// The words of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(BTreeMap<Word, String>);

impl Words {
    /// The word in this language; empty if the table lacks it, which the built-in ones never do.
    #[must_use]
    pub fn get(&self, word: Word) -> &str {
        self.0.get(&word).map_or("", String::as_str)
    }

    /// Puts the entries of another table over this one's.
    pub fn extend(&mut self, over: &Self) {
        self.0.extend(over.0.iter().map(|(word, text)| (*word, text.clone())));
    }
}
