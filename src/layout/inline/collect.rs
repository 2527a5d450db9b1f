//! A paragraph's inlines into styled text, with a mark for all that shaping need not know.

use super::Paragraph;
use crate::diagnostics::{Diagnostic, Span, codes};
use crate::geometry::{Pt, Size};
use crate::layout::Composer;
use crate::model::{Inline, Label, Language, Link, Picture, Style, Target};
use crate::page::{Color, Frame, ImageItem, Item, LinkTarget, NodeId, Role, Tag};
use crate::text::{RunStyle, StyledText};
use crate::theme::{ColorName, Family, TextStyle, Weight};

/// What a run means and how it is painted, beside its setting.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Mark {
    /// What it means.
    pub(in crate::layout) tag: Tag,
    /// Its colour.
    pub(in crate::layout) color: Color,
    /// How far its baseline is raised.
    pub(in crate::layout) shift: Pt,
    /// What is painted with it.
    pub(in crate::layout) decoration: Decoration,
    /// Where it leads.
    pub(in crate::layout) link: Option<LinkMark>,
    /// What stands in place of its character.
    pub(in crate::layout) object: Option<Object>,
}

/// Where a run leads.
#[derive(Clone, Debug)]
pub(in crate::layout) struct LinkMark {
    pub(super) target: LinkTarget,
    pub(super) description: String,
    pub(super) node: NodeId,
}

/// Something in a line that is not text.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Object {
    /// Its height above the baseline.
    pub(in crate::layout) height: Pt,
    /// Its content; the origin is its top left corner.
    pub(in crate::layout) frame: Frame,
}

/// What is painted with a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) enum Decoration {
    None,
    Underline,
    Strikethrough,
    Highlight,
}

/// The setting at a place in the inlines: what the styles around it add up to.
#[derive(Clone, Debug)]
struct Nesting {
    node: NodeId,
    family: Family,
    weight: Weight,
    italic: bool,
    size: Pt,
    color: ColorName,
    shift: Pt,
    decoration: Decoration,
    link: Option<LinkMark>,
    language: Language,
    verbatim: bool,
}

impl Nesting {
    /// The same in the face for code.
    fn monospaced(&self) -> Self {
        Self {
            family: Family::Mono,
            weight: Weight::Regular,
            italic: false,
            size: self.size * 0.9,
            verbatim: true,
            ..self.clone()
        }
    }
}

/// Collects inlines into a [`Paragraph`].
pub(in crate::layout) struct Collector<'c, 'a> {
    composer: &'c mut Composer<'a>,
    style: TextStyle,
    paragraph: Paragraph,
    /// The place of strings.
    span: Span,
}

impl<'c, 'a> Collector<'c, 'a> {
    /// A collector for text of a style.
    pub(in crate::layout) fn new(composer: &'c mut Composer<'a>, style: TextStyle) -> Self {
        let paragraph = Paragraph {
            text: StyledText::default(),
            marks: Vec::new(),
            style,
            span: Span::default(),
        };
        Self { composer, style, paragraph, span: Span::default() }
    }

    /// Adds inlines that belong to a node.
    pub(in crate::layout) fn inlines(mut self, content: &[Inline], node: NodeId) -> Self {
        let nesting = self.nesting(node);
        for inline in content {
            self.inline(inline, &nesting);
        }
        self
    }

    /// Says where the strings that follow come from.
    pub(in crate::layout) fn at(mut self, span: Span) -> Self {
        self.span = span;
        self
    }

    /// Adds a string that belongs to a node.
    pub(in crate::layout) fn string(mut self, text: &str, node: NodeId) -> Self {
        let nesting = self.nesting(node);
        self.text(text, self.span, &nesting);
        self
    }

    /// Adds a string that belongs to a node and leads somewhere.
    pub(in crate::layout) fn link(mut self, text: &str, url: String, node: NodeId) -> Self {
        let link = self.composer.structure.add(node, Role::Link);
        let mut nesting = self.nesting(link);
        let description = text.to_owned();
        nesting.link =
            Some(LinkMark { target: LinkTarget::External(url), description, node: link });
        self.text(text, self.span, &nesting);
        self
    }

    /// The collected paragraph.
    pub(in crate::layout) fn finish(self) -> Paragraph {
        self.paragraph
    }

    fn nesting(&self, node: NodeId) -> Nesting {
        Nesting {
            node,
            family: self.style.family,
            weight: self.style.weight,
            italic: self.style.italic,
            size: self.style.size,
            color: self.style.color,
            shift: Pt::ZERO,
            decoration: Decoration::None,
            link: None,
            language: self.composer.language.clone(),
            verbatim: false,
        }
    }

    fn inline(&mut self, inline: &Inline, nesting: &Nesting) {
        match inline {
            Inline::Text(text) => self.prose(&text.text, text.span, nesting),
            Inline::Code(code) => {
                let inner = nesting.monospaced();
                self.text(&code.text, code.span, &inner);
            }
            Inline::Math(math) => {
                self.composer.report_math(math.span);
                let mut inner = nesting.monospaced();
                inner.node = self.composer.structure.add(nesting.node, Role::Formula);
                self.composer.structure.node_mut(inner.node).alt = Some(math.text.clone());
                self.text(&math.text, math.span, &inner);
            }
            Inline::Styled { style, content, .. } => {
                let inner = self.styled(style, nesting);
                for inline in content {
                    self.inline(inline, &inner);
                }
            }
            Inline::Link(link) => self.link_inline(link, nesting),
            Inline::Picture(picture) => self.picture(picture, nesting),
            Inline::NoteCall { label, span } => self.note_call(label, *span, nesting),
            Inline::LineBreak { span } => self.text("\n", *span, nesting),
        }
    }

    fn styled(&mut self, style: &Style, nesting: &Nesting) -> Nesting {
        let mut inner = nesting.clone();
        match style {
            Style::Emphasis | Style::Cite => {
                inner.italic = !nesting.italic;
                // Display faces are drawn for titles; what stands upright in an italic deck is
                // set in the face for reading.
                if nesting.italic && nesting.family == Family::Display {
                    inner.family = Family::Serif;
                }
            }
            Style::Strong => inner.weight = Weight::Bold,
            Style::Strikethrough => inner.decoration = Decoration::Strikethrough,
            Style::Superscript => {
                inner.shift = nesting.shift + nesting.size * 0.34;
                inner.size = nesting.size * 0.65;
            }
            Style::Subscript => {
                inner.shift = nesting.shift - nesting.size * 0.14;
                inner.size = nesting.size * 0.65;
            }
            Style::Small => inner.size = nesting.size * 0.85,
            Style::Underline => inner.decoration = Decoration::Underline,
            Style::Mark => inner.decoration = Decoration::Highlight,
            Style::Keyboard => inner = nesting.monospaced(),
            Style::Quotation => {
                inner.node = self.composer.structure.add(nesting.node, Role::Quote);
            }
            Style::Abbreviation { .. } => {}
            Style::Language(language) => {
                inner.node = self.composer.structure.add(nesting.node, Role::Span);
                self.composer.structure.node_mut(inner.node).language = Some(language.clone());
                inner.language = language.clone();
            }
        }
        inner
    }

    fn link_inline(&mut self, link: &Link, nesting: &Nesting) {
        let node = self.composer.structure.add(nesting.node, Role::Link);
        let target = match &link.target {
            Target::External(url) => LinkTarget::External(url.clone()),
            Target::Internal(label) => LinkTarget::Internal(label.clone()),
        };
        let text = crate::model::visit::text(&link.content);
        let description = if link.title.is_empty() { text } else { link.title.clone() };
        let inner = Nesting {
            node,
            color: ColorName::Accent,
            link: Some(LinkMark { target, description, node }),
            ..nesting.clone()
        };
        for inline in &link.content {
            self.inline(inline, &inner);
        }
    }

    /// A raised number that leads to the note.
    fn note_call(&mut self, label: &Label, span: Span, nesting: &Nesting) {
        let Some(number) = self.composer.edition.note_numbers.get(label) else { return };
        let number = number.to_string();
        let reference = self.composer.structure.add(nesting.node, Role::Reference);
        let node = self.composer.structure.add(reference, Role::Link);
        let target = LinkTarget::Internal(super::super::note_label(label));
        let inner = Nesting {
            node,
            size: nesting.size * 0.65,
            shift: nesting.shift + nesting.size * 0.34,
            color: ColorName::Accent,
            link: Some(LinkMark { target, description: number.clone(), node }),
            ..nesting.clone()
        };
        self.text(&number, span, &inner);
    }

    /// A picture no taller than the line; a labelled box where it can't be had.
    fn picture(&mut self, picture: &Picture, nesting: &Nesting) {
        let height = self.style.leading * 0.8;
        let node = self.composer.structure.add(nesting.node, Role::Figure);
        let alt = self.composer.alt(picture);
        self.composer.structure.node_mut(node).alt = Some(alt.clone());
        let mut inner = Nesting { node, ..nesting.clone() };
        let Some(image) = self.composer.image(picture) else {
            inner.decoration = Decoration::Highlight;
            self.text(&alt, picture.span, &inner);
            return;
        };
        let natural = self.composer.assets.images.image(image).natural_size;
        let factor = (height / natural.height.max(Pt(0.1))).min(1.0);
        let size = Size::new(natural.width * factor, natural.height * factor);
        let mut frame = Frame::default();
        let item = ImageItem { image, size, tag: Tag::Node(node) };
        frame.push(crate::geometry::Point::ORIGIN, Item::Image(item));
        let style = self.run_style(&inner);
        let mark = self.mark(&inner, Some(Object { height: size.height, frame }));
        self.paragraph.text.push_object(size.width, &style, mark, picture.span);
    }

    /// Text whose spaces are single, as HTML has them.
    fn prose(&mut self, text: &str, span: Span, nesting: &Nesting) {
        if text.contains("  ") {
            let mut single = String::with_capacity(text.len());
            for character in text.chars() {
                if character != ' ' || !single.ends_with(' ') {
                    single.push(character);
                }
            }
            self.text(&single, span, nesting);
        } else {
            self.text(text, span, nesting);
        }
    }

    fn text(&mut self, text: &str, span: Span, nesting: &Nesting) {
        let style = self.run_style(nesting);
        let mark = self.mark(nesting, None);
        self.paragraph.text.push(text, &style, mark, span);
        if self.paragraph.span == Span::default() {
            self.paragraph.span = span;
        }
    }

    fn run_style(&self, nesting: &Nesting) -> RunStyle {
        RunStyle {
            font: self.composer.font(nesting.family, nesting.weight, nesting.italic),
            size: nesting.size,
            tracking: self.style.tracking,
            caps: self.style.caps,
            figures: self.style.figures,
            language: nesting.language.clone(),
            hyphenate: self.style.hyphenate && !nesting.verbatim,
        }
    }

    fn mark(&mut self, nesting: &Nesting, object: Option<Object>) -> u32 {
        self.paragraph.marks.push(Mark {
            tag: Tag::Node(nesting.node),
            color: self.composer.color(nesting.color),
            shift: nesting.shift,
            decoration: nesting.decoration,
            link: nesting.link.clone(),
            object,
        });
        self.paragraph.marks.len() as u32 - 1
    }
}

impl Composer<'_> {
    /// Reports that a formula is printed as its source.
    pub(in crate::layout) fn report_math(&self, span: Span) {
        self.sink.report(
            Diagnostic::new(
                codes::MATH_AS_SOURCE,
                span,
                "the press kit prints this formula as its LaTeX source",
            )
            .with_help("the EPUB sets it as MathML; for print, give it as an SVG picture"),
        );
    }
}
