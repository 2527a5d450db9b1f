//! The keys that describe the whole into [`Metadata`].

use std::collections::{BTreeMap, BTreeSet};

use super::FrontMatter;
use super::dates::{self, Moment};
use super::fields::{Field, brief};
use super::keys::{AgentKeys, IdentifierKeys, NameKeys, ReleaseKeys, TopKeys, VariantKeys};
use super::kit::KitReader;
use super::scalars::{Reader, items, slugify};
use crate::diagnostics::{Diagnostic, Sink, codes};
use crate::manuscript::Manuscript;
use crate::manuscript::markdown::set_phrase;
use crate::model::{
    Agent, Asset, Collection, DateTime, Direction, EditionEntry, Kind, Metadata, Paper, Picture,
    Release, Variant, visit,
};
use crate::sandbox::RootPath;

const KINDS: &[(&str, Kind)] = &[
    ("profile", Kind::Profile),
    ("release", Kind::Release),
    ("interview", Kind::Interview),
    ("article", Kind::Article),
    ("book", Kind::Book),
];
const DIRECTIONS: &[(&str, Direction)] =
    &[("ltr", Direction::LeftToRight), ("rtl", Direction::RightToLeft)];
const PAPERS: &[(&str, Paper)] = &[("a4", Paper::A4), ("letter", Paper::Letter)];
const EDITIONS: &[(&str, EditionEntry)] =
    &[("press-kit", EditionEntry::PressKit), ("profile", EditionEntry::Profile)];

impl KitReader<'_> {
    /// A name, or the `name` of an object, in the quotes and dashes of the document's language.
    fn named(self, field: Option<Field<'_>>) -> Option<String> {
        Some(set_phrase(&self.read.name(field)?, self.context.language))
    }

    /// Everything that describes the whole. The title is empty where none is given.
    pub(super) fn metadata(
        self,
        keys: &TopKeys<'_>,
        manuscript: &Manuscript,
        front_matter: &FrontMatter,
        assets: &BTreeMap<RootPath, Asset>,
    ) -> Metadata {
        let read = self.read;
        let language = self.context.language.clone();
        let description = self.inlines(keys.description);
        Metadata {
            title: self.phrase(keys.title).unwrap_or_default(),
            subtitle: self.phrase(keys.subtitle),
            headline: self.inlines(keys.headline),
            summary: self.inlines(keys.summary),
            description: (!description.is_empty()).then(|| visit::text(&description)),
            kind: read.choice(keys.kind, KINDS).unwrap_or_default(),
            slug: self.slug(keys.slug, &manuscript.name),
            direction: read.choice(keys.direction, DIRECTIONS).unwrap_or(language.direction()),
            language,
            date: read.date(keys.date),
            modified: self.modified(keys, manuscript.source_date_epoch, front_matter),
            version: read.line(keys.version),
            authors: self.agents(keys.author),
            contributors: self.agents(keys.contributor),
            publisher: self.named(keys.publisher),
            organization: self.named(keys.organization),
            identifier: self.identifier(keys.identifier),
            subjects: read.lines(keys.subject),
            keywords: self.keywords(keys),
            rights: self.named(keys.rights),
            license: read.name(keys.license),
            collection: self.collection(keys.collection, keys.position),
            dateline: self.phrase(keys.dateline),
            release: self.release(keys.release),
            audience: read.line(keys.audience),
            cover: self.cover(keys, assets),
            theme: read.line(keys.theme),
            paper: read.choice(keys.paper, PAPERS),
            page_list: read.flag(keys.page_list).unwrap_or(true),
            editions: items(keys.editions)
                .filter_map(|item| read.choice(Some(item), EDITIONS))
                .collect(),
            variants: items(keys.variants).filter_map(|item| self.variant(item)).collect(),
        }
    }

    fn slug(self, field: Option<Field<'_>>, name: &str) -> String {
        let named = slugify(name).unwrap_or_else(|| "manuscript".to_owned());
        let Some((field, text)) = field.zip(self.read.text(field)) else { return named };
        let Some(reason) = refuse_slug(&text) else { return text };
        let slug = slugify(&text).unwrap_or(named);
        let message = format!("the slug `{}` {reason}; `{slug}` stands in", brief(&text));
        self.read.sink.report(
            Diagnostic::new(codes::SLUG_NORMALISED, field.node.span, message)
                .with_help("write it in lower-case letters, digits, hyphens and dots"),
        );
        slug
    }

    /// `modified:`, else `SOURCE_DATE_EPOCH`, else `date:`; never the clock.
    fn modified(
        self,
        keys: &TopKeys<'_>,
        source_date_epoch: Option<i64>,
        front_matter: &FrontMatter,
    ) -> DateTime {
        if let Some(modified) = self.moment(keys.modified) {
            return modified;
        }
        if let Some(epoch) = source_date_epoch.and_then(DateTime::from_unix) {
            return epoch;
        }
        let Some(field) = keys.date else {
            if self.read.is_whole {
                let message = "there is no `date`; 1980-01-01 stands in";
                self.read.sink.report(
                    Diagnostic::new(codes::DATE_MISSING, front_matter.span, message)
                        .with_help("add one: `date: 2026-11-02`"),
                );
            }
            return DateTime::FALLBACK;
        };
        // A date that can't be read is reported where the date itself is read.
        let quiet = Reader { sink: &Sink::default(), is_whole: true };
        let Some(text) = quiet.text(Some(field)) else { return DateTime::FALLBACK };
        let is_date = Moment::parse(&text).is_some() || dates::parse_date(&text).is_some();
        parse_moment(&text).unwrap_or_else(|| {
            if is_date {
                self.report_out_of_range(field, &text);
            }
            DateTime::FALLBACK
        })
    }

    fn moment(self, field: Option<Field<'_>>) -> Option<DateTime> {
        let text = self.read.text(field)?;
        let moment = parse_moment(&text);
        if let (None, Some(field)) = (moment, field) {
            let message = format!("`{}` is not a time from 1980 to 2107", brief(&text));
            self.read.sink.report(
                Diagnostic::new(codes::INVALID_DATE, field.node.span, message)
                    .with_help("write it as 2026-11-02T09:00:00Z or 2026-11-02"),
            );
        }
        moment
    }

    fn report_out_of_range(self, field: Field<'_>, text: &str) {
        let message = format!("outputs can't be dated {text}; 1980-01-01 stands in");
        self.read.sink.report(
            Diagnostic::new(codes::DATE_MISSING, field.node.span, message)
                .with_help("say when the text was last changed: `modified: 2026-11-02`"),
        );
    }

    fn agents(self, field: Option<Field<'_>>) -> Vec<Agent> {
        items(field).filter_map(|item| self.agent(item)).collect()
    }

    fn agent(self, item: Field<'_>) -> Option<Agent> {
        let keys: AgentKeys<'_> = self.read.object(item)?;
        let Some(name) = self.read.line(keys.name) else {
            if keys.name.is_none() {
                self.read.report_missing(item, &format!("`{}`", item.key), "name");
            }
            return None;
        };
        let (role, file_as) = (self.read.line(keys.role), self.read.line(keys.file_as));
        Some(Agent { name, role, file_as })
    }

    /// An identifier; one with a scheme becomes a URN or has the scheme before it.
    fn identifier(self, field: Option<Field<'_>>) -> Option<String> {
        let keys: IdentifierKeys<'_> = self.read.object(field?.items().next()?)?;
        let text = self.read.line(keys.text)?;
        let scheme = self.read.line(keys.scheme).map(|scheme| scheme.to_lowercase());
        Some(match scheme.as_deref() {
            None => text,
            Some("isbn") => format!("urn:isbn:{}", text.replace(['-', ' '], "")),
            Some(scheme) => format!("{scheme}:{text}"),
        })
    }

    /// What posts call keywords, tags or categories, each word once.
    fn keywords(self, keys: &TopKeys<'_>) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let words = [keys.keywords, keys.tags, keys.categories].map(|field| self.read.words(field));
        words.into_iter().flatten().filter(|word| seen.insert(word.clone())).collect()
    }

    fn collection(self, field: Option<Field<'_>>, beside: Option<Field<'_>>) -> Option<Collection> {
        let Some(field) = field else {
            self.report_alone(beside, "belongs-to-collection");
            return None;
        };
        let keys: NameKeys<'_> = self.read.object(field.items().next()?)?;
        let name = self.read.line(keys.name)?;
        Some(Collection { name, position: self.read.line(keys.position.or(beside)) })
    }

    /// Reports a key that says nothing without another.
    fn report_alone(self, field: Option<Field<'_>>, other: &str) {
        let Some(field) = field.filter(|_| self.read.is_whole) else { return };
        let message = format!("`{}` says nothing without `{other}`", field.key);
        let found = Diagnostic::new(codes::MISSING_KEY, field.key_span, message);
        self.read.sink.report(found.with_help(format!("add `{other}`")));
    }

    fn release(self, field: Option<Field<'_>>) -> Release {
        let Some(field) = field else { return Release::Unstated };
        let Some(keys) = self.read.object::<ReleaseKeys<'_>>(field) else {
            return Release::Unstated;
        };
        if keys.until.is_some() {
            return self.embargo(&keys);
        }
        match self.read.choice(keys.text, &[("immediate", ())]) {
            Some(()) => Release::Immediate,
            None => Release::Unstated,
        }
    }

    fn embargo(self, keys: &ReleaseKeys<'_>) -> Release {
        let Some(text) = self.read.text(keys.until) else { return Release::Unstated };
        let note = self.phrase(keys.note);
        if let Some(until) = Moment::parse(&text).and_then(Moment::to_rfc3339) {
            return Release::Embargoed { until, note };
        }
        let message = if Moment::parse(&text).is_some() {
            format!(
                "the embargo `{text}` has no offset, so it ends at a different time in each place"
            )
        } else {
            format!("the embargo `{}` is not a time", brief(&text))
        };
        let at = keys.until.map(|field| field.node.span).unwrap_or_default();
        self.read.sink.report(
            // Nothing stands in for an embargo.
            Diagnostic::new(codes::INVALID_VALUE, at, message)
                .with_help("write day, time and offset: 2026-11-02T09:00:00+01:00, or Z for UTC"),
        );
        Release::Unstated
    }

    fn cover(self, keys: &TopKeys<'_>, assets: &BTreeMap<RootPath, Asset>) -> Option<Picture> {
        if keys.cover_image.is_none() {
            self.report_alone(keys.cover_alt, "cover-image");
        }
        self.picture(keys.cover_image, keys.cover_alt, assets)
    }

    fn variant(self, item: Field<'_>) -> Option<Variant> {
        let keys: VariantKeys<'_> = self.read.object(item)?;
        if keys.name.is_none() {
            self.read.report_missing(item, "a variant", "name");
        }
        let help = "write it in lower-case letters, digits, hyphens and dots";
        Some(Variant {
            name: self.read.handle(keys.name, is_slug_character, help)?,
            audience: self.read.line(keys.audience),
            paper: self.read.choice(keys.paper, PAPERS),
            theme: self.read.line(keys.theme),
        })
    }
}

/// Why a text can't name files, if it can't.
fn refuse_slug(text: &str) -> Option<&'static str> {
    /// In bytes, with room for what variants and formats add to a name of 255.
    const LONGEST: usize = 100;
    if text.len() > LONGEST {
        return Some("is longer than 100 bytes");
    }
    if !text.chars().all(is_slug_character) {
        return Some("holds characters that file names and addresses do without");
    }
    // A hyphen would make it an option on a command line, a dot a hidden file.
    (!text.starts_with(char::is_alphanumeric)).then_some("does not begin with a letter or a digit")
}

/// What may stand in a part of a file name.
fn is_slug_character(c: char) -> bool {
    (c.is_alphanumeric() && !c.is_uppercase()) || matches!(c, '-' | '.')
}

fn parse_moment(text: &str) -> Option<DateTime> {
    match Moment::parse(text) {
        Some(moment) => moment.to_date_time(),
        None => dates::start_of(dates::parse_date(text)?),
    }
}
