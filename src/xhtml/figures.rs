//! Pictures into figures, with their captions and credits.

use super::section::Renderer;
use super::{PictureFile, Tag};
use crate::model::{Alt, Asset, Figure, Picture, PictureSource, Word};

impl<'a> Renderer<'a> {
    /// Writes pictures with their caption and, apart from it, their credits.
    pub(super) fn figure(&mut self, figure: &Figure) {
        self.out.open(Tag::new("figure"));
        self.out.line();
        for picture in &figure.pictures {
            self.figure_picture(picture);
        }
        self.caption(figure);
        self.out.close_line();
    }

    fn figure_picture(&mut self, picture: &Picture) {
        if let Some(file) = self.picture_file(picture) {
            self.image(picture, &file, None);
            self.out.line();
        } else {
            self.out.open(Tag::new("p").class("missing"));
            self.missing(picture);
            self.out.close_line();
        }
    }

    fn caption(&mut self, figure: &Figure) {
        let pictures = figure.pictures.iter();
        let assets: Vec<_> = pictures.filter_map(|picture| self.asset(picture)).collect();
        let credits = join_credits(&assets);
        let caption = &figure.caption;
        if caption.is_empty() && credits.is_empty() {
            return;
        }
        self.out.open(Tag::new("figcaption"));
        self.inlines(caption);
        if !credits.is_empty() {
            self.out.text(if caption.is_empty() { "" } else { " " });
            self.out.open(Tag::new("span").class("credit"));
            self.out.text(&credits);
            self.out.close();
        }
        self.out.close_line();
    }

    /// Writes a picture in a line of text.
    pub(super) fn inline_picture(&mut self, picture: &Picture) {
        if let Some(file) = self.picture_file(picture) {
            self.image(picture, &file, Some("inline"));
        } else {
            self.out.open(Tag::new("span").class("missing"));
            self.missing(picture);
            self.out.close();
        }
    }

    /// A picture that nothing stands for is at least called a picture.
    fn image(&mut self, picture: &Picture, file: &PictureFile, class: Option<&str>) {
        let text = match &picture.alt {
            Alt::Text(text) => text.as_str(),
            Alt::Decorative => "",
            Alt::Missing => {
                self.features.undescribed = true;
                self.book.edition.words.get(Word::Picture)
            }
        };
        self.features.pictures = true;
        let class = match (class, file.is_vector) {
            (Some(_), true) => Some("inline drawing"),
            (Some(_), false) => Some("inline"),
            (None, true) => Some("drawing"),
            (None, false) => None,
        };
        let (width, height) = file.pixels;
        let tag = Tag::new("img").with("src", &file.href).with("alt", text);
        let tag = tag.with("width", &width.to_string()).with("height", &height.to_string());
        self.out.void(&tag.with_some("class", class));
    }

    /// Writes what stands in a box for a picture that could not be had.
    fn missing(&mut self, picture: &Picture) {
        let words = &self.book.edition.words;
        self.out.open(Tag::new("span").class("label"));
        self.out.text(words.get(Word::Picture));
        self.out.close();
        if let Some(text) = picture.alt.text() {
            self.out.text(" ");
            self.out.text(text);
        }
    }

    fn picture_file(&self, picture: &Picture) -> Option<PictureFile> {
        match &picture.source {
            PictureSource::Local(path) => self.book.pictures.get(path).cloned(),
            PictureSource::Remote(_) | PictureSource::Outside(_) => None,
        }
    }

    /// What the manuscript says of a picture beside the prose.
    fn asset(&self, picture: &Picture) -> Option<&'a Asset> {
        match &picture.source {
            PictureSource::Local(path) => self.book.edition.assets.get(path),
            PictureSource::Remote(_) | PictureSource::Outside(_) => None,
        }
    }
}

/// The credits of a figure's pictures, each once.
fn join_credits(assets: &[&Asset]) -> String {
    let mut credits: Vec<&str> = Vec::new();
    for asset in assets {
        let Some(credit) = asset.credit.as_deref().or(asset.copyright.as_deref()) else { continue };
        if !credits.contains(&credit) {
            credits.push(credit);
        }
    }
    credits.join("; ")
}
