//! YAML text into a tree that remembers the place of every key and value.
//!
//! Theme files are small and may come from strangers: aliases are refused, so that nothing
//! expands, and nesting is bounded.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};
use serde_yaml::{Mapping, Value};

use crate::diagnostics::{Diagnostic, Failed, Sink, SourceId, Span, codes};

/// Deeper than any theme nests.
const MAX_DEPTH: usize = 16;

/// A value with its place.
pub(super) enum Node {
    /// A scalar or a list.
    Leaf(Value, Span),
    /// A mapping, in the order of the file.
    Map(Vec<Entry>, Span),
}

/// A key of a mapping with its value.
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) node: Node,
}

impl Node {
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Leaf(_, span) | Self::Map(_, span) => *span,
        }
    }

    pub(super) fn into_value(self) -> Value {
        match self {
            Self::Leaf(value, _) => value,
            Self::Map(entries, _) => {
                let pairs = entries.into_iter();
                let pairs = pairs.map(|entry| (entry.key.into(), entry.node.into_value()));
                Value::Mapping(pairs.collect::<Mapping>())
            }
        }
    }
}

/// Reads the one document of a theme file; reports what is not YAML, or more than themes need.
pub(super) fn parse(source: SourceId, text: &str, sink: &Sink) -> Result<Node, Failed> {
    let offsets = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let mut reader = Reader { events: Parser::new_from_str(text), source, offsets, sink };
    let mut root = Node::Map(Vec::new(), Span::new(source, 0, 0));
    let mut documents = 0;
    while let Some((event, span)) = reader.next()? {
        match event {
            Event::DocumentStart(_) if documents == 1 => {
                let message = "a theme file holds one document, and here begins another";
                return Err(sink.fail(invalid(span, message)));
            }
            Event::DocumentStart(_) => {
                documents += 1;
                if let Some((first, span)) = reader.next()? {
                    root = reader.node(first, span, 0)?;
                }
            }
            _ => {}
        }
    }
    match root {
        Node::Leaf(Value::Null, span) => Ok(Node::Map(Vec::new(), span)),
        Node::Leaf(_, span) => {
            Err(sink.fail(invalid(span, "a theme file is a mapping of keys to values")))
        }
        Node::Map(..) => Ok(root),
    }
}

struct Reader<'a> {
    events: Parser<'a, saphyr_parser::StrInput<'a>>,
    source: SourceId,
    /// The byte of each character: the parser counts characters, we count bytes.
    offsets: Vec<usize>,
    sink: &'a Sink,
}

impl<'a> Reader<'a> {
    fn byte(&self, character: usize) -> usize {
        let end = self.offsets.last().copied().unwrap_or_default();
        self.offsets.get(character).copied().unwrap_or(end)
    }

    fn next(&mut self) -> Result<Option<(Event<'a>, Span)>, Failed> {
        match self.events.next() {
            None => Ok(None),
            Some(Ok((event, span))) => {
                let (start, end) = (self.byte(span.start.index()), self.byte(span.end.index()));
                Ok(Some((event, Span::new(self.source, start, end))))
            }
            Some(Err(fault)) => Err(self.syntax(&fault)),
        }
    }

    fn syntax(&self, fault: &ScanError) -> Failed {
        let at = self.byte(fault.marker().index());
        let message = format!("this is not YAML: {}", fault.info());
        self.sink.fail(invalid(Span::new(self.source, at, at), message))
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Failed> {
        if depth > MAX_DEPTH {
            return Err(self.sink.fail(invalid(span, "values nest deeper than any theme's")));
        }
        match event {
            Event::Scalar(text, style, _, None) => Ok(Node::Leaf(scalar(&text, style), span)),
            Event::SequenceStart(_, None) => self.list(span, depth),
            Event::MappingStart(_, None) => self.map(span, depth),
            Event::Alias(_) => {
                let diagnostic = invalid(span, "a theme file can't use aliases");
                let help = "write the value again where the alias stands";
                Err(self.sink.fail(diagnostic.with_help(help)))
            }
            Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..) => {
                let diagnostic = invalid(span, "a theme file can't use tags");
                Err(self.sink.fail(diagnostic.with_help("remove the `!` word")))
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::SequenceEnd
            | Event::MappingEnd => Ok(Node::Leaf(Value::Null, span)),
        }
    }

    fn list(&mut self, start: Span, depth: usize) -> Result<Node, Failed> {
        let mut items = Vec::new();
        let mut whole = start;
        while let Some((event, span)) = self.next()? {
            if event == Event::SequenceEnd {
                break;
            }
            let item = self.node(event, span, depth + 1)?;
            whole = whole.to(item.span());
            items.push(item.into_value());
        }
        Ok(Node::Leaf(Value::Sequence(items), whole))
    }

    fn map(&mut self, start: Span, depth: usize) -> Result<Node, Failed> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut whole = start;
        while let Some((event, key_span)) = self.next()? {
            let key = match event {
                Event::MappingEnd => break,
                Event::Scalar(text, ..) => text.into_owned(),
                _ => return Err(self.sink.fail(invalid(key_span, "a key is a word"))),
            };
            if let Some(first) = entries.iter().find(|entry| entry.key == key) {
                let diagnostic = invalid(key_span, format!("`{key}` stands twice"));
                let diagnostic = diagnostic.with_label(first.key_span, "first given here");
                return Err(self.sink.fail(diagnostic));
            }
            let Some((event, span)) = self.next()? else { break };
            let node = self.node(event, span, depth + 1)?;
            whole = whole.to(node.span());
            entries.push(Entry { key, key_span, node });
        }
        Ok(Node::Map(entries, whole))
    }
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    let as_text = || Value::String(text.to_owned());
    if style == ScalarStyle::Plain {
        // The core schema decides what an unquoted word is: a number, a truth, nothing, a text.
        serde_yaml::from_str(text).unwrap_or_else(|_| as_text())
    } else {
        as_text()
    }
}

pub(super) fn invalid(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(codes::THEME_INVALID, span, message)
}
