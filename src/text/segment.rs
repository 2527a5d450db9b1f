//! Where a line may end: UAX 14 from `icu_segmenter`, and hyphens from `hypher`.

use std::sync::OnceLock;

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use super::StyledText;
use crate::model::Language;

/// A place where a line may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opportunity {
    /// The byte that the next line would start with.
    pub(crate) offset: u32,
    /// What kind of place it is.
    pub(crate) kind: OpportunityKind,
}

/// The kinds of places where a line may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OpportunityKind {
    /// Between words.
    Allowed,
    /// Inside a word, which gets a hyphen.
    Hyphen,
    /// The author asked for it.
    Forced,
}

/// Longer words are not words; the patterns need time and memory in proportion to the length.
const LONGEST_WORD: usize = 128;

/// All places where a line of the text may end, in order; the text's end is the last.
pub(crate) fn break_opportunities(styled: &StyledText) -> Vec<Opportunity> {
    static SEGMENTER: OnceLock<LineSegmenterBorrowed<'static>> = OnceLock::new();
    let segmenter = SEGMENTER.get_or_init(|| LineSegmenter::new_auto(LineBreakOptions::default()));
    let text = styled.text();
    let mut opportunities = Vec::new();
    let mut start = 0;
    for end in segmenter.segment_str(text).filter(|end| *end > 0 && !is_held(text, *end)) {
        push_hyphens(styled, start, end, &mut opportunities);
        let forced = text[..end].ends_with('\n');
        let kind = if forced { OpportunityKind::Forced } else { OpportunityKind::Allowed };
        opportunities.push(Opportunity { offset: end as u32, kind });
        start = end;
    }
    opportunities
}

/// Whether UAX 14 allows a break where a reader of print expects none: before a dash between
/// words, which belongs to the words before it, and inside an e-mail address but at its `@`.
fn is_held(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    if before.ends_with(' ') {
        return after.starts_with("\u{2013} ") || after.starts_with("\u{2014} ");
    }
    let outside = |character: char| character.is_whitespace();
    let start = before.rfind(outside).map_or(0, |space| space + 1);
    let end = after.find(outside).unwrap_or(after.len());
    let is_address =
        before.get(start..).is_some_and(|word| word.contains('@')) || after[..end].contains('@');
    is_address && !before.ends_with('\n') && !after.is_empty() && !after.starts_with('@')
}

/// Adds the hyphens of the words between two break opportunities. Addresses have none.
fn push_hyphens(styled: &StyledText, start: usize, end: usize, into: &mut Vec<Opportunity>) {
    let segment = &styled.text()[start..end];
    if segment.contains('@') || segment.contains("://") {
        return;
    }
    let mut word_start = None;
    let after_end = std::iter::once((segment.len(), ' '));
    for (at, character) in segment.char_indices().chain(after_end) {
        match (character.is_alphanumeric() || character == '\u{AD}', word_start) {
            (true, None) => word_start = Some(at),
            (false, Some(from)) => {
                hyphenate(styled, start + from, &segment[from..at], into);
                word_start = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
}

fn hyphenate(styled: &StyledText, start: usize, word: &str, into: &mut Vec<Opportunity>) {
    let Some(run) = styled.run_at(start) else { return };
    // Names are not broken; German writes every noun with a capital.
    let capitals = usize::from(run.style.language.primary() == "de");
    let is_no_plain_word = |(index, character): (usize, char)| {
        character.is_numeric() || index >= capitals && character.is_uppercase()
    };
    if !run.style.hyphenate
        || word.len() > LONGEST_WORD
        || word.chars().enumerate().any(is_no_plain_word)
    {
        return;
    }
    let Some(patterns) = patterns(&run.style.language) else { return };
    let (left, right) = patterns.bounds();
    let mut offset = start;
    let syllables: Vec<&str> =
        hypher::hyphenate_bounded(word, patterns, left.max(2 + capitals), right.max(3)).collect();
    for syllable in syllables.iter().take(syllables.len().saturating_sub(1)) {
        offset += syllable.len();
        into.push(Opportunity { offset: offset as u32, kind: OpportunityKind::Hyphen });
    }
}

/// The patterns of a language, if there are any. Hypher's English ones are American.
fn patterns(language: &Language) -> Option<hypher::Lang> {
    let code: [u8; 2] = language.primary().as_bytes().try_into().ok()?;
    hypher::Lang::from_iso(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::FontId;
    use crate::diagnostics::Span;
    use crate::geometry::Pt;
    use crate::text::RunStyle;
    use crate::theme::{Caps, Figures};

    fn pieces(text: &str, language: &str) -> Vec<String> {
        let style = RunStyle {
            font: FontId::default(),
            size: Pt(10.0),
            tracking: 0.0,
            caps: Caps::None,
            figures: Figures::Default,
            language: Language::parse(language).unwrap(),
            hyphenate: true,
        };
        let mut styled = StyledText::default();
        styled.push(text, &style, 0, Span::default());
        let mut start = 0;
        break_opportunities(&styled)
            .into_iter()
            .map(|place| {
                let piece = text[start..place.offset as usize].to_owned();
                start = place.offset as usize;
                piece
            })
            .collect()
    }

    #[test]
    fn words_break_at_syllables_of_their_language() {
        assert_eq!(pieces("extensive care", "en"), ["ex", "ten", "sive ", "care"]);
        assert_eq!(pieces("Silbentrennung", "de"), ["Sil", "ben", "tren", "nung"]);
        assert_eq!(pieces("extensive", "tlh"), ["extensive"]);
    }

    #[test]
    fn names_with_figures_or_inner_capitals_and_addresses_stay_whole() {
        for text in ["mothers2mothers", "LaTeX", "NASA", "Extensive", "somebody@example.org"] {
            assert_eq!(pieces(text, "en"), [text]);
        }
    }

    #[test]
    fn a_dash_between_words_stays_with_the_word_before_it() {
        assert_eq!(pieces("one – two", "tlh"), ["one – ", "two"]);
    }

    #[test]
    fn a_line_feed_must_end_a_line() {
        assert_eq!(pieces("one\ntwo", "en"), ["one\n", "two"]);
    }
}
