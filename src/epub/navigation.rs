//! The pages with their headings into lists of contents: EPUB 3's, and the NCX of EPUB 2 that
//! older e-readers ask for.

use super::chapters::{Page, PageKind};
use super::{Contents, identity};
use crate::model::Word;
use crate::xhtml::{Markup, OutlineEntry, PageHead, Semantics, Tag, wrap_page};

/// The address of the list of contents.
pub(super) const NAV: &str = "nav.xhtml";

/// The address of the older list of contents.
pub(super) const NCX: &str = "toc.ncx";

/// The deepest heading that lists of contents show.
const DEEPEST: u8 = 3;

/// An entry of the contents with those below it.
#[derive(Debug)]
struct Node<'a> {
    title: &'a str,
    href: String,
    children: Vec<Node<'a>>,
}

/// The contents as a forest: a page, its headings, and theirs.
fn build_forest<'a>(contents: &'a Contents<'_>) -> Vec<Node<'a>> {
    let is_listed = |page: &&Page| !matches!(page.kind, PageKind::Cover | PageKind::TitlePage);
    let node = |page: &'a Page| {
        let mut rest = page.outline.iter().filter(|entry| entry.level <= DEEPEST).peekable();
        let mut children = Vec::new();
        while rest.peek().is_some() {
            children.extend(take_below(page, 1, &mut rest));
        }
        Node { title: &page.title, href: page.href.clone(), children }
    };
    contents.pages.iter().filter(is_listed).map(node).collect()
}

/// Takes the entries that stand below a heading of the level `above`.
fn take_below<'a>(
    page: &Page,
    above: u8,
    rest: &mut std::iter::Peekable<impl Iterator<Item = &'a OutlineEntry>>,
) -> Vec<Node<'a>> {
    let mut nodes = Vec::new();
    while let Some(entry) = rest.next_if(|entry| entry.level > above) {
        let href = format!("{}#{}", page.href, entry.id);
        let children =
            if entry.level < DEEPEST { take_below(page, entry.level, rest) } else { Vec::new() };
        nodes.push(Node { title: &entry.title, href, children });
    }
    nodes
}

/// Writes the list of contents, which is also a page of the book, and the landmarks.
pub(super) fn write_nav(contents: &Contents<'_>) -> String {
    let (words, metadata) = (&contents.edition.words, &contents.edition.metadata);
    let title = words.get(Word::Contents);
    let mut out = Markup::default();
    let tag = Tag::new("nav").with("id", "toc").class("contents").means(Semantics::Contents);
    out.open(tag.with("aria-labelledby", "contents"));
    out.line();
    out.leaf(Tag::new("h1").with("id", "contents"), title);
    write_list(&mut out, &build_forest(contents));
    out.close_line();
    write_landmarks(&mut out, contents);
    let head = PageHead {
        title,
        language: &metadata.language,
        direction: metadata.direction,
        part: Semantics::FrontMatter,
        class: "nav",
    };
    wrap_page(&head, &out.finish())
}

fn write_list(out: &mut Markup, nodes: &[Node<'_>]) {
    out.open(Tag::new("ol"));
    out.line();
    for node in nodes {
        out.open(Tag::new("li"));
        out.leaf(Tag::new("a").with("href", &node.href), node.title);
        if !node.children.is_empty() {
            write_list(out, &node.children);
        }
        out.close_line();
    }
    out.close_line();
}

/// Writes the book's main parts; readers show them in menus of their own.
fn write_landmarks(out: &mut Markup, contents: &Contents<'_>) {
    let words = &contents.edition.words;
    let tag = Tag::new("nav").with("id", "landmarks").with("hidden", "hidden");
    out.open(tag.means(Semantics::Landmarks));
    out.line();
    out.open(Tag::new("ol"));
    out.line();
    let mut landmark = |semantics: Semantics, href: &str, title: &str| {
        out.open(Tag::new("li"));
        let tag = Tag::new("a").with("epub:type", semantics.epub_type());
        out.leaf(tag.with("href", href), title);
        out.close_line();
    };
    let find = |kind| contents.pages.iter().find(|page| page.kind == kind);
    let front = [(PageKind::Cover, Semantics::Cover), (PageKind::TitlePage, Semantics::TitlePage)];
    for (kind, semantics) in front {
        if let Some(page) = find(kind) {
            landmark(semantics, &page.href, &page.title);
        }
    }
    landmark(Semantics::Contents, NAV, words.get(Word::Contents));
    let rest = [
        (PageKind::Body, Semantics::BodyMatter),
        (PageKind::BackMatter, Semantics::BackMatter),
        (PageKind::Imprint, Semantics::Imprint),
    ];
    for (kind, semantics) in rest {
        if let Some(page) = find(kind) {
            landmark(semantics, &page.href, &page.title);
        }
    }
    out.close_line();
    out.close_line();
}

/// Writes the older list of contents (OPF 2.0.1, 2.4.1; DAISY 3, 8), with the same entries.
pub(super) fn write_ncx(contents: &Contents<'_>) -> String {
    let metadata = &contents.edition.metadata;
    let forest = build_forest(contents);
    let mut out = Markup::default();
    out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let tag = Tag::new("ncx").with("xmlns", "http://www.daisy.org/z3986/2005/ncx/");
    out.open(tag.with("version", "2005-1").with("xml:lang", metadata.language.as_str()));
    out.line();
    out.open(Tag::new("head"));
    out.line();
    let depth = depth(&forest).to_string();
    let identifier = identity::unique_identifier(metadata);
    let head = [
        ("dtb:uid", identifier.as_str()),
        ("dtb:depth", depth.as_str()),
        ("dtb:totalPageCount", "0"),
        ("dtb:maxPageNumber", "0"),
    ];
    for (name, content) in head {
        out.void(&Tag::new("meta").with("name", name).with("content", content));
        out.line();
    }
    out.close_line();
    out.open(Tag::new("docTitle"));
    out.leaf(Tag::new("text"), &metadata.title);
    out.close_line();
    out.open(Tag::new("navMap"));
    out.line();
    write_points(&mut out, &forest, &mut 0);
    out.close_line();
    out.close_line();
    out.finish()
}

fn write_points(out: &mut Markup, nodes: &[Node<'_>], order: &mut u32) {
    for node in nodes {
        *order += 1;
        let id = format!("point-{order}");
        out.open(Tag::new("navPoint").with("id", &id).with("playOrder", &order.to_string()));
        out.line();
        out.open(Tag::new("navLabel"));
        out.leaf(Tag::new("text"), node.title);
        out.close_line();
        out.void(&Tag::new("content").with("src", &node.href));
        out.line();
        write_points(out, &node.children, order);
        out.close_line();
    }
}

fn depth(nodes: &[Node<'_>]) -> usize {
    nodes.iter().map(|node| 1 + depth(&node.children)).max().unwrap_or(0)
}
