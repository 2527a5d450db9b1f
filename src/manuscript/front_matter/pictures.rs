//! The pictures that front matter names, and the data on them.

use std::collections::BTreeMap;

use super::fields::{Field, brief};
use super::keys::{AssetKeys, PictureKeys};
use super::kit::KitReader;
use super::scalars::items;
use crate::diagnostics::{Diagnostic, codes};
use crate::model::{Alt, Asset, Picture, PictureSource};
use crate::sandbox::RootPath;

impl KitReader<'_> {
    /// Data on pictures, by the picture's path.
    pub(super) fn assets(self, field: Option<Field<'_>>) -> BTreeMap<RootPath, Asset> {
        let mut assets: BTreeMap<RootPath, Asset> = BTreeMap::new();
        for item in items(field) {
            let Some((path, asset)) = self.asset(item) else { continue };
            if let Some(first) = assets.get(&path) {
                let message = format!("`{}` is described twice", path.as_str());
                self.read.sink.report(
                    Diagnostic::new(codes::INVALID_VALUE, item.node.span, message)
                        .with_label(first.span, "first described here")
                        .with_help("keep one of the two"),
                );
                continue;
            }
            assets.insert(path, asset);
        }
        assets
    }

    fn asset(self, item: Field<'_>) -> Option<(RootPath, Asset)> {
        let keys: AssetKeys<'_> = self.read.object(item)?;
        let Some(source) = self.source(keys.src) else {
            if keys.src.is_none() {
                self.read.report_missing(item, "an asset", "src");
            }
            return None;
        };
        let asset = Asset {
            alt: self.read.text_or_empty(keys.alt),
            caption: self.inlines(keys.caption),
            credit: self.phrase(keys.credit),
            copyright: self.phrase(keys.copyright),
            license: self.read.line(keys.license),
            people: self.read.lines(keys.people),
            location: self.phrase(keys.location),
            date: self.read.date(keys.date),
            span: item.node.span,
        };
        match source {
            PictureSource::Local(path) => Some((path, asset)),
            PictureSource::Remote(_) => {
                let help = "keep the picture beside the manuscript and name its file";
                item.report_value("an asset is a file, not an address", help, self.read.sink);
                None
            }
            PictureSource::Outside(_) => None,
        }
    }

    /// A picture, from its path or an object. Its alternative text is its own, else the one
    /// given beside it, else the one in `assets`.
    pub(super) fn picture(
        self,
        field: Option<Field<'_>>,
        beside: Option<Field<'_>>,
        assets: &BTreeMap<RootPath, Asset>,
    ) -> Option<Picture> {
        let field = field?;
        let keys: PictureKeys<'_> = self.read.object(field)?;
        let Some(source) = self.source(keys.src) else {
            if keys.src.is_none() {
                self.read.report_missing(field, "a picture", "src");
            }
            return None;
        };
        let asset = match &source {
            PictureSource::Local(path) => assets.get(path),
            PictureSource::Remote(_) | PictureSource::Outside(_) => None,
        };
        let alt = (self.read.text_or_empty(keys.alt))
            .or_else(|| self.read.text_or_empty(beside))
            .or_else(|| asset?.alt.clone());
        let alt = self.alt(alt, field);
        Some(Picture { source, alt, span: keys.src.map_or(field.node.span, |src| src.node.span) })
    }

    fn alt(self, text: Option<String>, field: Field<'_>) -> Alt {
        match text {
            Some(text) if text.is_empty() => Alt::Decorative,
            Some(text) => Alt::Text(text),
            None => {
                let message = format!("the picture of `{}` has no alternative text", field.key);
                self.read.sink.report(
                    Diagnostic::new(codes::MISSING_ALT, field.node.span, message).with_help(
                        "say what it shows, or that it shows nothing to be told: `alt: \"\"`",
                    ),
                );
                Alt::Missing
            }
        }
    }

    /// Where a picture comes from; a path that leaves the root is reported.
    fn source(self, field: Option<Field<'_>>) -> Option<PictureSource> {
        let written = self.read.text(field)?;
        let scheme = written.split(':').next().unwrap_or_default().to_ascii_lowercase();
        if written.starts_with("//") || matches!(scheme.as_str(), "http" | "https" | "data") {
            return Some(PictureSource::Remote(written));
        }
        if let Ok(path) = self.context.root.resolve(&self.context.folder, &written) {
            return Some(PictureSource::Local(path));
        }
        let message = format!("`{}` leads out of the manuscript's folder", brief(&written));
        let at = field.map(|field| field.node.span).unwrap_or_default();
        self.read.sink.report(
            Diagnostic::new(codes::PATH_OUTSIDE_ROOT, at, message)
                .with_help("copy the file into the folder, and name it from there"),
        );
        Some(PictureSource::Outside(written))
    }
}
