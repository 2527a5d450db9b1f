//! The builder's package document into one that catalogues, stores and readers can rely on
//! (EPUB 3.3, section 5).
//!
//! The manifest and the spine are the builder's. The metadata are ours, because the builder
//! escapes none of them, gives language and author one identifier, and knows neither roles nor
//! accessibility; the guide, which EPUB 3 has superseded, is dropped.

mod metadata;

use std::collections::BTreeSet;
use std::fmt::Display;

use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use super::Contents;
use super::chapters::PageKind;
use crate::xhtml::direction_name;

/// The identifier of the element that identifies the publication.
const UNIQUE: &str = "publication-id";

/// Rewrites the builder's package document.
pub(super) fn rewrite(package: &str, contents: &Contents<'_>) -> Result<String, String> {
    let mut reader = Reader::from_str(package);
    reader.config_mut().trim_text(true);
    let with_math = contents.pages.iter().filter(|page| page.features.math);
    let mut rewriter = Rewriter {
        contents,
        math_pages: with_math.map(|page| page.href.as_str()).collect(),
        out: Writer::new_with_indent(Vec::new(), b' ', 2),
        is_kept: true,
    };
    loop {
        match reader.read_event().map_err(text)? {
            Event::Eof => break,
            event => rewriter.take(event).map_err(text)?,
        }
    }
    String::from_utf8(rewriter.out.into_inner()).map_err(text)
}

fn text(fault: impl Display) -> String {
    fault.to_string()
}

struct Rewriter<'a> {
    contents: &'a Contents<'a>,
    /// The addresses of the pages that hold `MathML`.
    math_pages: BTreeSet<&'a str>,
    out: Writer<Vec<u8>>,
    /// Whether events are copied: not inside the builder's metadata and guide.
    is_kept: bool,
}

impl Rewriter<'_> {
    fn take(&mut self, event: Event<'_>) -> std::io::Result<()> {
        match &event {
            Event::Start(tag) => match tag.name().as_ref() {
                "package" => self.write(Event::Start(self.package())),
                "metadata" => {
                    self.is_kept = false;
                    let metadata = indent(&metadata::write(self.contents));
                    self.write(Event::Text(BytesText::from_escaped(metadata)))
                }
                "guide" => {
                    self.is_kept = false;
                    Ok(())
                }
                "spine" => self.write(Event::Start(self.spine())),
                _ => self.copy(event),
            },
            Event::End(tag) if matches!(tag.name().as_ref(), "metadata" | "guide") => {
                self.is_kept = true;
                Ok(())
            }
            Event::Empty(tag) if tag.name().as_ref() == "item" => self.item(tag),
            Event::Empty(tag) if tag.name().as_ref() == "itemref" => self.item_reference(tag),
            _ => self.copy(event),
        }
    }

    fn write(&mut self, event: Event<'_>) -> std::io::Result<()> {
        self.out.write_event(event)
    }

    fn copy(&mut self, event: Event<'_>) -> std::io::Result<()> {
        if self.is_kept { self.write(event) } else { Ok(()) }
    }

    fn package(&self) -> BytesStart<'static> {
        let metadata = &self.contents.edition.metadata;
        BytesStart::new("package").with_attributes([
            ("xmlns", "http://www.idpf.org/2007/opf"),
            ("version", "3.0"),
            ("unique-identifier", UNIQUE),
            ("xml:lang", metadata.language.as_str()),
            ("dir", direction_name(metadata.direction)),
        ])
    }

    fn spine(&self) -> BytesStart<'static> {
        let direction = direction_name(self.contents.edition.metadata.direction);
        BytesStart::new("spine")
            .with_attributes([("toc", "ncx"), ("page-progression-direction", direction)])
    }

    /// Copies an item of the manifest, and says so where its page holds `MathML` (EPUB 3.3, D.5).
    fn item(&mut self, tag: &BytesStart<'_>) -> std::io::Result<()> {
        let mut tag = tag.borrow();
        if self.math_pages.contains(attribute(&tag, "href").as_str()) {
            tag.push_attribute(("properties", "mathml"));
        }
        self.write(Event::Empty(tag))
    }

    /// Copies a page of the spine; the list of contents follows the title page.
    fn item_reference(&mut self, tag: &BytesStart<'_>) -> std::io::Result<()> {
        self.write(Event::Empty(tag.borrow()))?;
        let title = self.contents.pages.iter().find(|page| page.kind == PageKind::TitlePage);
        if title.is_some_and(|page| attribute(tag, "idref") == format!("id_{}", page.href)) {
            let contents = BytesStart::new("itemref").with_attributes([("idref", "nav")]);
            self.write(Event::Empty(contents))?;
        }
        Ok(())
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name);
    found.map(|attribute| attribute.value.into_owned()).unwrap_or_default()
}

/// Sets the lines of an element below the package as the writer sets those of the others.
fn indent(element: &str) -> String {
    let is_outer = |line: &str| line.starts_with("<metadata") || line.starts_with("</metadata");
    let indented = |line| format!("\n{}{line}", if is_outer(line) { "  " } else { "    " });
    element.lines().map(indented).collect::<String>() + "\n  "
}
