//! A section of an edition into the content of one page.

use std::collections::BTreeSet;

use super::places::SectionPlaces;
use super::{Book, Markup, Semantics, Tag, fold, one_line};
use crate::edition::{Body, Role, Section};
use crate::model::Inline;

/// A finished section.
#[derive(Debug)]
pub(crate) struct RenderedSection {
    /// Its markup, to be wrapped by [`wrap_page`](super::wrap_page).
    pub(crate) content: String,
    /// Its headings below the first level, in order.
    pub(crate) outline: Vec<OutlineEntry>,
    /// What catalogues and readers want to know of it.
    pub(crate) features: Features,
}

/// A heading that the list of contents may show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OutlineEntry {
    /// 2 to 6.
    pub(crate) level: u8,
    /// Its identifier in the file.
    pub(crate) id: String,
    /// Its text.
    pub(crate) title: String,
}

/// What a page holds beside text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Features {
    /// Formulas, as `MathML`.
    pub(crate) math: bool,
    /// Pictures.
    pub(crate) pictures: bool,
    /// Pictures that nothing stands for where they can't be seen.
    pub(crate) undescribed: bool,
}

impl Features {
    /// What either page holds.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            math: self.math || other.math,
            pictures: self.pictures || other.pictures,
            undescribed: self.undescribed || other.undescribed,
        }
    }
}

/// Writes a section under its heading, with its notes at its end.
pub(crate) fn render_section(book: &Book<'_>, index: usize, section: &Section) -> RenderedSection {
    let names = book.places.sections.get(index).cloned().unwrap_or_default();
    let mut renderer = Renderer::new(book, index, section.role, names);
    renderer.write_section(section);
    RenderedSection {
        content: renderer.out.finish(),
        outline: renderer.outline,
        features: renderer.features,
    }
}

/// Writes inlines that stand in no section: the sentence under the title, say.
pub(crate) fn render_inlines(book: &Book<'_>, content: &[Inline]) -> String {
    let mut renderer = Renderer::new(book, usize::MAX, Role::Story, SectionPlaces::default());
    renderer.inlines(content);
    renderer.out.finish()
}

/// The state of the page being written.
pub(super) struct Renderer<'a> {
    pub(super) book: &'a Book<'a>,
    /// What the section is.
    pub(super) role: Role,
    /// The section's place among the sections.
    pub(super) index: usize,
    /// The section's file and identifiers.
    pub(super) names: SectionPlaces,
    pub(super) out: Markup,
    pub(super) outline: Vec<OutlineEntry>,
    pub(super) features: Features,
    /// The identifiers that the page has used up: a label that stands twice gets one once.
    pub(super) used: BTreeSet<String>,
    /// The level of the last heading.
    pub(super) level: u8,
    /// Whether a link is open: links don't nest.
    pub(super) in_link: bool,
    /// Markup that opens the next paragraph: a task's box, a note's way back.
    pub(super) lead: String,
}

impl<'a> Renderer<'a> {
    fn new(book: &'a Book<'a>, index: usize, role: Role, names: SectionPlaces) -> Self {
        Self {
            book,
            role,
            index,
            names,
            out: Markup::default(),
            outline: Vec::new(),
            features: Features::default(),
            used: BTreeSet::new(),
            level: 1,
            in_link: false,
            lead: String::new(),
        }
    }

    fn write_section(&mut self, section: &Section) {
        let title_id = self.names.ids.allocate("title");
        let tag = Tag::new("section")
            .with("id", &self.names.id)
            .class(role_class(section.role))
            .means(Semantics::of_section(section.role))
            .with("aria-labelledby", &title_id)
            .language(section.language.as_ref());
        self.out.open(tag);
        self.out.line();
        self.out.open(Tag::new("h1").with("id", &title_id));
        if one_line(&section.title).is_empty() {
            self.out.text(&fold(&self.book.edition.opener.title));
        } else {
            self.inlines(&section.title);
        }
        self.out.close_line();
        self.body(&section.body);
        self.notes(&section.notes);
        self.out.close_line();
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::Prose(blocks) => self.blocks(blocks),
            Body::Facts(facts) => self.facts(facts),
            Body::Timeline(entries) => self.timeline(entries),
            Body::Biographies(lives) => lives.iter().for_each(|life| self.life(life)),
            Body::Quotes(quotes) => quotes.iter().for_each(|quote| self.pull_quote(quote)),
            Body::Awards(awards) => self.awards(awards),
            Body::Coverage(items) => self.coverage(items),
            Body::Gallery(figures) => figures.iter().for_each(|figure| self.figure(figure)),
            Body::Video(videos) => {
                self.link_list(videos.iter().map(|video| (&*video.title, &*video.url)));
            }
            Body::Links(links) => {
                self.link_list(links.iter().map(|link| (&*link.title, &*link.url)));
            }
            Body::Contacts(contacts) => contacts.iter().for_each(|contact| self.contact(contact)),
        }
    }

    /// The id, unless the page has it already.
    pub(super) fn use_id(&mut self, id: String) -> Option<String> {
        self.used.insert(id.clone()).then_some(id)
    }

    /// Opens a heading, at most one level below the last one, and puts it into the outline.
    pub(super) fn open_heading(&mut self, level: u8, id: String, tag: Tag, title: &str) {
        self.outline.push(OutlineEntry { level, id, title: fold(title) });
        self.out.open(tag);
    }
}

/// The start tag of a heading.
pub(super) fn heading_tag(level: u8) -> Tag {
    Tag::new(match level {
        0..=2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        6.. => "h6",
    })
}

/// What the style sheet knows a section by.
fn role_class(role: Role) -> &'static str {
    match role {
        Role::Story => "story",
        Role::Chapter => "chapter",
        Role::Interview => "interview",
        Role::AtAGlance => "at-a-glance",
        Role::FactSheet => "fact-sheet",
        Role::Timeline => "timeline",
        Role::Biographies => "biographies",
        Role::Quotes => "quotes",
        Role::Awards => "awards",
        Role::Coverage => "coverage",
        Role::Gallery => "gallery",
        Role::Video => "video",
        Role::Links => "links",
        Role::About => "about",
        Role::Contacts => "contacts",
        Role::Usage => "usage",
    }
}
