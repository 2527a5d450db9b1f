//! The data of the kit into the bodies of its sections.

use super::pictures::gallery;
use super::wording::{about, format_date, unit_suffix};
use super::{Body, EditionKind, EditionSpec, FactRow, Life, LifeText, Role, headings};
use crate::diagnostics::Span;
use crate::model::{
    Block, Document, Fact, Inline, Kit, Language, Metadata, Person, Text, TimelineEntry, Word,
    Words, visit,
};

/// How many facts are told at a glance.
const AT_A_GLANCE: usize = 3;

/// What a section of the kit holds, if there is anything for it to hold.
pub(super) fn body(role: Role, document: &Document, spec: &EditionSpec) -> Option<Body> {
    let Kit { quotes, awards, coverage, timeline, contacts, links, video, .. } = &document.kit;
    match role {
        Role::AtAGlance => filled(at_a_glance(document, spec), Body::Facts),
        Role::FactSheet => filled(fact_sheet(document, spec), Body::Facts),
        Role::Biographies => filled(lives(&document.kit.people, spec), Body::Biographies),
        Role::Gallery => filled(gallery(document), Body::Gallery),
        Role::About => filled(prose(&document.kit.boilerplate), Body::Prose),
        Role::Usage => filled(prose(&document.kit.usage), Body::Prose),
        Role::Timeline => filled(dated(timeline, &spec.words), Body::Timeline),
        Role::Quotes => filled(quotes.clone(), Body::Quotes),
        Role::Awards => filled(awards.clone(), Body::Awards),
        Role::Coverage => filled(coverage.clone(), Body::Coverage),
        Role::Video => filled(video.clone(), Body::Video),
        Role::Links => filled(links.clone(), Body::Links),
        Role::Contacts => filled(contacts.clone(), Body::Contacts),
        // These come from the prose.
        Role::Story | Role::Chapter | Role::Interview => None,
    }
}

fn filled<T>(items: Vec<T>, body: impl FnOnce(Vec<T>) -> Body) -> Option<Body> {
    (!items.is_empty()).then(|| body(items))
}

/// The timeline with its dates as they are printed.
fn dated(timeline: &[TimelineEntry], words: &Words) -> Vec<TimelineEntry> {
    let mut entries = timeline.to_vec();
    for TimelineEntry { date, .. } in &mut entries {
        if let Some(machine) = date.machine {
            date.text = format_date(words, machine);
        }
    }
    entries
}

/// A section's title, from the words.
pub(super) fn title(role: Role, metadata: &Metadata, words: &Words) -> String {
    let word = match role {
        Role::About => {
            let whom = metadata.organization.as_ref().or(metadata.publisher.as_ref());
            return match whom {
                Some(whom) => about(words, whom),
                None => words.get(Word::AboutAlone).to_owned(),
            };
        }
        Role::AtAGlance => Word::AtAGlance,
        Role::FactSheet => Word::FactSheet,
        Role::Timeline => Word::Timeline,
        Role::Biographies => Word::Biography,
        Role::Quotes => Word::Quotes,
        Role::Awards => Word::Awards,
        Role::Coverage => Word::Coverage,
        Role::Gallery => Word::Pictures,
        Role::Video => Word::Video,
        Role::Links => Word::Links,
        Role::Contacts => Word::MediaContact,
        Role::Usage => Word::UseOfThisMaterial,
        Role::Interview => Word::Interview,
        Role::Story | Role::Chapter => return metadata.title.clone(),
    };
    words.get(word).to_owned()
}

/// A section's label, before it is made unique.
pub(super) fn label(role: Role) -> &'static str {
    match role {
        Role::Story => "story",
        Role::Chapter => "chapter",
        Role::Interview => "interview",
        Role::AtAGlance => "at-a-glance",
        Role::FactSheet => "fact-sheet",
        Role::Timeline => "timeline",
        Role::Biographies => "biographies",
        Role::Quotes => "quotes",
        Role::Awards => "awards",
        Role::Coverage => "coverage",
        Role::Gallery => "pictures",
        Role::Video => "video",
        Role::Links => "links",
        Role::About => "about",
        Role::Contacts => "contacts",
        Role::Usage => "usage",
    }
}

/// Where a section of the kit is given: its first entry's place.
pub(super) fn span(body: &Body) -> Span {
    let span = match body {
        Body::Prose(blocks) => blocks.first().map(Block::span),
        Body::Timeline(entries) => entries.first().map(|entry| entry.span),
        Body::Quotes(quotes) => quotes.first().map(|quote| quote.span),
        Body::Awards(awards) => awards.first().map(|award| award.span),
        Body::Coverage(articles) => articles.first().map(|article| article.span),
        Body::Gallery(figures) => figures.first().map(|figure| figure.span),
        Body::Video(films) => films.first().map(|film| film.span),
        Body::Links(links) => links.first().map(|link| link.span),
        Body::Contacts(contacts) => contacts.first().map(|contact| contact.span),
        Body::Facts(_) | Body::Biographies(_) => None,
    };
    span.unwrap_or_default()
}

fn prose(blocks: &[Block]) -> Vec<Block> {
    let mut blocks = blocks.to_vec();
    headings::settle(&mut blocks, 1);
    blocks
}

fn fact_sheet(document: &Document, spec: &EditionSpec) -> Vec<FactRow> {
    let language = &document.metadata.language;
    document.kit.facts.iter().map(|fact| row(fact, language, &spec.words)).collect()
}

/// The first facts that can be told as figures.
fn at_a_glance(document: &Document, spec: &EditionSpec) -> Vec<FactRow> {
    let has_digit = |fact: &&Fact| visit::text(&fact.value).contains(char::is_numeric);
    let facts = document.kit.facts.iter().filter(has_digit).take(AT_A_GLANCE);
    facts.map(|fact| row(fact, &document.metadata.language, &spec.words)).collect()
}

fn row(fact: &Fact, language: &Language, words: &Words) -> FactRow {
    let text = |text: String| Inline::Text(Text { text, span: fact.span });
    let mut value = fact.value.clone();
    value.extend(fact.unit.as_ref().map(|unit| text(unit_suffix(unit, language))));
    let mut note = fact.source.clone();
    if let Some(date) = fact.as_of {
        let comma = if note.is_empty() { "" } else { ", " };
        let as_of = words.get(Word::AsOf);
        note.push(text(format!("{comma}{as_of} {}", format_date(words, date))));
    }
    FactRow { id: fact.id.clone(), label: fact.label.clone(), value, note }
}

/// The people of whom there is more to show than a name.
fn lives(people: &[Person], spec: &EditionSpec) -> Vec<Life> {
    let life = |person: &Person| Life {
        name: person.name.clone(),
        role: person.role.clone(),
        image: person.image.clone(),
        lengths: lengths(person, spec),
    };
    let is_shown = |life: &Life| !life.lengths.is_empty() || life.image.is_some();
    people.iter().map(life).filter(is_shown).collect()
}

/// All lengths for the press, who choose; the longest for readers.
fn lengths(person: &Person, spec: &EditionSpec) -> Vec<LifeText> {
    let biography = &person.biography;
    let mut given = vec![
        (Word::InBrief, &biography.short),
        (Word::AtMediumLength, &biography.medium),
        (Word::InFull, &biography.long),
    ];
    given.retain(|(_, blocks)| !blocks.is_empty());
    if spec.kind == EditionKind::Profile {
        given.drain(..given.len().saturating_sub(1));
    }
    let is_only = given.len() == 1;
    let text = |(word, blocks): (Word, &Vec<Block>)| {
        let mut blocks = blocks.clone();
        // The name is of level 2, the length of level 3.
        headings::settle(&mut blocks, if is_only { 2 } else { 3 });
        let heading = if is_only { String::new() } else { spec.words.get(word).to_owned() };
        LifeText { heading, blocks }
    };
    given.into_iter().map(text).collect()
}
