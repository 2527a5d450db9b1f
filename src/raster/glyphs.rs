//! Glyphs of fonts into paths.

use std::collections::BTreeMap;

use resvg::tiny_skia::{Path, PathBuilder};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

use crate::assets::{Assets, FontId};

/// The outlines that were drawn already.
pub(super) struct Glyphs<'a> {
    assets: &'a Assets,
    fonts: BTreeMap<FontId, Option<OutlineGlyphCollection<'a>>>,
    paths: BTreeMap<(FontId, u16), Option<Path>>,
}

impl<'a> Glyphs<'a> {
    /// None drawn yet.
    pub(super) fn new(assets: &'a Assets) -> Self {
        Self { assets, fonts: BTreeMap::new(), paths: BTreeMap::new() }
    }

    /// The outline of a glyph in font units, y upwards; none for a blank.
    pub(super) fn path(&mut self, font: FontId, glyph: u16) -> Option<&Path> {
        let Self { assets, fonts, paths } = self;
        let outlines = fonts.entry(font).or_insert_with(|| {
            let font = assets.fonts.font(font);
            FontRef::from_index(&font.data, font.index).ok().map(|font| font.outline_glyphs())
        });
        let path = || draw(outlines.as_ref()?, glyph);
        paths.entry((font, glyph)).or_insert_with(path).as_ref()
    }
}

fn draw(outlines: &OutlineGlyphCollection<'_>, glyph: u16) -> Option<Path> {
    let mut pen = Pen(PathBuilder::new());
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    outlines.get(GlyphId::from(glyph))?.draw(settings, &mut pen).ok()?;
    pen.0.finish()
}

struct Pen(PathBuilder);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.0.quad_to(cx0, cy0, x, y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.0.cubic_to(cx0, cy0, cx1, cy1, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
