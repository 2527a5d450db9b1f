//! A broken line into glyph runs, shapes and link areas, justified or aligned.

use std::sync::Arc;

use super::break_lines::{Line, Measure};
use super::collect::Decoration;
use super::{Mark, Paragraph};
use crate::geometry::{Point, Pt, Size};
use crate::layout::Composer;
use crate::page::{Artifact, Frame, Glyph, GlyphRun, Item, LinkArea, Shape, Tag};
use crate::text::{Cluster, ClusterKind, ShapedText};
use crate::theme::Align;

/// A line on its baseline: the frame's origin is the baseline's left end.
#[derive(Clone, Debug)]
pub(in crate::layout) struct SetLine {
    /// What is painted.
    pub(in crate::layout) frame: Frame,
    /// The width of what is seen.
    pub(in crate::layout) width: Pt,
    /// Whether it ends inside a word.
    pub(in crate::layout) breaks_word: bool,
}

impl Composer<'_> {
    /// Sets a line. Spaces grow or shrink to fill the measure; the last line of a justified
    /// paragraph only shrinks.
    pub(super) fn compose(
        &self,
        paragraph: &Paragraph,
        shaped: &ShapedText,
        line: &Line,
        measure: &Measure,
        number: usize,
        is_last: bool,
    ) -> SetLine {
        let width = measure.of(number);
        let missing = width - line.width;
        let fills = paragraph.style.align == Align::Justify
            && (missing.0 < 0.0 || !(is_last || line.forced))
            && line.space.0 > 0.0;
        let growth = if fills { missing / line.space } else { 0.0 };
        let indent = measure.full - width;
        let left = match paragraph.style.align {
            Align::Start | Align::Justify => indent,
            Align::Center => indent + missing.max(Pt::ZERO) / 2.0,
            Align::End => indent + missing.max(Pt::ZERO),
        };
        let mut writer = LineWriter {
            composer: self,
            paragraph,
            shaped,
            growth,
            frame: Frame::default(),
            pen: left,
            run: None,
        };
        for index in line.start..line.next {
            writer.write(&shaped.clusters[index], index < line.end);
        }
        if line.hyphen {
            writer.write_hyphen(&shaped.clusters[line.end - 1]);
        }
        let frame = writer.finish();
        SetLine { frame, width: if fills { width } else { line.width }, breaks_word: line.hyphen }
    }
}

/// Writes clusters one after the other into a frame.
struct LineWriter<'a, 'b> {
    composer: &'a Composer<'b>,
    paragraph: &'a Paragraph,
    shaped: &'a ShapedText,
    growth: f64,
    frame: Frame,
    pen: Pt,
    run: Option<OpenRun>,
}

/// A glyph run that more clusters may join.
struct OpenRun {
    at: Pt,
    index: u32,
    text: String,
    glyphs: GlyphRun,
}

impl LineWriter<'_, '_> {
    fn write(&mut self, cluster: &Cluster, is_seen: bool) {
        match cluster.kind {
            ClusterKind::Object => self.write_object(cluster),
            ClusterKind::Newline => {}
            ClusterKind::Space | ClusterKind::Glyphs => {
                let mut extra = Pt::ZERO;
                if is_seen && cluster.kind == ClusterKind::Space {
                    extra = cluster.advance * self.growth;
                }
                let bytes = cluster.range.start as usize..cluster.range.end as usize;
                let text = self.paragraph.text.text()[bytes].to_owned();
                self.push_glyphs(cluster, &text, extra);
            }
        }
    }

    /// Appends a cluster's glyphs to the open run, or opens another.
    fn push_glyphs(&mut self, cluster: &Cluster, text: &str, extra: Pt) {
        let fits = self
            .run
            .as_ref()
            .is_some_and(|run| run.index == cluster.run && run.glyphs.font == cluster.font);
        if !fits {
            self.close_run();
            self.run = Some(self.open_run(cluster));
        }
        let Some(run) = &mut self.run else { return };
        let start = run.text.len() as u32;
        run.text.push_str(text);
        let end = run.text.len() as u32;
        let glyphs =
            &self.shaped.glyphs[cluster.glyphs.start as usize..cluster.glyphs.end as usize];
        for (place, glyph) in glyphs.iter().enumerate() {
            let extra = if place + 1 == glyphs.len() { extra } else { Pt::ZERO };
            run.glyphs.glyphs.push(Glyph {
                id: glyph.id,
                advance: glyph.advance + extra,
                offset: glyph.offset,
                cluster: start..end,
            });
            self.pen += glyph.advance + extra;
        }
    }

    fn open_run(&self, cluster: &Cluster) -> OpenRun {
        let run = self.paragraph.text.run(cluster.run);
        let mark = self.mark(cluster.run);
        let glyphs = GlyphRun {
            font: cluster.font,
            size: run.style.size,
            color: mark.color,
            glyphs: Vec::new(),
            text: Arc::from(""),
            tag: mark.tag,
        };
        OpenRun { at: self.pen, index: cluster.run, text: String::new(), glyphs }
    }

    fn mark(&self, run: u32) -> &Mark {
        &self.paragraph.marks[self.paragraph.text.run(run).mark as usize]
    }

    fn close_run(&mut self) {
        let Some(mut run) = self.run.take() else { return };
        let mark = self.mark(run.index).clone();
        run.glyphs.text = run.text.into();
        let width = self.pen - run.at;
        let size = run.glyphs.size;
        self.decorate(&mark, run.at, width, size);
        self.frame.push(Point::new(run.at, -mark.shift), Item::Text(run.glyphs));
        self.push_link(&mark, run.at, width);
    }

    /// Paints what goes with a run: a line under or through it, or a tint below it.
    fn decorate(&mut self, mark: &Mark, at: Pt, width: Pt, size: Pt) {
        let (top, height, color) = match mark.decoration {
            Decoration::None => return,
            Decoration::Underline => (size * 0.12, Pt(0.5), mark.color),
            Decoration::Strikethrough => (size * -0.27, Pt(0.5), mark.color),
            Decoration::Highlight => (size * -0.78, size * 1.02, self.composer.theme.colors.tint.0),
        };
        let shape =
            Shape::filled_rect(Size::new(width, height), color, Tag::Artifact(Artifact::Layout));
        self.frame.push(Point::new(at, top - mark.shift), Item::Shape(shape));
    }

    fn push_link(&mut self, mark: &Mark, at: Pt, width: Pt) {
        let Some(link) = &mark.link else { return };
        let style = &self.paragraph.style;
        let area = LinkArea {
            size: Size::new(width, style.leading),
            target: link.target.clone(),
            description: link.description.clone(),
            node: link.node,
        };
        self.frame.push(Point::new(at, -style.leading * 0.75), Item::Link(area));
    }

    fn write_object(&mut self, cluster: &Cluster) {
        self.close_run();
        if let Some(object) = self.mark(cluster.run).object.clone() {
            self.frame.push_frame(Point::new(self.pen, -object.height), object.frame);
        }
        self.pen += cluster.advance;
    }

    /// A soft hyphen, so that the broken word is read as one (ISO 32000-1, 14.8.2.2.3).
    fn write_hyphen(&mut self, last: &Cluster) {
        let style = &self.paragraph.text.run(last.run).style;
        let hyphen = self.composer.shaper.single("-", style);
        let at = self.pen;
        for glyph in &hyphen.glyphs {
            let Some(run) = &mut self.run else { return };
            let start = run.text.len() as u32;
            run.text.push('\u{AD}');
            run.glyphs.glyphs.push(Glyph {
                id: glyph.id,
                advance: glyph.advance,
                offset: glyph.offset,
                cluster: start..run.text.len() as u32,
            });
            self.pen = at + glyph.advance;
        }
    }

    fn finish(mut self) -> Frame {
        self.close_run();
        self.frame
    }
}
