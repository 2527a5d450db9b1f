//! What the document says of itself: the information dictionary and the XMP packet, which agree
//! (ISO 32000-1, 14.3; XMP part 1 and 2).

use std::fmt::Write as _;

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::syntax::text_string;
use crate::page::{Metadata, PagedDocument};

/// The program that the manuscript went through.
const CREATOR: &str = "presskit";

/// What wrote the file.
const PRODUCER: &str = concat!("presskit ", env!("CARGO_PKG_VERSION"));

/// The information dictionary (table 317).
pub(super) fn information(document: &PagedDocument) -> Dictionary {
    let metadata = &document.metadata;
    let date = date(metadata);
    let mut information = dictionary! {
        "Title" => text_string(&document.title),
        "Creator" => text_string(CREATOR),
        "Producer" => text_string(PRODUCER),
        "CreationDate" => Object::string_literal(date.clone()),
        "ModDate" => Object::string_literal(date),
    };
    let entries = [
        ("Author", authors(metadata)),
        ("Subject", metadata.description.clone().unwrap_or_default()),
        ("Keywords", metadata.keywords.join(", ")),
    ];
    for (key, value) in entries.into_iter().filter(|(_, value)| !value.is_empty()) {
        information.set(key, text_string(&value));
    }
    information
}

fn authors(metadata: &Metadata) -> String {
    let names: Vec<&str> = metadata.authors.iter().map(|author| author.name.as_str()).collect();
    names.join(", ")
}

/// The time of the last change, as 7.9.4 spells it: outputs never know when they were made.
fn date(metadata: &Metadata) -> String {
    let (year, month, day, hour, minute, second) = metadata.modified.parts();
    format!("D:{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z")
}

/// The metadata stream. It stays readable to programs that know nothing of PDF, so it is not
/// deflated.
pub(super) fn xmp(document: &PagedDocument) -> Stream {
    let dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    Stream::new(dictionary, packet(document).into_bytes())
}

fn packet(document: &PagedDocument) -> String {
    let metadata = &document.metadata;
    let mut xmp = Packet::default();
    xmp.add("dc:format", "application/pdf");
    xmp.add_list("dc:title", "Alt", [document.title.as_str()]);
    xmp.add_list("dc:creator", "Seq", metadata.authors.iter().map(|author| author.name.as_str()));
    xmp.add_list("dc:description", "Alt", metadata.description.as_deref());
    let subjects = metadata.subjects.iter().chain(&metadata.keywords);
    xmp.add_list("dc:subject", "Bag", subjects.map(String::as_str));
    xmp.add_list("dc:language", "Bag", [metadata.language.as_str()]);
    xmp.add_list("dc:publisher", "Bag", metadata.publisher.as_deref());
    xmp.add_list("dc:rights", "Alt", metadata.rights.as_deref());
    xmp.add_list("xmpRights:UsageTerms", "Alt", metadata.license.as_deref());
    let modified = metadata.modified.to_string();
    xmp.add("xmp:CreatorTool", CREATOR);
    for property in ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"] {
        xmp.add(property, &modified);
    }
    xmp.add("pdf:Producer", PRODUCER);
    if !metadata.keywords.is_empty() {
        xmp.add("pdf:Keywords", &metadata.keywords.join(", "));
    }
    xmp.finish()
}

/// An XMP packet that is being written.
#[derive(Default)]
struct Packet {
    properties: String,
}

impl Packet {
    fn add(&mut self, property: &str, value: &str) {
        let _ = writeln!(self.properties, "   <{property}>{}</{property}>", escape(value));
    }

    /// A property with a list of values; the only value of an `Alt` is for every language.
    fn add_list<'a>(
        &mut self,
        property: &str,
        container: &str,
        values: impl IntoIterator<Item = &'a str>,
    ) {
        let language = if container == "Alt" { " xml:lang=\"x-default\"" } else { "" };
        let mut items = String::new();
        for value in values.into_iter().filter(|value| !value.is_empty()) {
            let _ = write!(items, "<rdf:li{language}>{}</rdf:li>", escape(value));
        }
        if !items.is_empty() {
            let _ = writeln!(
                self.properties,
                "   <{property}><rdf:{container}>{items}</rdf:{container}></{property}>"
            );
        }
    }

    /// The whole packet, read-only: without padding to edit it in place.
    fn finish(self) -> String {
        format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
             <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n \
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n  \
             <rdf:Description rdf:about=\"\"\n    \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n    \
             xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n    \
             xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n    \
             xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\">\n\
             {}  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>",
            self.properties
        )
    }
}

/// Escapes markup and leaves out what XML 1.0 (2.2) has no place for.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(character),
        }
    }
    out
}
