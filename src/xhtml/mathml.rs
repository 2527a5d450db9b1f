//! `MathML` as the renderer writes it, for browsers that forgive, into XML that e-readers take.
//!
//! The renderer leaves some characters unescaped and names entities that only HTML knows; both
//! are fatal in an XHTML page.

use std::fmt::Display;

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, Writer};

use super::markup::is_xml_char;

/// Attributes that `MathML` Core knows everywhere, and EPUB 3's `MathML` 3 on few elements.
const STYLES: [&str; 2] = ["displaystyle", "scriptlevel"];

/// Elements on which they are known.
const STYLED: [&str; 3] = ["math", "mstyle", "mtable"];

/// Elements that nothing may stand around but their table.
const CELLS: [&str; 2] = ["mtr", "mtd"];

/// Escapes, checks and completes a `math` element; an error where it can't be mended.
pub(super) fn mend(markup: &str, source: &str) -> Result<String, String> {
    let escaped = escape_stray(markup);
    let mut reader = Reader::from_str(&escaped);
    let mut mender = Mender { out: Writer::new(Vec::new()), wrapped: Vec::new() };
    loop {
        match reader.read_event().map_err(text)? {
            Event::Eof => break,
            event => mender.take(event, source)?,
        }
    }
    String::from_utf8(mender.out.into_inner()).map_err(text)
}

fn text(fault: impl Display) -> String {
    fault.to_string()
}

struct Mender {
    out: Writer<Vec<u8>>,
    /// For each open element, whether an `mstyle` was put around it.
    wrapped: Vec<bool>,
}

impl Mender {
    fn take(&mut self, event: Event<'_>, source: &str) -> Result<(), String> {
        match event {
            Event::Start(tag) => {
                let (style, mut tag) = split_style(&tag)?;
                if self.wrapped.is_empty() {
                    let source = source.replace(|c| !is_xml_char(c), "");
                    tag.push_attribute(("alttext", super::fold(&source).as_str()));
                }
                self.wrapped.push(style.is_some());
                style.map_or(Ok(()), |style| self.write(Event::Start(style)))?;
                self.write(Event::Start(tag))
            }
            Event::Empty(tag) => self.write(Event::Empty(split_style(&tag)?.1)),
            Event::End(tag) => {
                self.write(Event::End(tag))?;
                let is_wrapped = self.wrapped.pop().unwrap_or_default();
                if is_wrapped { self.write(Event::End(BytesEnd::new("mstyle"))) } else { Ok(()) }
            }
            event => self.write(event),
        }
    }

    fn write(&mut self, event: Event<'_>) -> Result<(), String> {
        self.out.write_event(event).map_err(text)
    }
}

/// Moves the styles of an element that may not bear them to an `mstyle` around it.
fn split_style(
    tag: &BytesStart<'_>,
) -> Result<(Option<BytesStart<'static>>, BytesStart<'static>), String> {
    let name = tag.name().as_ref().to_owned();
    let (is_styled, is_cell) = (STYLED.contains(&&*name), CELLS.contains(&&*name));
    let mut kept = BytesStart::new(name);
    let mut style = BytesStart::new("mstyle");
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(text)?;
        if is_styled || !STYLES.contains(&attribute.key.as_ref()) {
            kept.push_attribute(attribute);
        } else {
            style.push_attribute(attribute);
        }
    }
    let is_needed = !is_cell && style.attributes().next().is_some();
    Ok((is_needed.then_some(style), kept))
}

/// Escapes what opens no tag and no entity of XML's, and drops what XML can't hold.
fn escape_stray(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len() + 64);
    let mut rest = markup;
    while let Some(character) = rest.chars().next() {
        let after = &rest[character.len_utf8()..];
        match character {
            '<' if !after.trim_start_matches('/').starts_with(|c: char| c.is_ascii_lowercase()) => {
                out.push_str("&lt;");
            }
            '&' if after.starts_with("nbsp;") => {
                out.push('\u{A0}');
                rest = &after["nbsp;".len()..];
                continue;
            }
            '&' if !["amp;", "lt;", "gt;"].iter().any(|entity| after.starts_with(entity)) => {
                out.push_str("&amp;");
            }
            _ if is_xml_char(character) => out.push(character),
            _ => {}
        }
        rest = after;
    }
    out
}
