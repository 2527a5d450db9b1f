//! What is open while a tree is built.

use super::{Context, paragraph};
use crate::diagnostics::Span;
use crate::model::{
    AlertKind, Alignment, Attributes, Block, Definition, Inline, Label, ListItem, ListKind,
    PictureSource, Style, TableCell, TableRow, Target, Text,
};

/// What a frame becomes when it is closed.
pub(super) enum Kind {
    /// The text as a whole.
    Root,
    Paragraph,
    Heading {
        level: u8,
        attributes: Attributes,
    },
    Quote,
    Alert(AlertKind),
    List {
        kind: ListKind,
        items: Vec<ListItem>,
        tight: bool,
    },
    Item {
        checked: Option<bool>,
    },
    Note(Label),
    Definitions(Vec<Definition>),
    Term,
    Description,
    Table {
        alignments: Vec<Alignment>,
        rows: Vec<TableRow>,
    },
    Row(Vec<TableCell>),
    Cell,
    Code {
        language: Option<String>,
        text: String,
    },
    Styled(Style),
    /// Without a target where the link leads nowhere.
    Link {
        target: Option<Target>,
        title: String,
    },
    Image {
        source: PictureSource,
        title: String,
    },
    Element {
        name: String,
        role: Role,
    },
}

/// What an element of raw HTML means.
pub(super) enum Role {
    /// Styles, the outermost first; none where the element's language is no language.
    Styles(Vec<Style>),
    /// A quotation in the line, which gets its marks; nested in so many others.
    Quotation { depth: usize },
    /// Blocks in another language.
    Division(Attributes),
    /// A figure, with its caption once that was read.
    Figure { caption: Vec<Inline> },
    /// The caption of a figure.
    Caption,
    /// A script or a style sheet.
    Dropped,
}

/// An open block, stretch of inlines, or element.
pub(super) struct Frame {
    /// What it will become.
    pub kind: Kind,
    /// Its place.
    pub span: Span,
    /// The blocks that it holds so far.
    pub blocks: Vec<Block>,
    /// The inlines that it holds so far; where it holds blocks, those of the next paragraph.
    pub content: Vec<Inline>,
    /// The title of the last picture in `content`: a caption, if that picture stands alone.
    pub picture_title: String,
    /// Whether the last formula in `content` was written to stand on lines of its own.
    pub has_display_math: bool,
}

impl Frame {
    pub(super) fn new(kind: Kind, span: Span) -> Self {
        Self {
            kind,
            span,
            blocks: Vec::new(),
            content: Vec::new(),
            picture_title: String::new(),
            has_display_math: false,
        }
    }

    /// Whether blocks may stand in it; an element's depends on where it stands itself.
    pub(super) fn holds_blocks(&self) -> Option<bool> {
        match self.kind {
            Kind::Root
            | Kind::Quote
            | Kind::Alert(_)
            | Kind::Item { .. }
            | Kind::Note(_)
            | Kind::Description => Some(true),
            Kind::Element { .. } => None,
            Kind::Paragraph
            | Kind::Heading { .. }
            | Kind::List { .. }
            | Kind::Definitions(_)
            | Kind::Term
            | Kind::Table { .. }
            | Kind::Row(_)
            | Kind::Cell
            | Kind::Code { .. }
            | Kind::Styled(_)
            | Kind::Link { .. }
            | Kind::Image { .. } => Some(false),
        }
    }

    /// Adds text, to the text before it if there is any.
    pub(super) fn push_text(&mut self, text: &str, span: Span) {
        if let Some(Inline::Text(last)) = self.content.last_mut() {
            last.text.push_str(text);
            last.span = last.span.to(span);
        } else if !text.is_empty() {
            self.content.push(Inline::Text(Text { text: text.to_owned(), span }));
        }
    }

    /// Adds inlines that were read before.
    pub(super) fn push_all(&mut self, content: Vec<Inline>) {
        for inline in content {
            match inline {
                Inline::Text(text) => self.push_text(&text.text, text.span),
                other => self.content.push(other),
            }
        }
    }

    /// Adds a block, after the paragraph that its inlines so far make.
    pub(super) fn push_block(&mut self, block: Block, context: &Context<'_>) {
        self.flush(context);
        self.blocks.push(block);
    }

    /// Makes a paragraph of the inlines so far.
    pub(super) fn flush(&mut self, context: &Context<'_>) {
        let paragraph = self.take_paragraph(None, context);
        self.blocks.extend(paragraph);
    }

    /// The paragraph that the inlines so far make, at a place if one is given.
    pub(super) fn take_paragraph(
        &mut self,
        span: Option<Span>,
        context: &Context<'_>,
    ) -> Option<Block> {
        let inlines = std::mem::take(&mut self.content);
        let title = std::mem::take(&mut self.picture_title);
        let has_display_math = std::mem::take(&mut self.has_display_math);
        paragraph::block(inlines, &title, has_display_math, span, context)
    }
}
