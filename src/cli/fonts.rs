//! `presskit fonts`: the faces that a build finds.

use std::path::PathBuf;

use super::report::{self, MessageFormat, Report};
use super::{Status, parse_folder};
use crate::assets::{Font, FontBook};
use crate::diagnostics::Sink;

/// List the faces that themes can name: family, weight, style, and where they come from
#[derive(Debug, clap::Args)]
#[command(after_help = "The system's fonts are never used, so that every machine builds the same.")]
pub(super) struct Args {
    /// Folder of fonts to list after the bundled ones; may be repeated
    #[arg(long, value_name = "DIR", value_parser = parse_folder)]
    font_path: Vec<PathBuf>,
}

/// Prints one face a line, its fields separated by tabs.
pub(super) fn run(args: &Args) -> Status {
    let sink = Sink::default();
    let mut book = FontBook::bundled();
    let mut lines: String = book.iter().map(|(_, font)| build_line(font, "bundled")).collect();
    for folder in &args.font_path {
        let known = book.len();
        book.add_folder(folder, &sink);
        let origin = folder.display().to_string();
        lines.extend(book.iter().skip(known).map(|(_, font)| build_line(font, &origin)));
    }
    let status = Report::new(MessageFormat::Human).diagnose([&sink]);
    status.max(report::print(lines.as_bytes()))
}

fn build_line(font: &Font, origin: &str) -> String {
    let style = if font.italic { "italic" } else { "normal" };
    format!("{}\t{}\t{style}\t{origin}\n", font.family, font.weight)
}
