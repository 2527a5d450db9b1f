//! Running heads and folios: artifacts, the same on every page but the first.

use crate::geometry::{Point, Pt};
use crate::layout::Composer;
use crate::layout::flow::make_artifact;
use crate::layout::inline::{Collector, Indents, SetLine};
use crate::model::Word;
use crate::page::{Artifact, Frame, StructureTree};
use crate::theme::{Caps, TextStyle};

/// The share of the text's width that a running head or foot may take beside the folio.
const FURNITURE_SHARE: f64 = 0.8;

impl Composer<'_> {
    /// Adds the running head and the foot to a page; the first page has no head.
    pub(super) fn furnish(&mut self, frame: &mut Frame, page: usize, section: &str) {
        let styles = &self.theme.text;
        let (running, folio, organization) = (styles.running, styles.folio, styles.organization);
        let head = self.page.head_baseline;
        let foot = self.page.size.height - self.page.foot_baseline;
        if page > 0 {
            self.furniture(section, running, false, head, Artifact::Header, frame);
            let name = self.edition.opener.organization.as_deref().unwrap_or_default();
            let style = TextStyle { size: running.size, ..organization };
            self.furniture(name, style, true, head, Artifact::Header, frame);
        }
        let title = &self.edition.opener.title;
        let foot_line = format!("{title} \u{B7} {}", self.word(Word::PressKit));
        self.furniture(&foot_line, running, false, foot, Artifact::Footer, frame);
        let number = (page + 1).to_string();
        self.furniture(&number, folio, true, foot, Artifact::Footer, frame);
    }

    /// One line at the left or right edge of the text, as an artifact.
    fn furniture(
        &mut self,
        text: &str,
        style: TextStyle,
        at_right: bool,
        baseline: Pt,
        artifact: Artifact,
        frame: &mut Frame,
    ) {
        let width = self.text_width();
        // Artifacts carry no replacement text: what is drawn as capitals is copied as capitals.
        let text = if style.caps == Caps::All { text.to_uppercase() } else { text.to_owned() };
        let style = TextStyle { caps: Caps::None, ..style };
        let room = width * if at_right { 1.0 } else { FURNITURE_SHARE };
        let Some(mut line) = self.shortened(&text, style, room) else { return };
        make_artifact(&mut line.frame, artifact);
        let x = if at_right { width - line.width } else { Pt::ZERO };
        frame.push_frame(Point::new(self.page.left + x, baseline), line.frame);
    }

    /// One line of a text; where that is too long, of its beginning, with an ellipsis.
    fn shortened(&mut self, text: &str, style: TextStyle, room: Pt) -> Option<SetLine> {
        let mut words: Vec<&str> = text.split(' ').collect();
        let mut shown = text.to_owned();
        loop {
            let collector = Collector::new(self, style);
            let paragraph = collector.string(&shown, StructureTree::ROOT).finish();
            let lines = self.set_lines(&paragraph, room, Indents::default());
            if lines.len() <= 1 || words.len() <= 1 {
                return lines.into_iter().next();
            }
            let fewer = if words.len() > 24 { words.len() / 2 } else { words.len() - 1 };
            words.truncate(fewer.max(1));
            shown = format!("{}\u{2026}", words.join(" "));
        }
    }
}
