//! Links into annotations (ISO 32000-1, 12.5.6.5): objects of their own, so that the structure
//! tree can refer to them.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};
use percent_encoding::{CONTROLS, utf8_percent_encode};

use super::content::PlacedLink;
use super::syntax::{count, reals, text_string};
use crate::diagnostics::{Diagnostic, Place, Sink, codes};
use crate::page::{Destination, Label, LinkTarget};

/// Adds a link's annotation. `struct_parent` is its key in the parent tree.
pub(super) fn add(
    document: &mut Document,
    placed: &PlacedLink<'_>,
    destinations: &BTreeMap<Label, Destination>,
    struct_parent: usize,
    sink: &Sink,
) -> ObjectId {
    /// The flag that shows an annotation in print too (12.5.3); PDF/A asks for it.
    const PRINT: i64 = 1 << 2;
    let mut dictionary = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => reals(&placed.bounds.edges),
        "Border" => vec![Object::Integer(0); 3],
        "F" => PRINT,
        "Contents" => text_string(&placed.link.description),
        "StructParent" => count(struct_parent),
    };
    match &placed.link.target {
        LinkTarget::External(address) => dictionary.set("A", open_address(address)),
        LinkTarget::Internal(label) if destinations.contains_key(label) => {
            dictionary.set("Dest", destination_name(label));
        }
        LinkTarget::Internal(label) => sink.report(
            Diagnostic::new(
                codes::LINK_WITHOUT_PLACE,
                Place::Nowhere,
                format!("a link leads to `{}`, which stands on no page", label.as_str()),
            )
            .with_help("the PDF shows the link's text, and a click on it does nothing"),
        ),
    }
    document.add_object(dictionary)
}

/// An action that opens an address. Addresses are ASCII (12.6.4.7): anything else is
/// percent-encoded.
fn open_address(address: &str) -> Dictionary {
    let address = utf8_percent_encode(address, CONTROLS).to_string();
    dictionary! {
        "S" => "URI",
        "URI" => Object::string_literal(address),
    }
}

/// The name of a place, as links and the name tree spell it.
pub(super) fn destination_name(label: &Label) -> Object {
    Object::String(label.as_str().as_bytes().to_vec(), StringFormat::Literal)
}
