//! The one place that takes diagnostics, from any thread.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Diagnostic, Place, Policy, Severity, SourceFile, SourceId};

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
    diagnostics: Vec<Diagnostic>,
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
        self.state().diagnostics.push(diagnostic);
    }

    /// Takes a diagnostic of something that can't go on.
    pub fn fail(&self, diagnostic: Diagnostic) -> Failed {
        self.report(diagnostic);
        Failed
    }

    /// Whether any error has been reported.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.state().diagnostics.iter().any(|found| found.severity == Severity::Error)
    }

    /// All diagnostics so far, sorted by file, place and code; the same one at the same place
    /// is handed out once.
    #[must_use]
    pub fn sorted(&self) -> Vec<Diagnostic> {
        let mut diagnostics = self.state().diagnostics.clone();
        diagnostics.sort_by(|a, b| {
            let key = |found: &Diagnostic| match &found.place {
                Place::Nowhere => (0, None, None),
                Place::File(path) => (1, Some(path.clone()), None),
                Place::Span(span) => (2, None, Some(*span)),
            };
            (key(a), a.code.id, &a.message).cmp(&(key(b), b.code.id, &b.message))
        });
        diagnostics.dedup();
        diagnostics
    }
}
