//! The outline, the named places and the folios: how a reader finds its way
//! (ISO 32000-1, 12.3 and 12.4.2).

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::syntax::{count, real, text_string};
use super::tree::name_tree;
use crate::page::{Destination, OutlineEntry, Page, PagedDocument};

/// Adds the outline; none where there are no entries.
pub(super) fn add_outline(
    document: &mut Document,
    paged: &PagedDocument,
    page_ids: &[ObjectId],
) -> Option<ObjectId> {
    if paged.outline.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let mut dictionary = dictionary! { "Type" => "Outlines" };
    let mut writer = OutlineWriter { document, paged, page_ids };
    let shown = writer.add_entries(&paged.outline, root, &mut dictionary);
    dictionary.set("Count", shown);
    document.set_object(root, dictionary);
    Some(root)
}

struct OutlineWriter<'a> {
    document: &'a mut Document,
    paged: &'a PagedDocument,
    page_ids: &'a [ObjectId],
}

impl OutlineWriter<'_> {
    /// Adds siblings, links them to their parent, and says how many entries are shown when all
    /// of them are open. Headings have six levels, so the recursion is shallow.
    fn add_entries(
        &mut self,
        entries: &[OutlineEntry],
        parent: ObjectId,
        parent_dictionary: &mut Dictionary,
    ) -> i64 {
        let ids: Vec<ObjectId> = entries.iter().map(|_| self.document.new_object_id()).collect();
        let mut shown = 0;
        for (index, (entry, id)) in entries.iter().zip(&ids).enumerate() {
            let mut dictionary = dictionary! {
                "Title" => text_string(&entry.title),
                "Parent" => parent,
            };
            if let Some(target) = destination(self.paged, self.page_ids, entry.destination) {
                dictionary.set("Dest", target);
            }
            if let Some(previous) = index.checked_sub(1).and_then(|index| ids.get(index)) {
                dictionary.set("Prev", *previous);
            }
            if let Some(next) = ids.get(index + 1) {
                dictionary.set("Next", *next);
            }
            let below = self.add_entries(&entry.children, *id, &mut dictionary);
            if below > 0 {
                dictionary.set("Count", below);
            }
            shown += 1 + below;
            self.document.set_object(*id, dictionary);
        }
        if let (Some(first), Some(last)) = (ids.first(), ids.last()) {
            parent_dictionary.set("First", *first);
            parent_dictionary.set("Last", *last);
        }
        shown
    }
}

/// Adds the named places; none where there are none. The map's order of labels is that of their
/// bytes, as the tree wants it.
pub(super) fn add_destinations(
    document: &mut Document,
    paged: &PagedDocument,
    page_ids: &[ObjectId],
) -> Option<ObjectId> {
    let entries: Vec<_> = paged
        .destinations
        .iter()
        .filter_map(|(label, place)| {
            let target = destination(paged, page_ids, *place)?;
            Some((label.as_str().as_bytes().to_vec(), target))
        })
        .collect();
    (!entries.is_empty()).then(|| name_tree(document, entries))
}

/// A place on a page, at whatever magnification the reader has chosen.
fn destination(paged: &PagedDocument, page_ids: &[ObjectId], place: Destination) -> Option<Object> {
    let (id, page) = (page_ids.get(place.page)?, paged.pages.get(place.page)?);
    let top = page.size.height - place.point.y;
    Some(Object::Array(vec![
        Object::Reference(*id),
        "XYZ".into(),
        real(place.point.x.0),
        real(top.0),
        Object::Null,
    ]))
}

/// How a run of folios counts on (table 159).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Folio<'a> {
    Arabic(u32),
    Roman(u32),
    Fixed(&'a str),
}

impl<'a> Folio<'a> {
    /// Reads a folio as printed.
    fn parse(label: &'a str) -> Self {
        let arabic = label.parse().ok().filter(|number: &u32| number.to_string() == label);
        let roman = || (1..100).find(|number| roman(*number) == label);
        match arabic.filter(|number| *number > 0) {
            Some(number) => Self::Arabic(number),
            None => roman().map_or(Self::Fixed(label), Self::Roman),
        }
    }

    fn follows(self, before: Self) -> bool {
        match (before, self) {
            (Self::Arabic(before), Self::Arabic(number))
            | (Self::Roman(before), Self::Roman(number)) => before.checked_add(1) == Some(number),
            (Self::Arabic(_) | Self::Roman(_) | Self::Fixed(_), _) => false,
        }
    }

    fn range(self) -> Dictionary {
        match self {
            Self::Arabic(start) => dictionary! { "S" => "D", "St" => i64::from(start) },
            Self::Roman(start) => dictionary! { "S" => "r", "St" => i64::from(start) },
            Self::Fixed(label) => dictionary! { "P" => text_string(label) },
        }
    }
}

/// A small Roman number below 100.
fn roman(number: u32) -> String {
    const UNITS: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    const TENS: [&str; 10] = ["", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"];
    [TENS[number as usize / 10 % 10], UNITS[number as usize % 10]].concat()
}

/// The number tree that makes the reader count pages as they are printed.
pub(super) fn page_labels(pages: &[Page]) -> Dictionary {
    let mut entries = Vec::new();
    let mut before = None;
    for (index, page) in pages.iter().enumerate() {
        let folio = Folio::parse(&page.label);
        if !before.is_some_and(|before| folio.follows(before)) {
            entries.push(Object::Integer(count(index)));
            entries.push(Object::Dictionary(folio.range()));
        }
        before = Some(folio);
    }
    dictionary! { "Nums" => entries }
}
