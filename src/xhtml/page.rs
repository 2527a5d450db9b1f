//! A page's content into a whole XHTML document.

use super::{Markup, Semantics, Tag};
use crate::model::{Direction, Language};

/// The address of the style sheet, relative to the pages.
pub(crate) const STYLESHEET: &str = "stylesheet.css";

/// What stands around a page's content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageHead<'a> {
    /// What a reader's window shows.
    pub(crate) title: &'a str,
    /// The language of the page.
    pub(crate) language: &'a Language,
    /// Which way it is read.
    pub(crate) direction: Direction,
    /// The part of the book.
    pub(crate) part: Semantics,
    /// What the style sheet knows the page by.
    pub(crate) class: &'a str,
}

/// Writes a whole XHTML document around a page's content (EPUB 3.3, 6.1).
pub(crate) fn wrap_page(head: &PageHead<'_>, content: &str) -> String {
    let mut out = Markup::default();
    out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n");
    out.open(
        Tag::new("html")
            .with("xmlns", "http://www.w3.org/1999/xhtml")
            .with("xmlns:epub", "http://www.idpf.org/2007/ops")
            .with("lang", head.language.as_str())
            .with("xml:lang", head.language.as_str())
            .with("dir", direction_name(head.direction)),
    );
    out.line();
    out.open(Tag::new("head"));
    out.line();
    out.void(&Tag::new("meta").with("charset", "utf-8"));
    out.line();
    out.leaf(Tag::new("title"), head.title);
    let link = Tag::new("link").with("rel", "stylesheet").with("type", "text/css");
    out.void(&link.with("href", STYLESHEET));
    out.line();
    out.close_line();
    out.open(Tag::new("body").class(head.class).means(head.part));
    out.line();
    out.raw(content);
    out.close_line();
    out.close_line();
    out.finish()
}

/// A direction as HTML and the package document spell it.
pub(crate) fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    }
}
