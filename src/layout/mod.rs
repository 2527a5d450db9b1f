//! An edition into pages.
//!
//! 1. `flow` turns sections into a vertical list of items on the baseline grid, and what
//!    belongs into the side column into boxes that hang on those items.
//! 2. `pages` distributes the list over pages, sets the side column beside it, and adds running
//!    heads and folios.

mod cover;
mod flow;
mod inline;
mod pages;
mod table;

pub use cover::lay_out_cover;

use std::sync::Arc;

use crate::assets::{Assets, FontId, FontQuery, ImageId};
use crate::diagnostics::{Diagnostic, Place, Sink, codes};
use crate::edition::{Edition, EditionKind};
use crate::geometry::Pt;
use crate::model::{Alt, Label, Language, Paper, Picture, PictureSource, Word};
use crate::page::{Color, PagedDocument, StructureTree};
use crate::text::Shaper;
use crate::theme::{ColorName, Family, PageStyle, TextStyle, Theme, Weight};

/// Sets an edition on pages.
///
/// Every item lies on the theme's baseline grid or in a box that does; every painted item names
/// its node or is an artifact.
#[must_use]
pub fn lay_out(
    edition: &Edition,
    theme: &Theme,
    paper: Paper,
    assets: &Assets,
    sink: &Sink,
) -> PagedDocument {
    let mut composer = Composer::new(edition, theme, paper, assets, sink);
    let flow = composer.collect_flow();
    let laid_out = composer.compose_pages(flow);
    PagedDocument {
        metadata: Arc::clone(&edition.metadata),
        title: composer.document_title(),
        pages: laid_out.pages,
        structure: composer.structure,
        outline: laid_out.outline,
        destinations: laid_out.destinations,
    }
}

/// What all steps of the layout share: the inputs, and the structure that grows as they go.
struct Composer<'a> {
    edition: &'a Edition,
    theme: &'a Theme,
    page: PageStyle,
    assets: &'a Assets,
    sink: &'a Sink,
    shaper: Shaper<'a>,
    structure: StructureTree,
    /// The language of the section being set.
    language: Language,
}

impl<'a> Composer<'a> {
    fn new(
        edition: &'a Edition,
        theme: &'a Theme,
        paper: Paper,
        assets: &'a Assets,
        sink: &'a Sink,
    ) -> Self {
        let language = edition.metadata.language.clone();
        let mut structure = StructureTree::new();
        structure.node_mut(StructureTree::ROOT).language = Some(language.clone());
        Self {
            edition,
            theme,
            page: theme.page(paper),
            assets,
            sink,
            shaper: Shaper::new(&assets.fonts, sink),
            structure,
            language,
        }
    }

    /// The title that a reader's window shows.
    fn document_title(&self) -> String {
        match self.edition.kind {
            EditionKind::PressKit => {
                format!("{} – {}", self.edition.opener.title, self.word(Word::PressKit))
            }
            EditionKind::Profile => self.edition.opener.title.clone(),
        }
    }

    fn word(&self, word: Word) -> &'a str {
        self.edition.words.get(word)
    }

    fn grid(&self) -> Pt {
        self.theme.grid
    }

    fn color(&self, name: ColorName) -> Color {
        match name {
            ColorName::Ink => self.theme.colors.ink.0,
            ColorName::Muted => self.theme.colors.muted.0,
            ColorName::Accent => self.theme.colors.accent.0,
        }
    }

    /// The face of a family, or, reported, the first face there is.
    fn font(&self, family: Family, weight: Weight, italic: bool) -> FontId {
        let families = &self.theme.families;
        let name = match family {
            Family::Serif => &families.serif,
            Family::Display => &families.display,
            Family::Sans => &families.sans,
            Family::Mono => &families.mono,
        };
        let query = FontQuery { family: name, weight: weight.value(), italic };
        self.assets.fonts.find(query).unwrap_or_else(|| {
            self.sink.report(
                Diagnostic::new(
                    codes::FONT_NOT_FOUND,
                    Place::Nowhere,
                    format!("no font is of the family `{name}`, which the theme names"),
                )
                .with_help("`presskit fonts` lists the families; `--font-path` adds a folder"),
            );
            self.assets.fonts.iter().next().map_or_else(FontId::default, |(id, _)| id)
        })
    }

    /// From a line's top to its baseline: capitals stand in the middle of the leading.
    fn baseline(&self, style: &TextStyle) -> Pt {
        let font = self.font(style.family, style.weight, style.italic);
        let cap_height = self.assets.fonts.font(font).cap_height;
        (style.leading + style.size * cap_height) / 2.0
    }

    /// The picture's handle, unless it can't be had.
    fn image(&self, picture: &Picture) -> Option<ImageId> {
        match &picture.source {
            PictureSource::Local(path) => self.assets.images.find(path),
            PictureSource::Remote(_) | PictureSource::Outside(_) => None,
        }
    }

    /// What stands for a picture: its text, or the word for a picture.
    fn alt(&self, picture: &Picture) -> String {
        match &picture.alt {
            Alt::Text(text) => text.clone(),
            Alt::Decorative => String::new(),
            Alt::Missing => self.word(Word::Picture).to_owned(),
        }
    }
}

/// The named place of a note.
fn note_label(label: &Label) -> Label {
    Label::new(format!("note-{}", label.as_str()))
}
