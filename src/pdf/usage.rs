//! What the pages use of the assets: which glyphs of which fonts, for which texts, and which
//! pictures. Fonts are cut down and pictures embedded by it before any page is written.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::assets::{FontId, ImageId};
use crate::page::{Frame, Glyph, GlyphRun, Item, Page};

/// The pages that one task looks through.
const PAGES_PER_TASK: usize = 32;

/// What the pages use.
#[derive(Debug, Default)]
pub(super) struct Usage {
    /// The fonts.
    pub(super) fonts: BTreeMap<FontId, FontUsage>,
    /// The pictures.
    pub(super) images: BTreeSet<ImageId>,
}

/// What the pages use of a font.
#[derive(Debug, Default)]
pub(super) struct FontUsage {
    glyphs: Vec<Option<GlyphText>>,
}

/// What a glyph stands for.
#[derive(Debug)]
struct GlyphText {
    text: Box<str>,
    /// Whether the glyph stands for the text alone, not as one of a cluster.
    is_whole: bool,
}

/// Looks through all pages. Where a glyph stands for several texts, the first one wins, whatever
/// the number of threads; the page's content tells of the others.
pub(super) fn collect(pages: &[Page]) -> Usage {
    let parts: Vec<Usage> = pages
        .par_chunks(PAGES_PER_TASK)
        .map(|pages| {
            let mut usage = Usage::default();
            for page in pages {
                usage.add_frame(&page.frame);
            }
            usage
        })
        .collect();
    parts.into_iter().fold(Usage::default(), Usage::merge)
}

/// The clusters of a run: glyphs that stand together for a piece of the run's text. A glyph that
/// stands for none of it is a hyphen that a line's break has put in, which readers know as a soft
/// hyphen; a text of no characters would be lost on some of them.
pub(super) fn clusters(run: &GlyphRun) -> impl Iterator<Item = (&[Glyph], &str)> {
    run.glyphs.chunk_by(|one, next| one.cluster == next.cluster).map(|glyphs| {
        let range = glyphs.first().map_or(0..0, |glyph| glyph.cluster.clone());
        let text = run.text.get(range.start as usize..range.end as usize);
        (glyphs, text.filter(|text| !text.is_empty()).unwrap_or("\u{ad}"))
    })
}

impl Usage {
    fn add_frame(&mut self, frame: &Frame) {
        for placed in &frame.items {
            match &placed.item {
                Item::Group(group) => self.add_frame(&group.frame),
                Item::Text(run) => self.fonts.entry(run.font).or_default().add_run(run),
                Item::Image(image) => {
                    self.images.insert(image.image);
                }
                Item::Shape(_) | Item::Link(_) => {}
            }
        }
    }

    fn merge(mut self, later: Self) -> Self {
        for (id, font) in later.fonts {
            self.fonts.entry(id).or_default().merge(font);
        }
        self.images.extend(later.images);
        self
    }
}

impl FontUsage {
    /// The glyphs in the order of their numbers with their texts, without `.notdef`.
    pub(super) fn glyphs(&self) -> impl Iterator<Item = (u16, &str)> {
        let used = self.glyphs.iter().enumerate().skip(1);
        used.filter_map(|(id, glyph)| Some((id as u16, &*glyph.as_ref()?.text)))
    }

    fn add_run(&mut self, run: &GlyphRun) {
        for (glyphs, text) in clusters(run) {
            if let [glyph] = glyphs
                && can_be_mapped(text)
            {
                self.add(glyph.id, text, true);
            } else {
                self.add_cluster(glyphs, text);
            }
        }
    }

    /// A cluster's characters go to its glyphs one by one where the numbers agree, else all to
    /// the first. The content gives the cluster's text beside it wherever this is not the truth.
    fn add_cluster(&mut self, glyphs: &[Glyph], text: &str) {
        let pairs_up = text.chars().count() == glyphs.len();
        let mut characters = text.char_indices();
        for (index, glyph) in glyphs.iter().enumerate() {
            let character = characters.next();
            let part = match character {
                Some((at, character)) if pairs_up => &text[at..at + character.len_utf8()],
                Some(_) | None if index == 0 => text,
                Some(_) | None => "\u{200b}",
            };
            let part = if can_be_mapped(part) { part } else { "\u{fffd}" };
            self.add(glyph.id, part, false);
        }
    }

    fn add(&mut self, id: u16, text: &str, is_whole: bool) {
        let index = usize::from(id);
        if index >= self.glyphs.len() {
            self.glyphs.resize_with(index + 1, || None);
        }
        let known = &mut self.glyphs[index];
        if known.as_ref().is_none_or(|known| is_whole && !known.is_whole) {
            *known = Some(GlyphText { text: text.into(), is_whole });
        }
    }

    fn merge(&mut self, later: Self) {
        for (id, glyph) in later.glyphs.into_iter().enumerate() {
            if let Some(GlyphText { text, is_whole }) = glyph {
                self.add(id as u16, &text, is_whole);
            }
        }
    }
}

/// Whether a glyph may be mapped to the text: never to nothing, and never to U+0000, U+FEFF or
/// U+FFFE (ISO 19005-2, 6.2.11.7.2). A glyph's text is a few characters at the most.
fn can_be_mapped(text: &str) -> bool {
    const MOST_UNITS: usize = 64;
    let forbidden = ['\0', '\u{feff}', '\u{fffe}'];
    !text.is_empty() && text.len() <= MOST_UNITS && !text.contains(forbidden)
}
