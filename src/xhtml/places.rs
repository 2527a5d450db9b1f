//! Labels into the files and identifiers that links lead to.

use std::collections::{BTreeMap, BTreeSet};

use super::walk::visit_section;
use crate::edition::{Edition, Section};
use crate::model::visit::Visited;
use crate::model::{Block, Label};

/// Gives each name of a file out once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids(BTreeSet<String>);

impl Ids {
    /// An identifier made from a name: an XML name without colons (Namespaces in XML 1.0,
    /// section 3) that no other has.
    pub(crate) fn allocate(&mut self, name: &str) -> String {
        let base = xml_name(name);
        let numbered = (2_u64..).map(|number| format!("{base}-{number}"));
        let mut candidates = std::iter::once(base.clone()).chain(numbered);
        candidates.find(|id| self.0.insert(id.clone())).unwrap_or(base)
    }
}

/// The nearest XML name: other characters become hyphens, and a letter comes first.
fn xml_name(name: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c) || is_letter(c);
    let name: String = name.chars().map(|c| if is_part(c) { c } else { '-' }).collect();
    let starts_well =
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || is_letter(c));
    if starts_well { name } else { format!("id-{name}") }
}

/// Whether a character beyond ASCII may open an XML name (XML 1.0, production 4).
fn is_letter(character: char) -> bool {
    matches!(character,
        '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

/// The names of one section's file.
#[derive(Clone, Debug, Default)]
pub(crate) struct SectionPlaces {
    /// The file.
    pub(crate) file: String,
    /// The section's own identifier.
    pub(crate) id: String,
    /// The identifiers of headings and divisions.
    pub(super) labels: BTreeMap<Label, String>,
    /// The identifiers of notes and of their first calls.
    pub(super) notes: BTreeMap<Label, NoteIds>,
    /// What has been given out.
    pub(super) ids: Ids,
}

/// The two ends of a note.
#[derive(Clone, Debug)]
pub(super) struct NoteIds {
    /// The note's.
    pub(super) note: String,
    /// Its first call's.
    pub(super) call: String,
}

/// Where every label of an edition stands.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// One a section, in order.
    pub(crate) sections: Vec<SectionPlaces>,
    by_label: BTreeMap<Label, (usize, String)>,
}

impl Places {
    /// Names every section's file and everything in it that a link may lead to. `files` hands
    /// out the names of files, without their ending.
    pub(crate) fn assign(edition: &Edition, files: &mut Ids) -> Self {
        let mut places = Self::default();
        for (index, section) in edition.sections.iter().enumerate() {
            let names = name_section(section, index, files);
            let own = std::iter::once((&section.label, &names.id)).chain(&names.labels);
            for (label, id) in own {
                places.by_label.entry(label.clone()).or_insert_with(|| (index, id.clone()));
            }
            places.sections.push(names);
        }
        places
    }

    /// The address of a label, as a page of the section `from` writes it.
    pub(super) fn href(&self, label: &Label, from: usize) -> Option<String> {
        if let Some(id) = self.sections.get(from).and_then(|here| here.labels.get(label)) {
            return Some(format!("#{id}"));
        }
        let (section, id) = self.by_label.get(label)?;
        let there = self.sections.get(*section)?;
        Some(if *section == from { format!("#{id}") } else { format!("{}#{id}", there.file) })
    }
}

fn name_section(section: &Section, index: usize, files: &mut Ids) -> SectionPlaces {
    let mut names = SectionPlaces {
        file: format!("{}.xhtml", files.allocate(&file_name(section, index))),
        ..SectionPlaces::default()
    };
    names.id = names.ids.allocate(section.label.as_str());
    visit_section(section, &mut |visited| {
        if let Some(label) = visited_label(visited) {
            let ids = &mut names.ids;
            names.labels.entry(label.clone()).or_insert_with(|| ids.allocate(label.as_str()));
        }
    });
    for note in &section.notes {
        let label = note.label.as_str();
        let note_id = names.ids.allocate(&format!("note-{label}"));
        let call = names.ids.allocate(&format!("call-{label}"));
        names.notes.entry(note.label.clone()).or_insert(NoteIds { note: note_id, call });
    }
    names
}

fn visited_label(visited: Visited<'_>) -> Option<&Label> {
    match visited {
        Visited::Block(Block::Heading(heading)) => Some(&heading.label),
        Visited::Block(Block::Division { attributes, .. }) => attributes.label.as_ref(),
        Visited::Block(_) | Visited::Inline(_) | Visited::Picture(_) => None,
    }
}

/// A section's label as a file name that every system and store takes: lower-case ASCII.
fn file_name(section: &Section, index: usize) -> String {
    let label = section.label.as_str();
    let keep = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = label.chars().take(48).map(keep).collect();
    let name = name.trim_matches('-');
    let is_plain = label.is_ascii() && name.starts_with(|c: char| c.is_ascii_alphabetic());
    if is_plain { name.to_owned() } else { format!("section-{}", index + 1) }
}
