//! A face's character map into sorted ranges of the characters that it draws.

use std::ops::RangeInclusive;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// The characters of a face.
#[derive(Clone, Debug, Default)]
pub(super) struct Coverage {
    /// Sorted, and neither touching nor overlapping.
    ranges: Vec<RangeInclusive<u32>>,
}

impl Coverage {
    /// Reads the character map of a face; empty if it can't be read.
    pub(super) fn read(data: &[u8], index: u32) -> Self {
        let Ok(font) = FontRef::from_index(data, index) else { return Self::default() };
        let charmap = font.charmap();
        let mut characters: Vec<u32> = charmap
            .mappings()
            .filter(|(_, glyph)| *glyph != GlyphId::NOTDEF)
            .map(|(character, _)| character)
            .collect();
        if charmap.is_symbol() {
            characters.extend(symbol_aliases(&characters));
        }
        characters.sort_unstable();
        Self { ranges: join(&characters) }
    }

    /// Whether the character is among them.
    pub(super) fn contains(&self, character: char) -> bool {
        let character = u32::from(character);
        let at = self.ranges.partition_point(|range| *range.end() < character);
        self.ranges.get(at).is_some_and(|range| range.contains(&character))
    }
}

/// A symbol font keeps its 256 characters at U+F000 and is addressed without that offset
/// (OpenType, cmap, platform 3, encoding 0).
fn symbol_aliases(characters: &[u32]) -> Vec<u32> {
    characters.iter().filter_map(|&at| at.checked_sub(0xF000)).filter(|at| *at <= 0xFF).collect()
}

fn join(sorted: &[u32]) -> Vec<RangeInclusive<u32>> {
    let mut ranges: Vec<RangeInclusive<u32>> = Vec::new();
    for &character in sorted {
        match ranges.last_mut() {
            Some(last) if character <= last.end().saturating_add(1) => {
                *last = *last.start()..=character;
            }
            Some(_) | None => ranges.push(character..=character),
        }
    }
    ranges
}

/// The lowest point of a character's outline, in units of the em.
pub(super) fn lowest(data: &[u8], index: u32, character: char) -> Option<f64> {
    let font = FontRef::from_index(data, index).ok()?;
    let glyph = font.charmap().map(character)?;
    let bounds = font.glyph_metrics(Size::unscaled(), LocationRef::default()).bounds(glyph)?;
    Some(f64::from(bounds.y_min))
}
