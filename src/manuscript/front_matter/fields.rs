//! A map into the typed set of keys that it may hold.
//!
//! Each kind of map declares its keys once, with [`fields!`]: a key that is read is one that is
//! declared, one that is declared is known to the did-you-mean, and each carries the example that
//! its error shows.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::node::{Entry, Node, Value};
use crate::diagnostics::{Diagnostic, Sink, Span, codes, nearest};

/// A key that was given, with its value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'n> {
    /// The key as written.
    pub(super) key: &'n str,
    /// The key's place.
    pub(super) key_span: Span,
    /// The value; never null.
    pub(super) node: &'n Node,
    /// A line that shows the key with a value it can hold.
    pub(super) example: &'static str,
}

impl<'n> Field<'n> {
    /// The field of an entry; none where its value is null.
    fn of(entry: &'n Entry, example: &'static str) -> Option<Self> {
        let Entry { key, key_span, value: node } = entry;
        let field = Self { key, key_span: *key_span, node, example };
        (!matches!(node.value, Value::Null)).then_some(field)
    }

    /// The items of a list; a value that is no list is its own only item.
    pub(super) fn items(self) -> impl Iterator<Item = Self> {
        let items = match &self.node.value {
            Value::List(items) => items.as_slice(),
            Value::Null | Value::Scalar(_) | Value::Map(_) => std::slice::from_ref(self.node),
        };
        let given = items.iter().filter(|node| !matches!(node.value, Value::Null));
        given.map(move |node| Self { node, ..self })
    }

    /// Whether the value is a text without any characters but white space.
    pub(super) fn is_blank(self) -> bool {
        matches!(&self.node.value, Value::Scalar(scalar) if scalar.text.trim().is_empty())
    }

    /// Reports that the value is of the wrong type.
    pub(super) fn report_type(self, expected: &str, sink: &Sink) {
        let message = format!("`{}` is {}; expected {expected}", self.key, self.node.describe());
        sink.report(
            Diagnostic::new(codes::WRONG_TYPE, self.node.span, message)
                .with_help(format!("for example: `{}`", self.example)),
        );
    }

    /// Reports a value that the key can't hold.
    pub(super) fn report_value(
        self,
        message: impl Into<String>,
        help: impl Into<String>,
        sink: &Sink,
    ) {
        let found = Diagnostic::new(codes::INVALID_VALUE, self.node.span, message);
        sink.report(found.with_help(help));
    }
}

/// Where a key's value goes, and the example that its errors show.
pub(super) type Slot<'s, 'n> = (&'s mut Option<Field<'n>>, &'static str);

/// The keys of one kind of map.
pub(super) trait Fields<'n>: Default {
    /// What the map describes, as a message names it.
    const WHAT: &'static str;
    /// All spellings, in kebab-case.
    const KNOWN: &'static [&'static str];
    /// The key that a text in the place of the map stands for, if it may stand there.
    const TEXT: Option<&'static str>;
    /// The slot of a spelling.
    fn slot(&mut self, key: &str) -> Option<Slot<'_, 'n>>;
}

/// Declares the keys of one kind of map: the field, its spellings, and an example. The key after
/// `text is` takes a plain text that stands in the place of the map.
macro_rules! fields {
    (@text) => { None };
    (@text $text:literal) => { Some($text) };
    (
        $(#[$doc:meta])*
        $name:ident: $what:literal $(, text is $text:literal)? {
            $($field:ident: $key:literal $(| $also:literal)* => $example:literal,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub(super) struct $name<'n> {
            $(pub(super) $field: Option<$crate::manuscript::front_matter::fields::Field<'n>>,)*
        }

        impl<'n> $crate::manuscript::front_matter::fields::Fields<'n> for $name<'n> {
            const WHAT: &'static str = $what;
            const KNOWN: &'static [&'static str] = &[$($key $(, $also)*),*];
            const TEXT: Option<&'static str> = fields!(@text $($text)?);

            fn slot(
                &mut self,
                key: &str,
            ) -> Option<$crate::manuscript::front_matter::fields::Slot<'_, 'n>> {
                match key {
                    $($key $(| $also)* => Some((&mut self.$field, $example)),)*
                    _ => None,
                }
            }
        }
    };
}
pub(super) use fields;

/// Reads the map, or the text in its place, that a field holds.
pub(super) fn read_object<'n, F: Fields<'n>>(field: Field<'n>, sink: &Sink) -> Option<F> {
    let mut fields = F::default();
    match &field.node.value {
        Value::Null => return None,
        Value::Map(entries) => return Some(read_keys(entries, sink)),
        Value::Scalar(_) => {
            if let Some((slot, example)) = F::TEXT.and_then(|key| fields.slot(key)) {
                *slot = Some(Field { example, ..field });
                return Some(fields);
            }
        }
        Value::List(_) => {}
    }
    field.report_type(&format!("the keys of {}", F::WHAT), sink);
    None
}

/// Sorts the entries of a map into their fields, and reports keys that are not known.
pub(super) fn read_keys<'n, F: Fields<'n>>(entries: &'n [Entry], sink: &Sink) -> F {
    let mut fields = F::default();
    let mut seen: BTreeMap<String, &Entry> = BTreeMap::new();
    let mut unknown = Vec::new();
    for entry in entries {
        let name = kebab_case(&entry.key);
        if name.starts_with("x-") {
            continue;
        }
        if let Some(first) = seen.get(&name) {
            report_respelt(first, entry, sink);
            continue;
        }
        match fields.slot(&name) {
            None => unknown.push((entry, name.clone())),
            Some((Some(given), _)) => report_second_name(*given, entry, sink),
            Some((slot, example)) => *slot = Field::of(entry, example),
        }
        seen.insert(name, entry);
    }
    report_unknown::<F>(&unknown, sink);
    fields
}

/// The spelling that keys are declared in, from `snake_case` and `camelCase`.
pub(super) fn kebab_case(key: &str) -> String {
    let mut name = String::with_capacity(key.len() + 4);
    let mut after_small = false;
    for c in key.chars() {
        if c.is_ascii_uppercase() && after_small {
            name.push('-');
        }
        after_small = c.is_ascii_lowercase() || c.is_ascii_digit();
        name.push(if c == '_' { '-' } else { c.to_ascii_lowercase() });
    }
    name
}

/// Reports keys that are not known; where there are very many, the file is something else, and
/// the rest is only counted.
fn report_unknown<'n, F: Fields<'n>>(unknown: &[(&Entry, String)], sink: &Sink) {
    const MOST: usize = 50;
    for (entry, name) in unknown.iter().take(MOST) {
        let message = format!("`{}` is not a key of {}", brief(&entry.key), F::WHAT);
        let near = nearest(&brief(name), F::KNOWN.iter().copied());
        let help = match near {
            Some(known) => format!("did you mean `{known}`?"),
            None => "it is ignored; a key of your own starts with `x-`".to_owned(),
        };
        sink.report(Diagnostic::new(codes::UNKNOWN_KEY, entry.key_span, message).with_help(help));
    }
    if let Some((entry, _)) = unknown.get(MOST) {
        let message = format!("{} further keys are not keys of {}", unknown.len() - MOST, F::WHAT);
        sink.report(Diagnostic::new(codes::UNKNOWN_KEY, entry.key_span, message));
    }
}

fn report_respelt(first: &Entry, second: &Entry, sink: &Sink) {
    let message = format!("`{}` is given already, as `{}`", brief(&second.key), brief(&first.key));
    sink.report(
        Diagnostic::new(codes::DUPLICATE_KEY, second.key_span, message)
            .with_label(first.key_span, "first given here")
            .with_help("keep one of the two"),
    );
}

/// Manuscripts from elsewhere may give one thing under two names for two tools.
fn report_second_name(given: Field<'_>, second: &Entry, sink: &Sink) {
    let message = format!("`{}` is ignored, since `{}` says the same", second.key, given.key);
    let found = Diagnostic::new(codes::UNKNOWN_KEY, second.key_span, message);
    sink.report(found.with_label(given.key_span, "given here"));
}

/// A text as a message shows it: its start, if it is long.
pub(in crate::manuscript) fn brief(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snake_case_and_camel_case_are_kebab_case() {
        for key in ["same-as", "same_as", "sameAs", "SameAs"] {
            assert_eq!(kebab_case(key), "same-as");
        }
        assert_eq!(kebab_case("URL"), "url");
    }
}
