//! The theme's faces into the font files that the book brings.
//!
//! Only the bundled families are embedded, whole and byte for byte, beside their licence:
//! "Source" is a reserved font name (OFL 1.1, condition 3), and of other families nobody has
//! said that they may be passed on.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::Resource;
use crate::assets::{Font, FontBook, FontQuery};
use crate::edition::Edition;
use crate::model::visit::{self, Visited};
use crate::model::{Block, Inline, Style};
use crate::theme::{Family, TextStyle, Theme};
use crate::xhtml::{FontFace, visit_section};

/// A licence that allows a family to be embedded.
#[derive(Clone, Copy, Debug)]
struct Licence {
    /// What the names of the families begin with.
    family: &'static str,
    /// The address of its text in the book.
    href: &'static str,
    text: &'static [u8],
}

const LICENCES: [Licence; 3] = [
    Licence {
        family: "Source Serif 4",
        href: "fonts/source-serif-licence.txt",
        text: include_bytes!("../../fonts/source-serif/LICENSE.md"),
    },
    Licence {
        family: "Source Sans 3",
        href: "fonts/source-sans-licence.txt",
        text: include_bytes!("../../fonts/source-sans/LICENSE.md"),
    },
    Licence {
        family: "Source Code Pro",
        href: "fonts/source-code-pro-licence.txt",
        text: include_bytes!("../../fonts/source-code-pro/LICENSE.md"),
    },
];

/// The fonts with their files.
#[derive(Debug, Default)]
pub(super) struct Fonts<'a> {
    /// What the style sheet is told.
    pub(super) faces: Vec<FontFace>,
    /// The families, for the imprint.
    pub(super) families: Vec<&'static str>,
    /// The files, and the licences.
    pub(super) resources: Vec<Resource<'a>>,
}

/// A face that the book needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Need<'a> {
    family: &'a str,
    weight: u16,
    italic: bool,
}

/// Finds the files of the faces that the book needs.
pub(super) fn collect<'a>(edition: &Edition, theme: &Theme, fonts: &'a FontBook) -> Fonts<'a> {
    let mut found = Fonts::default();
    let mut names = BTreeSet::new();
    for Need { family, weight, italic } in needs(edition, theme) {
        let Some(licence) = LICENCES.iter().find(|licence| family.starts_with(licence.family))
        else {
            continue;
        };
        let Some(id) = fonts.find(FontQuery { family, weight, italic }) else { continue };
        let font = fonts.font(id);
        let Some((ending, media_type)) = format_of(font) else { continue };
        let href = format!("fonts/{}{ending}", file_stem(&font.postscript_name));
        if !names.insert(href.clone()) {
            continue;
        }
        found.faces.push(FontFace {
            family: family.to_owned(),
            weight: font.weight,
            italic: font.italic,
            href: href.clone(),
        });
        let bytes = Cow::Borrowed(&*font.data);
        found.resources.push(Resource { href, media_type, bytes, is_cover: false });
        if !found.families.contains(&licence.family) {
            found.families.push(licence.family);
            found.resources.push(licence_resource(licence));
        }
    }
    found
}

fn licence_resource(licence: &Licence) -> Resource<'static> {
    Resource {
        href: licence.href.to_owned(),
        media_type: "text/plain",
        bytes: Cow::Borrowed(licence.text),
        is_cover: false,
    }
}

/// The file's ending and media type (EPUB 3.3, 3.2); none for collections, which pages can't name.
fn format_of(font: &Font) -> Option<(&'static str, &'static str)> {
    if font.data.starts_with(b"OTTO") {
        Some((".otf", "font/otf"))
    } else if font.data.starts_with(b"\0\x01\0\0") {
        Some((".ttf", "font/ttf"))
    } else {
        None
    }
}

fn file_stem(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

/// What the text holds that asks for a face of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Extra {
    Italic,
    Bold,
    BoldItalic,
    Code,
}

/// The faces of the theme's styles, and of those that the text asks for.
fn needs<'a>(edition: &Edition, theme: &'a Theme) -> BTreeSet<Need<'a>> {
    let extras = extras_of(edition);
    let name = |family| match family {
        Family::Serif => theme.families.serif.as_str(),
        Family::Display => theme.families.display.as_str(),
        Family::Sans => theme.families.sans.as_str(),
        Family::Mono => theme.families.mono.as_str(),
    };
    let need = |family, weight, italic| Need { family: name(family), weight, italic };
    let mut needs: BTreeSet<Need<'a>> = text_styles(theme)
        .map(|style| need(style.family, style.weight.value(), style.italic))
        .collect();
    let regular = theme.text.body.weight.value();
    for family in [theme.text.body.family, theme.text.small.family] {
        needs.extend(extras.iter().filter_map(|extra| match extra {
            Extra::Italic => Some(need(family, regular, true)),
            Extra::Bold => Some(need(family, 700, false)),
            Extra::BoldItalic => Some(need(family, 700, true)),
            Extra::Code => None,
        }));
    }
    if extras.contains(&Extra::Code) {
        let code = theme.text.code;
        needs.insert(need(code.family, code.weight.value(), code.italic));
    }
    needs
}

/// The styles that pages are set in, less code's.
fn text_styles(theme: &Theme) -> impl Iterator<Item = TextStyle> {
    let text = &theme.text;
    [
        text.body,
        text.title,
        text.deck,
        text.heading1,
        text.heading2,
        text.heading3,
        text.question,
        text.label,
        text.organization,
        text.caption,
        text.credit,
        text.pull_quote,
        text.fact_value,
        text.small,
        text.small_strong,
        text.quote,
        text.note,
    ]
    .into_iter()
}

fn extras_of(edition: &Edition) -> BTreeSet<Extra> {
    let mut extras = BTreeSet::new();
    visit::inlines(&edition.opener.deck, &mut |visited| extras.extend(extras_for(visited)));
    for section in &edition.sections {
        visit_section(section, &mut |visited| extras.extend(extras_for(visited)));
    }
    extras
}

fn extras_for(visited: Visited<'_>) -> Vec<Extra> {
    let slants = |style: &Style| matches!(style, Style::Emphasis | Style::Cite);
    let is_strong = |style: &Style| *style == Style::Strong;
    match visited {
        Visited::Block(Block::Code(_))
        | Visited::Inline(Inline::Code(_) | Inline::Styled { style: Style::Keyboard, .. }) => {
            vec![Extra::Code]
        }
        Visited::Inline(Inline::Styled { style, content, .. }) if slants(style) => {
            let both = holds(content, is_strong).then_some(Extra::BoldItalic);
            std::iter::once(Extra::Italic).chain(both).collect()
        }
        Visited::Inline(Inline::Styled { style, content, .. }) if is_strong(style) => {
            let both = holds(content, slants).then_some(Extra::BoldItalic);
            std::iter::once(Extra::Bold).chain(both).collect()
        }
        Visited::Block(_) | Visited::Inline(_) | Visited::Picture(_) => Vec::new(),
    }
}

fn holds(content: &[Inline], is_sought: impl Fn(&Style) -> bool) -> bool {
    let mut found = false;
    visit::inlines(content, &mut |visited| {
        if let Visited::Inline(Inline::Styled { style, .. }) = visited {
            found |= is_sought(style);
        }
    });
    found
}
