//! Straight quotes, hyphens and dots into the quotes, dashes and spaces of a language.
//!
//! A paragraph is looked at as one flow of characters, across the marks within it, so that
//! `"*word*"` opens and closes. Code, formulas and addresses are opaque; characters that were
//! escaped or spelt as entities mean themselves.

pub(super) mod conventions;

use std::collections::BTreeMap;

use pulldown_cmark::{Tag, TagEnd};

use self::conventions::{Conventions, HighPunctuation};
use super::html::StartTag;
use super::tokens::{Placed, Token};
use crate::model::Language;

const NO_BREAK: &str = "\u{A0}";
const NARROW_NO_BREAK: &str = "\u{202F}";

/// What stands between a value and its unit.
pub(super) fn unit_space(unit: &str, language: &Language) -> &'static str {
    match unit.chars().next() {
        Some('%' | '‰' | '‱') => conventions::of(language).percent_space,
        Some('°') if unit.chars().count() == 1 => "",
        Some('′' | '″') | None => "",
        Some(_) => NO_BREAK,
    }
}

/// Sets the text of all tokens.
pub(super) fn set(tokens: &mut [Placed<'_>], language: &Language) {
    let mut setter =
        Setter { base: conventions::of(language), nested: Vec::new(), flow: Vec::new() };
    for index in 0..tokens.len() {
        if setter.take(index, &tokens[index].token) {
            setter.finish_flow(tokens);
        }
    }
    setter.finish_flow(tokens);
}

/// A character of a flow.
struct Glyph {
    character: char,
    /// The token that it is of; none for what stands for something opaque.
    token: Option<usize>,
    is_literal: bool,
    conventions: &'static Conventions,
}

struct Setter {
    base: &'static Conventions,
    /// The elements that are open in the flow, with the conventions of their language.
    nested: Vec<(String, &'static Conventions)>,
    flow: Vec<Glyph>,
}

impl Setter {
    /// Takes a token; says whether it ends the flow.
    fn take(&mut self, index: usize, token: &Token<'_>) -> bool {
        match token {
            Token::Text(run) => {
                let conventions = self.conventions();
                self.flow.extend(run.text.char_indices().map(|(at, character)| Glyph {
                    character,
                    token: Some(index),
                    is_literal: run.is_literal(at),
                    conventions,
                }));
                false
            }
            Token::Code(_)
            | Token::Verbatim(_)
            | Token::Math { .. }
            | Token::Fact(_)
            | Token::Address { .. } => self.push_opaque('x'),
            Token::LineBreak | Token::Start(Tag::Image { .. }) | Token::End(TagEnd::Image) => {
                self.push_opaque('\n')
            }
            Token::ElementStart(tag) => self.open_element(tag),
            Token::ElementEnd(name) => {
                if self.nested.last().is_some_and(|(open, _)| open == name) {
                    self.nested.pop();
                }
                false
            }
            Token::NoteCall(_) | Token::TaskMarker(_) => false,
            Token::Start(tag) => is_block(tag.to_end()),
            Token::End(tag) => is_block(*tag),
            Token::Rule | Token::HtmlBlockEnd => true,
        }
    }

    fn conventions(&self) -> &'static Conventions {
        self.nested.last().map_or(self.base, |(_, conventions)| *conventions)
    }

    fn push_opaque(&mut self, character: char) -> bool {
        let conventions = self.conventions();
        self.flow.push(Glyph { character, token: None, is_literal: true, conventions });
        false
    }

    fn open_element(&mut self, tag: &StartTag) -> bool {
        if tag.name == "br" || tag.name == "img" {
            return self.push_opaque('\n');
        }
        let language = tag.attribute("lang").and_then(Language::parse);
        let conventions =
            language.map_or_else(|| self.conventions(), |found| conventions::of(&found));
        self.nested.push((tag.name.clone(), conventions));
        false
    }

    fn finish_flow(&mut self, tokens: &mut [Placed<'_>]) {
        let changes = Pass::new(&self.flow).run();
        if !changes.is_empty() {
            apply(&self.flow, &changes, tokens);
        }
        self.flow.clear();
        self.nested.clear();
    }
}

/// Whether a tag ends a line of text.
fn is_block(tag: TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// Puts changes, by the index of the character that they replace, into the tokens' texts.
fn apply(flow: &[Glyph], changes: &BTreeMap<usize, String>, tokens: &mut [Placed<'_>]) {
    let mut start = 0;
    for glyphs in flow.chunk_by(|a, b| a.token == b.token) {
        let end = start + glyphs.len();
        if changes.range(start..end).next().is_some() {
            let text: String = (start..end)
                .zip(glyphs)
                .map(|(index, glyph)| {
                    changes.get(&index).cloned().unwrap_or_else(|| glyph.character.to_string())
                })
                .collect();
            let token = glyphs.first().and_then(|glyph| tokens.get_mut(glyph.token?));
            if let Some(Placed { token: Token::Text(run), .. }) = token {
                run.text = text;
            }
        }
        start = end;
    }
}

/// One pass over a flow.
struct Pass<'f> {
    flow: &'f [Glyph],
    changes: BTreeMap<usize, String>,
    /// The last `'` that could close a quotation; none before it needs to be an apostrophe for
    /// want of an end.
    last_closer: usize,
    is_double_open: bool,
    is_single_open: bool,
    /// Whether the character before is a quote that opens.
    follows_opening: bool,
}

impl<'f> Pass<'f> {
    fn new(flow: &'f [Glyph]) -> Self {
        let mut pass = Self {
            flow,
            changes: BTreeMap::new(),
            last_closer: 0,
            is_double_open: false,
            is_single_open: false,
            follows_opening: false,
        };
        let closes = |index: &usize| {
            pass.is_plain(*index, '\'')
                && pass.before(*index).is_some_and(|found| !found.is_whitespace())
                && !pass.after(*index).is_some_and(char::is_alphanumeric)
        };
        pass.last_closer = (0..flow.len()).rev().find(closes).unwrap_or_default();
        pass
    }

    fn run(mut self) -> BTreeMap<usize, String> {
        let mut index = 0;
        while index < self.flow.len() {
            let follows_opening = std::mem::take(&mut self.follows_opening);
            index += self.set_character(index, follows_opening);
        }
        self.changes
    }

    /// Sets the character at an index, and gives the number of characters that it settled.
    fn set_character(&mut self, index: usize, follows_opening: bool) -> usize {
        let Some(glyph) = self.flow.get(index) else { return 1 };
        if glyph.is_literal {
            return 1;
        }
        match glyph.character {
            '"' => self.set_double(index, follows_opening),
            '\'' => self.set_single(index, follows_opening),
            '-' => return self.set_row(index, '-', &[(2, "–"), (3, "—")]),
            '.' => return self.set_row(index, '.', &[(3, "…")]),
            '«' => self.space_after(index),
            '»' | ';' | ':' | '!' | '?' => self.space_before(index),
            '%' | '‰' => self.space_before_percent(index),
            _ => {}
        }
        1
    }

    fn is_plain(&self, index: usize, character: char) -> bool {
        self.flow.get(index).is_some_and(|glyph| glyph.character == character && !glyph.is_literal)
    }

    fn before(&self, index: usize) -> Option<char> {
        self.flow.get(index.checked_sub(1)?).map(|glyph| glyph.character)
    }

    fn after(&self, index: usize) -> Option<char> {
        self.flow.get(index + 1).map(|glyph| glyph.character)
    }

    fn change(&mut self, index: usize, text: &str) {
        self.changes.insert(index, text.to_owned());
    }

    /// Whether a quote at an index stands where quotations begin.
    fn may_open(&self, index: usize, follows_opening: bool) -> bool {
        let follows_break = self.before(index).is_none_or(|found| {
            found.is_whitespace() || follows_opening || "([{<-–—/«„“‘‚¿¡".contains(found)
        });
        follows_break && self.after(index).is_some_and(|found| !found.is_whitespace())
    }

    fn set_double(&mut self, index: usize, follows_opening: bool) {
        let (open, close) = self.flow[index].conventions.double;
        let is_opening = self.may_open(index, follows_opening);
        let follows_digit = self.before(index).is_some_and(|found| found.is_ascii_digit());
        if !is_opening && !self.is_double_open && follows_digit {
            // Inches, or seconds.
            return;
        }
        self.change(index, if is_opening { open } else { close });
        self.is_double_open = is_opening;
        self.follows_opening = is_opening;
    }

    fn set_single(&mut self, index: usize, follows_opening: bool) {
        let (open, close) = self.flow[index].conventions.single;
        let follows_digit = self.before(index).is_some_and(|found| found.is_ascii_digit());
        let precedes = self.after(index);
        let precedes_digit = precedes.is_some_and(|found| found.is_ascii_digit());
        let precedes_word = precedes.is_some_and(char::is_alphanumeric);
        if follows_digit && (precedes_digit || !precedes_word && !self.is_single_open) {
            // Feet, or minutes.
            return;
        }
        let is_contraction = precedes_digit && self.is_decade(index) || self.is_bare_and(index);
        if self.may_open(index, follows_opening) && index < self.last_closer && !is_contraction {
            self.change(index, open);
            self.is_single_open = true;
            self.follows_opening = true;
        } else if self.is_single_open && !precedes_word {
            self.change(index, close);
            self.is_single_open = false;
        } else {
            self.change(index, "’");
        }
    }

    /// `'90s`
    fn is_decade(&self, index: usize) -> bool {
        let at = |offset: usize| self.flow.get(index + offset).map(|glyph| glyph.character);
        at(2).is_some_and(|found| found.is_ascii_digit()) && at(3) == Some('s')
    }

    /// `rock 'n' roll`
    fn is_bare_and(&self, index: usize) -> bool {
        self.after(index) == Some('n') && self.is_plain(index + 2, '\'')
    }

    /// Sets a row of one character by its length; longer and shorter rows stay.
    fn set_row(&mut self, index: usize, character: char, table: &[(usize, &str)]) -> usize {
        let length =
            (index..self.flow.len()).take_while(|at| self.is_plain(*at, character)).count();
        if let Some((_, text)) = table.iter().find(|(wanted, _)| *wanted == length) {
            self.change(index, text);
            (index + 1..index + length).for_each(|at| self.change(at, ""));
        }
        length.max(1)
    }

    fn has_spaced_guillemets(&self, index: usize) -> bool {
        self.flow[index].conventions.high_punctuation != HighPunctuation::Tight
    }

    /// The space after a guillemet that opens.
    fn space_after(&mut self, index: usize) {
        if !self.has_spaced_guillemets(index) {
            return;
        }
        match self.after(index) {
            Some(found) if is_space(found) => self.replace_space(index + 1, NARROW_NO_BREAK),
            Some(found) if !found.is_whitespace() => {
                self.change(index, &format!("«{NARROW_NO_BREAK}"));
            }
            Some(_) | None => {}
        }
    }

    /// The space before high punctuation, or before a guillemet that closes.
    fn space_before(&mut self, index: usize) {
        let glyph = &self.flow[index];
        let mark = glyph.character;
        let adds = glyph.conventions.high_punctuation == HighPunctuation::Spaced || mark == '»';
        if !self.has_spaced_guillemets(index)
            || self.after(index).is_some_and(char::is_alphanumeric)
        {
            return;
        }
        let space = if mark == ':' { NO_BREAK } else { NARROW_NO_BREAK };
        match self.before(index) {
            Some(found) if is_space(found) => {
                let follows = index.checked_sub(1).and_then(|before| self.before(before));
                if follows.is_some_and(|found| !found.is_whitespace()) {
                    self.replace_space(index - 1, space);
                }
            }
            Some(found) if adds && (found.is_alphanumeric() || ")]}»…%.\"".contains(found)) => {
                self.change(index, &format!("{space}{mark}"));
            }
            Some(_) | None => {}
        }
    }

    /// The space between a number and its percent sign. French adds it (Imprimerie nationale);
    /// elsewhere one that was written is kept, so that a line never begins with the sign.
    fn space_before_percent(&mut self, index: usize) {
        let Glyph { character: mark, conventions, .. } = self.flow[index];
        let space = conventions.percent_space;
        if space.is_empty() || self.after(index).is_some_and(char::is_alphanumeric) {
            return;
        }
        let adds = conventions.high_punctuation != HighPunctuation::Tight;
        let is_digit = |found: char| found.is_ascii_digit();
        match self.before(index) {
            Some(found) if is_space(found) => {
                let follows = index.checked_sub(1).and_then(|before| self.before(before));
                if follows.is_some_and(is_digit) {
                    self.replace_space(index - 1, space);
                }
            }
            Some(found) if adds && is_digit(found) => {
                self.change(index, &format!("{space}{mark}"));
            }
            Some(_) | None => {}
        }
    }

    /// Replaces a space, unless it stands for something opaque.
    fn replace_space(&mut self, index: usize, space: &str) {
        if self.flow[index].token.is_some() {
            self.change(index, space);
        }
    }
}

/// Whether a character is a space that a better one may replace; a line feed is a soft break.
fn is_space(found: char) -> bool {
    matches!(found, ' ' | '\n' | '\u{A0}' | '\u{202F}')
}
