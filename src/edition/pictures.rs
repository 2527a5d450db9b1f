//! The data of `assets` into the pictures that the sections show.

use std::collections::{BTreeMap, BTreeSet};

use super::walk::{self, Touched};
use super::{Body, Section};
use crate::diagnostics::{Diagnostic, Sink, codes};
use crate::model::{
    Alt, Asset, Block, Document, Figure, Inline, Picture, PictureSource, Text, visit,
};
use crate::sandbox::RootPath;

/// Completes pictures, and reports each without an alternative text once.
pub(super) struct Pictures<'a> {
    assets: &'a BTreeMap<RootPath, Asset>,
    reported: BTreeSet<PictureSource>,
    sink: &'a Sink,
}

impl<'a> Pictures<'a> {
    pub(super) fn new(assets: &'a BTreeMap<RootPath, Asset>, sink: &'a Sink) -> Self {
        Self { assets, reported: BTreeSet::new(), sink }
    }

    fn asset(&self, picture: &Picture) -> Option<&'a Asset> {
        self.assets.get(local(picture)?)
    }

    pub(super) fn complete(&mut self, picture: &mut Picture) {
        self.complete_or(picture, None);
    }

    /// Gives a picture the alternative text of its asset, else the one at hand.
    fn complete_or(&mut self, picture: &mut Picture, or: Option<&str>) {
        if picture.alt != Alt::Missing {
            return;
        }
        let asset = self.asset(picture).and_then(|asset| asset.alt.as_deref());
        match asset.or(or) {
            Some(text) => picture.alt = Alt::Text(text.to_owned()),
            None if self.reported.insert(picture.source.clone()) => {
                self.sink.report(
                    Diagnostic::new(
                        codes::MISSING_ALT,
                        picture.span,
                        "a picture has no alternative text",
                    )
                    .with_help("say between the brackets, or in `assets`, what it shows"),
                );
            }
            None => {}
        }
    }

    pub(super) fn complete_section(&mut self, section: &mut Section) {
        walk::section(section, &mut |touched| self.touch(touched));
        if let Body::Biographies(lives) = &mut section.body {
            for life in lives {
                if let Some(portrait) = &mut life.image {
                    self.complete_or(portrait, Some(&life.name));
                }
            }
        }
    }

    pub(super) fn complete_blocks(&mut self, blocks: &mut [Block]) {
        walk::blocks(blocks, &mut |touched| self.touch(touched));
    }

    fn touch(&mut self, touched: Touched<'_>) {
        match touched {
            Touched::Figure(figure) => self.complete_figure(figure),
            Touched::Inlines(content) => self.complete_inlines(content),
            Touched::Heading(_) => {}
        }
    }

    fn complete_figure(&mut self, figure: &mut Figure) {
        if figure.caption.is_empty() {
            let assets = figure.pictures.iter().filter_map(|picture| self.asset(picture));
            figure.caption = caption(assets);
        }
        figure.pictures.iter_mut().for_each(|picture| self.complete(picture));
    }

    fn complete_inlines(&mut self, content: &mut [Inline]) {
        for inline in content {
            match inline {
                Inline::Picture(picture) => self.complete(picture),
                Inline::Styled { content, .. } => self.complete_inlines(content),
                Inline::Link(link) => self.complete_inlines(&mut link.content),
                Inline::Text(_)
                | Inline::Code(_)
                | Inline::Math(_)
                | Inline::NoteCall { .. }
                | Inline::LineBreak { .. } => {}
            }
        }
    }
}

/// The captions of assets, one after the other.
fn caption<'a>(assets: impl Iterator<Item = &'a Asset>) -> Vec<Inline> {
    let mut caption = Vec::new();
    for asset in assets.filter(|asset| !asset.caption.is_empty()) {
        if !caption.is_empty() {
            caption.push(Inline::Text(Text { text: " ".to_owned(), span: asset.span }));
        }
        caption.extend(asset.caption.iter().cloned());
    }
    caption
}

/// The pictures of `assets` that nothing else in the kit shows, as figures.
pub(super) fn gallery(document: &Document) -> Vec<Figure> {
    let shown = shown(document);
    let unseen = document.assets.iter().filter(|(path, _)| !shown.contains(path));
    let figure = |(path, asset): (&RootPath, &Asset)| Figure {
        pictures: vec![Picture {
            source: PictureSource::Local(path.clone()),
            alt: Alt::Missing,
            span: asset.span,
        }],
        caption: Vec::new(),
        span: asset.span,
    };
    unseen.map(figure).collect()
}

/// The pictures of prose, notes, kit, portraits and cover.
fn shown(document: &Document) -> BTreeSet<&RootPath> {
    let Document { metadata, kit, blocks, notes, assets: _ } = document;
    let biographies = kit.people.iter().map(|person| &person.biography);
    let texts = biographies
        .flat_map(|biography| [&biography.short, &biography.medium, &biography.long])
        .chain(notes.values().map(|note| &note.blocks))
        .chain([blocks, &kit.boilerplate, &kit.usage]);
    let mut pictures: Vec<&Picture> =
        metadata.cover.iter().chain(kit.people.iter().filter_map(|it| it.image.as_ref())).collect();
    for text in texts {
        visit::blocks(text, &mut |visited| match visited {
            visit::Visited::Picture(picture) => pictures.push(picture),
            visit::Visited::Block(_) | visit::Visited::Inline(_) => {}
        });
    }
    pictures.into_iter().filter_map(local).collect()
}

fn local(picture: &Picture) -> Option<&RootPath> {
    match &picture.source {
        PictureSource::Local(path) => Some(path),
        PictureSource::Remote(_) | PictureSource::Outside(_) => None,
    }
}
