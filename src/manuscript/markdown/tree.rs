//! The flat list of tokens into blocks.
//!
//! What is open stands on a stack of [`Frame`]s; nothing here recurses into the manuscript's
//! nesting, and the stack's height is bounded, since every later walk over the model recurses.

use std::collections::BTreeMap;

use pulldown_cmark::{Alignment as Column, BlockQuoteKind, CodeBlockKind, Tag, TagEnd};

use super::frame::{Frame, Kind};
use super::headings::{self, Claims};
use super::notes::{self, Notes};
use super::paragraph::trim;
use super::tokens::{Placed, Token};
use super::{Context, Origin, Prose, facts, links, quote};
use crate::diagnostics::{Diagnostic, Span, codes};
use crate::model::{
    Alert, AlertKind, Alignment, Alt, Attributes, Block, CodeBlock, Definition, Heading, Inline,
    Link, List, ListItem, ListKind, Note, Picture, Quote, Style, Table, TableCell, TableRow,
    Target, Text, visit,
};

/// How many quotes, lists, marks and elements may stand in one another.
const MAX_DEPTH: usize = 100;

/// Builds the blocks of a text.
pub(super) fn build(tokens: Vec<Placed<'_>>, origin: Origin, context: &Context<'_>) -> Prose {
    let mut builder = Builder {
        context,
        claims: Claims::stake(&tokens, origin, context),
        root: Frame::new(Kind::Root, origin.span(&(0..0))),
        frames: Vec::new(),
        flattened: 0,
        notes: Notes::default(),
        is_depth_reported: false,
        dropped_elements: BTreeMap::new(),
    };
    for Placed { token, range } in tokens {
        builder.take(token, origin.span(&range));
    }
    builder.finish()
}

pub(super) struct Builder<'c> {
    pub(super) context: &'c Context<'c>,
    claims: Claims,
    pub(super) root: Frame,
    pub(super) frames: Vec<Frame>,
    /// How many containers are open that nest too deep and became part of the last one allowed.
    pub(super) flattened: usize,
    is_depth_reported: bool,
    notes: Notes,
    /// How many elements of each name are open whose tags were dropped.
    pub(super) dropped_elements: BTreeMap<String, usize>,
}

impl Builder<'_> {
    fn finish(mut self) -> Prose {
        self.dissolve_elements();
        self.root.flush(self.context);
        Prose { blocks: self.root.blocks, notes: self.notes.finish(self.context.sink) }
    }

    pub(super) fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().unwrap_or(&mut self.root)
    }

    pub(super) fn push_frame(&mut self, kind: Kind, span: Span) {
        self.frames.push(Frame::new(kind, span));
    }

    fn push_block(&mut self, block: Block) {
        let context = self.context;
        self.top().push_block(block, context);
    }

    /// Whether a block may stand where the next token does.
    pub(super) fn holds_blocks(&self) -> bool {
        self.frames.iter().rev().find_map(Frame::holds_blocks).unwrap_or(true)
    }

    fn take(&mut self, token: Token<'_>, span: Span) {
        match token {
            Token::Start(tag) => self.open(tag, span),
            Token::End(tag) => self.close(tag),
            Token::Text(run) => self.top().push_text(&run.text, span),
            Token::Verbatim(text) => match &mut self.top().kind {
                Kind::Code { text: code, .. } => code.push_str(&text),
                _ => self.top().push_text(&text, span),
            },
            Token::Code(text) => self.top().content.push(Inline::Code(Text { text, span })),
            Token::Math { source, is_display } => {
                let top = self.top();
                top.has_display_math = is_display;
                top.content.push(Inline::Math(Text { text: source, span }));
            }
            Token::ElementStart(tag) => self.open_element(&tag, span),
            Token::ElementEnd(name) => self.close_element(&name, span),
            Token::HtmlBlockEnd => self.break_paragraph(span),
            Token::NoteCall(written) => self.call_note(&written, span),
            Token::Fact(index) => {
                if let Some(fact) = self.context.facts.get(index) {
                    let value = facts::value_with_unit(fact, self.context.language, span);
                    self.top().push_all(value);
                }
            }
            Token::Address { target, text } => {
                let target = Target::External(target);
                let content = vec![Inline::Text(Text { text, span })];
                self.top().content.push(Inline::Link(Link {
                    target,
                    title: String::new(),
                    content,
                    span,
                }));
            }
            Token::LineBreak => self.top().content.push(Inline::LineBreak { span }),
            Token::Rule => self.push_block(Block::Break { span }),
            Token::TaskMarker(done) => self.mark_task(done),
        }
    }

    fn call_note(&mut self, written: &str, span: Span) {
        let label = notes::label(written);
        self.notes.call(label.clone());
        self.top().content.push(Inline::NoteCall { label, span });
    }

    fn mark_task(&mut self, done: bool) {
        let item = self.frames.iter_mut().rev().find_map(|frame| match &mut frame.kind {
            Kind::Item { checked } => Some(checked),
            _ => None,
        });
        if let Some(checked) = item {
            *checked = Some(done);
        }
    }

    /// Ends a paragraph that no token ends; where none can stand, a space is enough.
    pub(super) fn break_paragraph(&mut self, span: Span) {
        let context = self.context;
        if self.holds_blocks() {
            self.top().flush(context);
        } else if !self.top().content.is_empty() {
            self.top().push_text("\n", span);
        }
    }

    /// Whether one more container would nest too deep, which is reported once.
    pub(super) fn is_too_deep(&mut self, span: Span) -> bool {
        if self.frames.len() < MAX_DEPTH {
            return false;
        }
        if !std::mem::replace(&mut self.is_depth_reported, true) {
            let message = format!("blocks and marks nest more than {MAX_DEPTH} deep");
            let found = Diagnostic::new(codes::NESTING_TOO_DEEP, span, message);
            self.context.sink.report(found.with_help("remove the marks that nest them"));
        }
        true
    }

    fn open(&mut self, tag: Tag<'_>, span: Span) {
        let is_container = !matches!(
            tag,
            Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::Item
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell
                | Tag::DefinitionListTitle
                | Tag::DefinitionListDefinition
        );
        if self.flattened > 0 || is_container && self.is_too_deep(span) {
            self.flattened += 1;
            return;
        }
        if matches!(tag, Tag::Paragraph) {
            self.loosen_list();
        }
        let kind = self.kind(tag, span);
        self.push_frame(kind, span);
    }

    /// A paragraph that stands in an item shows that the list is loose.
    fn loosen_list(&mut self) {
        if let [
            ..,
            Frame { kind: Kind::List { tight, .. }, .. },
            Frame { kind: Kind::Item { .. }, .. },
        ] = self.frames.as_mut_slice()
        {
            *tight = false;
        }
    }

    fn kind(&self, tag: Tag<'_>, span: Span) -> Kind {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock | Tag::MetadataBlock(_) => Kind::Paragraph,
            Tag::Heading { level, id, classes, attrs } => Kind::Heading {
                level: level as u8,
                attributes: headings::attributes(id.as_ref(), &classes, &attrs, span, self.context),
            },
            Tag::BlockQuote(None) => Kind::Quote,
            Tag::BlockQuote(Some(kind)) => Kind::Alert(alert_kind(kind)),
            Tag::CodeBlock(kind) => {
                Kind::Code { language: code_language(&kind), text: String::new() }
            }
            Tag::List(start) => {
                let kind = start.map_or(ListKind::Unordered, |start| ListKind::Ordered { start });
                Kind::List { kind, items: Vec::new(), tight: true }
            }
            Tag::Item => Kind::Item { checked: None },
            Tag::FootnoteDefinition(label) => Kind::Note(notes::label(&label)),
            Tag::DefinitionList => Kind::Definitions(Vec::new()),
            Tag::DefinitionListTitle => Kind::Term,
            Tag::DefinitionListDefinition => Kind::Description,
            Tag::Table(columns) => Kind::Table {
                alignments: columns.into_iter().map(alignment).collect(),
                rows: Vec::new(),
            },
            Tag::TableHead | Tag::TableRow => Kind::Row(Vec::new()),
            Tag::TableCell => Kind::Cell,
            Tag::Emphasis => Kind::Styled(Style::Emphasis),
            Tag::Strong => Kind::Styled(Style::Strong),
            Tag::Strikethrough => Kind::Styled(Style::Strikethrough),
            Tag::Superscript => Kind::Styled(Style::Superscript),
            Tag::Subscript => Kind::Styled(Style::Subscript),
            Tag::Link { link_type, dest_url, title, .. } => Kind::Link {
                target: links::target(&dest_url, link_type, span, self.context),
                title: title.into_string(),
            },
            Tag::Image { dest_url, title, .. } => Kind::Image {
                source: links::picture_source(&dest_url, span, self.context),
                title: title.into_string(),
            },
        }
    }

    fn close(&mut self, tag: TagEnd) {
        if self.flattened > 0 {
            self.flattened -= 1;
            let is_inline = matches!(
                tag,
                TagEnd::Emphasis
                    | TagEnd::Strong
                    | TagEnd::Strikethrough
                    | TagEnd::Superscript
                    | TagEnd::Subscript
                    | TagEnd::Link
                    | TagEnd::Image
            );
            if !is_inline {
                let span = self.top().span;
                self.break_paragraph(span);
            }
            return;
        }
        self.dissolve_elements();
        if let Some(frame) = self.frames.pop() {
            self.finish_frame(frame);
        }
    }

    /// Puts what a closed frame became into the frame around it.
    pub(super) fn finish_frame(&mut self, mut frame: Frame) {
        let Frame { span, .. } = frame;
        let kind = std::mem::replace(&mut frame.kind, Kind::Root);
        match kind {
            Kind::Paragraph => {
                if let Some(block) = frame.take_paragraph(Some(span), self.context) {
                    self.push_block(block);
                }
            }
            Kind::Heading { level, attributes } => {
                self.finish_heading(level, attributes, frame.content, span);
            }
            Kind::Code { language, text } => {
                let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
                self.push_block(Block::Code(CodeBlock { language, text, span }));
            }
            Kind::Styled(style) => {
                self.push_inline(Inline::Styled { style, content: frame.content, span });
            }
            Kind::Link { target: Some(target), title } => {
                let content = frame.content;
                self.push_inline(Inline::Link(Link { target, title, content, span }));
            }
            Kind::Link { target: None, .. } => self.top().push_all(frame.content),
            Kind::Image { source, title } => {
                let alt = visit::text(&frame.content).replace('\n', " ").trim().to_owned();
                let alt = if alt.is_empty() { Alt::Missing } else { Alt::Text(alt) };
                self.push_picture(Picture { source, alt, span }, title);
            }
            Kind::Term | Kind::Cell | Kind::Row(_) => self.finish_part(kind, frame.content),
            Kind::Element { name, role } => self.finish_element(&name, role, frame),
            Kind::Table { alignments, mut rows } => {
                if !rows.is_empty() {
                    let head = rows.remove(0);
                    self.push_block(Block::Table(Table { alignments, head, rows, span }));
                }
            }
            Kind::Definitions(entries) => self.push_block(Block::Definitions { entries, span }),
            Kind::List { kind, items, tight } => {
                self.push_block(Block::List(List { kind, tight, items, span }));
            }
            Kind::Root
            | Kind::Quote
            | Kind::Alert(_)
            | Kind::Item { .. }
            | Kind::Note(_)
            | Kind::Description => {
                frame.flush(self.context);
                self.finish_container(kind, frame.blocks, span);
            }
        }
    }

    fn finish_heading(
        &mut self,
        level: u8,
        attributes: Attributes,
        mut content: Vec<Inline>,
        span: Span,
    ) {
        trim(&mut content);
        let text = visit::text(&content);
        let label = self.claims.settle(attributes.label.as_ref(), &text, span, self.context);
        self.push_block(Block::Heading(Heading { level, label, attributes, content, span }));
    }

    fn finish_container(&mut self, kind: Kind, mut blocks: Vec<Block>, span: Span) {
        match kind {
            Kind::Quote => {
                let attribution = quote::take_attribution(&mut blocks);
                self.push_block(Block::Quote(Quote { blocks, attribution, span }));
            }
            Kind::Alert(kind) => self.push_block(Block::Alert(Alert { kind, blocks, span })),
            Kind::Note(label) => self.notes.define(Note { label, blocks, span }, self.context.sink),
            Kind::Item { checked } => {
                if let Kind::List { items, .. } = &mut self.top().kind {
                    items.push(ListItem { checked, blocks, span });
                }
            }
            Kind::Description => {
                if let Kind::Definitions(entries) = &mut self.top().kind
                    && let Some(entry) = entries.last_mut()
                {
                    entry.descriptions.push(blocks);
                }
            }
            _ => blocks.into_iter().for_each(|block| self.push_block(block)),
        }
    }

    /// Puts a term, a cell or a row where it belongs.
    fn finish_part(&mut self, part: Kind, content: Vec<Inline>) {
        match (part, &mut self.top().kind) {
            (Kind::Cell, Kind::Row(cells)) => cells.push(TableCell { content }),
            (Kind::Row(cells), Kind::Table { rows, .. }) => rows.push(TableRow { cells }),
            (Kind::Term, Kind::Definitions(entries)) => match entries.last_mut() {
                Some(entry) if entry.descriptions.is_empty() => entry.terms.push(content),
                _ => entries.push(Definition { terms: vec![content], descriptions: Vec::new() }),
            },
            _ => self.top().push_all(content),
        }
    }

    /// Adds an inline that holds others, unless it holds none.
    fn push_inline(&mut self, inline: Inline) {
        let is_empty = match &inline {
            Inline::Styled { content, .. } => content.is_empty(),
            Inline::Link(link) => link.content.is_empty(),
            _ => false,
        };
        if !is_empty {
            self.top().content.push(inline);
        }
    }

    /// Adds a picture; within the brackets of another one, only what stands for it.
    pub(super) fn push_picture(&mut self, picture: Picture, title: String) {
        if self.frames.iter().any(|frame| matches!(frame.kind, Kind::Image { .. })) {
            self.top().push_text(picture.alt.text().unwrap_or_default(), picture.span);
            return;
        }
        let top = self.top();
        top.picture_title = title;
        top.content.push(Inline::Picture(picture));
    }
}

fn alert_kind(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}

fn alignment(column: Column) -> Alignment {
    match column {
        Column::None | Column::Left => Alignment::Start,
        Column::Center => Alignment::Center,
        Column::Right => Alignment::End,
    }
}

/// The first word after a fence.
fn code_language(kind: &CodeBlockKind<'_>) -> Option<String> {
    match kind {
        CodeBlockKind::Indented => None,
        CodeBlockKind::Fenced(info) => info.split_whitespace().next().map(str::to_owned),
    }
}
