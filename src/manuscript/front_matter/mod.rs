//! Front matter into [`Metadata`], [`Kit`] and the data on pictures.
//!
//! 1. `split` cuts the front matter off a source; the Markdown parser never sees it.
//! 2. `yaml` turns it into a tree in which every key and value knows its place.
//! 3. `fields` sorts each map into the keys that it may hold, which `keys` declares.
//! 4. `scalars`, `metadata`, `kit` and `pictures` turn values into the model.
//!
//! Every fault is reported at its place, and reading goes on.

mod dates;
mod fault;
mod fields;
mod keys;
mod kit;
mod metadata;
mod node;
mod part;
mod pictures;
mod scalars;
mod split;
mod yaml;

pub(super) use self::fields::brief;
pub(super) use self::part::{PartMatter, interpret_part};

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use self::fields::{Field, read_keys};
use self::keys::TopKeys;
use self::kit::KitReader;
use self::node::{Entry, Node, Value};
use self::scalars::Reader;
use self::split::Split;
use super::Manuscript;
use super::markdown::Context;
use crate::diagnostics::{Diagnostic, Sink, SourceId, Span, codes};
use crate::model::{Asset, Kit, Metadata};
use crate::sandbox::RootPath;

/// The front matter of one file, parsed and not yet interpreted.
#[derive(Clone, Debug)]
pub(super) struct FrontMatter {
    entries: Vec<Entry>,
    /// Whether all of it could be read, so that what is missing is truly missing.
    is_whole: bool,
    /// Where a complaint about something missing points: the first line.
    pub(super) span: Span,
    /// Where the prose starts, in bytes.
    pub(super) body: usize,
}

/// What front matter says.
#[derive(Debug)]
pub(super) struct Interpretation {
    pub(super) metadata: Metadata,
    /// Whether no title is given, not even one that can't be read.
    pub(super) lacks_title: bool,
    pub(super) kit: Kit,
    pub(super) assets: BTreeMap<RootPath, Asset>,
}

/// An entry of `parts`, with its place.
#[derive(Clone, Debug)]
pub(super) struct PartEntry {
    pub(super) path: String,
    pub(super) span: Span,
}

impl FrontMatter {
    fn empty(span: Span, body: usize, is_whole: bool) -> Self {
        Self { entries: Vec::new(), is_whole, span, body }
    }

    /// The entries of `parts`.
    pub(super) fn parts(&self, sink: &Sink) -> Vec<PartEntry> {
        // Whatever else is wrong with the keys is reported when they are interpreted.
        let keys: TopKeys<'_> = read_keys(&self.entries, &Sink::default());
        let entry = |item| {
            let path = Reader { sink, is_whole: true }.text(Some(item))?;
            Some(PartEntry { path, span: item.node.span })
        };
        scalars::items(keys.parts).filter_map(entry).collect()
    }
}

/// Cuts the front matter off a text and parses it. Only the first file of a manuscript must
/// have any.
pub(super) fn read(text: &str, source: SourceId, is_first: bool, sink: &Sink) -> FrontMatter {
    let first_line = text.lines().next().unwrap_or_default().trim_end().len();
    let span = Span::new(source, 0, first_line);
    match split::split(text) {
        Split::Missing => {
            if is_first {
                report_missing(text, span, sink);
            }
            FrontMatter::empty(span, 0, true)
        }
        Split::Toml { body } => {
            let message = "the front matter is TOML";
            let help =
                "write it as YAML between two lines of `---`: `title: …` for `title = \"…\"`";
            sink.report(Diagnostic::new(codes::FRONT_MATTER_TOML, span, message).with_help(help));
            FrontMatter::empty(span, body, false)
        }
        Split::Json { body } => {
            let message = "the front matter is JSON";
            let help =
                "write it as YAML between two lines of `---`: `title: …` for `\"title\": \"…\"`";
            sink.report(Diagnostic::new(codes::FRONT_MATTER_JSON, span, message).with_help(help));
            FrontMatter::empty(span, body, false)
        }
        Split::Unclosed => {
            let message = "the front matter that starts here is not closed";
            let help = "put a line of `---` between the front matter and the text";
            sink.report(
                Diagnostic::new(codes::FRONT_MATTER_UNCLOSED, span, message).with_help(help),
            );
            FrontMatter::empty(span, text.len(), false)
        }
        Split::Yaml { yaml, body } => {
            let start = yaml.start;
            let yaml = yaml::parse(text.get(yaml).unwrap_or_default(), source, start, sink);
            let (entries, is_map) = take_entries(yaml.root, sink);
            FrontMatter { entries, is_whole: yaml.whole && is_map, span, body }
        }
    }
}

/// The entries of the whole, which must be a map.
fn take_entries(root: Option<Node>, sink: &Sink) -> (Vec<Entry>, bool) {
    let Some(root) = root else { return (Vec::new(), true) };
    let found = root.describe();
    match root.value {
        Value::Map(entries) => (entries, true),
        Value::Null => (Vec::new(), true),
        Value::Scalar(_) | Value::List(_) => {
            let message = format!("the front matter is {found}; expected keys with values");
            sink.report(
                Diagnostic::new(codes::WRONG_TYPE, root.span, message)
                    .with_help("for example: `title: Robin Smalley`"),
            );
            (Vec::new(), false)
        }
    }
}

fn report_missing(text: &str, span: Span, sink: &Sink) {
    let is_late = text.trim_start().starts_with("---\n");
    let help = if is_late {
        "move `---` up to the first line"
    } else {
        "start the file with a line of `---`, `title: …`, and another line of `---`"
    };
    let message = "there is no front matter";
    sink.report(Diagnostic::new(codes::FRONT_MATTER_MISSING, span, message).with_help(help));
}

/// Interprets the front matter of a manuscript's first file. The title is empty where none is
/// given.
pub(super) fn interpret(
    manuscript: &Manuscript,
    front_matter: &FrontMatter,
    folder: &RootPath,
    sink: &Sink,
) -> Interpretation {
    let read = Reader { sink, is_whole: front_matter.is_whole };
    let keys: TopKeys<'_> = read_keys(&front_matter.entries, sink);
    let language = read.language(keys.language).unwrap_or_default();
    let no_parts = BTreeSet::new();
    let context_with = |facts| Context {
        root: &manuscript.root,
        folder: folder.clone(),
        language: &language,
        facts,
        parts: &no_parts,
        sink,
        labels: RefCell::new(BTreeSet::new()),
    };
    // A fact's value is what `{{facts.ID}}` is replaced by: facts know of no facts.
    let facts = KitReader { read, context: &context_with(&[]) }.facts(keys.facts);
    let context = context_with(&facts);
    let reader = KitReader { read, context: &context };
    let assets = reader.assets(keys.assets);
    let metadata = reader.metadata(&keys, manuscript, front_matter, &assets);
    let kit = reader.kit(&keys, &assets);
    let lacks_title = front_matter.is_whole && keys.title.is_none_or(Field::is_blank);
    Interpretation { metadata, lacks_title, kit: Kit { facts, ..kit }, assets }
}
