//! YAML as a tree in which every key and every value knows its place.

use std::borrow::Cow;

use crate::diagnostics::Span;

/// A value with its place in the manuscript.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) span: Span,
}

/// What a [`Node`] holds.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// Anything else that is no collection.
    Scalar(Scalar),
    /// `- …` or `[…]`
    List(Vec<Node>),
    /// `key: …` or `{…}`, in order; no key stands twice.
    Map(Vec<Entry>),
}

/// A scalar as it is written, since a title of `1984` and a version of `1.10` are texts.
#[derive(Clone, Debug)]
pub(super) struct Scalar {
    /// The characters, after quotes, escapes and folded lines are resolved.
    pub(super) text: String,
    /// Whether it stands without quotes, so that YAML may see a number in it.
    pub(super) plain: bool,
    /// Whether its lines are folded, so that a line end in it was a blank line in the source.
    pub(super) folded: bool,
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) value: Node,
}

impl Scalar {
    /// What YAML takes an unquoted scalar for.
    fn resolve(&self) -> serde_yaml::Value {
        // The longest plain scalar that is no string is a number; no number is longer than this.
        if !self.plain || self.text.len() > 64 {
            return serde_yaml::Value::String(String::new());
        }
        let text = |_| serde_yaml::Value::String(String::new());
        serde_yaml::from_str(&self.text).unwrap_or_else(text)
    }

    /// Whether it stands for nothing.
    pub(super) fn is_null(&self) -> bool {
        // Front matter has thousands of scalars; few need the YAML crate's judgement.
        let may_be_null = self.text.is_empty() || self.text.starts_with(['~', 'n', 'N']);
        self.plain && may_be_null && self.resolve().is_null()
    }

    /// The text with a blank line between its paragraphs. Folding leaves one line end of a blank
    /// line, where Markdown would go on with the paragraph; indented lines are not folded.
    pub(super) fn paragraphs(&self) -> Cow<'_, str> {
        if !self.folded || !self.text.contains('\n') {
            return Cow::Borrowed(&self.text);
        }
        let mut text = String::with_capacity(self.text.len() + 16);
        let is_folded = |line: &str| !line.is_empty() && !line.starts_with([' ', '\t']);
        let mut lines = self.text.split('\n').peekable();
        while let Some(line) = lines.next() {
            text.push_str(line);
            if let Some(next) = lines.peek() {
                text.push_str(if is_folded(line) && is_folded(next) { "\n\n" } else { "\n" });
            }
        }
        Cow::Owned(text)
    }

    /// The truth value that it is.
    pub(super) fn as_bool(&self) -> Option<bool> {
        self.resolve().as_bool()
    }
}

impl Node {
    /// What the value is, as a message names it.
    pub(super) fn describe(&self) -> &'static str {
        match &self.value {
            Value::Null => "empty",
            Value::List(_) => "a list",
            Value::Map(_) => "a set of keys",
            Value::Scalar(scalar) => match scalar.resolve() {
                serde_yaml::Value::Bool(_) => "a truth value",
                serde_yaml::Value::Number(_) => "a number",
                _ => "text",
            },
        }
    }

    /// Roughly the memory that a copy takes, in bytes.
    pub(super) fn weight(&self) -> usize {
        let own = size_of::<Entry>();
        own + match &self.value {
            Value::Null => 0,
            Value::Scalar(scalar) => scalar.text.len(),
            Value::List(items) => items.iter().map(Self::weight).sum(),
            Value::Map(entries) => {
                entries.iter().map(|entry| entry.key.len() + entry.value.weight()).sum()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Scalar {
        Scalar { text: text.to_owned(), plain: true, folded: true }
    }

    #[test]
    fn only_an_unquoted_scalar_can_be_null_or_a_truth_value() {
        assert!(plain("~").is_null() && plain("").is_null() && plain("null").is_null());
        assert_eq!(plain("false").as_bool(), Some(false));
        assert_eq!(plain("no").as_bool(), None, "YAML 1.2: a language, say");
        let quoted = Scalar { plain: false, ..plain("true") };
        assert_eq!(quoted.as_bool(), None);
        assert!(!plain("nil: b: c").is_null(), "what can't stand alone is not null");
    }

    #[test]
    fn a_blank_line_in_folded_text_ends_a_paragraph() {
        assert_eq!(plain("a\nb\n\nc").paragraphs(), "a\n\nb\n\nc");
        assert_eq!(plain("a\n  - b\n  - c\nd").paragraphs(), "a\n  - b\n  - c\nd");
        assert_eq!(Scalar { folded: false, ..plain("a\nb") }.paragraphs(), "a\nb");
    }
}
