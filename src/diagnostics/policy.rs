//! `--deny` and `--allow`: which severity a code has in this build.

use super::{Code, Diagnostic, Fallback, Severity};

/// The word that stands for all warnings.
const WARNINGS: &str = "warnings";

/// What the user denies and allows.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    deny_warnings: bool,
    denied: Vec<Code>,
    allowed: Vec<Code>,
}

/// A word in `--deny` or `--allow` that can't stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnknownCode {
    /// No code has this id or name.
    Unknown(String),
    /// `warnings` in `--allow`: only codes can be allowed.
    AllowsWarnings,
    /// The code is an error without a stand-in.
    NotAllowable(Code),
}

impl Policy {
    /// Reads the words of `--deny` (`warnings`, or a code) and `--allow` (a code).
    pub fn new(deny: &[String], allow: &[String]) -> Result<Self, UnknownCode> {
        let find =
            |word: &String| Code::find(word).ok_or_else(|| UnknownCode::Unknown(word.clone()));
        let mut policy = Self::default();
        for word in deny {
            if word == WARNINGS {
                policy.deny_warnings = true;
            } else {
                policy.denied.push(find(word)?);
            }
        }
        for word in allow {
            if word == WARNINGS {
                return Err(UnknownCode::AllowsWarnings);
            }
            let code = find(word)?;
            if code.severity == Severity::Error && code.fallback == Fallback::None {
                return Err(UnknownCode::NotAllowable(code));
            }
            policy.allowed.push(code);
        }
        Ok(policy)
    }

    /// The severity of a diagnostic under this policy. A code that is allowed by name stays a
    /// warning under `--deny warnings`; one denied by name is always an error.
    pub(super) fn severity(&self, diagnostic: &Diagnostic) -> Severity {
        if self.denied.contains(&diagnostic.code) {
            Severity::Error
        } else if self.allowed.contains(&diagnostic.code) {
            Severity::Warning
        } else if self.deny_warnings {
            Severity::Error
        } else {
            diagnostic.severity
        }
    }
}
