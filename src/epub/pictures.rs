//! The pictures that an edition shows, into files beside the pages.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Cover, Resource};
use crate::assets::{Assets, Image, ImageContent};
use crate::edition::Edition;
use crate::model::visit::Visited;
use crate::model::{Picture, PictureSource};
use crate::sandbox::RootPath;
use crate::xhtml::{Ids, PictureFile, visit_section};

/// The pictures with their files.
#[derive(Debug, Default)]
pub(super) struct Pictures<'a> {
    /// What the pages are told, by the picture's path.
    pub(super) files: BTreeMap<RootPath, PictureFile>,
    /// The files.
    pub(super) resources: Vec<Resource<'a>>,
}

/// The cover with its file.
#[derive(Debug)]
pub(super) struct CoverFile<'a> {
    /// The picture.
    pub(super) cover: &'a Cover,
    /// The file.
    pub(super) resource: Resource<'a>,
}

/// Names the cover's file.
pub(super) fn cover_resource<'a>(cover: &'a Cover, names: &mut Ids) -> CoverFile<'a> {
    let resource = Resource {
        href: format!("images/{}{}", names.allocate("cover"), extension(cover.media_type)),
        media_type: cover.media_type,
        bytes: Cow::Borrowed(&cover.bytes),
        is_cover: true,
    };
    CoverFile { cover, resource }
}

/// Finds every picture that the sections show, once, and names its file.
pub(super) fn collect<'a>(edition: &Edition, assets: &'a Assets, names: &mut Ids) -> Pictures<'a> {
    let mut pictures = Pictures::default();
    for section in &edition.sections {
        visit_section(section, &mut |visited| {
            let Visited::Picture(Picture { source: PictureSource::Local(path), .. }) = visited
            else {
                return;
            };
            if let Some(id) =
                assets.images.find(path).filter(|_| !pictures.files.contains_key(path))
            {
                add(&mut pictures, path, assets.images.image(id), names);
            }
        });
    }
    pictures
}

fn add<'a>(pictures: &mut Pictures<'a>, path: &RootPath, image: &'a Image, names: &mut Ids) {
    let Some((media_type, bytes)) = file_of(image) else { return };
    let name = names.allocate(&file_stem(path));
    let href = format!("images/{name}{}", extension(media_type));
    let is_vector = matches!(image.content, ImageContent::Vector(_));
    let file = PictureFile { href: href.clone(), pixels: image.pixels, is_vector };
    pictures.files.insert(path.clone(), file);
    pictures.resources.push(Resource { href, media_type, bytes, is_cover: false });
}

/// The file that e-readers take: the picture's own; a PNG where many refuse the format; for a
/// drawing one without scripts, foreign fonts and references. None for pixels that can't be read,
/// which loading has reported.
fn file_of(image: &Image) -> Option<(&'static str, Cow<'_, [u8]>)> {
    if let Some(drawing) = image.to_svg() {
        return Some(("image/svg+xml", Cow::Owned(drawing.into_bytes())));
    }
    if image.media_type == "image/webp" {
        let png = image.decode()?.to_png()?;
        return Some(("image/png", Cow::Owned(png)));
    }
    Some((image.media_type, Cow::Borrowed(&image.bytes)))
}

/// A picture's name as every system and store takes it: lower-case ASCII, without its ending.
fn file_stem(path: &RootPath) -> String {
    let name = path.file_name();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let keep = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let stem: String = stem.chars().take(48).map(keep).collect();
    let stem = stem.trim_matches('-');
    if stem.starts_with(|c: char| c.is_ascii_alphabetic()) {
        stem.to_owned()
    } else {
        format!("picture-{stem}").trim_end_matches('-').to_owned()
    }
}

fn extension(media_type: &str) -> &'static str {
    match media_type {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/gif" => ".gif",
        "image/svg+xml" => ".svg",
        _ => "",
    }
}
