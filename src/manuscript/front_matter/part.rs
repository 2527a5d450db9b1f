//! The front matter of a part: its title and its language; all else is the first file's to say.

use super::fields::{brief, kebab_case, read_keys};
use super::keys::PartKeys;
use super::node::Entry;
use super::scalars::Reader;
use super::{FrontMatter, fields::Fields};
use crate::diagnostics::{Diagnostic, Sink, Span, codes};
use crate::manuscript::markdown::set_phrase;
use crate::model::Language;

/// What a part's front matter says of its prose.
#[derive(Clone, Debug, Default)]
pub(in crate::manuscript) struct PartMatter {
    /// The title, with its place.
    pub(in crate::manuscript) title: Option<(String, Span)>,
    /// The language.
    pub(in crate::manuscript) language: Option<Language>,
}

/// Interprets the front matter of a part of a document in a language. What has no meaning there
/// is reported, all of it at once.
pub(in crate::manuscript) fn interpret_part(
    front_matter: &FrontMatter,
    language: &Language,
    sink: &Sink,
) -> PartMatter {
    let is_known = |entry: &Entry| PartKeys::KNOWN.contains(&kebab_case(&entry.key).as_str());
    let (known, others): (Vec<Entry>, Vec<Entry>) =
        front_matter.entries.iter().cloned().partition(is_known);
    report_ignored(&others, sink);
    let keys: PartKeys<'_> = read_keys(&known, sink);
    let read = Reader { sink, is_whole: front_matter.is_whole };
    let own = read.language(keys.language);
    let title = keys.title.zip(read.line(keys.title)).map(|(field, title)| {
        (set_phrase(&title, own.as_ref().unwrap_or(language)), field.node.span)
    });
    PartMatter { title, language: own }
}

fn report_ignored(entries: &[Entry], sink: &Sink) {
    const MOST: usize = 5;
    let mut ignored = entries.iter().filter(|entry| !kebab_case(&entry.key).starts_with("x-"));
    let Some(first) = ignored.next() else { return };
    let others = ignored.clone().count();
    let shown = std::iter::once(first).chain(ignored.take(MOST - 1));
    let names: Vec<String> = shown.map(|entry| format!("`{}`", brief(&entry.key))).collect();
    let mut names = names.join(", ");
    if others >= MOST {
        names = format!("{names} and {} more", others + 1 - MOST);
    }
    let verb = if others == 0 { "is" } else { "are" };
    let message = format!("{names} {verb} ignored in a part: its `title` and its `lang` count");
    sink.report(
        Diagnostic::new(codes::IGNORED_IN_PART, first.key_span, message)
            .with_help("say it in the first file's front matter, or delete it here"),
    );
}
