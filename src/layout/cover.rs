//! A book's cover, drawn from the theme: picture above, title below, legible as a thumbnail.

use super::Composer;
use super::inline::{Collector, Indents, Paragraph};
use crate::assets::Assets;
use crate::diagnostics::Sink;
use crate::edition::Edition;
use crate::geometry::{Point, Pt, Size};
use crate::model::Paper;
use crate::page::{Artifact, Frame, Item, Page, Shape, StructureTree, Tag};
use crate::theme::{Align, TextStyle, Theme};

/// Two to three, as stores ask for it; 1600 × 2400 pixels at four pixels a point.
const SIZE: Size = Size { width: Pt(400.0), height: Pt(600.0) };
const MARGIN: Pt = Pt(36.0);
const HIGHEST_PICTURE: Pt = Pt(318.0);
/// Titles are set as large as this, and smaller until they take no more than four lines.
const LARGEST_TITLE: Pt = Pt(88.0);
const SMALLEST_TITLE: Pt = Pt(26.0);
const MOST_TITLE_LINES: usize = 4;

/// Draws the cover of a book whose manuscript names none that a book can have.
#[must_use]
pub fn lay_out_cover(edition: &Edition, theme: &Theme, assets: &Assets, sink: &Sink) -> Page {
    let mut composer = Composer::new(edition, theme, Paper::A4, assets, sink);
    let mut frame = Frame::default();
    composer.paint_cover(&mut frame);
    Page { size: SIZE, label: String::new(), frame }
}

impl Composer<'_> {
    fn paint_cover(&mut self, frame: &mut Frame) {
        let tag = Tag::Artifact(Artifact::Background);
        let tint = Shape::filled_rect(SIZE, self.theme.colors.tint.0, tag);
        frame.push(Point::ORIGIN, Item::Shape(tint));
        let edition = self.edition;
        let picture = edition.opener.cover.as_ref().and_then(|cover| self.image(cover));
        let top = if let Some(image) = picture {
            let natural = self.assets.images.image(image).natural_size;
            let height = natural.scaled_to_width(SIZE.width).height.min(HIGHEST_PICTURE);
            let group = self.cropped(image, Size::new(SIZE.width, height), tag);
            frame.push(Point::ORIGIN, group);
            height
        } else {
            MARGIN
        };
        let styles = &self.theme.text;
        let kind = TextStyle { size: Pt(11.0), leading: Pt(14.0), ..styles.label };
        let y = self.cover_text(&edition.opener.kind_line, kind, top + Pt(26.0), frame);
        let room = SIZE.height - MARGIN * 2.0 - y;
        let title = self.cover_title(room);
        let y = self.cover_text(&edition.opener.title, title, y + Pt(4.0), frame);
        if let Some(name) = &edition.opener.organization {
            let style = TextStyle { size: Pt(15.0), leading: Pt(20.0), ..styles.organization };
            self.cover_text(name, style, (SIZE.height - MARGIN - Pt(18.0)).max(y), frame);
        }
    }

    /// The largest setting in which the title takes few lines and no word is cut.
    fn cover_title(&mut self, room: Pt) -> TextStyle {
        let title = self.theme.text.title;
        let mut size = LARGEST_TITLE;
        loop {
            let style = TextStyle { size, leading: size * 1.04, align: Align::Start, ..title };
            let text = &self.edition.opener.title;
            let paragraph = Collector::new(self, style).string(text, StructureTree::ROOT).finish();
            let measure = SIZE.width - MARGIN * 2.0;
            if self.fits(&paragraph, Size::new(measure, room)) || size <= SMALLEST_TITLE {
                return style;
            }
            size = size * 0.92;
        }
    }

    /// Whether a title stays within the room, in few lines, with no word cut.
    fn fits(&self, title: &Paragraph, room: Size) -> bool {
        let widest = |line: &str| self.shaper.width(line, &title.text.run(0).style);
        let longest_word = title.text.text().split_whitespace().map(widest).fold(Pt::ZERO, Pt::max);
        if longest_word > room.width {
            return false;
        }
        let lines = self.set_lines(title, room.width, Indents::default()).len();
        lines <= MOST_TITLE_LINES && title.style.leading * lines as f64 <= room.height
    }

    /// Sets text from a height; returns where it ends.
    fn cover_text(&mut self, text: &str, style: TextStyle, top: Pt, frame: &mut Frame) -> Pt {
        let style = TextStyle { align: Align::Start, hyphenate: false, ..style };
        let paragraph = Collector::new(self, style).string(text, StructureTree::ROOT).finish();
        let mut y = top;
        for line in self.set_lines(&paragraph, SIZE.width - MARGIN * 2.0, Indents::default()) {
            frame.push_frame(Point::new(MARGIN, y + self.baseline(&style)), line.frame);
            y += style.leading;
        }
        y
    }
}
