//! `presskit inspect`: what presskit makes of a manuscript, as JSON.

use std::path::PathBuf;

use serde::Serialize;

use super::Status;
use super::report::{self, MessageFormat, Report};
use crate::config::Overrides;
use crate::diagnostics::{Failed, Sink};
use crate::edition::{Edition, EditionKind};
use crate::manuscript;
use crate::pipeline::{self, BuildRequest};

/// Show how a manuscript is understood, as JSON
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The manuscript: a file, or a folder that holds `manuscript.md`
    #[arg(value_name = "PATH", default_value = "manuscript")]
    path: PathBuf,

    /// The document as it was parsed: front matter, blocks and inlines (the default)
    #[arg(long, conflicts_with = "edition")]
    model: bool,

    /// The sections of both artifacts, in order
    #[arg(long)]
    edition: bool,
}

const EXAMPLES: &str = "\
Examples:
  presskit inspect --model profile.md
  presskit inspect --edition | jq '.\"press-kit\".sections[].role'";

/// The editions of both artifacts.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Editions {
    press_kit: Edition,
    profile: Edition,
}

/// Prints what was asked for; where the manuscript has errors, what there is.
pub(super) fn run(args: &Args) -> Status {
    let sink = Sink::default();
    let json = if args.edition { print_edition(args, &sink) } else { print_model(args, &sink) };
    let status = Report::new(MessageFormat::Human).diagnose([&sink]);
    match json {
        Ok(Ok(json)) => status.max(report::print(format!("{json}\n").as_bytes())),
        Ok(Err(error)) => report::complain(&error.to_string()),
        Err(Failed) => status,
    }
}

type Json = serde_json::Result<String>;

fn print_model(args: &Args, sink: &Sink) -> Result<Json, Failed> {
    let manuscript = manuscript::load(&args.path, sink)?;
    Ok(serde_json::to_string_pretty(&manuscript::parse(&manuscript, sink)))
}

fn print_edition(args: &Args, sink: &Sink) -> Result<Json, Failed> {
    let request = BuildRequest {
        path: args.path.clone(),
        overrides: Overrides::default(),
        font_paths: Vec::new(),
    };
    let plan = pipeline::plan(&request, sink)?;
    let edition = |kind| plan.edition(kind, sink);
    Ok(serde_json::to_string_pretty(&Editions {
        press_kit: edition(EditionKind::PressKit),
        profile: edition(EditionKind::Profile),
    }))
}
