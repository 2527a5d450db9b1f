//! `presskit themes`: the built-in themes.

use super::{Status, report};
use crate::theme;

/// List the built-in themes
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  presskit build --theme feature")]
pub(super) struct Args {}

/// Prints one name a line.
pub(super) fn run(_: &Args) -> Status {
    report::print(format!("{}\n", theme::BUILT_IN.join("\n")).as_bytes())
}
