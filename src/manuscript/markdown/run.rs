//! A run of text between two marks, with the way back from each character to the source.

use std::ops::Range;

/// Text that the parser handed out in pieces: escapes and entities resolved, soft line breaks as
/// line feeds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Run {
    /// The characters.
    pub text: String,
    /// Where pieces start in `text`, with their places in the source, in order.
    pieces: Vec<(usize, Range<usize>)>,
    /// The bytes of `text` whose characters were escaped or spelt as entities, in order: they
    /// mean themselves, and typography leaves them alone.
    literal: Vec<usize>,
}

impl Run {
    /// Adds a piece; `literal` says that its first character was escaped.
    pub(super) fn push(&mut self, text: &str, range: Range<usize>, literal: bool) {
        if text.is_empty() {
            return;
        }
        if literal {
            self.literal.push(self.text.len());
        }
        self.pieces.push((self.text.len(), range));
        self.text.push_str(text);
    }

    /// Whether the character at a byte means itself.
    pub(super) fn is_literal(&self, at: usize) -> bool {
        self.literal.binary_search(&at).is_ok()
    }

    /// Whether any character within the bytes means itself.
    pub(super) fn holds_literal(&self, bytes: &Range<usize>) -> bool {
        let first = self.literal.partition_point(|at| *at < bytes.start);
        self.literal.get(first).is_some_and(|at| *at < bytes.end)
    }

    /// The place in the source of some of the bytes: exact where the text is as it was written,
    /// and the whole piece where it is not.
    pub(super) fn range(&self, bytes: &Range<usize>) -> Range<usize> {
        let start = self.locate(bytes.start, false);
        let end = self.locate(bytes.end.saturating_sub(1).max(bytes.start), true);
        start..end.max(start)
    }

    fn locate(&self, byte: usize, is_last: bool) -> usize {
        let index = self.pieces.partition_point(|(at, _)| *at <= byte).saturating_sub(1);
        let Some((at, range)) = self.pieces.get(index) else { return 0 };
        let end = self.pieces.get(index + 1).map_or(self.text.len(), |(next, _)| *next);
        if end - at != range.len() {
            return if is_last { range.end } else { range.start };
        }
        range.start + byte.saturating_sub(*at) + usize::from(is_last)
    }

    /// Some of the bytes as a run of their own. The bounds are those of characters.
    pub(super) fn slice(&self, bytes: &Range<usize>) -> Self {
        let mut part = Self::default();
        let first = self.pieces.partition_point(|(at, _)| *at <= bytes.start).saturating_sub(1);
        for (index, (at, _)) in self.pieces.iter().enumerate().skip(first) {
            if *at >= bytes.end {
                break;
            }
            let next = self.pieces.get(index + 1).map_or(self.text.len(), |(next, _)| *next);
            let bytes = (*at).max(bytes.start)..next.min(bytes.end);
            let text = self.text.get(bytes.clone()).unwrap_or_default();
            part.push(text, self.range(&bytes), self.is_literal(bytes.start));
        }
        part
    }
}
