//! YAML events into a tree of [`Node`]s, with all bounds held before a value is built.
//!
//! Aliases are copied out, so what they expand to is weighed first; collections may nest to a
//! fixed depth. After a fault, what stood before it is kept, so that its keys are still checked.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::fault;
use super::fields::brief;
use super::node::{Entry, Node, Scalar, Value};
use crate::diagnostics::{Diagnostic, Sink, SourceId, Span, codes};

/// The largest front matter, in bytes.
const LARGEST: usize = 1 << 20;
/// The most memory that the tree may take, roughly, in bytes.
const HEAVIEST: usize = 16 << 20;
/// The deepest nesting of lists and maps.
const DEEPEST: usize = 64;

/// A tree, and whether all of the text went into it.
#[derive(Debug, Default)]
pub(super) struct Yaml {
    pub(super) root: Option<Node>,
    pub(super) whole: bool,
}

/// Parses YAML that starts at byte `offset` of its source.
pub(super) fn parse(text: &str, source: SourceId, offset: usize, sink: &Sink) -> Yaml {
    let place = PlaceFinder::new(text, source, offset);
    if text.len() > LARGEST {
        let message = format!("the front matter is larger than {} KiB", LARGEST >> 10);
        let help = "move what is prose below the front matter";
        sink.report(too_large(place.span_of(0, 3), message).with_help(help));
        return Yaml::default();
    }
    let mut builder = Builder::new(place, sink);
    let whole = builder.run(text).is_ok();
    builder.close_all();
    Yaml { root: builder.root, whole }
}

fn too_large(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(codes::YAML_TOO_LARGE, span, message)
}

/// Turns the event parser's marks, which count characters, into spans.
pub(super) struct PlaceFinder<'t> {
    text: &'t str,
    source: SourceId,
    offset: usize,
    /// The byte of each character; empty where every character is one byte.
    bytes: Vec<usize>,
}

impl<'t> PlaceFinder<'t> {
    fn new(text: &'t str, source: SourceId, offset: usize) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(byte, _)| byte).collect()
        };
        Self { text, source, offset, bytes }
    }

    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// The byte of the text at a mark.
    pub(super) fn byte(&self, mark: &saphyr_parser::Marker) -> usize {
        let byte = if self.bytes.is_empty() {
            mark.index()
        } else {
            self.bytes.get(mark.index()).copied().unwrap_or(self.text.len())
        };
        byte.min(self.text.len())
    }

    /// The place of a stretch of the text.
    pub(super) fn span_of(&self, start: usize, end: usize) -> Span {
        let end = end.min(self.text.len());
        Span::new(self.source, self.offset + start, self.offset + end)
    }

    /// The place of an event, without the white space that the parser counts at its end.
    fn span(&self, span: saphyr_parser::Span) -> Span {
        let start = self.byte(&span.start);
        let end = self.byte(&span.end).max(start);
        let length = self.text.get(start..end).map_or(0, |text| text.trim_end().len());
        self.span_of(start, start + length)
    }
}

/// Building must stop; why is reported.
struct Stop;

/// A collection whose end has not been seen.
struct Open {
    start: Span,
    anchor: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, seen: BTreeMap<String, Span>, pending: Pending },
}

/// The key whose value comes next.
enum Pending {
    None,
    Key(String, Span),
    /// A key that can't be one, or that stood before: its value is passed over.
    Skip,
}

struct Builder<'a> {
    place: PlaceFinder<'a>,
    sink: &'a Sink,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Node>,
    weight: usize,
    root: Option<Node>,
}

impl<'a> Builder<'a> {
    fn new(place: PlaceFinder<'a>, sink: &'a Sink) -> Self {
        Self { place, sink, open: Vec::new(), anchors: BTreeMap::new(), weight: 0, root: None }
    }

    fn run(&mut self, text: &'a str) -> Result<(), Stop> {
        let mut parser = Parser::new_from_str(text);
        while let Some(event) = parser.next_event() {
            match event {
                Ok((event, span)) => {
                    let span = self.place.span(span);
                    self.take(event, span)?;
                }
                Err(error) => {
                    self.sink.report(fault::explain(&error, &self.place));
                    return Err(Stop);
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        match event {
            Event::Scalar(text, style, anchor, _) => self.add_scalar(&text, style, anchor, span),
            Event::Alias(anchor) => self.add_alias(anchor, span),
            Event::SequenceStart(anchor, _) => self.open(Content::List(Vec::new()), anchor, span),
            Event::MappingStart(anchor, _) => {
                let pending = Pending::None;
                let content = Content::Map { entries: Vec::new(), seen: BTreeMap::new(), pending };
                self.open(content, anchor, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
        }
    }

    fn add_scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        span: Span,
    ) -> Result<(), Stop> {
        let text = self.without_controls(text, span).into_owned();
        let plain = style == ScalarStyle::Plain;
        // In double quotes a line end may also be an escape, which is meant as it is.
        let folded =
            matches!(style, ScalarStyle::Plain | ScalarStyle::SingleQuoted | ScalarStyle::Folded);
        let scalar = Scalar { text, plain, folded };
        let value = if scalar.is_null() { Value::Null } else { Value::Scalar(scalar) };
        self.add(Node { value, span }, anchor)
    }

    /// An escape in double quotes can bring back what was removed from the source.
    fn without_controls<'t>(&self, text: &'t str, span: Span) -> Cow<'t, str> {
        let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
        if !text.contains(is_control) {
            return Cow::Borrowed(text);
        }
        let message = "an escape stands for a control character, which was removed";
        self.sink.report(Diagnostic::new(codes::CONTROL_CHARACTER, span, message));
        Cow::Owned(text.replace(is_control, ""))
    }

    fn add_alias(&mut self, anchor: usize, span: Span) -> Result<(), Stop> {
        let Some(node) = self.anchors.get(&anchor) else {
            let message = "this alias stands inside what it repeats";
            let found = Diagnostic::new(codes::YAML_SYNTAX, span, message);
            self.sink.report(found.with_help("write the value out"));
            return Err(Stop);
        };
        let weight = node.weight();
        self.spend(weight, span)?;
        let value = self.anchors.get(&anchor).map_or(Value::Null, |node| node.value.clone());
        self.add(Node { value, span }, 0)
    }

    fn spend(&mut self, weight: usize, span: Span) -> Result<(), Stop> {
        self.weight = self.weight.saturating_add(weight);
        if self.weight <= HEAVIEST {
            return Ok(());
        }
        // What is built so far is small enough to be closed and kept.
        self.weight = 0;
        let message = format!(
            "the front matter with its aliases expanded is larger than {} MiB",
            HEAVIEST >> 20
        );
        self.sink.report(too_large(span, message).with_help("write values out, without aliases"));
        Err(Stop)
    }

    fn open(&mut self, content: Content, anchor: usize, start: Span) -> Result<(), Stop> {
        if self.open.len() >= DEEPEST {
            let message = format!("the front matter nests more than {DEEPEST} levels deep");
            self.sink.report(too_large(start, message));
            return Err(Stop);
        }
        self.open.push(Open { start, anchor, content });
        Ok(())
    }

    fn close(&mut self, end: Span) -> Result<(), Stop> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let (value, last) = match open.content {
            Content::List(items) => {
                let last = items.last().map(|node| node.span);
                (Value::List(items), last)
            }
            Content::Map { entries, .. } => {
                let last = entries.last().map(|entry| entry.value.span);
                (Value::Map(self.merge(entries)), last)
            }
        };
        // The end of a block collection is where the next thing starts, which is no use to show.
        let span = if end.end > end.start {
            open.start.to(end)
        } else {
            open.start.to(last.unwrap_or(open.start))
        };
        self.add(Node { value, span }, open.anchor)
    }

    /// Closes what a fault has left open.
    fn close_all(&mut self) {
        while let Some(open) = self.open.last() {
            let at = Span { end: open.start.start, ..open.start };
            if self.close(at).is_err() {
                return;
            }
        }
    }

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), Stop> {
        self.spend(size_of::<Entry>(), node.span)?;
        if let Value::Scalar(scalar) = &node.value {
            self.spend(scalar.text.len(), node.span)?;
        }
        if anchor != 0 {
            self.spend(node.weight(), node.span)?;
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open { content: Content::List(items), .. }) => items.push(node),
            Some(Open { content: Content::Map { entries, seen, pending }, .. }) => {
                *pending = match std::mem::replace(pending, Pending::None) {
                    Pending::None => take_key(node, seen, self.sink),
                    Pending::Key(key, key_span) => {
                        entries.push(Entry { key, key_span, value: node });
                        Pending::None
                    }
                    Pending::Skip => Pending::None,
                };
            }
        }
        Ok(())
    }

    /// Fills in what a `<<` key brings from elsewhere, under the keys that are given here.
    fn merge(&mut self, mut entries: Vec<Entry>) -> Vec<Entry> {
        let Some(at) = entries.iter().position(|entry| entry.key == "<<") else { return entries };
        let merged = entries.remove(at).value;
        let mut given: BTreeSet<_> = entries.iter().map(|entry| entry.key.clone()).collect();
        let sources = match merged.value {
            Value::List(nodes) => nodes,
            Value::Null | Value::Scalar(_) | Value::Map(_) => vec![merged],
        };
        for node in sources {
            let Value::Map(more) = node.value else {
                let message =
                    format!("`<<` is {}; expected the keys of another map", node.describe());
                self.sink.report(Diagnostic::new(codes::WRONG_TYPE, node.span, message));
                continue;
            };
            entries.extend(more.into_iter().filter(|entry| given.insert(entry.key.clone())));
        }
        entries
    }
}

/// Checks that a node can be a key of a map, and a new one.
fn take_key(node: Node, seen: &mut BTreeMap<String, Span>, sink: &Sink) -> Pending {
    let key = match node.value {
        Value::Scalar(scalar) => scalar.text,
        Value::Null => "null".to_owned(),
        Value::List(_) | Value::Map(_) => {
            let message = format!("{} can't be a key", node.describe());
            let help = "write the key as text; a value in braces needs quotes: `\"{{facts.id}}\"`";
            sink.report(Diagnostic::new(codes::WRONG_TYPE, node.span, message).with_help(help));
            return Pending::Skip;
        }
    };
    if let Some(first) = seen.get(&key) {
        let message = format!("`{}` is given twice", brief(&key));
        sink.report(
            Diagnostic::new(codes::DUPLICATE_KEY, node.span, message)
                .with_label(*first, "first given here")
                .with_help("keep one of the two"),
        );
        return Pending::Skip;
    }
    seen.insert(key.clone(), node.span);
    Pending::Key(key, node.span)
}
