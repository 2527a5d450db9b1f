//! What stands in the side column: facts at a glance, pull quotes, awards, contacts, usage.

use super::prose::Column;
use super::{OutlineMark, SideBox, stack};
use crate::edition::{Body, FactRow, Section, format_date};
use crate::geometry::{Point, Pt, Size};
use crate::layout::Composer;
use crate::layout::inline::{Collector, Indents};
use crate::model::{Award, Contact, PullQuote};
use crate::page::{Artifact, Frame, Item, ListNumbering, NodeId, Role, Shape, Tag};
use crate::theme::TextStyle;

/// The finest step that boxes are stacked in: their text keeps its own leading.
const FINE: Pt = Pt(0.01);

/// Lines and other pieces, one below the other.
struct Pile {
    frame: Frame,
    height: Pt,
}

impl Pile {
    fn new() -> Self {
        Self { frame: Frame::default(), height: Pt::ZERO }
    }

    fn add(&mut self, frame: Frame, height: Pt) {
        self.frame.push_frame(Point::new(Pt::ZERO, self.height), frame);
        self.height += height;
    }

    fn space(&mut self, height: Pt) {
        self.height += height;
    }
}

impl Composer<'_> {
    /// A section as boxes of the side column: one a quotation, one for any other section.
    pub(super) fn side_boxes(&mut self, section: &Section, parent: NodeId) -> Vec<SideBox> {
        let node = self.structure.add(parent, Role::Aside);
        let width = self.page.side;
        if let Body::Quotes(quotes) = &section.body {
            return quotes.iter().map(|quote| self.quote_box(quote, node, width)).collect();
        }
        let inset = self.grid() * 0.75;
        let tinted = matches!(section.body, Body::Facts(_) | Body::Contacts(_));
        let inner = if tinted { width - inset * 2.0 } else { width };
        let mut pile = Pile::new();
        self.box_title(section, node, inner, &mut pile);
        match &section.body {
            Body::Facts(rows) => self.glance(rows, node, inner, &mut pile),
            Body::Awards(awards) => self.awards(awards, node, inner, &mut pile),
            Body::Contacts(contacts) => self.contacts(contacts, node, inner, &mut pile),
            Body::Prose(blocks) => {
                let column = Column::new(inner, self.theme.text.small);
                let set = stack(self.blocks(blocks, node, column).items, FINE);
                pile.add(set.frame, set.height);
            }
            Body::Timeline(_)
            | Body::Biographies(_)
            | Body::Quotes(_)
            | Body::Coverage(_)
            | Body::Gallery(_)
            | Body::Video(_)
            | Body::Links(_) => {
                let set = stack(self.section_body(section, node, inner), FINE);
                pile.add(set.frame, set.height);
            }
        }
        let mut boxed = if tinted { self.tinted(pile, inset) } else { plain(pile) };
        boxed.destinations.push((section.label.clone(), Pt::ZERO));
        boxed.outline = Some(OutlineMark::new(1, crate::model::visit::text(&section.title)));
        vec![boxed]
    }

    fn box_title(&mut self, section: &Section, parent: NodeId, width: Pt, pile: &mut Pile) {
        let node = self.structure.add(parent, Role::Heading(1));
        self.structure.node_mut(node).label = Some(section.label.clone());
        let style = self.theme.text.label;
        let set = stack(self.inline_items(&section.title, node, width, style), FINE);
        pile.add(set.frame, set.height);
        pile.space(Pt(3.0));
    }

    /// A line or more of a style, content of a new node.
    fn line(
        &mut self,
        content: &[crate::model::Inline],
        (parent, role): (NodeId, Role),
        style: TextStyle,
        width: Pt,
        pile: &mut Pile,
    ) {
        if content.is_empty() {
            return;
        }
        let node = self.structure.add(parent, role);
        let set = stack(self.inline_items(content, node, width, style), FINE);
        pile.add(set.frame, set.height);
    }

    fn glance(&mut self, rows: &[FactRow], node: NodeId, width: Pt, pile: &mut Pile) {
        let list = self.structure.add(node, Role::List(ListNumbering::None));
        for (index, row) in rows.iter().enumerate() {
            pile.space(if index == 0 { Pt(1.0) } else { Pt(7.0) });
            let item = self.structure.add(list, Role::ListItem);
            let styles = &self.theme.text;
            let (value, small) = (styles.fact_value, styles.small);
            // The value is what the eye looks up; it stands above what it is the value of.
            self.line(&row.value, (item, Role::Label), value, width, pile);
            self.line(&row.label, (item, Role::ListBody), small, width, pile);
        }
    }

    fn quote_box(&mut self, quote: &PullQuote, parent: NodeId, width: Pt) -> SideBox {
        let node = self.structure.add(parent, Role::BlockQuote);
        let mut pile = Pile::new();
        let tag = Tag::Artifact(Artifact::Layout);
        let rule = Shape::filled_rect(Size::new(width, Pt(1.0)), self.theme.colors.accent.0, tag);
        pile.frame.push(Point::ORIGIN, Item::Shape(rule));
        pile.space(Pt(7.0));
        let styles = &self.theme.text;
        let (text, by, source) = (styles.pull_quote, styles.pull_quote_by, styles.caption);
        self.line(&quote.text, (node, Role::Paragraph), text, width, &mut pile);
        pile.space(Pt(6.0));
        self.line(&quote.by, (node, Role::Paragraph), by, width, &mut pile);
        self.line(&quote.source, (node, Role::Paragraph), source, width, &mut pile);
        plain(pile)
    }

    fn awards(&mut self, awards: &[Award], parent: NodeId, width: Pt, pile: &mut Pile) {
        let list = self.structure.add(parent, Role::List(ListNumbering::None));
        for award in awards {
            let item = self.structure.add(list, Role::ListItem);
            let body = self.structure.add(item, Role::ListBody);
            pile.space(Pt(3.0));
            let styles = &self.theme.text;
            let (small, caption) = (styles.small, styles.caption);
            self.line(&award.title, (body, Role::Paragraph), small, width, pile);
            self.line(&award.by, (body, Role::Paragraph), caption, width, pile);
            if let Some(date) = award.date {
                let date = format_date(&self.edition.words, date);
                self.text_line(&date, (body, Role::Paragraph), caption, width, pile);
            }
            pile.space(Pt(3.5));
            self.hairline(width, pile);
        }
    }

    fn hairline(&self, width: Pt, pile: &mut Pile) {
        let tag = Tag::Artifact(Artifact::Layout);
        let rule = Shape::filled_rect(Size::new(width, Pt(0.5)), self.theme.colors.rule.0, tag);
        pile.frame.push(Point::new(Pt::ZERO, pile.height), Item::Shape(rule));
        pile.space(Pt(0.5));
    }

    fn text_line(
        &mut self,
        text: &str,
        (parent, role): (NodeId, Role),
        style: TextStyle,
        width: Pt,
        pile: &mut Pile,
    ) {
        let node = self.structure.add(parent, role);
        let set = stack(self.string_items(text, node, width, style), FINE);
        pile.add(set.frame, set.height);
    }

    fn contacts(&mut self, contacts: &[Contact], parent: NodeId, width: Pt, pile: &mut Pile) {
        let styles = &self.theme.text;
        let (strong, small, caption) = (styles.small_strong, styles.small, styles.caption);
        for (index, contact) in contacts.iter().enumerate() {
            if index > 0 {
                pile.space(Pt(7.0));
            }
            self.text_line(&contact.name, (parent, Role::Paragraph), strong, width, pile);
            if let Some(role) = &contact.role {
                self.text_line(role, (parent, Role::Paragraph), small, width, pile);
            }
            if let Some(email) = &contact.email {
                self.link_line(email, format!("mailto:{email}"), parent, width, pile);
            }
            if let Some(phone) = &contact.phone {
                let digits: String =
                    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
                self.link_line(phone, format!("tel:{digits}"), parent, width, pile);
            }
            if let Some(hours) = &contact.hours {
                self.text_line(hours, (parent, Role::Paragraph), caption, width, pile);
            }
        }
    }

    fn link_line(&mut self, text: &str, url: String, parent: NodeId, width: Pt, pile: &mut Pile) {
        let node = self.structure.add(parent, Role::Paragraph);
        let paragraph = Collector::new(self, self.theme.text.small).link(text, url, node).finish();
        let set = stack(self.paragraph_items(&paragraph, width, Indents::default()), FINE);
        pile.add(set.frame, set.height);
    }

    /// A pile on a tint, with a margin inside it.
    fn tinted(&self, pile: Pile, inset: Pt) -> SideBox {
        let size = Size::new(self.page.side, pile.height + inset * 2.0);
        let tag = Tag::Artifact(Artifact::Background);
        let tint = Shape::filled_rect(size, self.theme.colors.tint.0, tag);
        let mut frame = Frame::default();
        frame.push(Point::ORIGIN, Item::Shape(tint));
        frame.push_frame(Point::new(inset, inset), pile.frame);
        SideBox { frame, height: size.height, destinations: Vec::new(), outline: None }
    }
}

fn plain(pile: Pile) -> SideBox {
    SideBox { frame: pile.frame, height: pile.height, destinations: Vec::new(), outline: None }
}
