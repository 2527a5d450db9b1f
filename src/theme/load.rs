//! A name or a file into a theme.
//!
//! A theme file is laid over the built-in theme that it extends, one value after the other; a
//! value that the theme can't hold is reported at its place and left out, so that one run shows
//! all that is wrong.

use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_yaml::{Mapping, Value};

use super::tree::{self, Entry, Node, invalid};
use super::{PageStyle, Theme};
use crate::diagnostics::{Diagnostic, Failed, Place, Sink, Span, codes, nearest};
use crate::model::Language;

/// The built-in themes: name and YAML text.
const BUILT_IN: [(&str, &str); 1] = [(DEFAULT, include_str!("feature.yaml"))];

/// What a theme extends, and what is taken, where nothing is said.
pub(super) const DEFAULT: &str = "feature";

/// Larger than any theme, in bytes; and small enough that reading a theme for each value of
/// another stays cheap.
pub(super) const MAX_SIZE: u64 = 64 * 1024;

/// The widest and highest page that PDF readers must show, in points (ISO 32000-1, annex C).
const MAX_LENGTH: f64 = 14_400.0;

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

fn built_in(name: &str) -> Option<&'static str> {
    BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, yaml)| *yaml)
}

pub(super) fn load(name_or_path: &str, sink: &Sink) -> Result<Theme, Failed> {
    if let Some(yaml) = built_in(name_or_path) {
        return read_built_in(yaml, sink);
    }
    let path = Path::new(name_or_path);
    let fail = |code, message: String| sink.fail(Diagnostic::new(code, path, message));
    let metadata = match std::fs::metadata(path) {
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => {
            return Err(sink.fail(not_found(path, name_or_path)));
        }
        Err(fault) => {
            return Err(fail(codes::READ_FAILED, format!("the theme can't be read: {fault}")));
        }
        Ok(metadata) => metadata,
    };
    if !metadata.is_file() || metadata.len() > MAX_SIZE {
        let message = format!("a theme is a file of at most {} KiB", MAX_SIZE / 1024);
        return Err(fail(codes::THEME_INVALID, message));
    }
    let bytes = std::fs::read(path)
        .map_err(|fault| fail(codes::READ_FAILED, format!("the theme can't be read: {fault}")))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| fail(codes::THEME_INVALID, "the theme is not UTF-8".to_owned()))?;
    read(path, &text, sink)
}

/// Reads the text of a theme file; `path` names it in diagnostics.
pub(super) fn read(path: &Path, text: &str, sink: &Sink) -> Result<Theme, Failed> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let source = sink.add_source(path, text);
    if text.len() as u64 > MAX_SIZE {
        let message = format!("a theme has at most {} KiB", MAX_SIZE / 1024);
        return Err(sink.fail(invalid(Span::new(source, 0, 0), message)));
    }
    let entries = match tree::parse(source, text, sink)? {
        Node::Map(entries, _) => entries,
        Node::Leaf(..) => Vec::new(),
    };
    let pages = entries.iter().find(|entry| entry.key == "pages").map(|entry| entry.key_span);
    let mut overlay = Overlay::over(read_built_in(base(&entries, sink)?, sink)?, sink);
    overlay.name_after(path);
    for entry in entries.into_iter().filter(|entry| entry.key != "extends") {
        overlay.lay(&[], entry);
    }
    let place = pages.unwrap_or(Span::new(source, 0, 0));
    overlay.finish(place)
}

fn read_built_in<T: DeserializeOwned>(yaml: &str, sink: &Sink) -> Result<T, Failed> {
    serde_yaml::from_str(yaml).map_err(|fault| {
        let message = format!("a built-in theme can't be read: {fault}");
        sink.fail(Diagnostic::new(codes::THEME_INVALID, Place::Nowhere, message))
    })
}

/// The YAML of the theme that a file extends.
fn base(entries: &[Entry], sink: &Sink) -> Result<&'static str, Failed> {
    let Some(entry) = entries.iter().find(|entry| entry.key == "extends") else {
        return Ok(built_in(DEFAULT).unwrap_or_default());
    };
    match &entry.node {
        Node::Leaf(Value::String(name), span) => {
            built_in(name).ok_or_else(|| sink.fail(not_found(*span, name)))
        }
        node @ (Node::Leaf(..) | Node::Map(..)) => {
            Err(sink.fail(invalid(node.span(), "`extends` names a built-in theme")))
        }
    }
}

fn not_found(place: impl Into<Place>, name: &str) -> Diagnostic {
    let known = names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let help = match nearest(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("built in: {known}; anything else is the path of a theme file"),
    };
    Diagnostic::new(codes::THEME_NOT_FOUND, place, format!("there is no theme `{name}`"))
        .with_help(help)
}

/// A theme that values are laid over.
struct Overlay<'a> {
    /// The theme that each value is tried on alone, so that the cost of a value does not grow
    /// with the number of those before it.
    base: Value,
    /// The base with all values that it can hold.
    merged: Value,
    failed: Option<Failed>,
    sink: &'a Sink,
}

impl<'a> Overlay<'a> {
    fn over(base: Value, sink: &'a Sink) -> Self {
        Self { merged: base.clone(), base, failed: None, sink }
    }

    /// A file that gives no name has its file's.
    fn name_after(&mut self, path: &Path) {
        if let Some(stem) = path.file_stem() {
            let _ = self.put(&[], "name", stem.to_string_lossy().into_owned().into());
        }
    }

    fn lay(&mut self, path: &[String], entry: Entry) {
        let Entry { key, key_span, node } = entry;
        match node {
            Node::Map(entries, span) => {
                let is_map = match mapping(&mut self.merged, path).and_then(|map| map.get(&key)) {
                    Some(there) => there.is_mapping(),
                    None => self.put(path, &key, Value::Mapping(Mapping::new())).is_ok(),
                };
                if is_map {
                    let path: Vec<_> = path.iter().cloned().chain([key]).collect();
                    for entry in entries {
                        self.lay(&path, entry);
                    }
                } else {
                    let value = Node::Map(entries, span).into_value();
                    self.put_or_report(path, &key, value, key_span, span);
                }
            }
            Node::Leaf(value, span) => self.put_or_report(path, &key, value, key_span, span),
        }
    }

    fn put_or_report(
        &mut self,
        path: &[String],
        key: &str,
        value: Value,
        key_span: Span,
        span: Span,
    ) {
        let fault = range(key, &value).map_or_else(|| self.put(path, key, value), Err);
        if let Err(fault) = fault {
            let full: Vec<_> = path.iter().map(String::as_str).chain([key]).collect();
            let diagnostic = explain(&full.join("."), key, &fault, key_span, span);
            self.failed = Some(self.sink.fail(diagnostic));
        }
    }

    /// Sets a value, unless the theme can't hold it.
    fn put(&mut self, path: &[String], key: &str, value: Value) -> Result<(), String> {
        let mut candidate = self.base.clone();
        set(&mut candidate, path, key, value.clone());
        let theme = Theme::deserialize(&candidate).map_err(|fault| fault.to_string())?;
        if let Some(tag) = theme.words.keys().find(|tag| Language::parse(tag).is_none()) {
            return Err(format!("`{tag}` is not a language; write a BCP 47 tag: `pt`, `pt-BR`"));
        }
        set(&mut self.merged, path, key, value);
        Ok(())
    }

    /// Checks what only the whole can show. `pages` is the place of the pages' measures.
    fn finish(self, pages: Span) -> Result<Theme, Failed> {
        let theme = Theme::deserialize(&self.merged)
            .map_err(|fault| self.sink.fail(invalid(pages, fault.to_string())))?;
        let pages_by_name = [("A4", theme.pages.a4), ("Letter", theme.pages.letter)];
        if let Some((name, _)) = pages_by_name.iter().find(|(_, page)| !holds(page, theme.grid.0)) {
            let message = format!("on {name}, margins and columns are larger than the sheet");
            return Err(self.sink.fail(invalid(pages, message).with_help(
                "`left`, `measure`, `side` and `right` fit in the sheet's width; `top`, `bottom` and \
                 ten lines in its height",
            )));
        }
        self.failed.map_or(Ok(theme), Err)
    }
}

/// Whether a page has room for its columns and for ten lines of text.
fn holds(page: &PageStyle, grid: f64) -> bool {
    let width = page.left + page.measure + page.side + page.right;
    let height = page.top.0 + page.bottom.0 + 10.0 * grid;
    width.0 <= page.size.width.0 + 0.01 && height <= page.size.height.0
}

fn mapping<'v>(value: &'v mut Value, path: &[String]) -> Option<&'v mut Mapping> {
    path.iter().try_fold(value, |value, key| value.get_mut(key))?.as_mapping_mut()
}

/// Sets a value below a path, whose mappings are made where they are missing.
fn set(root: &mut Value, path: &[String], key: &str, value: Value) {
    if let Some(map) =
        path.iter().map(String::as_str).try_fold(root, child).and_then(Value::as_mapping_mut)
    {
        map.insert(key.into(), value);
    }
}

fn child<'v>(value: &'v mut Value, key: &str) -> Option<&'v mut Value> {
    let map = value.as_mapping_mut()?;
    Some(map.entry(key.into()).or_insert_with(|| Mapping::new().into()))
}

/// What is wrong with a number, whichever key of this name holds it.
fn range(key: &str, value: &Value) -> Option<String> {
    if let Value::Mapping(map) = value {
        return map.iter().find_map(|(key, value)| range(key.as_str()?, value));
    }
    let number = value.as_f64()?;
    let allowed = match key {
        "tracking" => -1.0..=1.0,
        "drop-cap" => 1.0..=9.0,
        "size" | "leading" | "grid" | "measure" | "width" | "height" => 1.0..=MAX_LENGTH,
        _ => 0.0..=MAX_LENGTH,
    };
    let (low, high) = (allowed.start(), allowed.end());
    (!allowed.contains(&number)).then(|| format!("{number} does not lie between {low} and {high}"))
}

/// Serde's complaint about a value, at the place and in the words that help most.
fn explain(path: &str, key: &str, fault: &str, key_span: Span, span: Span) -> Diagnostic {
    let mut names = quoted(fault);
    let is_unknown = fault.starts_with("unknown ") || fault.contains(": unknown ");
    let Some(name) = names.next().filter(|_| is_unknown) else {
        return invalid(span, format!("`{path}` can't hold this value: {fault}"));
    };
    let known: Vec<&str> = names.collect();
    let diagnostic = if name == key {
        invalid(key_span, format!("`{path}` is not a key of a theme"))
    } else {
        invalid(span, format!("`{path}` can't be `{name}`"))
    };
    diagnostic.with_help(match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it is one of: {}", known.join(", ")),
    })
}

/// The words between back quotes: what serde found, then what it knows.
pub(super) fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}
