//! An edition into its pages: cover, title page, one a section, imprint.

use rayon::prelude::*;

use super::fonts::Fonts;
use super::identity;
use super::pictures::CoverFile;
use crate::edition::{Section, format_date};
use crate::model::{Date, Word};
use crate::xhtml::{
    Book, Features, Ids, Markup, OutlineEntry, PageHead, Semantics, Tag, fold, one_line,
    render_inlines, render_section, wrap_page,
};

/// A page of the book.
#[derive(Debug)]
pub(super) struct Page {
    /// Its address.
    pub(super) href: String,
    /// What lists of contents call it.
    pub(super) title: String,
    /// What it is.
    pub(super) kind: PageKind,
    /// The whole document.
    pub(super) document: String,
    /// Its headings below the first level.
    pub(super) outline: Vec<OutlineEntry>,
    /// What it holds beside text.
    pub(super) features: Features,
}

/// What a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageKind {
    /// The cover.
    Cover,
    /// The title page.
    TitlePage,
    /// A section of the text.
    Body,
    /// A section of what informs the text.
    BackMatter,
    /// The imprint.
    Imprint,
}

/// The names of files that no section may take.
pub(super) fn reserved_names() -> Ids {
    let mut names = Ids::default();
    for name in ["cover", "title", "nav", "imprint"] {
        names.allocate(name);
    }
    names
}

/// Writes all pages, the sections in parallel.
pub(super) fn write_pages(
    book: &Book<'_>,
    cover: Option<&CoverFile<'_>>,
    fonts: &Fonts<'_>,
) -> Vec<Page> {
    let sections: Vec<Page> = book
        .edition
        .sections
        .par_iter()
        .enumerate()
        .map(|(index, section)| section_page(book, index, section))
        .collect();
    let mut pages: Vec<Page> = cover.map(|cover| cover_page(book, cover)).into_iter().collect();
    pages.push(title_page(book));
    pages.extend(sections);
    pages.push(imprint_page(book, fonts));
    pages
}

/// Wraps content that the room writes itself.
fn plain_page(book: &Book<'_>, name: &str, kind: PageKind, title: &str, content: &str) -> Page {
    let metadata = &book.edition.metadata;
    let part = match kind {
        PageKind::Cover | PageKind::TitlePage => Semantics::FrontMatter,
        PageKind::Body => Semantics::BodyMatter,
        PageKind::BackMatter | PageKind::Imprint => Semantics::BackMatter,
    };
    let (language, direction) = (&metadata.language, metadata.direction);
    let head = PageHead { title, language, direction, part, class: name };
    Page {
        href: format!("{name}.xhtml"),
        title: title.to_owned(),
        kind,
        document: wrap_page(&head, content),
        outline: Vec::new(),
        features: Features::default(),
    }
}

fn cover_page(book: &Book<'_>, file: &CoverFile<'_>) -> Page {
    let mut out = Markup::default();
    let (width, height) = file.cover.pixels;
    out.open(Tag::new("div"));
    let image = Tag::new("img").means(Semantics::Cover).with("src", &file.resource.href);
    let image = image.with("alt", &file.cover.alt).with("width", &width.to_string());
    out.void(&image.with("height", &height.to_string()));
    out.close_line();
    let title = book.edition.words.get(Word::Cover);
    let features = Features {
        pictures: true,
        undescribed: file.cover.alt.trim().is_empty(),
        ..Features::default()
    };
    Page { features, ..plain_page(book, "cover", PageKind::Cover, title, &out.finish()) }
}

/// Writes a paragraph, if there is anything to say.
fn line(out: &mut Markup, class: &str, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
        out.leaf(Tag::new("p").class(class), text);
    }
}

fn title_page(book: &Book<'_>) -> Page {
    let opener = &book.edition.opener;
    let mut out = Markup::default();
    out.open(Tag::new("section").class("titlepage").means(Semantics::TitlePage));
    out.line();
    line(&mut out, "organization", opener.organization.as_deref());
    line(&mut out, "kind", Some(&opener.kind_line));
    out.leaf(Tag::new("h1"), &book_title(book));
    if let Some(subtitle) = &opener.subtitle {
        out.leaf(Tag::new("p").class("subtitle").means(Semantics::Subtitle), subtitle);
    }
    if !opener.deck.is_empty() {
        out.open(Tag::new("p").class("deck"));
        out.raw(&render_inlines(book, &opener.deck));
        out.close_line();
    }
    let lines = [&opener.release, &opener.dateline, &opener.byline];
    if lines.iter().any(|text| text.is_some()) {
        out.open(Tag::new("div").class("release"));
        out.line();
        for text in lines {
            line(&mut out, "line", text.as_deref());
        }
        out.close_line();
    }
    out.close_line();
    let title = book.edition.words.get(Word::TitlePage);
    plain_page(book, "title", PageKind::TitlePage, title, &out.finish())
}

fn section_page(book: &Book<'_>, index: usize, section: &Section) -> Page {
    let metadata = &book.edition.metadata;
    let rendered = render_section(book, index, section);
    let own_title = one_line(&section.title);
    let title = if own_title.is_empty() { book_title(book) } else { own_title };
    let part = Semantics::part_of_section(section.role);
    let kind = if part == Semantics::BodyMatter { PageKind::Body } else { PageKind::BackMatter };
    let (language, direction) = (&metadata.language, metadata.direction);
    let head = PageHead { title: &title, language, direction, part, class: "section" };
    Page {
        href: book.places.sections.get(index).map(|names| names.file.clone()).unwrap_or_default(),
        kind,
        document: wrap_page(&head, &rendered.content),
        outline: rendered.outline,
        features: rendered.features,
        title,
    }
}

/// Says by whom, when and how the book was made. The sentences about presskit and the fonts are
/// English in every book, and say so.
fn imprint_page(book: &Book<'_>, fonts: &Fonts<'_>) -> Page {
    let metadata = &book.edition.metadata;
    let title = book.edition.words.get(Word::Imprint);
    let mut out = Markup::default();
    let tag = Tag::new("section").class("imprint").means(Semantics::Imprint);
    out.open(tag.with("aria-labelledby", "imprint"));
    out.line();
    out.leaf(Tag::new("h1").with("id", "imprint"), title);
    out.open(Tag::new("p"));
    out.leaf(Tag::new("cite"), &book_title(book));
    out.close_line();
    let identifier = identity::unique_identifier(metadata);
    let lines = [&metadata.publisher, &metadata.rights, &metadata.license, &metadata.version];
    for text in lines {
        line(&mut out, "line", text.as_deref());
    }
    line(&mut out, "line", Some(&identifier));
    line(&mut out, "line", identity::other_identifier(metadata));
    out.open(Tag::new("p"));
    let (year, month, day, ..) = metadata.modified.parts();
    let day = Date { year, month: Some(month), day: Some(day) };
    let printed = format_date(&book.edition.words, day);
    out.leaf(Tag::new("time").with("datetime", &day.to_string()), &printed);
    out.close_line();
    let english = || Tag::new("p").with("lang", "en").with("xml:lang", "en").with("dir", "ltr");
    out.leaf(english(), "Made with presskit.");
    if let [families @ .., last] = fonts.families.as_slice() {
        let families = families.join(", ");
        let and = if families.is_empty() { "" } else { " and " };
        let licence = "used under the SIL Open Font License 1.1";
        out.leaf(english(), &format!("Set in {families}{and}{last}, {licence}."));
    }
    out.close_line();
    plain_page(book, "imprint", PageKind::Imprint, title, &out.finish())
}

/// The book's title on one line.
fn book_title(book: &Book<'_>) -> String {
    let shown = fold(&book.edition.opener.title);
    if shown.is_empty() { fold(&book.edition.metadata.title) } else { shown }
}
