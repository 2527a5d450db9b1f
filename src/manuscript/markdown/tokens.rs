//! The Markdown parser's events, and raw HTML, into one flat list of tokens with their places.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::Origin;
use super::guard::Guarded;
use super::html::{self, Markup, StartTag};
use super::run::Run;
use crate::diagnostics::{Diagnostic, Sink, codes};

/// One token.
#[derive(Clone, Debug)]
pub(super) enum Token<'a> {
    /// The start of a block or of a stretch of inlines.
    Start(Tag<'a>),
    /// Its end.
    End(TagEnd),
    /// Text; never two of them in a row.
    Text(Run),
    /// The text of a code block, or of an address between angle brackets.
    Verbatim(String),
    /// Code in a line.
    Code(String),
    /// A formula.
    Math {
        /// Its LaTeX.
        source: String,
        /// Whether it was written to stand on lines of its own.
        is_display: bool,
    },
    /// A tag of raw HTML.
    ElementStart(StartTag),
    /// An end tag of raw HTML, by its name.
    ElementEnd(String),
    /// The end of a block of raw HTML.
    HtmlBlockEnd,
    /// The call of a note, as written.
    NoteCall(String),
    /// The value of a fact, by its index.
    Fact(usize),
    /// A bare address.
    Address {
        /// The target.
        target: String,
        /// As written.
        text: String,
    },
    /// A line break that was asked for.
    LineBreak,
    /// A thematic break.
    Rule,
    /// The box of a task.
    TaskMarker(bool),
}

/// A token with its place in the text.
#[derive(Clone, Debug)]
pub(super) struct Placed<'a> {
    /// The token.
    pub token: Token<'a>,
    /// Its bytes.
    pub range: Range<usize>,
}

/// Reads a text into tokens.
pub(super) fn scan<'a>(
    guarded: &'a Guarded<'_>,
    options: Options,
    origin: Origin,
    sink: &Sink,
) -> Vec<Placed<'a>> {
    let mut scanner = Scanner {
        guarded,
        origin,
        sink,
        tokens: Vec::new(),
        html: None,
        is_verbatim: false,
        done: 0,
    };
    for (event, range) in Parser::new_ext(guarded.masked(), options).into_offset_iter() {
        let done = if matches!(event, Event::Start(_)) { range.start } else { range.end };
        scanner.take(event, range);
        scanner.done = done;
    }
    scanner.tokens
}

struct Scanner<'a, 'g, 's> {
    guarded: &'g Guarded<'a>,
    origin: Origin,
    sink: &'s Sink,
    tokens: Vec<Placed<'g>>,
    /// The block of raw HTML that is being gathered.
    html: Option<Run>,
    /// Where the last event ended, or began if it opened something.
    done: usize,
    /// Whether text means what it is, in a code block or an address.
    is_verbatim: bool,
}

impl<'g> Scanner<'_, 'g, '_> {
    fn take(&mut self, event: Event<'g>, range: Range<usize>) {
        match event {
            Event::Start(Tag::HtmlBlock) => self.html = Some(Run::default()),
            Event::End(TagEnd::HtmlBlock) => self.end_html_block(range),
            Event::Start(tag) => {
                self.is_verbatim |= is_verbatim(&tag);
                let range = self.trimmed(range);
                self.push(Token::Start(tag), range);
            }
            Event::End(tag) => {
                self.is_verbatim &= !matches!(tag, TagEnd::CodeBlock | TagEnd::Link);
                self.push(Token::End(tag), range);
            }
            Event::Text(text) => self.take_text(&text, range),
            Event::Code(text) => self.push(Token::Code(self.restored(&text, &range)), range),
            Event::InlineMath(source) => self.take_math(&source, false, range),
            Event::DisplayMath(source) => self.take_math(&source, true, range),
            Event::Html(text) => {
                let text = self.guarded.restore(&text, &range);
                self.html.get_or_insert_default().push(&text, range, false);
            }
            Event::InlineHtml(text) => {
                let mut html = Run::default();
                html.push(&self.guarded.restore(&text, &range), range.clone(), false);
                self.take_html(&html, &range);
            }
            Event::FootnoteReference(label) => {
                self.push(Token::NoteCall(label.into_string()), range);
            }
            Event::SoftBreak => self.push_text("\n", range, false),
            Event::HardBreak => self.push(Token::LineBreak, range),
            Event::Rule => self.push(Token::Rule, range),
            Event::TaskListMarker(done) => self.push(Token::TaskMarker(done), range),
        }
    }

    fn push(&mut self, token: Token<'g>, range: Range<usize>) {
        self.tokens.push(Placed { token, range });
    }

    /// A stretch without the line ends that the parser counts to blocks.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let written = &self.guarded.written()[range.clone()];
        range.start..range.start + written.trim_ascii_end().len()
    }

    fn restored(&self, text: &str, range: &Range<usize>) -> String {
        self.guarded.restore(text, range).into_owned()
    }

    fn take_math(&mut self, source: &str, is_display: bool, range: Range<usize>) {
        let source = self.guarded.restore(source, &range).trim().to_owned();
        self.push(Token::Math { source, is_display }, range);
    }

    fn take_text(&mut self, text: &str, range: Range<usize>) {
        let text = self.restored(text, &range);
        if self.is_verbatim {
            return self.push(Token::Verbatim(text), range);
        }
        let literal = self.is_literal(&text, &range);
        self.push_text(&text, range, literal);
    }

    /// Whether a text's first character was escaped, or spelt as an entity.
    fn is_literal(&self, text: &str, range: &Range<usize>) -> bool {
        let written = self.guarded.written();
        let gap = written.get(self.done..range.start).unwrap_or_default();
        let backslashes = gap.len() - gap.trim_end_matches('\\').len();
        let is_escaped =
            backslashes % 2 == 1 && text.starts_with(|first: char| first.is_ascii_punctuation());
        is_escaped || (written[range.clone()].starts_with('&') && text != &written[range.clone()])
    }

    /// Adds text to the run that it continues, or begins one.
    fn push_text(&mut self, text: &str, range: Range<usize>, literal: bool) {
        if let Some(Placed { token: Token::Text(run), range: whole }) = self.tokens.last_mut() {
            whole.end = whole.end.max(range.end);
            run.push(text, range, literal);
            return;
        }
        let mut run = Run::default();
        run.push(text, range.clone(), literal);
        self.push(Token::Text(run), range);
    }

    fn end_html_block(&mut self, range: Range<usize>) {
        let html = self.html.take().unwrap_or_default();
        self.take_html(&html, &range);
        self.push(Token::HtmlBlockEnd, range);
    }

    fn take_html(&mut self, html: &Run, whole: &Range<usize>) {
        for (markup, bytes) in html::tokenize(&html.text) {
            let range = html.range(&bytes);
            match markup {
                Markup::Start(tag) => self.push(Token::ElementStart(tag), range),
                Markup::End(name) => self.push(Token::ElementEnd(name), range),
                Markup::Text => self.take_html_text(html, bytes),
                Markup::Comment => {}
                Markup::Unreadable(name) => {
                    let whole = if name.starts_with(['!', '?']) {
                        range
                    } else {
                        self.trimmed(whole.clone())
                    };
                    let message =
                        format!("`<{name}>` and what it holds can't be read and was dropped");
                    self.sink.report(Diagnostic::new(
                        codes::RAW_HTML,
                        self.origin.span(&whole),
                        message,
                    ));
                }
            }
        }
    }

    /// Text between tags: white space folded, entities resolved.
    fn take_html_text(&mut self, html: &Run, bytes: Range<usize>) {
        let mut at = bytes.start;
        while at < bytes.end {
            let rest = &html.text[at..bytes.end];
            let (text, length, literal) = next_html_piece(rest);
            let range = html.range(&(at..at + length));
            self.push_text(&text, range, literal);
            at += length;
        }
    }
}

/// Whether what a tag holds is to be taken as it is.
fn is_verbatim(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::CodeBlock(_) => true,
        Tag::Link { link_type, .. } => matches!(link_type, LinkType::Autolink | LinkType::Email),
        _ => false,
    }
}

/// The first piece of a text between tags: its characters, its length as written, and whether it
/// was spelt as an entity.
fn next_html_piece(text: &str) -> (String, usize, bool) {
    let is_special = |found: char| found == '&' || found.is_ascii_whitespace();
    let spaces = text.len() - text.trim_ascii_start().len();
    if spaces > 0 {
        let space = if text[..spaces].contains('\n') { "\n" } else { " " };
        return (space.to_owned(), spaces, false);
    }
    if let Some((decoded, length)) = html::decode_entity(text).filter(|_| text.starts_with('&')) {
        return (decoded, length, true);
    }
    let first = text.chars().next().map_or(0, char::len_utf8);
    let length = text[first..].find(is_special).map_or(text.len(), |at| first + at);
    (text[..length].to_owned(), length, false)
}
