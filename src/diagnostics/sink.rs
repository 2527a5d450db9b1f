//! The one place that takes diagnostics, from any thread.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Diagnostic, Place, Policy, Severity, SourceFile, SourceId, Span};

/// How many findings of one code are kept: whoever has more has another problem, and a hostile
/// manuscript has millions.
const MOST_OF_A_CODE: usize = 1_000;

/// Says that an error was reported and there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed;

/// Takes diagnostics from any thread, knows the sources they point into, and hands them out
/// sorted.
#[derive(Debug, Default)]
pub struct Sink {
    policy: Policy,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    sources: Vec<SourceFile>,
    /// By the id of their code.
    findings: BTreeMap<&'static str, Findings>,
    has_errors: bool,
}

/// The findings of one code: the first ones, in the order in which they are handed out, whichever
/// thread was the fastest.
#[derive(Debug, Default)]
struct Findings {
    /// Not yet sorted, and up to twice as many as are handed out.
    kept: Vec<Diagnostic>,
    /// How many were ever reported.
    reported: usize,
    /// Whether any was dropped.
    is_full: bool,
}

impl Findings {
    fn take(&mut self, diagnostic: Diagnostic) {
        self.reported += 1;
        self.kept.push(diagnostic);
        if self.kept.len() >= 2 * MOST_OF_A_CODE {
            self.settle();
        }
    }

    fn settle(&mut self) {
        self.kept.sort_unstable_by(order);
        self.kept.dedup();
        self.is_full |= self.kept.len() > MOST_OF_A_CODE;
        self.kept.truncate(MOST_OF_A_CODE);
    }

    /// What says that there are more.
    fn rest(&self) -> Option<Diagnostic> {
        let last = self.kept.last().filter(|_| self.is_full)?;
        let message = format!("… and {} more of these", self.reported - self.kept.len());
        let severity = last.severity;
        Some(Diagnostic { severity, ..Diagnostic::new(last.code, Place::Nowhere, message) })
    }
}

/// By file, place and code, and then by whatever else tells two findings apart.
fn order(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    fn place(found: &Diagnostic) -> (u8, Option<&Path>, Option<Span>) {
        match &found.place {
            Place::Nowhere => (0, None, None),
            Place::File(path) => (1, Some(path), None),
            Place::Span(span) => (2, None, Some(*span)),
        }
    }
    let key = |found| (place(found), found.code.id);
    key(a)
        .cmp(&key(b))
        .then_with(|| (&a.message, &a.labels, &a.help).cmp(&(&b.message, &b.labels, &b.help)))
}

impl Sink {
    /// An empty sink under a policy.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self { policy, state: Mutex::default() }
    }

    /// A panic elsewhere can't leave the two lists half changed, so a poisoned lock is still good.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a source text known, so that spans can point into it.
    pub fn add_source(&self, path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> SourceId {
        let mut state = self.state();
        state.sources.push(SourceFile::new(path.into(), text.into()));
        SourceId(u32::try_from(state.sources.len() - 1).unwrap_or(u32::MAX))
    }

    /// A known source; a copy that shares the text.
    #[must_use]
    pub fn source(&self, id: SourceId) -> Option<SourceFile> {
        self.state().sources.get(id.0 as usize).cloned()
    }

    /// Takes a diagnostic.
    pub fn report(&self, mut diagnostic: Diagnostic) {
        diagnostic.severity = self.policy.severity(&diagnostic);
        let mut state = self.state();
        state.has_errors |= diagnostic.severity == Severity::Error;
        state.findings.entry(diagnostic.code.id).or_default().take(diagnostic);
    }

    /// Takes a diagnostic of something that can't go on.
    pub fn fail(&self, diagnostic: Diagnostic) -> Failed {
        self.report(diagnostic);
        Failed
    }

    /// Whether any error has been reported.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.state().has_errors
    }

    /// All diagnostics so far, sorted by file, place and code; the same one at the same place
    /// is handed out once. Of one code there are at most a thousand, and at the end the number of
    /// those that were left out.
    #[must_use]
    pub fn sorted(&self) -> Vec<Diagnostic> {
        let mut state = self.state();
        state.findings.values_mut().for_each(Findings::settle);
        let found = state.findings.values().flat_map(|findings| &findings.kept);
        let mut diagnostics: Vec<Diagnostic> = found.cloned().collect();
        diagnostics.sort_unstable_by(order);
        diagnostics.extend(state.findings.values().filter_map(Findings::rest));
        diagnostics
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::codes;

    #[test]
    fn a_flood_of_one_code_is_cut_off_and_counted_and_hides_no_other() {
        let sink = Sink::default();
        let source = sink.add_source("a.md", "");
        let report = |at: usize| {
            let span = Span::new(source, at, at);
            sink.report(Diagnostic::new(codes::UNSAFE_LINK, span, "a link"));
        };
        // From the last to the first, as a thread that is late would.
        (0..50_000).rev().for_each(report);
        assert!(!sink.has_errors());
        let _ = sink.fail(Diagnostic::new(codes::YAML_SYNTAX, Span::new(source, 7, 7), "no YAML"));
        assert!(sink.has_errors());
        let found = sink.sorted();
        let (rest, kept) = found.split_last().unwrap();
        assert_eq!(kept.len(), 1_001);
        assert_eq!(kept.last().unwrap().place, Place::Span(Span::new(source, 999, 999)));
        assert_eq!(rest.message, "… and 49000 more of these");
        assert_eq!((rest.code, rest.severity), (codes::UNSAFE_LINK, Severity::Warning));
        assert_eq!(rest.place, Place::Nowhere);
        assert_eq!(sink.sorted(), found);
    }

    #[test]
    fn what_is_reported_twice_is_no_flood() {
        let sink = Sink::default();
        for _ in 0..5_000 {
            sink.report(Diagnostic::new(codes::UNSAFE_LINK, Place::Nowhere, "a link"));
        }
        assert_eq!(sink.sorted().len(), 1);
    }
}
