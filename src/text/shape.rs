//! Styled text into clusters of glyphs: itemised by setting, face and script, then shaped.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::str::FromStr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use harfrust::{
    BufferClusterLevel, Direction, Feature, FontRef, ShapeOptions, ShapePlan, ShaperData, Tag,
    UnicodeBuffer,
};
use unicode_script::{Script, UnicodeScript};

use super::StyledText;
use super::styled::{Run, RunStyle};
use crate::assets::{FontBook, FontId, FontQuery};
use crate::diagnostics::{Diagnostic, Sink, Span, codes};
use crate::geometry::{Point, Pt};
use crate::theme::{Caps, Figures};

/// What a cluster does in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClusterKind {
    /// It is drawn.
    Glyphs,
    /// A space: it stretches, and goes unseen at a line's end.
    Space,
    /// A line break that the author asked for.
    Newline,
    /// It is the place of an object.
    Object,
}

/// The smallest stretch of text whose glyphs belong together.
#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    /// Its bytes of the text.
    pub(crate) range: Range<u32>,
    /// Its glyphs.
    pub(crate) glyphs: Range<u32>,
    /// How far the pen moves on.
    pub(crate) advance: Pt,
    /// The run that it is part of.
    pub(crate) run: u32,
    /// The face that its glyphs are of.
    pub(crate) font: FontId,
    /// What it does in a line.
    pub(crate) kind: ClusterKind,
}

/// A glyph of a cluster.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ShapedGlyph {
    /// The number in the face.
    pub(crate) id: u16,
    /// How far the pen moves on, without justification.
    pub(crate) advance: Pt,
    /// Where it is drawn relative to the pen; y grows downwards.
    pub(crate) offset: Point,
}

/// A paragraph's clusters, in logical order.
#[derive(Clone, Debug, Default)]
pub(crate) struct ShapedText {
    /// The clusters.
    pub(crate) clusters: Vec<Cluster>,
    /// Their glyphs.
    pub(crate) glyphs: Vec<ShapedGlyph>,
}

/// Shapes text with the faces of a book; keeps what faces and settings cost to prepare.
pub(crate) struct Shaper<'a> {
    fonts: &'a FontBook,
    faces: Vec<OnceLock<Option<Face<'a>>>>,
    plans: Mutex<HashMap<PlanKey, Arc<ShapePlan>>>,
    /// The characters that have been complained of.
    reported: Mutex<BTreeSet<char>>,
    sink: &'a Sink,
}

struct Face<'a> {
    font: FontRef<'a>,
    data: ShaperData,
    units_per_em: f64,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct PlanKey {
    font: FontId,
    script: Script,
    language: String,
    caps: Caps,
    figures: Figures,
    tracked: bool,
}

/// A stretch of one run, one face and one script.
struct Item {
    range: Range<usize>,
    run: u32,
    font: FontId,
    script: Script,
}

impl<'a> Shaper<'a> {
    /// A shaper for the faces of a book.
    pub(crate) fn new(fonts: &'a FontBook, sink: &'a Sink) -> Self {
        let faces = std::iter::repeat_with(OnceLock::new).take(fonts.len()).collect();
        Self { fonts, faces, plans: Mutex::default(), reported: Mutex::default(), sink }
    }

    /// Shapes a paragraph. A character that no face has is reported where it first stands, and
    /// drawn as the face's sign for a missing glyph.
    pub(crate) fn shape(&self, styled: &StyledText) -> ShapedText {
        let mut shaped = ShapedText::default();
        for item in self.itemise(styled) {
            self.shape_item(styled, &item, &mut shaped);
        }
        shaped
    }

    /// Shapes a string of one setting: a hyphen at a line's end, say.
    pub(crate) fn single(&self, text: &str, style: &RunStyle) -> ShapedText {
        let mut styled = StyledText::default();
        styled.push(text, style, 0, Span::default());
        self.shape(&styled)
    }

    /// The width of a string in a setting.
    pub(crate) fn width(&self, text: &str, style: &RunStyle) -> Pt {
        self.single(text, style).clusters.iter().map(|cluster| cluster.advance).sum()
    }

    fn face(&self, font: FontId) -> Option<&Face<'a>> {
        self.faces[font.index()]
            .get_or_init(|| {
                let source = self.fonts.font(font);
                let font = FontRef::from_index(&source.data, source.index).ok()?;
                let data = ShaperData::new(&font);
                Some(Face { font, data, units_per_em: f64::from(source.units_per_em.max(1)) })
            })
            .as_ref()
    }

    /// Cuts the text where the run, the face or the script changes.
    fn itemise(&self, styled: &StyledText) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for (index, run) in styled.runs.iter().enumerate() {
            let mut script = Script::Common;
            for (at, character) in styled.text[run.range.clone()].char_indices() {
                let at = run.range.start + at;
                let own = character.script();
                if !matches!(own, Script::Common | Script::Inherited) && own != script {
                    script = own;
                    self.report_right_to_left(script, run, at);
                }
                let font = self.font_for(character, run, items.last().map(|item| item.font), at);
                let range = at..at + character.len_utf8();
                match items.last_mut() {
                    Some(item)
                        if item.run == index as u32
                            && item.font == font
                            && (item.script == script || item.script == Script::Common) =>
                    {
                        item.range.end = range.end;
                        item.script = script;
                    }
                    _ => items.push(Item { range, run: index as u32, font, script }),
                }
            }
        }
        items
    }

    /// The run's own face; else the one before, so that marks stay with their letters; else the
    /// first that has the character.
    fn font_for(&self, character: char, run: &Run, last: Option<FontId>, at: usize) -> FontId {
        let own = run.style.font;
        let has = |font: FontId| self.fonts.font(font).has_glyph(character);
        if has(own) || is_invisible(character) || run.object.is_some() {
            return own;
        }
        if let Some(last) = last.filter(|last| at > run.range.start && has(*last)) {
            return last;
        }
        let wanted = self.fonts.font(own);
        let query =
            FontQuery { family: &wanted.family, weight: wanted.weight, italic: wanted.italic };
        self.fonts.fallback(character, query).unwrap_or_else(|| {
            self.report_missing(character, run, at);
            own
        })
    }

    /// Whether a character is complained of for the first time.
    fn is_news(&self, character: char) -> bool {
        self.reported.lock().unwrap_or_else(PoisonError::into_inner).insert(character)
    }

    /// Lines are set from left to right only: says so, once a document and script.
    fn report_right_to_left(&self, script: Script, run: &Run, at: usize) {
        let is_right_to_left = matches!(
            script,
            Script::Adlam
                | Script::Arabic
                | Script::Hebrew
                | Script::Mandaic
                | Script::Nko
                | Script::Syriac
                | Script::Thaana
        );
        // No text holds this character, so that it may stand for the complaint itself.
        if is_right_to_left && self.is_news('\0') {
            let message = format!(
                "the press kit prints right-to-left text ({}) from left to right",
                script.full_name()
            );
            self.sink.report(
                Diagnostic::new(codes::RIGHT_TO_LEFT, run.place(at, 1), message)
                    .with_help("the EPUB sets it as it should be"),
            );
        }
    }

    fn report_missing(&self, character: char, run: &Run, at: usize) {
        if !self.is_news(character) {
            return;
        }
        let span = run.place(at, character.len_utf8());
        let script = character.script().full_name();
        let message = format!(
            "no font has the character `{character}` (U+{:04X}, {script})",
            u32::from(character)
        );
        self.sink.report(
            Diagnostic::new(codes::MISSING_GLYPH, span, message)
                .with_help("put a font that has it into the manuscript's `fonts` folder, or name a folder with `--font-path`"),
        );
    }

    fn shape_item(&self, styled: &StyledText, item: &Item, into: &mut ShapedText) {
        let run = &styled.runs[item.run as usize];
        if let Some(width) = run.object {
            let glyphs = into.glyphs.len() as u32..into.glyphs.len() as u32;
            into.clusters.push(Cluster {
                range: item.range.start as u32..item.range.end as u32,
                glyphs,
                advance: width,
                run: item.run,
                font: item.font,
                kind: ClusterKind::Object,
            });
            return;
        }
        let Some(face) = self.face(item.font) else { return };
        let with_face = face.data.shaper(&face.font).build();
        let features = features(&run.style);
        let buffer = fill(styled, item, &run.style);
        let plan = self.plan(item, &run.style, || {
            let (script, language) = (Some(buffer.script()), buffer.language());
            ShapePlan::new(&with_face, buffer.direction(), script, language.as_ref(), &features)
        });
        let options = ShapeOptions::new().features(&features).plan(Some(&plan));
        let shaped = with_face.shape(buffer, options);
        collect_clusters(styled, item, &run.style, face.units_per_em, &shaped, into);
    }

    fn plan(
        &self,
        item: &Item,
        style: &RunStyle,
        make: impl FnOnce() -> ShapePlan,
    ) -> Arc<ShapePlan> {
        let key = PlanKey {
            font: item.font,
            script: item.script,
            language: style.language.as_str().to_owned(),
            caps: style.caps,
            figures: style.figures,
            tracked: style.tracking != 0.0,
        };
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(plans.entry(key).or_insert_with(|| Arc::new(make())))
    }
}

/// An item's characters with their script and language; clusters are bytes of the text.
fn fill(styled: &StyledText, item: &Item, style: &RunStyle) -> UnicodeBuffer {
    let mut buffer = UnicodeBuffer::new();
    buffer.set_cluster_level(BufferClusterLevel::MonotoneGraphemes);
    for (at, character) in styled.text[item.range.clone()].char_indices() {
        let cluster = (item.range.start + at) as u32;
        match (style.caps, character) {
            (_, '\n' | '\t') => buffer.add(' ', cluster),
            (Caps::All, character) => {
                character.to_uppercase().for_each(|upper| buffer.add(upper, cluster));
            }
            (Caps::None | Caps::Small, character) => buffer.add(character, cluster),
        }
    }
    buffer.set_pre_context(&styled.text[..item.range.start]);
    buffer.set_post_context(&styled.text[item.range.end..]);
    buffer.set_direction(Direction::LeftToRight);
    if let Ok(script) = harfrust::Script::from_str(item.script.short_name()) {
        buffer.set_script(script);
    }
    if let Ok(language) = harfrust::Language::from_str(style.language.as_str()) {
        buffer.set_language(language);
    }
    buffer
}

/// Groups the shaped glyphs by their cluster.
fn collect_clusters(
    styled: &StyledText,
    item: &Item,
    style: &RunStyle,
    units_per_em: f64,
    shaped: &harfrust::GlyphBuffer,
    into: &mut ShapedText,
) {
    let scale = style.size.0 / units_per_em;
    let infos = shaped.glyph_infos();
    let mut at = 0;
    while at < infos.len() {
        let start = infos[at].cluster;
        let next = infos[at..].iter().position(|info| info.cluster != start);
        let until = next.map_or(infos.len(), |count| at + count);
        let end = infos.get(until).map_or(item.range.end as u32, |info| info.cluster);
        let first_glyph = into.glyphs.len() as u32;
        let kind = cluster_kind(&styled.text[start as usize..end as usize]);
        let mut advance = Pt::ZERO;
        for (info, position) in infos[at..until].iter().zip(&shaped.glyph_positions()[at..until]) {
            let glyph = ShapedGlyph {
                id: info.glyph_id as u16,
                advance: Pt(f64::from(position.x_advance) * scale),
                offset: Point::new(
                    Pt(f64::from(position.x_offset) * scale),
                    Pt(-f64::from(position.y_offset) * scale),
                ),
            };
            advance += glyph.advance;
            into.glyphs.push(glyph);
        }
        let tracking = style.size * style.tracking;
        if let Some(last) = into.glyphs.last_mut() {
            last.advance += tracking;
        }
        into.clusters.push(Cluster {
            range: start..end,
            glyphs: first_glyph..into.glyphs.len() as u32,
            advance: advance + tracking,
            run: item.run,
            font: item.font,
            kind,
        });
        at = until;
    }
}

fn cluster_kind(text: &str) -> ClusterKind {
    match text {
        " " | "\t" | "\u{A0}" => ClusterKind::Space,
        "\n" => ClusterKind::Newline,
        _ => ClusterKind::Glyphs,
    }
}

/// Characters that are read and never seen; the shaper hides them, whatever the face.
fn is_invisible(character: char) -> bool {
    matches!(character, '\n' | '\t' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// The OpenType features of a setting. Letters that stand apart don't join into ligatures.
fn features(style: &RunStyle) -> Vec<Feature> {
    let mut tags: Vec<(&[u8; 4], u32)> = Vec::new();
    if style.tracking != 0.0 {
        tags.extend([(b"liga", 0), (b"clig", 0)]);
    }
    match style.caps {
        Caps::None => {}
        Caps::Small => tags.push((b"smcp", 1)),
        Caps::All => tags.push((b"case", 1)),
    }
    match style.figures {
        Figures::Default => {}
        Figures::OldStyle => tags.extend([(b"onum", 1), (b"pnum", 1)]),
        Figures::Lining => tags.extend([(b"lnum", 1), (b"pnum", 1)]),
        Figures::Tabular => tags.extend([(b"lnum", 1), (b"tnum", 1)]),
    }
    tags.into_iter().map(|(tag, value)| Feature::new(Tag::new(tag), value, ..)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    fn style(fonts: &FontBook, caps: Caps) -> RunStyle {
        let query = FontQuery { family: "Source Serif 4", weight: 400, italic: false };
        RunStyle {
            font: fonts.find(query).unwrap(),
            size: Pt(10.0),
            tracking: 0.0,
            caps,
            figures: Figures::Default,
            language: Language::default(),
            hyphenate: false,
        }
    }

    fn shape(text: &str, caps: Caps, sink: &Sink) -> ShapedText {
        let fonts = FontBook::bundled();
        let style = style(&fonts, caps);
        Shaper::new(&fonts, sink).single(text, &style)
    }

    fn covered(shaped: &ShapedText, text: &str) -> bool {
        let ends = shaped.clusters.windows(2).all(|pair| pair[0].range.end == pair[1].range.start);
        let last = shaped.clusters.last().map(|cluster| cluster.range.end as usize);
        ends && last == Some(text.len())
    }

    #[test]
    fn a_ligature_is_one_cluster_of_all_its_letters() {
        let shaped = shape("fjord", Caps::None, &Sink::default());
        assert!(covered(&shaped, "fjord"));
        let shaped = shape("office", Caps::None, &Sink::default());
        assert!(shaped.clusters.len() < "office".len());
        assert!(covered(&shaped, "office"));
    }

    #[test]
    fn capitals_are_drawn_and_the_text_stays_as_it_is_written() {
        let sink = Sink::default();
        let (small, large) =
            (shape("straße", Caps::All, &sink), shape("STRASSE", Caps::None, &sink));
        let ids = |shaped: &ShapedText| -> Vec<u16> {
            shaped.glyphs.iter().map(|glyph| glyph.id).collect()
        };
        assert_eq!(ids(&small), ids(&large));
        assert!(covered(&small, "straße"));
    }

    #[test]
    fn pairs_are_kerned() {
        let sink = Sink::default();
        let width = |text: &str| -> f64 {
            shape(text, Caps::None, &sink).clusters.iter().map(|cluster| cluster.advance.0).sum()
        };
        assert!(width("AV") < width("A") + width("V") - 0.1);
    }

    #[test]
    fn a_character_that_no_font_has_is_reported_with_its_script() {
        let sink = Sink::default();
        let shaped = shape("a\u{0E01}b", Caps::None, &sink);
        assert!(covered(&shaped, "a\u{0E01}b"));
        let found = sink.sorted();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code, codes::MISSING_GLYPH);
        assert!(found[0].message.contains("U+0E01, Thai"), "{}", found[0].message);
    }

    #[test]
    fn greek_and_cyrillic_come_from_the_bundled_faces() {
        let sink = Sink::default();
        shape("Ελλάδα и Россия", Caps::None, &sink);
        assert!(sink.sorted().is_empty());
    }
}
