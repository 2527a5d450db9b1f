//! The metadata into the lines of the first page.

use super::wording::{byline, format_date, format_moment};
use super::{EditionKind, EditionSpec, Opener};
use crate::diagnostics::Span;
use crate::model::{Contact, Inline, Kind, Metadata, Release, Text, Word, Words};

/// What stands before the first section.
pub(super) fn compose(metadata: &Metadata, contacts: &[Contact], spec: &EditionSpec) -> Opener {
    let words = &spec.words;
    let (subtitle, deck) = subtitle_and_deck(metadata);
    let signs = |name: &&str| !is_office(name, metadata, contacts);
    let authors = metadata.authors.iter().map(|author| author.name.as_str());
    let authors: Vec<_> = authors.filter(signs).collect();
    Opener {
        organization: metadata.organization.clone(),
        kind_line: kind_line(metadata.kind, spec),
        title: metadata.title.clone(),
        subtitle,
        deck,
        release: release(&metadata.release, words),
        dateline: dateline(metadata, words),
        byline: byline(words, &authors),
        cover: metadata.cover.clone(),
    }
}

/// Whether an author is the house itself: what a press office writes goes unsigned.
fn is_office(name: &str, metadata: &Metadata, contacts: &[Contact]) -> bool {
    metadata.organization.as_deref() == Some(name)
        || metadata.publisher.as_deref() == Some(name)
        || contacts.iter().any(|contact| contact.name == name)
}

fn kind_line(kind: Kind, spec: &EditionSpec) -> String {
    let kind = spec.words.get(kind.word());
    match spec.kind {
        EditionKind::PressKit => format!("{} · {kind}", spec.words.get(Word::PressKit)),
        EditionKind::Profile => kind.to_owned(),
    }
}

/// The headline is the deck; without one, the subtitle is.
fn subtitle_and_deck(metadata: &Metadata) -> (Option<String>, Vec<Inline>) {
    if !metadata.headline.is_empty() {
        return (metadata.subtitle.clone(), metadata.headline.clone());
    }
    let text = |text: &String| Inline::Text(Text { text: text.clone(), span: Span::default() });
    (None, metadata.subtitle.iter().map(text).collect())
}

fn release(release: &Release, words: &Words) -> Option<String> {
    match release {
        Release::Unstated => None,
        Release::Immediate => Some(words.get(Word::ForImmediateRelease).to_owned()),
        Release::Embargoed { until, note } => {
            let until = format_moment(words, until);
            let note = note.as_ref().map(|note| format!(" · {note}")).unwrap_or_default();
            Some(format!("{} {until}{note}", words.get(Word::EmbargoedUntil)))
        }
    }
}

fn dateline(metadata: &Metadata, words: &Words) -> Option<String> {
    let date = metadata.date.map(|date| format_date(words, date));
    let parts: Vec<_> = metadata.dateline.iter().chain(&date).map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
