//! What came of a command, onto standard output and standard error.

use std::ffi::OsStr;
use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;
use serde::Serialize;

use super::Status;
use crate::config::Format;
use crate::diagnostics::{Diagnostic, Sink, render};
use crate::output::Written;

/// How diagnostics and results are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// Text on standard error, the paths written on standard output
    Human,
    /// One JSON object a line on standard output
    Json,
}

/// More diagnostics of one manuscript than this nobody reads; the summary counts them all.
const MOST_SHOWN: usize = 1000;

/// Tells what came of a command.
pub(super) struct Report {
    format: MessageFormat,
}

/// A file that was written, as a line of JSON.
#[derive(Serialize)]
struct ArtifactLine<'a> {
    artifact: &'static str,
    path: &'a str,
    bytes: usize,
    sha256: &'a str,
}

impl Report {
    pub(super) fn new(format: MessageFormat) -> Self {
        Self { format }
    }

    /// Whether somebody sits at the terminal and watches.
    pub(super) fn has_audience(&self) -> bool {
        self.format == MessageFormat::Human && io::stderr().is_terminal()
    }

    /// Shows the diagnostics of all sinks, and says what they amount to.
    pub(super) fn diagnose<'a>(&self, sinks: impl IntoIterator<Item = &'a Sink>) -> Status {
        let mut text = Vec::new();
        let mut all = Vec::new();
        for sink in sinks {
            let found = sink.sorted();
            // Nothing that is written into memory fails.
            let _ = match self.format {
                MessageFormat::Human => show(&found, sink, &mut text),
                MessageFormat::Json => render::render_json(&found, sink, &mut text),
            };
            all.extend(found);
        }
        let status = Status::of(&all);
        match self.format {
            MessageFormat::Json => status.max(print(&text)),
            MessageFormat::Human => {
                if let Some(summary) = render::summary(&all) {
                    let _ = writeln!(text, "{summary}");
                }
                eprint(&text);
                status
            }
        }
    }

    /// Lists the files that were written.
    pub(super) fn list(&self, written: &[Written]) -> Status {
        let lines = written.iter().map(|file| match self.format {
            MessageFormat::Human => format!("{}\n", file.path.display()),
            MessageFormat::Json => build_line(file),
        });
        print(lines.collect::<String>().as_bytes())
    }
}

/// Shows diagnostics in their order; where they are too many, the errors first.
fn show(found: &[Diagnostic], sink: &Sink, text: &mut Vec<u8>) -> io::Result<()> {
    let wants_color = wants_color();
    if found.len() <= MOST_SHOWN {
        return render::render_human(found, sink, wants_color, text);
    }
    let mut found = found.to_vec();
    found.sort_by_key(|found| found.severity);
    render::render_human(&found[..MOST_SHOWN], sink, wants_color, text)?;
    writeln!(text, "{} more are not shown\n", found.len() - MOST_SHOWN)
}

fn build_line(file: &Written) -> String {
    let line = ArtifactLine {
        artifact: match file.format {
            Format::Pdf => "pdf",
            Format::Epub => "epub",
        },
        path: &file.path.to_string_lossy(),
        bytes: file.bytes,
        sha256: &file.sha256,
    };
    // Strings and a number always are JSON.
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}

/// Whether standard error is a terminal that shows colours (<https://no-color.org>).
fn wants_color() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == OsStr::new("dumb"));
    io::stderr().is_terminal() && !is_set("NO_COLOR") && !is_dumb
}

/// Writes to standard output. A reader that has gone away has seen what it wanted.
pub(super) fn print(bytes: &[u8]) -> Status {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Status::Done,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Status::Done,
        Err(error) => complain(&format!("standard output could not be written: {error}")),
    }
}

/// Writes to standard error; there is no one to tell when that fails.
fn eprint(bytes: &[u8]) {
    let _ = io::stderr().lock().write_all(bytes);
}

/// Says what no diagnostic says: that the program itself could not do its work.
pub(super) fn complain(message: &str) -> Status {
    eprint(format!("error: {message}\n").as_bytes());
    Status::SystemFailed
}
