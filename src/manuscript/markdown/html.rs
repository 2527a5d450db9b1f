//! Raw HTML into tags and text, as far as manuscripts need it.
//!
//! A careful reader of what an author may write, not a browser: whatever is no tag is text.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

/// A start tag.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StartTag {
    /// The element's name, in lower case.
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl StartTag {
    /// The value of an attribute, its entities resolved; empty where it has none.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A piece of raw HTML.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Markup {
    /// A start tag.
    Start(StartTag),
    /// An end tag, by the element's name in lower case.
    End(String),
    /// A script, a style sheet, a declaration or the like, by its name: nothing to be read.
    Unreadable(String),
    /// A comment.
    Comment,
    /// Everything else.
    Text,
}

/// Cuts raw HTML into its pieces, in order and without gaps.
pub(super) fn tokenize(html: &str) -> Vec<(Markup, Range<usize>)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut text_start = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let Some((markup, length)) = scan_markup(&html[start..]) else {
            at = start + 1;
            continue;
        };
        if text_start < start {
            pieces.push((Markup::Text, text_start..start));
        }
        at = start + length;
        text_start = at;
        pieces.push((markup, start..at));
    }
    if text_start < html.len() {
        pieces.push((Markup::Text, text_start..html.len()));
    }
    pieces
}

/// Reads what a `<` begins; `None` if that is text.
fn scan_markup(html: &str) -> Option<(Markup, usize)> {
    let until = |end: &str| html.find(end).map_or(html.len(), |at| at + end.len());
    if html.starts_with("<!--") {
        return Some((Markup::Comment, until("-->")));
    }
    if html.starts_with("<![CDATA[") {
        return Some((Markup::Unreadable("![CDATA[".to_owned()), until("]]>")));
    }
    if html.starts_with("<?") {
        return Some((Markup::Unreadable("?".to_owned()), until("?>")));
    }
    if html[1..].starts_with('!')
        && html[2..].starts_with(|found: char| found.is_ascii_alphabetic())
    {
        return Some((Markup::Unreadable("!".to_owned()), until(">")));
    }
    if html.starts_with("</") {
        return scan_end_tag(html);
    }
    let (tag, length) = scan_start_tag(html)?;
    if matches!(tag.name.as_str(), "script" | "style") && html.len() > length {
        let end = find_end_tag(&html[length..], &tag.name).map_or(html.len(), |end| length + end);
        return Some((Markup::Unreadable(tag.name), end));
    }
    Some((Markup::Start(tag), length))
}

/// The byte after the end tag of an element whose content is no HTML.
fn find_end_tag(html: &str, name: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    let start = bytes.windows(name.len() + 2).position(|window| {
        window.starts_with(b"</") && window[2..].eq_ignore_ascii_case(name.as_bytes())
    })?;
    let end = html[start..].find('>').map_or(html.len(), |at| start + at + 1);
    Some(end)
}

fn scan_name(html: &str) -> Option<&str> {
    let length = html
        .find(|found: char| !found.is_ascii_alphanumeric() && found != '-')
        .unwrap_or(html.len());
    let name = &html[..length];
    name.starts_with(|first: char| first.is_ascii_alphabetic()).then_some(name)
}

fn scan_end_tag(html: &str) -> Option<(Markup, usize)> {
    let name = scan_name(&html[2..])?;
    let rest = html[2 + name.len()..].trim_ascii_start();
    rest.starts_with('>')
        .then(|| (Markup::End(name.to_ascii_lowercase()), html.len() - rest.len() + 1))
}

fn scan_start_tag(html: &str) -> Option<(StartTag, usize)> {
    let name = scan_name(&html[1..])?;
    let mut rest = &html[1 + name.len()..];
    let mut attributes = Vec::new();
    loop {
        let trimmed = rest.trim_ascii_start();
        if let Some(after) = trimmed.strip_prefix("/>").or_else(|| trimmed.strip_prefix('>')) {
            let tag = StartTag { name: name.to_ascii_lowercase(), attributes };
            return Some((tag, html.len() - after.len()));
        }
        if trimmed.len() == rest.len() {
            return None;
        }
        let (attribute, after) = scan_attribute(trimmed)?;
        attributes.push(attribute);
        rest = after;
    }
}

/// Reads an attribute (`CommonMark` 6.6) and what follows it.
fn scan_attribute(html: &str) -> Option<((String, String), &str)> {
    let length = html
        .find(|found: char| {
            !(found.is_ascii_alphanumeric() || matches!(found, '_' | ':' | '.' | '-'))
        })
        .unwrap_or(html.len());
    if length == 0 {
        return None;
    }
    let name = html[..length].to_ascii_lowercase();
    let Some(value) = html[length..].trim_ascii_start().strip_prefix('=') else {
        return Some(((name, String::new()), &html[length..]));
    };
    let value = value.trim_ascii_start();
    let is_end = |found: char| {
        found.is_ascii_whitespace() || matches!(found, '"' | '\'' | '=' | '<' | '>' | '`')
    };
    let (value, rest) = if let Some(quoted) = value.strip_prefix('"') {
        quoted.split_once('"')?
    } else if let Some(quoted) = value.strip_prefix('\'') {
        quoted.split_once('\'')?
    } else {
        value.split_at(value.find(is_end).unwrap_or(value.len()))
    };
    Some(((name, decode(value)), rest))
}

/// Resolves the entities in a text.
pub(super) fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let (character, length) = decode_entity(rest).unwrap_or_else(|| ("&".to_owned(), 1));
        decoded.push_str(&character);
        rest = &rest[length..];
    }
    decoded.push_str(rest);
    decoded
}

/// The characters of the entity that a text begins with, and the entity's length. The Markdown
/// parser knows the whole table of names, so it is asked.
pub(super) fn decode_entity(text: &str) -> Option<(String, usize)> {
    const LONGEST: usize = 40;
    let length = 1 + text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let entity = text.get(..length)?;
    let is_plain =
        entity[1..].bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b';'));
    if !is_plain {
        return None;
    }
    let mut decoded = String::new();
    for event in Parser::new(entity) {
        if let Event::Text(text) = event {
            decoded.push_str(&text);
        }
    }
    (decoded != entity && !decoded.is_empty()).then_some((decoded, length))
}
