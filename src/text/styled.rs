//! A paragraph's characters with their settings, before they are shaped.

use std::ops::Range;

use crate::assets::FontId;
use crate::diagnostics::Span;
use crate::geometry::Pt;
use crate::model::Language;
use crate::theme::{Caps, Figures};

/// How a run of characters is set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RunStyle {
    /// The face that is asked for.
    pub(crate) font: FontId,
    /// The size.
    pub(crate) size: Pt,
    /// Space after each cluster, as a share of the size.
    pub(crate) tracking: f64,
    /// Capitals.
    pub(crate) caps: Caps,
    /// Figures.
    pub(crate) figures: Figures,
    /// The language.
    pub(crate) language: Language,
    /// Whether words may be broken.
    pub(crate) hyphenate: bool,
}

/// A run of characters of one setting.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// Its bytes of the text.
    pub(crate) range: Range<usize>,
    /// Its setting.
    pub(crate) style: RunStyle,
    /// What the caller knows the run by.
    pub(crate) mark: u32,
    /// The width of an object that stands in place of the run's one character.
    pub(crate) object: Option<Pt>,
    /// Where it comes from.
    pub(crate) span: Span,
}

impl Run {
    /// The place of the run's first bytes.
    pub(crate) fn start_place(&self, length: usize) -> Span {
        self.place(self.range.start, length)
    }

    /// The place of a character at a byte of the text: its own where the run is as it stands in
    /// the source, else the run's.
    pub(super) fn place(&self, at: usize, length: usize) -> Span {
        let Span { source, start, end } = self.span;
        if (end - start) as usize != self.range.len() {
            return self.span;
        }
        let first = start as usize + at - self.range.start;
        Span::new(source, first, first + length)
    }
}

/// A paragraph's characters with their settings.
#[derive(Clone, Debug, Default)]
pub(crate) struct StyledText {
    pub(super) text: String,
    pub(super) runs: Vec<Run>,
}

impl StyledText {
    /// Adds characters at the end.
    pub(crate) fn push(&mut self, text: &str, style: &RunStyle, mark: u32, span: Span) {
        if text.is_empty() {
            return;
        }
        let range = self.text.len()..self.text.len() + text.len();
        self.text.push_str(text);
        self.runs.push(Run { range, style: style.clone(), mark, object: None, span });
    }

    /// Adds an object of a width at the end.
    pub(crate) fn push_object(&mut self, width: Pt, style: &RunStyle, mark: u32, span: Span) {
        self.push("\u{FFFC}", style, mark, span);
        if let Some(run) = self.runs.last_mut() {
            run.object = Some(width);
        }
    }

    /// Cuts off the first characters, up to a byte; runs that hold nothing any more go too.
    pub(crate) fn remove_start(&mut self, bytes: usize) {
        self.text.drain(..bytes);
        self.runs.retain(|run| run.range.end > bytes);
        for run in &mut self.runs {
            if run.range.start < bytes {
                run.span = run.place(bytes, run.range.end - bytes);
            }
            run.range = run.range.start.saturating_sub(bytes)..run.range.end - bytes;
        }
    }

    /// Sets the capitals of the first characters, up to a byte.
    pub(crate) fn set_caps_of_start(&mut self, bytes: usize, caps: Caps) {
        let Some(index) = self.runs.iter().position(|run| run.range.end > bytes) else { return };
        if self.runs[index].range.start < bytes {
            let run = &mut self.runs[index];
            let mut rest = run.clone();
            rest.span = run.place(bytes, run.range.end - bytes);
            rest.range.start = bytes;
            run.span = run.start_place(bytes - run.range.start);
            run.range.end = bytes;
            self.runs.insert(index + 1, rest);
        }
        for run in self.runs.iter_mut().take_while(|run| run.range.end <= bytes) {
            run.style.caps = caps;
            run.style.hyphenate = false;
        }
    }

    /// The characters.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// How many runs there are.
    pub(crate) fn run_count(&self) -> usize {
        self.runs.len()
    }

    /// The run at a number.
    pub(crate) fn run(&self, index: u32) -> &Run {
        &self.runs[index as usize]
    }

    /// The setting at a byte.
    pub(super) fn run_at(&self, byte: usize) -> Option<&Run> {
        let index = self.runs.partition_point(|run| run.range.end <= byte);
        self.runs.get(index)
    }
}
