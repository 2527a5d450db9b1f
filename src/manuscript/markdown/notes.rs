//! Notes: what calls them, what defines them, and what was left without the other.

use std::collections::{BTreeMap, BTreeSet};

use super::Origin;
use super::run::Run;
use crate::diagnostics::{Diagnostic, Sink, codes};
use crate::model::{Label, Note};

/// The label of a note: case does not tell two apart (GFM).
pub(super) fn label(written: &str) -> Label {
    Label::new(written.to_lowercase())
}

/// Reports calls that the parser left as text, since nothing defines their notes.
pub(super) fn report_undefined(run: &Run, origin: Origin, sink: &Sink) {
    for (start, _) in run.text.match_indices("[^") {
        let rest = &run.text[start + 2..];
        let Some(end) =
            rest.find(|found: char| found == ']' || found == '[' || found.is_whitespace())
        else {
            continue;
        };
        let bytes = start..start + 2 + end + 1;
        if end == 0 || !rest[end..].starts_with(']') || run.holds_literal(&bytes) {
            continue;
        }
        let label = &rest[..end];
        let message = format!("no note is defined as `[^{label}]`");
        let found =
            Diagnostic::new(codes::UNDEFINED_NOTE, origin.span(&run.range(&bytes)), message);
        sink.report(found.with_help(format!("define it in the same file: `[^{label}]: …`")));
    }
}

/// The notes of a file, and which of them are called.
#[derive(Default)]
pub(super) struct Notes {
    defined: BTreeMap<Label, Note>,
    called: BTreeSet<Label>,
}

impl Notes {
    /// Remembers a call.
    pub(super) fn call(&mut self, label: Label) {
        self.called.insert(label);
    }

    /// Keeps a definition; the first one of a label counts.
    pub(super) fn define(&mut self, note: Note, sink: &Sink) {
        match self.defined.get(&note.label) {
            None => {
                self.defined.insert(note.label.clone(), note);
            }
            Some(first) => {
                let message = format!("the note `[^{}]` is defined twice", note.label.as_str());
                let found = Diagnostic::new(codes::DUPLICATE_LABEL, note.span, message);
                sink.report(found.with_label(first.span, "first defined here"));
            }
        }
    }

    /// All definitions; those that nothing calls are reported.
    pub(super) fn finish(self, sink: &Sink) -> BTreeMap<Label, Note> {
        for note in self.defined.values().filter(|note| !self.called.contains(&note.label)) {
            let message = format!("nothing calls the note `[^{}]`", note.label.as_str());
            sink.report(Diagnostic::new(codes::UNUSED_NOTE, note.span, message));
        }
        self.defined
    }
}
