//! What stands in braces after a heading, and the identifiers of headings.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{CowStr, Tag};

use super::tokens::{Placed, Token};
use super::{Context, Origin};
use crate::diagnostics::{Diagnostic, Span, codes, nearest};
use crate::model::{Attributes, Label, Language};

/// The identifiers that headings of a file claim for themselves, each with the place of the first
/// that does. They are taken before any identifier is made from a heading's text.
#[derive(Default)]
pub(super) struct Claims {
    places: BTreeMap<Label, Span>,
    /// The claims that were met.
    met: BTreeSet<Label>,
    /// How often each text was asked to become an identifier.
    counts: BTreeMap<String, u32>,
}

impl Claims {
    /// Takes the claimed identifiers out of those that are free in the document.
    pub(super) fn stake(tokens: &[Placed<'_>], origin: Origin, context: &Context<'_>) -> Self {
        let mut claims = Self::default();
        for Placed { token, range } in tokens {
            if let Token::Start(Tag::Heading { id: Some(id), .. }) = token {
                let label = Label::new(id.as_ref());
                if context.labels.borrow_mut().insert(label.clone()) {
                    claims.places.insert(label, origin.span(range));
                }
            }
        }
        claims
    }

    /// The identifier of a heading: the claimed one if it is this heading's, else a free one like
    /// it. `text` is the heading's.
    pub(super) fn settle(
        &mut self,
        claimed: Option<&Label>,
        text: &str,
        span: Span,
        context: &Context<'_>,
    ) -> Label {
        let Some(label) = claimed else { return self.free_label(&slug(text), context) };
        if self.places.get(label) == Some(&span) && self.met.insert(label.clone()) {
            return label.clone();
        }
        let message = format!("another heading has the identifier `{}`", label.as_str());
        let mut found = Diagnostic::new(codes::DUPLICATE_LABEL, span, message)
            .with_help("give each heading an identifier of its own");
        if let Some(first) = self.places.get(label) {
            found = found.with_label(*first, "first given here");
        }
        context.sink.report(found);
        self.free_label(label.as_str(), context)
    }

    /// A label that is not taken yet: the text itself, or with `-1`, `-2` …
    fn free_label(&mut self, text: &str, context: &Context<'_>) -> Label {
        let mut labels = context.labels.borrow_mut();
        let mut label = Label::new(text);
        let count = self.counts.entry(text.to_owned()).or_default();
        while !labels.insert(label.clone()) {
            *count += 1;
            label = Label::new(format!("{text}-{count}"));
        }
        label
    }
}

/// An identifier from a heading's text, as forges make it: lower case, hyphens for spaces,
/// letters and digits of any script.
fn slug(text: &str) -> String {
    let kept = text.trim().chars().filter_map(|found| match found {
        '-' | '_' => Some(found),
        _ if found.is_alphanumeric() => Some(found),
        _ if found.is_whitespace() => Some('-'),
        _ => None,
    });
    let slug: String = kept.flat_map(char::to_lowercase).collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// Reads what stood in a heading's braces.
pub(super) fn attributes(
    id: Option<&CowStr<'_>>,
    classes: &[CowStr<'_>],
    pairs: &[(CowStr<'_>, Option<CowStr<'_>>)],
    span: Span,
    context: &Context<'_>,
) -> Attributes {
    let mut attributes = Attributes {
        label: id.map(|id| Label::new(id.as_ref())),
        classes: classes.iter().map(ToString::to_string).collect(),
        ..Attributes::default()
    };
    for (key, value) in pairs {
        let value = value.as_deref().unwrap_or_default().trim_matches(['"', '\'']);
        match key.as_ref() {
            "lang" => attributes.language = language(value, span, context),
            "audience" => attributes.audience = Some(value.to_owned()),
            // Pandoc's way to leave a heading without a number, which ours never have.
            "-" => {}
            key => {
                let message = format!("headings have no attribute `{key}`");
                let near =
                    nearest(key, ["lang", "audience"]).map(|near| format!("write `{near}=`"));
                let help = near.unwrap_or_else(|| {
                    "they have `#id`, `.class`, `lang=` and `audience=`".to_owned()
                });
                context
                    .sink
                    .report(Diagnostic::new(codes::UNKNOWN_KEY, span, message).with_help(help));
            }
        }
    }
    attributes
}

/// Reads a language tag; one that is none is reported.
pub(super) fn language(tag: &str, span: Span, context: &Context<'_>) -> Option<Language> {
    let language = Language::parse(tag);
    if language.is_none() {
        let message = format!("`{tag}` is not a language tag");
        let help = "write a BCP 47 tag such as `fr` or `en-GB`";
        context
            .sink
            .report(Diagnostic::new(codes::INVALID_LANGUAGE, span, message).with_help(help));
    }
    language
}
