//! Glyph runs into text operators (ISO 32000-1, 9.4): one array of strings a run, broken where
//! a glyph doesn't stand where the font's widths would put it.

use super::font::{EmbeddedFont, EmbeddedGlyph};
use super::syntax::{to_thousandths, write_integer, write_string_byte, write_thousandths};
use crate::assets::FontId;
use crate::geometry::Pt;
use crate::page::{Glyph, GlyphRun};

/// The distance from its place, in thousandths of the em, at which a glyph is moved there.
const TOLERANCE: f64 = 1.0;

/// The codes after which a string is broken off: half of what a reader must take (Annex C).
const CODES_PER_STRING: usize = 8_000;

/// Writes the move from one line's start to the next, in thousandths of a point. Differences of
/// what was written can't add up to an error.
pub(super) fn move_to(out: &mut Vec<u8>, from: (i64, i64), to: (i64, i64)) {
    write_thousandths(out, to.0.saturating_sub(from.0));
    out.push(b' ');
    write_thousandths(out, to.1.saturating_sub(from.1));
    out.extend_from_slice(b" Td\n");
}

/// Writes the font and size unless they are selected already.
pub(super) fn select_font(
    out: &mut Vec<u8>,
    selected: &mut Option<(FontId, i64)>,
    run: &GlyphRun,
    font: &EmbeddedFont,
) {
    let wanted = Some((run.font, to_thousandths(run.size.0)));
    if *selected == wanted {
        return;
    }
    *selected = wanted;
    out.push(b'/');
    out.extend_from_slice(font.resource.as_bytes());
    out.push(b' ');
    write_thousandths(out, to_thousandths(run.size.0));
    out.extend_from_slice(b" Tf\n");
}

/// Whether the glyphs' own texts make up the cluster's.
pub(super) fn is_mapped_to(glyphs: &[Glyph], text: &str, font: &EmbeddedFont) -> bool {
    let mut rest = text;
    for glyph in glyphs {
        let own = font.glyph(glyph.id).map_or("", |embedded| &*embedded.text);
        match rest.strip_prefix(own) {
            Some(after) if !own.is_empty() => rest = after,
            Some(_) | None => return false,
        }
    }
    rest.is_empty()
}

/// What of the array is open.
enum StringState {
    None,
    Array,
    /// A string with the codes that it holds.
    String(usize),
}

/// A run of glyphs that is being written.
pub(super) struct Line {
    /// Thousandths of the em in a point.
    per_point: f64,
    string: StringState,
    /// Where the next glyph should stand, in thousandths of the em.
    wanted: f64,
    /// Where it would stand.
    written: i64,
    /// In thousandths of a point.
    rise: i64,
}

impl Line {
    /// The start of a run.
    pub(super) fn new(size: Pt) -> Self {
        let per_point = if size > Pt::ZERO { 1000.0 / size.0 } else { 0.0 };
        Self { per_point, string: StringState::None, wanted: 0.0, written: 0, rise: 0 }
    }

    /// Writes glyphs after those before.
    pub(super) fn show(&mut self, out: &mut Vec<u8>, glyphs: &[Glyph], font: &EmbeddedFont) {
        for glyph in glyphs {
            match font.glyph(glyph.id) {
                Some(embedded) => self.show_glyph(out, glyph, embedded),
                None => self.wanted += glyph.advance.0 * self.per_point,
            }
        }
    }

    /// Ends the run.
    pub(super) fn finish(mut self, out: &mut Vec<u8>) {
        self.end_array(out);
        self.set_rise(out, 0);
    }

    fn show_glyph(&mut self, out: &mut Vec<u8>, glyph: &Glyph, embedded: &EmbeddedGlyph) {
        if glyph.offset.y != Pt::ZERO || self.rise != 0 {
            self.set_rise(out, to_thousandths(-glyph.offset.y.0));
        }
        let place = self.wanted + glyph.offset.x.0 * self.per_point;
        let error = place - self.written as f64;
        if error.abs() >= TOLERANCE {
            self.adjust(out, error.round() as i64);
        }
        self.push_code(out, embedded.code);
        self.written = self.written.saturating_add(embedded.width);
        self.wanted += glyph.advance.0 * self.per_point;
    }

    /// Moves the pen to the right; the array's numbers move it to the left.
    fn adjust(&mut self, out: &mut Vec<u8>, by: i64) {
        self.end_string(out);
        self.begin_array(out);
        write_integer(out, by.saturating_neg());
        self.written = self.written.saturating_add(by);
    }

    fn push_code(&mut self, out: &mut Vec<u8>, code: u16) {
        let codes = match self.string {
            StringState::String(codes) if codes < CODES_PER_STRING => codes,
            StringState::String(_) | StringState::None | StringState::Array => {
                self.end_string(out);
                self.begin_array(out);
                out.push(b'(');
                0
            }
        };
        for byte in code.to_be_bytes() {
            write_string_byte(out, byte);
        }
        self.string = StringState::String(codes + 1);
    }

    fn begin_array(&mut self, out: &mut Vec<u8>) {
        if matches!(self.string, StringState::None) {
            out.push(b'[');
            self.string = StringState::Array;
        }
    }

    fn end_string(&mut self, out: &mut Vec<u8>) {
        if matches!(self.string, StringState::String(_)) {
            out.push(b')');
            self.string = StringState::Array;
        }
    }

    /// Ends the array, if one is open, so that another operator can follow.
    pub(super) fn end_array(&mut self, out: &mut Vec<u8>) {
        self.end_string(out);
        if matches!(self.string, StringState::Array) {
            out.extend_from_slice(b"]TJ\n");
            self.string = StringState::None;
        }
    }

    fn set_rise(&mut self, out: &mut Vec<u8>, rise: i64) {
        if self.rise != rise {
            self.end_array(out);
            self.rise = rise;
            write_thousandths(out, rise);
            out.extend_from_slice(b" Ts\n");
        }
    }
}
