//! Name trees and number trees (ISO 32000-1, 7.9.6 and 7.9.7): sorted maps that a reader can
//! look into without reading them whole.

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};

use super::syntax::count;

/// The entries of a leaf.
const ENTRIES_PER_LEAF: usize = 128;

/// A name tree of entries that are sorted by their names.
pub(super) fn name_tree(document: &mut Document, entries: Vec<(Vec<u8>, Object)>) -> ObjectId {
    let string = |name| Object::String(name, StringFormat::Literal);
    let entries: Vec<_> = entries.into_iter().map(|(name, value)| (string(name), value)).collect();
    tree(document, "Names", &entries)
}

/// A number tree of entries that count from 0.
pub(super) fn number_tree(document: &mut Document, entries: Vec<Object>) -> ObjectId {
    let entries =
        entries.into_iter().enumerate().map(|(key, value)| (Object::Integer(count(key)), value));
    let entries: Vec<_> = entries.collect();
    tree(document, "Nums", &entries)
}

fn tree(document: &mut Document, key: &str, entries: &[(Object, Object)]) -> ObjectId {
    let leaves: Vec<Dictionary> =
        entries.chunks(ENTRIES_PER_LEAF).map(|entries| leaf(key, entries)).collect();
    if let [only] = leaves.as_slice() {
        let mut root = only.clone();
        root.remove(b"Limits");
        return document.add_object(root);
    }
    let kids: Vec<Object> =
        leaves.into_iter().map(|leaf| Object::Reference(document.add_object(leaf))).collect();
    let root = if kids.is_empty() {
        Dictionary::from_iter([(key, Object::Array(Vec::new()))])
    } else {
        dictionary! { "Kids" => kids }
    };
    document.add_object(root)
}

fn leaf(key: &str, entries: &[(Object, Object)]) -> Dictionary {
    let limits = [entries.first(), entries.last()].into_iter().flatten();
    let limits: Vec<Object> = limits.map(|(key, _)| key.clone()).collect();
    let pairs = entries.iter().flat_map(|(key, value)| [key.clone(), value.clone()]);
    let mut leaf = dictionary! { "Limits" => limits };
    leaf.set(key, pairs.collect::<Vec<_>>());
    leaf
}
