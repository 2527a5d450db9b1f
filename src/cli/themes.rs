//! `presskit themes`: the built-in themes.

use super::{Status, report};
use crate::theme::Theme;

/// List the built-in themes
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  presskit build --theme feature")]
pub(super) struct Args {}

/// Prints one name a line.
pub(super) fn run(_: &Args) -> Status {
    let names: Vec<&str> = Theme::names().collect();
    report::print(format!("{}\n", names.join("\n")).as_bytes())
}
