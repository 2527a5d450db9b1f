//! Elements and characters into well-formed XML.
//!
//! Every string goes through the escapes here, so no input can break a page.

use std::fmt::Write as _;

use super::Semantics;
use crate::model::Language;

/// A start tag with its attributes.
#[derive(Clone, Debug)]
pub(crate) struct Tag {
    name: &'static str,
    attributes: String,
}

impl Tag {
    /// A start tag without attributes.
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, attributes: String::new() }
    }

    /// Adds an attribute.
    pub(crate) fn with(mut self, key: &str, value: &str) -> Self {
        let _ = write!(self.attributes, " {key}=\"");
        escape(&mut self.attributes, value);
        self.attributes.push('"');
        self
    }

    /// Adds an attribute, if there is a value.
    pub(crate) fn with_some(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Adds classes.
    pub(crate) fn class(self, classes: &str) -> Self {
        self.with("class", classes)
    }

    /// Says what the element is, to e-readers (EPUB 3.3, D.3) and to assistive technology alike.
    pub(crate) fn means(self, semantics: Semantics) -> Self {
        self.with("epub:type", semantics.epub_type()).with_some("role", semantics.role())
    }

    /// Says in which language, and therefore which way, the content is written.
    pub(crate) fn language(self, language: Option<&Language>) -> Self {
        let Some(language) = language else { return self };
        self.with("lang", language.as_str())
            .with("xml:lang", language.as_str())
            .with("dir", super::direction_name(language.direction()))
    }
}

/// XML being written. Elements close in the order that they were opened, whatever the caller does.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    text: String,
    open: Vec<&'static str>,
}

impl Markup {
    /// Opens an element.
    pub(crate) fn open(&mut self, tag: Tag) {
        let Tag { name, attributes } = tag;
        let _ = write!(self.text, "<{name}{attributes}>");
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub(crate) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            let _ = write!(self.text, "</{name}>");
        }
    }

    /// Closes the element that was opened last, at the end of a line.
    pub(crate) fn close_line(&mut self) {
        self.close();
        self.line();
    }

    /// Writes an element that holds nothing.
    pub(crate) fn void(&mut self, tag: &Tag) {
        let _ = write!(self.text, "<{}{}/>", tag.name, tag.attributes);
    }

    /// Writes an element that holds characters only, on a line of its own.
    pub(crate) fn leaf(&mut self, tag: Tag, text: &str) {
        self.open(tag);
        self.text(text);
        self.close_line();
    }

    /// Writes characters.
    pub(crate) fn text(&mut self, text: &str) {
        escape(&mut self.text, text);
    }

    /// Writes markup that is well-formed already.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// Ends a line of the file, where white space does not count.
    pub(crate) fn line(&mut self) {
        self.text.push('\n');
    }

    /// The finished text, with everything closed that is still open.
    pub(crate) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }
}

/// Writes characters so that they mean themselves in content and in quoted attributes.
pub(super) fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ if is_xml_char(character) => out.push(character),
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
}

/// Whether XML 1.0 can hold the character at all (section 2.2).
pub(super) fn is_xml_char(character: char) -> bool {
    matches!(character,
        '\t' | '\n' | '\r' | ' '..='\u{7E}' | '\u{85}' | '\u{A0}'..='\u{D7FF}'
        | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
