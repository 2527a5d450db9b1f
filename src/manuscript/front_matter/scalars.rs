//! Values into the types that the model holds, each with the complaint that fits.

use super::dates::{self, Moment};
use super::fields::{Field, Fields, brief, read_object};
use super::keys::NameKeys;
use super::node::{Scalar, Value};
use crate::diagnostics::{Diagnostic, Sink, codes, nearest};
use crate::model::{Date, Language, TimelineDate};

/// Reads the values of fields. Each function gives nothing where the field is not given, is
/// empty, or holds what it can't, which is reported.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    pub(super) sink: &'a Sink,
    /// Whether all of the front matter could be read, so that what is missing is truly missing.
    pub(super) is_whole: bool,
}

impl Reader<'_> {
    /// The scalar of a field, or the only one of its list.
    fn scalar<'n>(self, field: Option<Field<'n>>, expected: &str) -> Option<&'n Scalar> {
        let field = field?;
        match &field.node.value {
            Value::Null => None,
            Value::Scalar(scalar) => Some(scalar),
            Value::List(items) if items.len() == 1 => {
                self.scalar(Some(Field { node: items.first()?, ..field }), expected)
            }
            Value::List(_) | Value::Map(_) => {
                field.report_type(expected, self.sink);
                None
            }
        }
    }

    /// A text without white space at its ends; none where it is empty.
    pub(super) fn text(self, field: Option<Field<'_>>) -> Option<String> {
        self.text_as(field, "text")
    }

    fn text_as(self, field: Option<Field<'_>>, expected: &str) -> Option<String> {
        let text = self.scalar(field, expected)?.text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A text of paragraphs, with blank lines between them.
    pub(super) fn prose(self, field: Option<Field<'_>>) -> Option<String> {
        let text = self.scalar(field, "text")?.paragraphs();
        let text = text.trim_matches('\n').trim_end();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A text that may be empty, which says something of its own.
    pub(super) fn text_or_empty(self, field: Option<Field<'_>>) -> Option<String> {
        Some(self.scalar(field, "text")?.text.trim().to_owned())
    }

    /// A text on one line: names and titles go into file formats that know no other.
    pub(super) fn line(self, field: Option<Field<'_>>) -> Option<String> {
        let text = self.text(field)?;
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// All texts of a list, or the only one.
    pub(super) fn lines(self, field: Option<Field<'_>>) -> Vec<String> {
        items(field).filter_map(|item| self.line(Some(item))).collect()
    }

    /// Words of a list, or of one text that commas separate.
    pub(super) fn words(self, field: Option<Field<'_>>) -> Vec<String> {
        let is_text = field.is_some_and(|field| matches!(field.node.value, Value::Scalar(_)));
        let lines = self.lines(field);
        if !is_text {
            return lines;
        }
        let words = lines.iter().flat_map(|line| line.split(',')).map(str::trim);
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }

    /// A name, or the `name` of an object.
    pub(super) fn name(self, field: Option<Field<'_>>) -> Option<String> {
        let object: NameKeys<'_> = self.object(field?)?;
        self.line(object.name)
    }

    /// The keys of an object, or the text in its place.
    pub(super) fn object<'n, F: Fields<'n>>(self, field: Field<'n>) -> Option<F> {
        read_object(field, self.sink)
    }

    /// A truth value.
    pub(super) fn flag(self, field: Option<Field<'_>>) -> Option<bool> {
        let flag = self.scalar(field, "true or false")?.as_bool();
        if let (None, Some(field)) = (flag, field) {
            field.report_type("true or false", self.sink);
        }
        flag
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(
        self,
        field: Option<Field<'_>>,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let word = self.text(field)?;
        let lower = word.to_lowercase();
        let found = choices.iter().find(|(name, _)| *name == lower).map(|(_, value)| *value);
        if let (None, Some(field)) = (found, field) {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let help = match nearest(&brief(&lower), names.iter().copied()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("it can be {}", names.join(", ")),
            };
            field.report_value(
                format!("`{}` can't be `{}`", field.key, brief(&word)),
                help,
                self.sink,
            );
        }
        found
    }

    /// A day, a month or a year; a moment counts as its day.
    pub(super) fn date(self, field: Option<Field<'_>>) -> Option<Date> {
        let text = self.text_as(field, "a date")?;
        let date = dates::parse_date(&text).or_else(|| Some(Moment::parse(&text)?.day()));
        if let (None, Some(field)) = (date, field) {
            self.report_date(field, &text);
        }
        date
    }

    /// Reports a text that is no date.
    pub(super) fn report_date(self, field: Field<'_>, text: &str) {
        let message = format!("`{}` is not a date", brief(text));
        self.sink.report(
            Diagnostic::new(codes::INVALID_DATE, field.node.span, message)
                .with_help("write it as 2026-11-02, 2026-11 or 2026"),
        );
    }

    /// A date, a year, or a word. A day that no calendar has is reported.
    pub(super) fn timeline_date(self, field: Option<Field<'_>>) -> Option<TimelineDate> {
        let text = self.line(field)?;
        // Any other spelling is kept as it is written.
        let machine = dates::parse_iso_date(&text);
        let is_meant = text.len() == 10 && text.matches('-').count() == 2;
        if let (None, true, Some(field)) = (&machine, is_meant, field) {
            self.report_date(field, &text);
        }
        Some(TimelineDate { text, machine })
    }

    /// A BCP 47 tag, also as `en_GB`.
    pub(super) fn language(self, field: Option<Field<'_>>) -> Option<Language> {
        let text = self.text_as(field, "a language")?;
        // The longer first subtags that the grammar leaves room for have never been given out.
        let language = Language::parse(&text.replace('_', "-"))
            .filter(|language| matches!(language.primary().len(), 1..=3));
        if let (None, Some(field)) = (language.as_ref(), field) {
            let message = format!("`{}` is not a language", brief(&text));
            self.sink.report(
                Diagnostic::new(codes::INVALID_LANGUAGE, field.node.span, message)
                    .with_help("write a BCP 47 tag, such as en, en-GB, de or pt-BR"),
            );
        }
        language
    }

    /// An address on the web.
    pub(super) fn url(self, field: Option<Field<'_>>) -> Option<String> {
        let text = self.text_as(field, "an address")?;
        if is_web_address(&text) {
            return Some(text);
        }
        let help = if text.contains(':') || text.contains(char::is_whitespace) {
            "write an address that starts with `https://` and holds no spaces".to_owned()
        } else {
            format!("did you mean `https://{}`?", brief(&text))
        };
        field?.report_value(
            format!("`{}` is not an address on the web", brief(&text)),
            help,
            self.sink,
        );
        None
    }

    /// An e-mail address.
    pub(super) fn email(self, field: Option<Field<'_>>) -> Option<String> {
        let text = self.text_as(field, "an e-mail address")?;
        let address = text.strip_prefix("mailto:").unwrap_or(&text);
        if is_email(address) {
            return Some(address.to_owned());
        }
        let help = "write it as press@example.org";
        field?.report_value(
            format!("`{}` is not an e-mail address", brief(&text)),
            help,
            self.sink,
        );
        None
    }

    /// A name that can stand in file names and references: letters, digits, hyphens and
    /// whatever else is allowed.
    pub(super) fn handle(
        self,
        field: Option<Field<'_>>,
        is_allowed: fn(char) -> bool,
        help: &str,
    ) -> Option<String> {
        let text = self.text(field)?;
        if text.chars().all(is_allowed) && !text.starts_with('.') && text.len() <= 100 {
            return Some(text);
        }
        let field = field?;
        field.report_value(format!("`{}` can't be `{}`", field.key, brief(&text)), help, self.sink);
        None
    }

    /// Reports a key without which what holds it says nothing.
    pub(super) fn report_missing(self, owner: Field<'_>, what: &str, key: &str) {
        if !self.is_whole {
            return;
        }
        let message = format!("{what} has no `{key}`");
        self.sink.report(
            Diagnostic::new(codes::MISSING_KEY, owner.node.span, message)
                .with_help(format!("for example: `{}`", owner.example)),
        );
    }
}

/// The items of a field that may not be given.
pub(super) fn items(field: Option<Field<'_>>) -> impl Iterator<Item = Field<'_>> {
    field.into_iter().flat_map(Field::items)
}

fn is_web_address(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    is_web && !host.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let is_part = |part: &str| {
        !part.is_empty()
            && !part.contains(|c: char| c.is_whitespace() || c.is_control() || "@<>,;:".contains(c))
    };
    is_part(local) && domain.split('.').all(is_part)
}

/// A name in lower-case letters, digits and hyphens; none where the text has neither letters
/// nor digits.
pub(super) fn slugify(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let parts: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let slug: String = parts.join("-").chars().take(60).collect();
    let slug = slug.trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_lightly() {
        assert!(is_web_address("https://example.org/a?b#c") && is_web_address("HTTP://x"));
        assert!(
            !is_web_address("ftp://x")
                && !is_web_address("https://")
                && !is_web_address("https://a b")
        );
        assert!(is_email("press.office+kit@example.org") && is_email("p@localhost"));
        assert!(
            !is_email("press") && !is_email("a@b@c") && !is_email("a b@c.d") && !is_email("a@c..d")
        );
    }

    #[test]
    fn a_slug_is_never_empty() {
        assert_eq!(slugify("A Life: Robin & Co.").as_deref(), Some("a-life-robin-co"));
        assert_eq!(slugify("Ærø"), Some("ærø".to_owned()));
        assert_eq!(slugify("…"), None);
    }
}
