//! The parts of the prose and the data of the kit into sections, in an edition's order.

use std::collections::BTreeSet;

use super::prose::Part;
use super::{Body, EditionKind, EditionSpec, Role, Section, kit, references};
use crate::model::{Document, Inline, Label, Text};

/// A place in the order of an edition.
#[derive(Clone, Copy)]
enum Slot {
    /// The story; the first part of the prose where there is none.
    FirstProse,
    /// All parts of the prose that have no place yet.
    Prose,
    /// A section of the kit.
    Kit(Role),
}

/// For the press: the story with what stands beside it, then what is looked up.
const PRESS_KIT: [Slot; 15] = [
    Slot::FirstProse,
    Slot::Kit(Role::AtAGlance),
    Slot::Kit(Role::Quotes),
    Slot::Kit(Role::Awards),
    Slot::Prose,
    Slot::Kit(Role::FactSheet),
    Slot::Kit(Role::Timeline),
    Slot::Kit(Role::Contacts),
    Slot::Kit(Role::Usage),
    Slot::Kit(Role::Biographies),
    Slot::Kit(Role::Coverage),
    Slot::Kit(Role::Gallery),
    Slot::Kit(Role::Video),
    Slot::Kit(Role::Links),
    Slot::Kit(Role::About),
];

/// For readers: the text, then what stands behind it.
const PROFILE: [Slot; 13] = [
    Slot::Prose,
    Slot::Kit(Role::Quotes),
    Slot::Kit(Role::FactSheet),
    Slot::Kit(Role::Timeline),
    Slot::Kit(Role::Biographies),
    Slot::Kit(Role::Awards),
    Slot::Kit(Role::Coverage),
    Slot::Kit(Role::Gallery),
    Slot::Kit(Role::Video),
    Slot::Kit(Role::Links),
    Slot::Kit(Role::About),
    Slot::Kit(Role::Contacts),
    Slot::Kit(Role::Usage),
];

/// Puts the sections of an edition in order.
pub(super) fn arrange(document: &Document, spec: &EditionSpec, prose: Vec<Part>) -> Vec<Section> {
    let mut labels = given_labels(document);
    let prose: Vec<_> = prose.into_iter().map(|part| section_of(part, &mut labels)).collect();
    let mut prose = prose.into_iter();
    let order: &[Slot] = match spec.kind {
        EditionKind::PressKit => &PRESS_KIT,
        EditionKind::Profile => &PROFILE,
    };
    let mut sections = Vec::new();
    for slot in order {
        match slot {
            Slot::FirstProse => sections.extend(prose.next()),
            Slot::Prose => sections.extend(prose.by_ref()),
            Slot::Kit(role) => sections.extend(kit_section(*role, document, spec, &mut labels)),
        }
    }
    sections
}

fn section_of(part: Part, labels: &mut BTreeSet<Label>) -> Section {
    Section {
        label: part.label.unwrap_or_else(|| unique(kit::label(part.role), labels)),
        role: part.role,
        title: part.title,
        language: part.language,
        body: Body::Prose(part.blocks),
        notes: Vec::new(),
        span: part.span,
    }
}

fn kit_section(
    role: Role,
    document: &Document,
    spec: &EditionSpec,
    labels: &mut BTreeSet<Label>,
) -> Option<Section> {
    let body = kit::body(role, document, spec)?;
    let span = kit::span(&body);
    // The press kit sets words to be quoted among its prose, where they head nothing.
    let is_untitled = role == Role::Quotes && spec.kind == EditionKind::PressKit;
    let title = kit::title(role, &document.metadata, &spec.words);
    let title = Text { text: title, span };
    Some(Section {
        label: unique(kit::label(role), labels),
        role,
        title: if is_untitled { Vec::new() } else { vec![Inline::Text(title)] },
        language: None,
        body,
        notes: Vec::new(),
        span,
    })
}

/// The labels that the manuscript gives to headings and divisions, wherever they stand.
fn given_labels(document: &Document) -> BTreeSet<Label> {
    let kit = &document.kit;
    let biographies = kit.people.iter().map(|person| &person.biography);
    let texts = biographies
        .flat_map(|biography| [&biography.short, &biography.medium, &biography.long])
        .chain(document.notes.values().map(|note| &note.blocks))
        .chain([&document.blocks, &kit.boilerplate, &kit.usage]);
    let mut labels = BTreeSet::new();
    texts.for_each(|text| references::labels_of(text, &mut labels));
    labels
}

/// The name as a label, with a number behind it where it is taken.
fn unique(name: &str, taken: &mut BTreeSet<Label>) -> Label {
    let numbered = (2_u32..).map(|number| Label::new(format!("{name}-{number}")));
    let mut candidates = std::iter::once(Label::new(name)).chain(numbered);
    let free = candidates.find(|label| !taken.contains(label));
    let label = free.unwrap_or_else(|| Label::new(name));
    taken.insert(label.clone());
    label
}
