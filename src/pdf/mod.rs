//! Pages into a PDF 1.7 file (ISO 32000-1), tagged as PDF/UA and level A of PDF/A ask.
//!
//! 1. `usage` finds the glyphs and pictures that the pages show; `font` and `image` embed
//!    them, each once, drawings by `svg`.
//! 2. `content` writes the pages, with `text` for their glyph runs.
//! 3. `container` makes printpdf's document; `structure`, `annotation`, `outline` and
//!    `metadata` add to it what stands beside the pages.
//! 4. `finish` writes the file.
//!
//! Fonts, pictures and pages are made in parallel and join the document in order, so the bytes
//! are the same whatever the number of threads.

mod annotation;
mod container;
mod content;
mod drawable;
mod filter;
mod finish;
mod font;
mod fragment;
mod gradient;
mod image;
mod metadata;
mod outline;
mod structure;
mod svg;
mod syntax;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod usage;

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use rayon::prelude::*;

use self::content::{PageContent, Palette};
use self::font::EmbeddedFont;
use self::fragment::deflated_stream;
use self::image::EmbeddedImage;
use self::structure::{FigureIndex, TaggedPage};
use self::usage::Usage;
use crate::assets::{Assets, FontId, ImageId};
use crate::diagnostics::{Diagnostic, Failed, Place, Sink, codes};
use crate::page::{Direction, PagedDocument};

/// Writes a PDF 1.7 file (ISO 32000-1).
///
/// # Errors
///
/// A font or picture that can't be embedded is reported, and there is no file.
pub fn export(document: &PagedDocument, assets: &Assets, sink: &Sink) -> Result<Vec<u8>, Failed> {
    let usage = usage::collect(&document.pages);
    let (mut file, pages) = container::create(&document.pages);
    let fonts = embed_fonts(&mut file, &usage, assets, sink)?;
    let images = embed_images(&mut file, &usage, assets, sink)?;
    let resources = file.add_object(dictionary! {
        "Font" => fonts.resources,
        "XObject" => images.resources,
    });
    let figures = FigureIndex::new(&document.structure);
    let palette = Palette {
        assets,
        fonts: &fonts.embedded,
        images: &images.embedded,
        structure: &document.structure,
        figures: &figures,
    };
    let painted = paint_pages(document, &palette);
    let tagged = add_pages(&mut file, document, &pages, resources, painted, sink);
    let structure = structure::build(&mut file, &document.structure, &figures, &tagged);
    let (root, information) = complete_catalog(&mut file, document, &pages, structure);
    Ok(finish::write(file, root, information))
}

/// Embedded assets with their names in the resource dictionary.
struct Embedded<K, V> {
    embedded: BTreeMap<K, V>,
    resources: Dictionary,
}

fn embed_fonts(
    file: &mut Document,
    usage: &Usage,
    assets: &Assets,
    sink: &Sink,
) -> Result<Embedded<FontId, EmbeddedFont>, Failed> {
    let used: Vec<_> = usage.fonts.iter().enumerate().collect();
    let made: Vec<_> = used
        .into_par_iter()
        .map(|(index, (id, glyphs))| {
            (*id, font::embed(assets.fonts.font(*id), glyphs, format!("T{index}")))
        })
        .collect();
    let mut fonts = Embedded { embedded: BTreeMap::new(), resources: Dictionary::new() };
    for (id, made) in made {
        let (font, fragment, root) = made.map_err(|error| {
            let name = &assets.fonts.font(id).postscript_name;
            let message = format!("the font {name} can't be cut down to what is used: {error}");
            sink.fail(Diagnostic::new(codes::EXPORT_FAILED, Place::Nowhere, message))
        })?;
        fonts.resources.set(font.resource.as_str(), fragment.join(file, root));
        fonts.embedded.insert(id, font);
    }
    Ok(fonts)
}

fn embed_images(
    file: &mut Document,
    usage: &Usage,
    assets: &Assets,
    sink: &Sink,
) -> Result<Embedded<ImageId, EmbeddedImage>, Failed> {
    let used: Vec<_> = usage.images.iter().enumerate().collect();
    let made: Vec<_> = used
        .into_par_iter()
        .map(|(index, id)| (*id, image::embed(assets.images.image(*id), format!("I{index}"))))
        .collect();
    let mut images = Embedded { embedded: BTreeMap::new(), resources: Dictionary::new() };
    for (id, made) in made {
        let (image, fragment, root) = made.ok_or_else(|| {
            let path = assets.images.image(id).path.as_str();
            let message = format!("the picture `{path}` can't be decoded");
            sink.fail(Diagnostic::new(codes::EXPORT_FAILED, Place::Nowhere, message))
        })?;
        images.resources.set(image.resource.as_str(), fragment.join(file, root));
        images.embedded.insert(id, image);
    }
    Ok(images)
}

/// Paints and deflates the pages; what they look like before is never held for all at once.
fn paint_pages<'a>(
    document: &'a PagedDocument,
    palette: &Palette<'_>,
) -> Vec<(Stream, PageContent<'a>)> {
    let pages = document.pages.par_iter().map(|page| {
        let mut painted = content::paint(page, palette);
        let bytes = std::mem::take(&mut painted.bytes);
        (deflated_stream(Dictionary::new(), &bytes), painted)
    });
    pages.collect()
}

fn add_pages(
    file: &mut Document,
    document: &PagedDocument,
    pages: &[ObjectId],
    resources: ObjectId,
    painted: Vec<(Stream, PageContent<'_>)>,
    sink: &Sink,
) -> Vec<TaggedPage> {
    let mut struct_parent = pages.len();
    let mut tagged = Vec::with_capacity(pages.len());
    for (index, (page, (stream, painted))) in pages.iter().zip(painted).enumerate() {
        let mut annotations = Vec::with_capacity(painted.links.len());
        for link in &painted.links {
            let annotation =
                annotation::add(file, link, &document.destinations, struct_parent, sink);
            annotations.push((annotation, link.link.node));
            struct_parent += 1;
        }
        let mut entries = dictionary! {
            "Contents" => file.add_object(stream),
            "Resources" => resources,
            "StructParents" => syntax::count(index),
            "Tabs" => "S",
        };
        if !annotations.is_empty() {
            let all = annotations.iter().map(|(annotation, _)| Object::Reference(*annotation));
            entries.set("Annots", all.collect::<Vec<_>>());
        }
        container::fill_page(file, *page, entries);
        tagged.push(TaggedPage { page: *page, sequences: painted.sequences, annotations });
    }
    tagged
}

/// The catalogue (7.7.2) and the information dictionary.
fn complete_catalog(
    file: &mut Document,
    document: &PagedDocument,
    pages: &[ObjectId],
    structure: ObjectId,
) -> (ObjectId, ObjectId) {
    let metadata = &document.metadata;
    let mut viewer = dictionary! { "DisplayDocTitle" => true };
    if metadata.direction == Direction::RightToLeft {
        viewer.set("Direction", "R2L");
    }
    let tree = file.catalog().and_then(|catalog| catalog.get(b"Pages")).cloned();
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => tree.unwrap_or(Object::Null),
        "Lang" => syntax::text_string(metadata.language.as_str()),
        "MarkInfo" => dictionary! { "Marked" => true },
        "StructTreeRoot" => structure,
        "ViewerPreferences" => viewer,
        "PageLabels" => outline::page_labels(&document.pages),
        "Metadata" => file.add_object(metadata::xmp(document)),
    };
    if let Some(outline) = outline::add_outline(file, document, pages) {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    if let Some(destinations) = outline::add_destinations(file, document, pages) {
        catalog.set("Names", dictionary! { "Dests" => destinations });
    }
    let information = file.add_object(metadata::information(document));
    (file.add_object(catalog), information)
}
