//! Raw HTML elements: the harmless ones into styles, pictures and figures; of all others the tags
//! are dropped and reported, and what they hold is kept.

use super::frame::{Frame, Kind, Role};
use super::html::StartTag;
use super::tree::Builder;
use super::typography::conventions;
use super::{flatten, headings, links};
use crate::diagnostics::{Diagnostic, Span, codes};
use crate::model::{Alt, Attributes, Block, Figure, Inline, Picture, Style};

/// Elements that end a paragraph (HTML, 15.3), among those whose tags are dropped.
const BLOCK_ELEMENTS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements that have no end tag (HTML, 13.1.2).
const VOID_ELEMENTS: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// The style that an element stands for.
fn style(tag: &StartTag) -> Option<Style> {
    Some(match tag.name.as_str() {
        "i" | "em" => Style::Emphasis,
        "b" | "strong" => Style::Strong,
        "s" | "del" => Style::Strikethrough,
        "u" | "ins" => Style::Underline,
        "sup" => Style::Superscript,
        "sub" => Style::Subscript,
        "small" => Style::Small,
        "mark" => Style::Mark,
        "kbd" => Style::Keyboard,
        "cite" => Style::Cite,
        "abbr" => {
            Style::Abbreviation { title: tag.attribute("title").unwrap_or_default().to_owned() }
        }
        _ => return None,
    })
}

impl Builder<'_> {
    /// Takes a start tag.
    pub(super) fn open_element(&mut self, tag: &StartTag, span: Span) {
        match tag.name.as_str() {
            "br" => self.top().content.push(Inline::LineBreak { span }),
            "wbr" => self.top().push_text("\u{200B}", span),
            "img" => self.take_img(tag, span),
            "hr" if self.holds_blocks() => {
                let context = self.context;
                self.top().push_block(Block::Break { span }, context);
            }
            name => match self.role(tag, span) {
                Some(_) if self.flattened > 0 || self.is_too_deep(span) => {}
                Some(role) => {
                    if matches!(role, Role::Figure { .. } | Role::Caption | Role::Division(_)) {
                        self.break_paragraph(span);
                    }
                    self.push_frame(Kind::Element { name: name.to_owned(), role }, span);
                }
                None => self.drop_tag(tag, span),
            },
        }
    }

    /// What an element means where it stands; `None` if its tag is to be dropped.
    fn role(&self, tag: &StartTag, span: Span) -> Option<Role> {
        let lang = tag.attribute("lang");
        let language = lang.and_then(|lang| headings::language(lang, span, self.context));
        let nested = language.clone().map(Style::Language).into_iter();
        if let Some(style) = style(tag) {
            return Some(Role::Styles(nested.chain([style]).collect()));
        }
        match tag.name.as_str() {
            "q" => {
                let is_quotation = |frame: &&Frame| {
                    matches!(frame.kind, Kind::Element { role: Role::Quotation { .. }, .. })
                };
                Some(Role::Quotation { depth: self.frames.iter().filter(is_quotation).count() })
            }
            "span" if lang.is_some() => Some(Role::Styles(nested.collect())),
            "script" | "style" => Some(Role::Dropped),
            "div" | "section" if language.is_some() && self.holds_blocks() => {
                Some(Role::Division(Attributes { language, ..Attributes::default() }))
            }
            "figure" if self.holds_blocks() => Some(Role::Figure { caption: Vec::new() }),
            "figcaption" if self.is_in_figure() => Some(Role::Caption),
            _ => None,
        }
    }

    fn is_in_figure(&self) -> bool {
        matches!(
            self.frames.last().map(|frame| &frame.kind),
            Some(Kind::Element { role: Role::Figure { .. }, .. })
        )
    }

    fn take_img(&mut self, tag: &StartTag, span: Span) {
        let source =
            links::picture_source(tag.attribute("src").unwrap_or_default(), span, self.context);
        let is_decorative = matches!(tag.attribute("role"), Some("presentation" | "none"));
        let alt = match tag.attribute("alt").map(str::trim) {
            _ if is_decorative => Alt::Decorative,
            Some("") => Alt::Decorative,
            Some(text) => Alt::Text(text.to_owned()),
            None => Alt::Missing,
        };
        let title = tag.attribute("title").unwrap_or_default().to_owned();
        self.push_picture(Picture { source, alt, span }, title);
    }

    fn report(&self, message: String, help: &str, span: Span) {
        self.context.sink.report(Diagnostic::new(codes::RAW_HTML, span, message).with_help(help));
    }

    fn drop_tag(&mut self, tag: &StartTag, span: Span) {
        let name = tag.name.as_str();
        let message = format!("the element `<{name}>` was dropped and what it holds was kept");
        self.report(message, "write it in Markdown", span);
        if !VOID_ELEMENTS.contains(&name) {
            *self.dropped_elements.entry(name.to_owned()).or_default() += 1;
        }
        if BLOCK_ELEMENTS.contains(&name) {
            self.break_paragraph(span);
        }
    }

    /// Takes an end tag.
    pub(super) fn close_element(&mut self, name: &str, span: Span) {
        if BLOCK_ELEMENTS.contains(&name) {
            self.break_paragraph(span);
        }
        let is_open = |frame: &&Frame| matches!(&frame.kind, Kind::Element { name: open, .. } if open == name);
        let elements =
            self.frames.iter().rev().take_while(|frame| matches!(frame.kind, Kind::Element { .. }));
        if self.flattened == 0
            && let Some(above) =
                elements.enumerate().find(|(_, frame)| is_open(frame)).map(|(above, _)| above)
        {
            (0..above).for_each(|_| self.dissolve_element());
            if let Some(mut frame) = self.frames.pop() {
                frame.span = frame.span.to(span);
                self.finish_frame(frame);
            }
            return;
        }
        match self.dropped_elements.get_mut(name) {
            Some(open) if *open > 0 => *open -= 1,
            _ => self.report(format!("`</{name}>` ends no element"), "remove the tag", span),
        }
    }

    /// Gives up the elements that are open on top: what they hold is kept, and they are reported.
    pub(super) fn dissolve_elements(&mut self) {
        while let Some(Kind::Element { .. }) = self.frames.last().map(|frame| &frame.kind) {
            self.dissolve_element();
        }
    }

    fn dissolve_element(&mut self) {
        if let Some(frame) = self.frames.pop() {
            if let Kind::Element { name, role } = &frame.kind {
                let help = format!("write `</{name}>` where it ends, in the same paragraph");
                self.report(format!("the element `<{name}>` is never closed"), &help, frame.span);
                if let Role::Figure { caption } = role {
                    self.top().push_all(caption.clone());
                }
            }
            self.unwrap(frame);
        }
    }

    /// Puts what a frame holds into the frame around it.
    fn unwrap(&mut self, frame: Frame) {
        let context = self.context;
        let top = self.top();
        frame.blocks.into_iter().for_each(|block| top.push_block(block, context));
        top.picture_title = frame.picture_title;
        top.push_all(frame.content);
    }

    /// Puts a closed element into the frame around it.
    pub(super) fn finish_element(&mut self, name: &str, role: Role, mut frame: Frame) {
        let span = frame.span;
        match role {
            Role::Dropped => {
                let message = format!("`<{name}>` and what it holds can't be read and was dropped");
                self.report(message, "remove it", span);
            }
            Role::Styles(_) | Role::Quotation { .. } if !frame.blocks.is_empty() => {
                let message = format!("the element `<{name}>` holds paragraphs, and was dropped");
                self.report(message, "close it in the paragraph that opens it", span);
                self.unwrap(frame);
            }
            Role::Styles(styles) if !frame.content.is_empty() => {
                let wrap = |content, style| vec![Inline::Styled { style, content, span }];
                let content = styles.into_iter().rev().fold(frame.content, wrap);
                self.top().push_all(content);
            }
            Role::Styles(_) => {}
            Role::Quotation { depth } => self.finish_quotation(frame, depth),
            Role::Division(attributes) => {
                frame.flush(self.context);
                let context = self.context;
                self.top().push_block(
                    Block::Division { attributes, blocks: frame.blocks, span },
                    context,
                );
            }
            Role::Caption => self.finish_caption(frame),
            Role::Figure { caption } => self.finish_figure(frame, caption),
        }
    }

    fn finish_quotation(&mut self, mut frame: Frame, depth: usize) {
        let span = frame.span;
        let marks = conventions::of(self.context.language);
        let (open, close) = if depth.is_multiple_of(2) { marks.double } else { marks.single };
        let mut quoted = Frame::new(Kind::Root, span);
        quoted.push_text(open, Span { end: span.start, ..span });
        quoted.push_all(std::mem::take(&mut frame.content));
        quoted.push_text(close, Span { start: span.end, ..span });
        let content = quoted.content;
        self.top().content.push(Inline::Styled { style: Style::Quotation, content, span });
    }

    fn finish_caption(&mut self, mut frame: Frame) {
        frame.flush(self.context);
        let words = flatten::inlines(frame.blocks);
        match &mut self.top().kind {
            Kind::Element { role: Role::Figure { caption }, .. } => *caption = words,
            _ => self.top().push_all(words),
        }
    }

    /// A figure of all pictures that an element holds; what else it holds follows it.
    fn finish_figure(&mut self, mut frame: Frame, mut caption: Vec<Inline>) {
        let span = frame.span;
        frame.flush(self.context);
        let mut pictures = Vec::new();
        let mut others = Vec::new();
        for block in frame.blocks {
            match block {
                Block::Figure(figure) => {
                    pictures.extend(figure.pictures);
                    if caption.is_empty() {
                        caption = figure.caption;
                    }
                }
                Block::Paragraph { content, .. } if is_pictures(&content) => {
                    pictures.extend(content.into_iter().filter_map(into_picture));
                }
                other => others.push(other),
            }
        }
        if pictures.is_empty() {
            self.report(
                "this figure holds no picture; its text is kept".to_owned(),
                "add an `<img>`",
                span,
            );
            others.extend(
                (!caption.is_empty()).then_some(Block::Paragraph { content: caption, span }),
            );
        } else {
            others.insert(0, Block::Figure(Figure { pictures, caption, span }));
        }
        let context = self.context;
        for block in others {
            self.top().push_block(block, context);
        }
    }
}

/// Whether a paragraph holds pictures with nothing but space and breaks between them.
fn is_pictures(content: &[Inline]) -> bool {
    content.iter().all(|inline| match inline {
        Inline::Picture(_) | Inline::LineBreak { .. } => true,
        Inline::Text(text) => text.text.trim().is_empty(),
        _ => false,
    })
}

fn into_picture(inline: Inline) -> Option<Picture> {
    match inline {
        Inline::Picture(picture) => Some(picture),
        _ => None,
    }
}
