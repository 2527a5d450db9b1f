//! Blocks into flow content.

use super::section::{Renderer, heading_tag};
use super::{Semantics, Tag, one_line};
use crate::edition::Role;
use crate::model::{
    Alert, AlertKind, Alignment, Attributes, Block, CodeBlock, Definition, Heading, Inline,
    Interview, Label, List, ListItem, ListKind, Quote, Table, TableRow, Word,
};

impl Renderer<'_> {
    /// Writes blocks in order.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph { content, .. } => self.paragraph(Tag::new("p"), content),
            Block::Figure(figure) => self.figure(figure),
            Block::Quote(quote) => self.quote(quote),
            Block::List(list) => self.list(list),
            Block::Definitions { entries, .. } => self.definitions(entries),
            Block::Interview(interview) => self.interview(interview),
            Block::Code(code) => self.code(code),
            Block::Table(table) => self.table(table),
            Block::Alert(alert) => self.alert(alert),
            Block::Math { source, span } => self.display_math(source, *span),
            Block::Break { .. } => {
                self.out.void(&Tag::new("hr"));
                self.out.line();
            }
            Block::Division { attributes, blocks, .. } => {
                let tag = self.attributed(Tag::new("div"), attributes, attributes.label.as_ref());
                self.out.open(tag);
                self.out.line();
                self.blocks(blocks);
                self.out.close_line();
            }
        }
    }

    /// Writes a paragraph; nothing, where it would be empty.
    pub(super) fn paragraph(&mut self, tag: Tag, content: &[Inline]) {
        if content.is_empty() && self.lead.is_empty() {
            return;
        }
        self.out.open(tag);
        self.lead();
        self.inlines(content);
        self.out.close_line();
    }

    fn lead(&mut self) {
        let lead = std::mem::take(&mut self.lead);
        self.out.raw(&lead);
    }

    /// Writes what should have opened a paragraph as a paragraph of its own, where none came.
    fn lead_alone(&mut self, first: Option<&Block>) {
        if !matches!(first, Some(Block::Paragraph { .. })) {
            self.paragraph(Tag::new("p"), &[]);
        }
    }

    /// Writes blocks behind a piece of markup that opens their first paragraph.
    pub(super) fn blocks_after(&mut self, lead: String, blocks: &[Block]) {
        self.lead = lead;
        self.lead_alone(blocks.first());
        self.blocks(blocks);
    }

    fn attributed(&mut self, tag: Tag, attributes: &Attributes, label: Option<&Label>) -> Tag {
        let id = label.and_then(|label| self.names.labels.get(label).cloned());
        let id = id.and_then(|id| self.use_id(id));
        let classes = attributes.classes.iter().flat_map(|class| class.split_whitespace());
        let classes = classes.collect::<Vec<_>>().join(" ");
        tag.with_some("id", id.as_deref())
            .with_some("class", Some(classes.as_str()).filter(|classes| !classes.is_empty()))
            .language(attributes.language())
    }

    fn heading(&mut self, heading: &Heading) {
        let level = heading.level.clamp(2, 6).min(self.level + 1);
        self.level = level;
        let id = self.names.labels.get(&heading.label).cloned().unwrap_or_default();
        let tag = self.attributed(heading_tag(level), &heading.attributes, Some(&heading.label));
        self.open_heading(level, id, tag, &one_line(&heading.content));
        self.inlines(&heading.content);
        self.out.close_line();
    }

    fn quote(&mut self, quote: &Quote) {
        if quote.attribution.is_some() {
            self.out.open(Tag::new("figure").class("quotation"));
            self.out.line();
        }
        self.out.open(Tag::new("blockquote"));
        self.out.line();
        self.blocks(&quote.blocks);
        self.out.close_line();
        if let Some(attribution) = &quote.attribution {
            self.out.open(Tag::new("figcaption"));
            self.out.text("— ");
            self.inlines(attribution);
            self.out.close_line();
            self.out.close_line();
        }
    }

    fn list(&mut self, list: &List) {
        let has_boxes = list.items.iter().any(|item| item.checked.is_some());
        let classes = match (list.tight, has_boxes) {
            (true, true) => Some("tight tasks"),
            (true, false) => Some("tight"),
            (false, true) => Some("tasks"),
            (false, false) => None,
        };
        let tag = match list.kind {
            ListKind::Unordered => Tag::new("ul"),
            ListKind::Ordered { start: 1 } => Tag::new("ol"),
            ListKind::Ordered { start } => Tag::new("ol").with("start", &start.to_string()),
        };
        self.out.open(tag.with_some("class", classes));
        self.out.line();
        list.items.iter().for_each(|item| self.list_item(item, list.tight));
        self.out.close_line();
    }

    fn list_item(&mut self, item: &ListItem, tight: bool) {
        self.out.open(Tag::new("li"));
        let lead = item.checked.map(|checked| self.task_box(checked)).unwrap_or_default();
        if tight {
            self.out.raw(&lead);
            self.tight_blocks(&item.blocks);
        } else {
            self.out.line();
            self.blocks_after(lead, &item.blocks);
        }
        self.out.close_line();
    }

    /// Writes the blocks of a tight item: its paragraphs stand in the item itself.
    fn tight_blocks(&mut self, blocks: &[Block]) {
        for (index, block) in blocks.iter().enumerate() {
            if let Block::Paragraph { content, .. } = block {
                self.inlines(content);
            } else {
                if index > 0 {
                    self.out.line();
                }
                self.block(block);
            }
        }
    }

    /// A task's box. The second character asks for the plain shape instead of a picture.
    fn task_box(&self, checked: bool) -> String {
        let (shape, word) =
            if checked { ("☑\u{FE0E}", Word::Done) } else { ("☐\u{FE0E}", Word::ToDo) };
        let mut out = super::Markup::default();
        let tag = Tag::new("span").class("box").with("role", "img");
        out.open(tag.with("aria-label", self.book.edition.words.get(word)));
        out.text(shape);
        out.close();
        out.text(" ");
        out.finish()
    }

    fn definitions(&mut self, entries: &[Definition]) {
        self.out.open(Tag::new("dl"));
        self.out.line();
        for entry in entries {
            for term in &entry.terms {
                self.out.open(Tag::new("dt"));
                self.inlines(term);
                self.out.close_line();
            }
            for description in &entry.descriptions {
                self.out.open(Tag::new("dd"));
                match description.as_slice() {
                    [Block::Paragraph { content, .. }] => self.inlines(content),
                    blocks => self.blocks(blocks),
                }
                self.out.close_line();
            }
        }
        self.out.close_line();
    }

    /// Writes questions as headings of the level below the last heading. In a section that is
    /// an interview as a whole, the section says what it is.
    fn interview(&mut self, interview: &Interview) {
        let above = self.level;
        let class = if interview.numbered { "exchanges numbered" } else { "exchanges" };
        if self.role == Role::Interview {
            self.out.open(Tag::new("div").class(class));
        } else {
            let label = self.book.edition.words.get(Word::Interview);
            let tag = Tag::new("section").class(class).means(Semantics::Interview);
            self.out.open(tag.with("aria-label", label));
        }
        self.out.line();
        for exchange in &interview.exchanges {
            let level = (above + 1).clamp(2, 6);
            self.level = level;
            let id = self.names.ids.allocate(&format!("question-{}", exchange.number));
            let tag = heading_tag(level).with("id", &id).class("question");
            self.open_heading(level, id, tag, &one_line(&exchange.question));
            if interview.numbered {
                self.out.open(Tag::new("span").class("number"));
                self.out.text(&exchange.number.to_string());
                self.out.close();
                self.out.text(" ");
            }
            self.inlines(&exchange.question);
            self.out.close_line();
            self.blocks(&exchange.answer);
        }
        self.level = above;
        self.out.close_line();
    }

    fn code(&mut self, code: &CodeBlock) {
        let language = code.language.as_deref().map(|language| {
            let is_plain = |c: &char| c.is_alphanumeric() || "+-_.#".contains(*c);
            format!("language-{}", language.chars().filter(is_plain).collect::<String>())
        });
        self.out.open(Tag::new("pre"));
        self.out.open(Tag::new("code").with_some("class", language.as_deref()));
        self.out.text(&code.text);
        self.out.close();
        self.out.close_line();
    }

    fn table(&mut self, table: &Table) {
        self.out.open(Tag::new("table"));
        self.out.line();
        if table.head.cells.iter().any(|cell| !cell.content.is_empty()) {
            self.out.open(Tag::new("thead"));
            self.row(&table.head, &table.alignments, true);
            self.out.close_line();
        }
        if !table.rows.is_empty() {
            self.out.open(Tag::new("tbody"));
            self.out.line();
            for row in &table.rows {
                self.row(row, &table.alignments, false);
                self.out.line();
            }
            self.out.close_line();
        }
        self.out.close_line();
    }

    fn row(&mut self, row: &TableRow, alignments: &[Alignment], is_head: bool) {
        self.out.open(Tag::new("tr"));
        for (column, cell) in row.cells.iter().enumerate() {
            let tag = if is_head && !cell.content.is_empty() {
                Tag::new("th").with("scope", "col")
            } else {
                Tag::new("td")
            };
            let class = match alignments.get(column).copied().unwrap_or_default() {
                Alignment::Start => None,
                Alignment::Center => Some("center"),
                Alignment::End => Some("end"),
            };
            self.out.open(tag.with_some("class", class));
            self.inlines(&cell.content);
            self.out.close();
        }
        self.out.close();
    }

    fn alert(&mut self, alert: &Alert) {
        let (word, class) = match alert.kind {
            AlertKind::Note => (Word::Note, "alert note"),
            AlertKind::Tip => (Word::Tip, "alert tip"),
            AlertKind::Important => (Word::Important, "alert important"),
            AlertKind::Warning => (Word::Warning, "alert warning"),
            AlertKind::Caution => (Word::Caution, "alert caution"),
        };
        let word = self.book.edition.words.get(word);
        let tag = match alert.kind {
            AlertKind::Tip => Tag::new("aside").means(Semantics::Tip),
            AlertKind::Note | AlertKind::Important | AlertKind::Warning | AlertKind::Caution => {
                Tag::new("section").means(Semantics::Notice)
            }
        };
        self.out.open(tag.class(class).with("aria-label", word));
        self.out.line();
        self.out.leaf(Tag::new("p").class("label"), word);
        self.blocks(&alert.blocks);
        self.out.close_line();
    }
}
