//! How languages set quotes, percent signs and the space before high punctuation.
//!
//! A new language is a new line of [`TABLE`].

use crate::model::Language;

/// What stands before `;`, `:`, `!` and `?`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum HighPunctuation {
    /// Nothing that was not written.
    Tight,
    /// A space where one was written, made one that does not break.
    Kept,
    /// A space that does not break, written or not.
    Spaced,
}

/// The conventions of one language.
#[derive(Debug)]
pub(in super::super) struct Conventions {
    /// The language's tag, or its first subtag.
    tag: &'static str,
    /// Opens and closes a quotation.
    pub double: (&'static str, &'static str),
    /// Opens and closes a quotation within one.
    pub single: (&'static str, &'static str),
    /// What stands between a number and its percent sign.
    pub percent_space: &'static str,
    /// What stands before high punctuation.
    pub high_punctuation: HighPunctuation,
}

const THIN: &str = "\u{202F}";
const CURLY: (&str, &str) = ("“", "”");
const CURLY_SINGLE: (&str, &str) = ("‘", "’");
const LOW: (&str, &str) = ("„", "“");
const LOW_SINGLE: (&str, &str) = ("‚", "‘");
const ANGLE: (&str, &str) = ("«", "»");
const ANGLE_SPACED: (&str, &str) = ("«\u{202F}", "\u{202F}»");

const fn plain(
    tag: &'static str,
    double: (&'static str, &'static str),
    single: (&'static str, &'static str),
    percent_space: &'static str,
) -> Conventions {
    Conventions { tag, double, single, percent_space, high_punctuation: HighPunctuation::Tight }
}

const fn french(tag: &'static str, high_punctuation: HighPunctuation) -> Conventions {
    Conventions { tag, double: ANGLE_SPACED, single: CURLY, percent_space: THIN, high_punctuation }
}

/// The languages; the first is also that of all others. Spanish quotes as the Academy does, with
/// angles outside and curls within.
const TABLE: &[Conventions] = &[
    plain("en", CURLY, CURLY_SINGLE, ""),
    plain("bg", LOW, CURLY_SINGLE, THIN),
    plain("ca", ANGLE, CURLY, THIN),
    plain("cs", LOW, LOW_SINGLE, THIN),
    plain("da", CURLY, CURLY_SINGLE, THIN),
    plain("de", LOW, LOW_SINGLE, THIN),
    plain("de-CH", ANGLE, ("‹", "›"), THIN),
    plain("de-LI", ANGLE, ("‹", "›"), THIN),
    plain("el", ANGLE, CURLY, ""),
    plain("es", ANGLE, CURLY, THIN),
    plain("et", LOW, LOW_SINGLE, ""),
    plain("fi", ("”", "”"), ("’", "’"), THIN),
    french("fr", HighPunctuation::Spaced),
    french("fr-CA", HighPunctuation::Kept),
    french("fr-CH", HighPunctuation::Kept),
    plain("hr", ("„", "”"), CURLY_SINGLE, THIN),
    plain("hu", ("„", "”"), ("»", "«"), ""),
    plain("is", LOW, LOW_SINGLE, ""),
    plain("it", ANGLE, CURLY, ""),
    plain("lt", LOW, LOW_SINGLE, THIN),
    plain("lv", CURLY, CURLY_SINGLE, THIN),
    plain("nb", ANGLE, CURLY_SINGLE, THIN),
    plain("nn", ANGLE, CURLY_SINGLE, THIN),
    plain("no", ANGLE, CURLY_SINGLE, THIN),
    plain("pl", ("„", "”"), ANGLE, ""),
    plain("pt", CURLY, CURLY_SINGLE, ""),
    plain("pt-PT", ANGLE, CURLY, ""),
    plain("ro", ("„", "”"), ANGLE, ""),
    plain("ru", ANGLE, LOW, THIN),
    plain("sk", LOW, LOW_SINGLE, THIN),
    plain("sl", LOW, LOW_SINGLE, THIN),
    plain("sv", ("”", "”"), ("’", "’"), THIN),
    plain("uk", ANGLE, LOW, THIN),
];

/// The conventions of a language: its own, its primary language's, or English ones.
pub(in super::super) fn of(language: &Language) -> &'static Conventions {
    let find = |tag: &str| TABLE.iter().find(|row| row.tag == tag);
    find(language.as_str()).or_else(|| find(language.primary())).unwrap_or(&TABLE[0])
}
