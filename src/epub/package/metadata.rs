//! What the document is into the metadata of the package (EPUB 3.3, 5.5; EPUB Accessibility 1.1).

use super::super::{Contents, identity};
use super::UNIQUE;
use std::collections::BTreeSet;

use crate::model::{Agent, Collection, Metadata};
use crate::xhtml::{Markup, Tag, fold, one_line};

/// Writes the `metadata` element.
pub(super) fn write(contents: &Contents<'_>) -> String {
    let metadata = &*contents.edition.metadata;
    let mut out = Markup::default();
    out.open(Tag::new("metadata").with("xmlns:dc", "http://purl.org/dc/elements/1.1/"));
    out.line();
    identifiers(&mut out, metadata);
    titles(&mut out, metadata);
    agents(&mut out, metadata);
    catalogue(&mut out, metadata);
    if let Some(collection) = &metadata.collection {
        series(&mut out, collection);
    }
    accessibility(&mut out, contents);
    if contents.resources.iter().any(|file| file.is_cover) {
        // What e-readers from before EPUB 3 look for.
        out.void(&Tag::new("meta").with("name", "cover").with("content", "cover-image"));
        out.line();
    }
    out.close();
    out.finish()
}

fn property(out: &mut Markup, name: &str, value: &str) {
    out.leaf(Tag::new("meta").with("property", name), value);
}

fn refine(out: &mut Markup, id: &str, name: &str, value: &str) {
    let tag = Tag::new("meta").with("refines", &format!("#{id}"));
    out.leaf(tag.with("property", name), value);
}

fn identifiers(out: &mut Markup, metadata: &Metadata) {
    let unique = identity::unique_identifier(metadata);
    out.leaf(Tag::new("dc:identifier").with("id", UNIQUE), &unique);
    if let Some(other) = identity::other_identifier(metadata) {
        out.leaf(Tag::new("dc:identifier"), &fold(other));
    }
    out.leaf(Tag::new("dc:language"), metadata.language.as_str());
    property(out, "dcterms:modified", &metadata.modified.to_string());
}

fn titles(out: &mut Markup, metadata: &Metadata) {
    let subtitle = metadata.subtitle.as_deref().map(fold).filter(|text| !text.is_empty());
    let titles =
        [("title", "main", Some(fold(&metadata.title))), ("subtitle", "subtitle", subtitle)];
    for ((id, kind, text), place) in titles.into_iter().zip(["1", "2"]) {
        let Some(text) = text else { continue };
        out.leaf(Tag::new("dc:title").with("id", id), &text);
        refine(out, id, "title-type", kind);
        refine(out, id, "display-seq", place);
    }
}

fn agents(out: &mut Markup, metadata: &Metadata) {
    let groups = [
        ("dc:creator", "creator", "aut", &metadata.authors),
        ("dc:contributor", "contributor", "ctb", &metadata.contributors),
    ];
    for (element, name, role, agents) in groups {
        for (index, agent) in agents.iter().enumerate() {
            let id = format!("{name}-{}", index + 1);
            write_agent(out, Tag::new(element), &id, agent, role);
        }
    }
}

fn write_agent(out: &mut Markup, tag: Tag, id: &str, agent: &Agent, role: &str) {
    let name = fold(&agent.name);
    if name.is_empty() {
        return;
    }
    out.leaf(tag.with("id", id), &name);
    let tag = Tag::new("meta").with("refines", &format!("#{id}")).with("property", "role");
    out.leaf(tag.with("scheme", "marc:relators"), &identity::relator(agent, role));
    if let Some(file_as) = agent.file_as.as_deref().filter(|text| !text.trim().is_empty()) {
        refine(out, id, "file-as", file_as);
    }
}

fn catalogue(out: &mut Markup, metadata: &Metadata) {
    let summary = Some(one_line(&metadata.summary));
    let description = metadata.description.as_deref().map(fold).or(summary);
    let date = metadata.date.map(|date| date.to_string());
    let one = |text: &Option<String>| text.as_deref().map(fold);
    let entries = [
        ("dc:publisher", one(&metadata.publisher)),
        ("dc:date", date),
        ("dc:description", description),
        ("dc:rights", one(&metadata.rights)),
        ("dc:rights", one(&metadata.license)),
    ];
    for (element, text) in entries {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            out.leaf(Tag::new(element), &text);
        }
    }
    let mut seen = BTreeSet::new();
    for subject in metadata.subjects.iter().chain(&metadata.keywords).map(|text| fold(text)) {
        if !subject.is_empty() && seen.insert(subject.clone()) {
            out.leaf(Tag::new("dc:subject"), &subject);
        }
    }
}

/// A series, with the place in it where that is a number (EPUB 3.3, D.3.6).
fn series(out: &mut Markup, collection: &Collection) {
    let tag = Tag::new("meta").with("property", "belongs-to-collection").with("id", "series");
    out.leaf(tag, &fold(&collection.name));
    refine(out, "series", "collection-type", "series");
    let is_number = |text: &&str| {
        text.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    if let Some(position) = collection.position.as_deref().map(str::trim).filter(is_number) {
        refine(out, "series", "group-position", position);
    }
}

/// What is said of accessibility is computed from what the book holds. Conformance to a standard
/// is for a person to assert.
fn accessibility(out: &mut Markup, contents: &Contents<'_>) {
    let features = contents.features();
    let has_text_for_all = !features.undescribed;
    let mut entries = vec![("schema:accessMode", "textual")];
    if features.pictures {
        entries.push(("schema:accessMode", "visual"));
        entries.push(("schema:accessModeSufficient", "textual,visual"));
    }
    if has_text_for_all {
        entries.push(("schema:accessModeSufficient", "textual"));
    }
    for feature in
        ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"]
    {
        entries.push(("schema:accessibilityFeature", feature));
    }
    if features.pictures && has_text_for_all {
        entries.push(("schema:accessibilityFeature", "alternativeText"));
    }
    if features.math {
        entries.push(("schema:accessibilityFeature", "MathML"));
    }
    entries.push(("schema:accessibilityHazard", "none"));
    for (name, value) in entries {
        property(out, name, value);
    }
    let tag = Tag::new("meta").with("property", "schema:accessibilitySummary");
    out.leaf(tag.with("xml:lang", "en"), &summary(has_text_for_all, features.pictures));
}

fn summary(has_text_for_all: bool, has_pictures: bool) -> String {
    let pictures = match (has_pictures, has_text_for_all) {
        (false, _) => "It holds no pictures.",
        (true, true) => "Every picture that carries meaning has alternative text.",
        (true, false) => "Some pictures have no alternative text.",
    };
    format!(
        "All text can be resized, recoloured and read aloud in a logical order. Headings, lists, \
         tables, notes and languages are marked as such. {pictures}"
    )
}
