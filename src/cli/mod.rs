//! The command line: arguments into a build, and what came of it onto the terminal.
//!
//! Standard output carries what was asked for: the paths written, or JSON. Everything else goes
//! to standard error.

mod build;
mod fonts;
mod inspect;
mod paths;
mod progress;
mod report;
mod themes;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::diagnostics::{Diagnostic, Severity, codes};

/// One manuscript in, a press-kit PDF and an EPUB profile out.
#[derive(Debug, Parser)]
#[command(name = "presskit", version, max_term_width = 100, after_help = EXIT_STATUS)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Inspect(inspect::Args),
    Fonts(fonts::Args),
    Themes(themes::Args),
}

const EXIT_STATUS: &str = "\
Exit status:
  0  done
  1  the manuscript has errors, or warnings that are denied; nothing was written
  2  wrong usage
  3  the system failed: a file could not be read or written";

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// What was asked for is there.
    Done,
    /// The manuscript has errors.
    Faulty,
    /// The system failed.
    SystemFailed,
}

impl Status {
    /// The worst that diagnostics tell of.
    fn of(diagnostics: &[Diagnostic]) -> Self {
        let weigh = |found: &Diagnostic| match found.severity {
            Severity::Warning => Self::Done,
            Severity::Error if SYSTEM_CODES.contains(&found.code.id) => Self::SystemFailed,
            Severity::Error => Self::Faulty,
        };
        diagnostics.iter().map(weigh).max().unwrap_or(Self::Done)
    }
}

const SYSTEM_CODES: [&str; 2] = [codes::READ_FAILED.id, codes::WRITE_FAILED.id];

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Done => Self::SUCCESS,
            Status::Faulty => Self::from(1),
            Status::SystemFailed => Self::from(3),
        }
    }
}

/// Runs the command that the arguments name; the first argument is the program's own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let outcome = Cli::try_parse_from(arguments).and_then(|cli| match cli.command {
        Command::Build(args) => build::run(&args),
        Command::Inspect(args) => Ok(inspect::run(&args)),
        Command::Fonts(args) => Ok(fonts::run(&args)),
        Command::Themes(args) => Ok(themes::run(&args)),
    });
    match outcome {
        Ok(status) => status.into(),
        Err(usage) => {
            // Nobody is left to be told when this can't be printed.
            let _ = usage.print();
            ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2))
        }
    }
}

/// Reads an argument that names a folder.
fn parse_folder(text: &str) -> Result<PathBuf, String> {
    let folder = PathBuf::from(text);
    if folder.is_dir() { Ok(folder) } else { Err("there is no such folder".to_owned()) }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
