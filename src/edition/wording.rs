//! Dates, names and amounts in the words of the document's language.

use std::ops::Range;

use crate::model::{Date, Language, Word, Words};

const NO_BREAK_SPACE: char = '\u{A0}';

/// A date as it is printed: "2 November 2026", "November 2026", "2026".
#[must_use]
pub fn format_date(words: &Words, date: Date) -> String {
    let year = date.year.to_string();
    let month = date.month.and_then(|month| {
        words.get(Word::Months).split_whitespace().nth(usize::from(month).checked_sub(1)?)
    });
    match (month, date.day) {
        (Some(month), Some(day)) => {
            let number = day.to_string();
            let day = if day == 1 { words.get(Word::FirstDay) } else { &number };
            fill(words.get(Word::Date), &[("day", day), ("month", month), ("year", &year)])
        }
        (Some(month), None) => {
            fill(words.get(Word::MonthAndYear), &[("month", month), ("year", &year)])
        }
        (None, _) => date.to_string(),
    }
}

/// A moment in RFC 3339 as it is printed, in the offset that it is given in:
/// "2 November 2026, 09:00 (+02:00)". As it stands, if it is none.
pub(super) fn format_moment(words: &Words, moment: &str) -> String {
    civil(words, moment).unwrap_or_else(|| moment.to_owned())
}

fn civil(words: &Words, moment: &str) -> Option<String> {
    let number = |range: Range<usize>| moment.get(range)?.parse::<u8>().ok();
    let date = Date {
        year: moment.get(0..4)?.parse().ok()?,
        month: Some(number(5..7)?),
        day: Some(number(8..10)?),
    };
    let (hour, minute) = (number(11..13)?, moment.get(14..16)?);
    let rest = moment.get(16..)?;
    let offset = rest.get(rest.find(['Z', 'z', '+', '-'])?..)?;
    let offset = match offset {
        "Z" | "z" | "+00:00" | "-00:00" => "UTC".to_owned(),
        _ => offset.replace('-', "\u{2212}"),
    };
    let half = if hour < 12 { "a.m." } else { "p.m." };
    Some(fill(
        words.get(Word::DateAndTime),
        &[
            ("date", &format_date(words, date)),
            ("hour", &hour.to_string()),
            ("hour-2", &format!("{hour:02}")),
            ("hour-12", &(((hour + 11) % 12) + 1).to_string()),
            ("minute", minute),
            ("half", half),
            ("offset", &offset),
        ],
    ))
}

/// Puts values where a pattern names them in braces.
fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let put =
        |text: String, (name, value): &(&str, &str)| text.replace(&format!("{{{name}}}"), value);
    values.iter().fold(pattern.to_owned(), put)
}

/// "By Ada, Ben and Cleo"
pub(super) fn byline(words: &Words, names: &[&str]) -> Option<String> {
    let (last, others) = names.split_last()?;
    let by = words.get(Word::By);
    if others.is_empty() {
        return Some(format!("{by} {last}"));
    }
    let and = if sounds_like_i(last) { Word::AndBeforeSameSound } else { Word::And };
    Some(format!("{by} {} {} {last}", others.join(", "), words.get(and)))
}

/// Whether a name begins as Spanish "y" sounds: Inés, Hilario; not Hierro, whose `i` glides.
fn sounds_like_i(name: &str) -> bool {
    let name = name.to_lowercase();
    let name = name.strip_prefix('h').unwrap_or(&name);
    let mut letters = name.chars();
    matches!(letters.next(), Some('i' | 'í')) && !matches!(letters.next(), Some('a' | 'e'))
}

/// "About" with a name: "À propos d’Air France".
pub(super) fn about(words: &Words, name: &str) -> String {
    let starts_with_vowel = name
        .to_lowercase()
        .starts_with(['a', 'e', 'i', 'o', 'u', 'à', 'â', 'é', 'è', 'ê', 'î', 'ô', 'œ']);
    let word = if starts_with_vowel { Word::AboutBeforeVowel } else { Word::About };
    let about = words.get(word);
    let space = if about.ends_with('’') { "" } else { " " };
    format!("{about}{space}{name}")
}

/// What follows a value: its unit, joined as the language joins it.
pub(super) fn unit_suffix(unit: &str, language: &Language) -> String {
    /// Where the pattern of per cent has a space (CLDR, `percentFormat`).
    const SPACED_PER_CENT: [&str; 18] = [
        "be", "cs", "da", "de", "es", "fi", "fr", "lt", "nb", "nn", "no", "ro", "ru", "sk", "sl",
        "sv", "hy", "lb",
    ];
    let unit = unit.trim();
    let is_joined = match unit {
        "°" | "′" | "″" => true,
        "%" | "‰" => !SPACED_PER_CENT.contains(&language.primary()),
        _ => unit.is_empty(),
    };
    if is_joined { unit.to_owned() } else { format!("{NO_BREAK_SPACE}{unit}") }
}
