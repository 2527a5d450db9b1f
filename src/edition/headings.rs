//! The levels of headings: settled so that each section's start at 2 and skip none.

use super::walk::{self, Touched};
use crate::diagnostics::{Diagnostic, Sink, codes};
use crate::model::{Block, Heading};

/// The deepest level that HTML and PDF know.
const DEEPEST: u8 = 6;

/// Settles the headings of a part of the prose, whose own heading is of `level` in the
/// manuscript, and reports those that skip a level there.
pub(super) fn settle_prose(blocks: &mut [Block], level: u8, sink: &Sink) {
    let mut before = level;
    let mut outline = Outline::below(1);
    walk::blocks(blocks, &mut |touched| {
        if let Touched::Heading(heading) = touched {
            if heading.level > before.saturating_add(1) {
                sink.report(skipped(before, heading));
            }
            before = heading.level;
            outline.settle(heading);
        }
    });
}

/// Settles the headings of a text that stands below a heading of `level`.
pub(super) fn settle(blocks: &mut [Block], level: u8) {
    let mut outline = Outline::below(level);
    walk::blocks(blocks, &mut |touched| {
        if let Touched::Heading(heading) = touched {
            outline.settle(heading);
        }
    });
}

fn skipped(before: u8, heading: &Heading) -> Diagnostic {
    let message = format!("a heading skips from level {before} to level {}", heading.level);
    let marks = "#".repeat(usize::from(before) + 1);
    Diagnostic::new(codes::SKIPPED_HEADING, heading.span, message)
        .with_help(format!("it was raised; write `{marks}` to say so"))
}

/// The headings that are open above a place.
struct Outline {
    /// Their levels in the manuscript, each deeper than the one before.
    open: Vec<u8>,
    above: u8,
}

impl Outline {
    fn below(above: u8) -> Self {
        Self { open: Vec::new(), above }
    }

    fn settle(&mut self, heading: &mut Heading) {
        while self.open.last().is_some_and(|level| *level >= heading.level) {
            self.open.pop();
        }
        self.open.push(heading.level);
        let depth = u8::try_from(self.open.len()).unwrap_or(DEEPEST);
        heading.level = self.above.saturating_add(depth).min(DEEPEST);
    }
}
