//! The keys of the press kit into its data.

use std::collections::BTreeMap;

use super::fields::Field;
use super::keys::{
    AwardKeys, BioKeys, ContactKeys, CoverageKeys, FactKeys, LinkKeys, PersonKeys, QuoteKeys,
    TimelineKeys, TopKeys,
};
use super::node::Value;
use super::scalars::{Reader, items, slugify};
use crate::diagnostics::{Diagnostic, Span, codes};
use crate::manuscript::markdown::{Context, parse_blocks, parse_inlines, set_phrase};
use crate::model::{
    Asset, Award, Biography, Block, Contact, Coverage, Fact, Inline, Kit, KitLink, Label, Person,
    PullQuote, TimelineEntry, Video,
};
use crate::sandbox::RootPath;

/// The identifiers that are taken, and where.
type Ids = BTreeMap<Label, Span>;

/// Reads values that are Markdown, beside those that are not.
#[derive(Clone, Copy)]
pub(super) struct KitReader<'a> {
    pub(super) read: Reader<'a>,
    pub(super) context: &'a Context<'a>,
}

impl KitReader<'_> {
    /// Markdown in a line.
    pub(super) fn inlines(self, field: Option<Field<'_>>) -> Vec<Inline> {
        let (Some(field), Some(text)) = (field, self.read.text(field)) else { return Vec::new() };
        parse_inlines(&text, field.node.span, self.context)
    }

    /// A name or a title, in the quotes and dashes of the document's language.
    pub(super) fn phrase(self, field: Option<Field<'_>>) -> Option<String> {
        Some(set_phrase(&self.read.line(field)?, self.context.language))
    }

    /// Markdown in paragraphs, from one text or from a list with one a paragraph.
    fn blocks(self, field: Option<Field<'_>>) -> Vec<Block> {
        let block = |item: Field<'_>| {
            let text = self.read.prose(Some(item))?;
            Some(parse_blocks(&text, item.node.span, self.context))
        };
        items(field).filter_map(block).flatten().collect()
    }

    /// Everything of the kit but its facts.
    pub(super) fn kit(self, keys: &TopKeys<'_>, assets: &BTreeMap<RootPath, Asset>) -> Kit {
        Kit {
            people: self.people(keys.people, assets),
            facts: Vec::new(),
            timeline: items(keys.timeline).filter_map(|item| self.timeline_entry(item)).collect(),
            quotes: items(keys.quotes).filter_map(|item| self.quote(item)).collect(),
            awards: items(keys.awards).filter_map(|item| self.award(item)).collect(),
            coverage: items(keys.coverage).filter_map(|item| self.coverage(item)).collect(),
            boilerplate: self.blocks(keys.boilerplate),
            contacts: items(keys.contacts).filter_map(|item| self.contact(item)).collect(),
            usage: self.blocks(keys.usage),
            links: items(keys.links).filter_map(|item| self.link(item, "a link")).collect(),
            video: items(keys.video).filter_map(|item| self.video(item)).collect(),
        }
    }

    fn people(self, field: Option<Field<'_>>, assets: &BTreeMap<RootPath, Asset>) -> Vec<Person> {
        let mut ids = Ids::new();
        let person = |item| {
            let person = self.person(item, assets)?;
            self.take_id(&mut ids, &person.id, person.span).then_some(person)
        };
        items(field).filter_map(person).collect()
    }

    fn person(self, item: Field<'_>, assets: &BTreeMap<RootPath, Asset>) -> Option<Person> {
        let keys: PersonKeys<'_> = self.read.object(item)?;
        let Some(name) = self.phrase(keys.name) else {
            self.report_unless_given(keys.name, item, "a person", "name");
            return None;
        };
        Some(Person {
            id: self.id(keys.id, &name),
            role: self.phrase(keys.role),
            biography: self.biography(keys.bio),
            image: self.picture(keys.image, keys.alt, assets),
            same_as: items(keys.same_as).filter_map(|url| self.read.url(Some(url))).collect(),
            span: item.node.span,
            name,
        })
    }

    fn biography(self, field: Option<Field<'_>>) -> Biography {
        let Some(field) = field else { return Biography::default() };
        if matches!(field.node.value, Value::Scalar(_) | Value::List(_)) {
            return self.lone_biography(field);
        }
        let keys: BioKeys<'_> = self.read.object(field).unwrap_or_default();
        Biography {
            short: self.blocks(keys.short),
            medium: self.blocks(keys.medium),
            long: self.blocks(keys.long),
        }
    }

    /// A life at one length goes where its number of words is nearest.
    fn lone_biography(self, field: Field<'_>) -> Biography {
        let texts: Vec<String> =
            field.items().filter_map(|item| self.read.prose(Some(item))).collect();
        let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
        let blocks =
            texts.iter().flat_map(|text| parse_blocks(text, field.node.span, self.context));
        let blocks = blocks.collect();
        match words {
            0..=75 => Biography { short: blocks, ..Biography::default() },
            76..=175 => Biography { medium: blocks, ..Biography::default() },
            _ => Biography { long: blocks, ..Biography::default() },
        }
    }

    /// The facts; none of two with one identifier is dropped unsaid.
    pub(super) fn facts(self, field: Option<Field<'_>>) -> Vec<Fact> {
        let mut ids = Ids::new();
        let fact = |item| {
            let fact = self.fact(item)?;
            self.take_id(&mut ids, &fact.id, fact.span).then_some(fact)
        };
        items(field).filter_map(fact).collect()
    }

    fn fact(self, item: Field<'_>) -> Option<Fact> {
        let keys: FactKeys<'_> = self.read.object(item)?;
        if self.read.text(keys.value).is_none() {
            self.report_unless_given(keys.value, item, "a fact", "value");
            return None;
        }
        let name = self.read.line(keys.label).or_else(|| self.read.line(keys.id));
        let Some(name) = name else {
            self.read.report_missing(item, "a fact", "label");
            return None;
        };
        Some(Fact {
            id: self.id(keys.id, &name),
            label: self.inlines(keys.label.or(keys.id)),
            value: self.inlines(keys.value),
            unit: self.phrase(keys.unit),
            as_of: self.read.date(keys.as_of),
            source: self.inlines(keys.source),
            span: item.node.span,
        })
    }

    fn timeline_entry(self, item: Field<'_>) -> Option<TimelineEntry> {
        let keys: TimelineKeys<'_> = self.read.object(item)?;
        let Some(date) = self.read.timeline_date(keys.date) else {
            self.report_unless_given(keys.date, item, "an entry of the timeline", "date");
            return None;
        };
        let entry = TimelineEntry {
            date,
            title: self.inlines(keys.title),
            text: self.inlines(keys.text),
            span: item.node.span,
        };
        if entry.title.is_empty() && entry.text.is_empty() {
            self.report_unless_given(
                keys.title.or(keys.text),
                item,
                "an entry of the timeline",
                "title",
            );
        }
        Some(entry)
    }

    fn quote(self, item: Field<'_>) -> Option<PullQuote> {
        let keys: QuoteKeys<'_> = self.read.object(item)?;
        let text = self.inlines(keys.text);
        if text.is_empty() {
            self.report_unless_given(keys.text, item, "a quote", "text");
            return None;
        }
        Some(PullQuote {
            text,
            by: self.inlines(keys.by),
            source: self.inlines(keys.source),
            url: self.read.url(keys.url),
            span: item.node.span,
        })
    }

    fn award(self, item: Field<'_>) -> Option<Award> {
        let keys: AwardKeys<'_> = self.read.object(item)?;
        let title = self.inlines(keys.title);
        if title.is_empty() {
            self.report_unless_given(keys.title, item, "an award", "title");
            return None;
        }
        let (by, date) = (self.inlines(keys.by), self.read.date(keys.date));
        Some(Award { title, by, date, span: item.node.span })
    }

    fn coverage(self, item: Field<'_>) -> Option<Coverage> {
        let keys: CoverageKeys<'_> = self.read.object(item)?;
        let title = self.inlines(keys.title);
        if title.is_empty() {
            self.report_unless_given(keys.title, item, "an item of coverage", "title");
            return None;
        }
        Some(Coverage {
            title,
            publication: self.inlines(keys.publication),
            date: self.read.date(keys.date),
            url: self.read.url(keys.url),
            span: item.node.span,
        })
    }

    fn contact(self, item: Field<'_>) -> Option<Contact> {
        let keys: ContactKeys<'_> = self.read.object(item)?;
        let Some(name) = self.phrase(keys.name) else {
            self.report_unless_given(keys.name, item, "a contact", "name");
            return None;
        };
        Some(Contact {
            name,
            role: self.phrase(keys.role),
            email: self.read.email(keys.email),
            phone: self.read.line(keys.phone),
            hours: self.phrase(keys.hours),
            span: item.node.span,
        })
    }

    fn link(self, item: Field<'_>, what: &str) -> Option<KitLink> {
        let keys: LinkKeys<'_> = self.read.object(item)?;
        let Some(url) = self.read.url(keys.url) else {
            self.report_unless_given(keys.url, item, what, "url");
            return None;
        };
        let title = self.phrase(keys.title).unwrap_or_else(|| url.clone());
        Some(KitLink { title, url, span: item.node.span })
    }

    fn video(self, item: Field<'_>) -> Option<Video> {
        let KitLink { title, url, span } = self.link(item, "a video")?;
        Some(Video { title, url, span })
    }

    /// The identifier that is given, else one made from the name.
    fn id(self, field: Option<Field<'_>>, name: &str) -> Label {
        let is_allowed = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        let help = "write it in letters, digits and hyphens";
        let given = self.read.handle(field, is_allowed, help);
        Label::new(given.or_else(|| slugify(name)).unwrap_or_else(|| name.to_owned()))
    }

    /// Whether an identifier is new; one that is taken is reported.
    fn take_id(self, ids: &mut Ids, id: &Label, span: Span) -> bool {
        let Some(first) = ids.get(id) else {
            ids.insert(id.clone(), span);
            return true;
        };
        let message = format!("the identifier `{}` is taken", id.as_str());
        self.read.sink.report(
            Diagnostic::new(codes::INVALID_VALUE, span, message)
                .with_label(*first, "first given here")
                .with_help("give this one an `id` of its own"),
        );
        false
    }

    /// Reports a missing key; one that is given and can't be read is reported already.
    fn report_unless_given(
        self,
        field: Option<Field<'_>>,
        owner: Field<'_>,
        what: &str,
        key: &str,
    ) {
        if field.is_none_or(Field::is_blank) {
            self.read.report_missing(owner, what, key);
        }
    }
}
