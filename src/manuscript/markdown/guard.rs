//! A text into one that the parser reads as its author meant it.
//!
//! Some characters are hidden from the parser behind a mask of the same length, so that no place
//! shifts, and put back into whatever it makes of them: list and quote marks nested beyond any
//! sense (a later lazy line costs time in proportion to the depth), dollar signs of prices, and
//! braces that end a heading without being attributes.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

/// Stands for a hidden character: a control character that no Markdown rule knows.
const MASK: char = '\u{1A}';

/// How many list and quote marks a line may open with.
const MAX_MARKS: usize = 200;

/// How far, in bytes, a line may be indented before a list or quote mark.
const MAX_INDENT: usize = 1000;

/// How often rejected formulas are hidden and the rest is looked at again; each time at least
/// half of the dollar signs in a row of prices are settled.
const MAX_ROUNDS: usize = 32;

/// A text as it was written, and as the parser is to see it.
pub(super) struct Guarded<'a> {
    written: &'a str,
    masked: Cow<'a, str>,
    places: BTreeSet<usize>,
}

impl<'a> Guarded<'a> {
    pub(super) fn new(written: &'a str, options: Options) -> Self {
        let mut places: BTreeSet<usize> = written.match_indices(MASK).map(|(at, _)| at).collect();
        for (start, line, next) in lines(written) {
            places.extend(excess_mark(line).map(|at| start + at));
            places.extend(stray_brace(line, next).map(|at| start + at));
        }
        let mut guarded = Self { written, masked: Cow::Borrowed(written), places };
        guarded.apply();
        guarded.hide_prices(options);
        guarded
    }

    /// The text that the parser is to see.
    pub(super) fn masked(&self) -> &str {
        &self.masked
    }

    /// The text that was written.
    pub(super) fn written(&self) -> &'a str {
        self.written
    }

    /// Puts the hidden characters back into a text that the parser made of a stretch.
    pub(super) fn restore<'t>(&self, text: &'t str, range: &Range<usize>) -> Cow<'t, str> {
        if self.places.is_empty() || !text.contains(MASK) {
            return Cow::Borrowed(text);
        }
        let mut hidden = self.places.range(range.clone()).map(|at| self.written.as_bytes()[*at]);
        let restored = text.chars().map(|found| match found {
            MASK => hidden.next().map_or(MASK, char::from),
            other => other,
        });
        Cow::Owned(restored.collect())
    }

    fn apply(&mut self) {
        if self.places.is_empty() {
            return;
        }
        let mut masked = String::with_capacity(self.written.len());
        let mut done = 0;
        for at in &self.places {
            masked.push_str(&self.written[done..*at]);
            masked.push(MASK);
            done = at + 1;
        }
        masked.push_str(&self.written[done..]);
        self.masked = Cow::Owned(masked);
    }

    /// Hides the dollar signs of what the parser takes for a formula and a reader for two prices.
    fn hide_prices(&mut self, options: Options) {
        if !self.written.contains('$') {
            return;
        }
        for _ in 0..MAX_ROUNDS {
            let events = Parser::new_ext(&self.masked, options).into_offset_iter();
            let rejected: Vec<usize> = events
                .filter(|(event, range)| {
                    matches!(event, Event::InlineMath(_)) && !self.stands_alone(range)
                })
                .map(|(_, range)| range.start)
                .collect();
            if rejected.is_empty() {
                return;
            }
            self.places.extend(rejected);
            self.apply();
        }
    }

    /// Whether no letter or digit touches a formula from outside, which is how forges tell
    /// "US$5 or US$6" from one.
    fn stands_alone(&self, range: &Range<usize>) -> bool {
        let before = self.written[..range.start].chars().next_back();
        let after = self.written[range.end..].chars().next();
        !before.into_iter().chain(after).any(char::is_alphanumeric)
    }
}

/// The lines of a text with their first bytes, each with the line after it.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    let mut start = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    std::iter::from_fn(move || {
        let line = lines.next()?;
        let at = start;
        start += line.len();
        Some((at, line, lines.peek().copied().unwrap_or_default()))
    })
}

/// The first list or quote mark of a line that is nested too deep.
fn excess_mark(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut at = 0;
    let mut marks = 0;
    loop {
        let indent = bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        at += indent;
        let length = mark_length(&bytes[at..])?;
        marks += 1;
        if marks > MAX_MARKS || indent > MAX_INDENT {
            return Some(at);
        }
        at += length;
    }
}

/// The length of the list or quote mark that some bytes begin with (`CommonMark` 5.1, 5.2).
fn mark_length(bytes: &[u8]) -> Option<usize> {
    let digits = bytes.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    let length = digits + 1;
    let ends = || bytes.get(length).is_none_or(u8::is_ascii_whitespace);
    match bytes.get(digits)? {
        b'>' if digits == 0 => Some(length),
        b'-' | b'+' | b'*' | b':' if digits == 0 && ends() => Some(length),
        b'.' | b')' if digits > 0 && ends() => Some(length),
        _ => None,
    }
}

/// The brace that ends a heading, where what it closes is no list of attributes: the parser would
/// drop `{name}` from "Dear {name}".
fn stray_brace(line: &str, next: &str) -> Option<usize> {
    let content = line.trim_end();
    let inner = content.strip_suffix('}')?;
    let bare = |line: &str| line.trim_matches([' ', '\t', '>', '\r', '\n']).to_owned();
    let underline = bare(next);
    let is_underline =
        |mark: char| !underline.is_empty() && underline.trim_end_matches(mark).is_empty();
    if !bare(line).contains('#') && !is_underline('=') && !is_underline('-') {
        return None;
    }
    let (_, attributes) = inner.rsplit_once('{')?;
    (!attributes.split_ascii_whitespace().all(is_attribute) || attributes.trim().is_empty())
        .then_some(content.len() - 1)
}

/// Whether a word may stand in a heading's braces; a lone `-` is how Pandoc leaves a heading
/// without a number.
fn is_attribute(word: &str) -> bool {
    let has_name = |prefix: char| word.strip_prefix(prefix).is_some_and(|name| !name.is_empty());
    has_name('#') || has_name('.') || word.find('=').is_some_and(|at| at > 0) || word == "-"
}
