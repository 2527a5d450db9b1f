//! Inlines into lines: collect, shape, break, compose.
//!
//! 1. [`collect`]: a paragraph's inlines become styled text with marks.
//! 2. The text room shapes it and finds the places where lines may end.
//! 3. [`break_lines`] chooses among them, over the whole paragraph.
//! 4. [`compose`] turns each line into glyph runs, justified or aligned.

mod break_lines;
mod collect;
mod compose;

pub(super) use collect::{Collector, Mark};
pub(super) use compose::SetLine;

use super::Composer;
use crate::diagnostics::{Diagnostic, Span, codes};
use crate::geometry::Pt;
use crate::text::{StyledText, break_opportunities};
use crate::theme::{Align, TextStyle};
use break_lines::{Measure, Setting};

/// A paragraph, ready to be broken into lines.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    /// Its characters.
    pub(super) text: StyledText,
    /// What the runs' marks stand for.
    pub(super) marks: Vec<Mark>,
    /// Its setting.
    pub(super) style: TextStyle,
    /// Its place in the source.
    pub(super) span: Span,
}

/// The indents of a paragraph's lines.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Indents {
    /// Before the first line.
    pub(super) first: Pt,
    /// Before as many lines as the second number says: beside a drop capital.
    pub(super) beside: (Pt, usize),
}

impl Indents {
    /// The indent of a line, counted from 0.
    fn of(self, line: usize) -> Pt {
        if line < self.beside.1 {
            self.beside.0
        } else if line == 0 {
            self.first
        } else {
            Pt::ZERO
        }
    }
}

impl Composer<'_> {
    /// Breaks a paragraph into lines of at most `measure`. A line that can't be broken and runs
    /// over is reported.
    pub(super) fn set_lines(
        &self,
        paragraph: &Paragraph,
        measure: Pt,
        indents: Indents,
    ) -> Vec<SetLine> {
        let shaped = self.shaper.shape(&paragraph.text);
        let opportunities = break_opportunities(&paragraph.text);
        let hyphen = paragraph
            .text
            .run_count()
            .checked_sub(1)
            .map_or(Pt::ZERO, |_| self.shaper.width("-", &paragraph.text.run(0).style));
        let setting = Setting {
            measure: Measure { full: measure, indents },
            justified: paragraph.style.align == Align::Justify,
            hyphen,
            em: paragraph.style.size,
        };
        let lines = if paragraph.style.balance {
            break_lines::balance_lines(&shaped, &opportunities, &setting)
        } else {
            break_lines::break_lines(&shaped, &opportunities, &setting)
        };
        let last = lines.len().saturating_sub(1);
        lines
            .iter()
            .enumerate()
            .map(|(number, line)| {
                let excess = line.excess(&setting, number);
                if excess > Pt(0.05) {
                    self.report_overfull(paragraph.span, excess);
                }
                self.compose(paragraph, &shaped, line, &setting.measure, number, number == last)
            })
            .collect()
    }

    fn report_overfull(&self, span: Span, excess: Pt) {
        let message = format!("a line runs {:.1} pt over its measure", excess.0);
        self.sink.report(
            Diagnostic::new(codes::OVERFULL_LINE, span, message)
                .with_help("shorten the word, or allow a break in it with a soft hyphen (U+00AD)"),
        );
    }
}
