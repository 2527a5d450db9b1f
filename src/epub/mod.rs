//! An edition into an EPUB.
//!
//! 1. `chapters` writes the pages: cover, title page, one a section, imprint.
//! 2. `pictures` and `fonts` name the files beside them.
//! 3. `skeleton` lets epub-builder make the container, the manifest and the spine, from empty
//!    bodies: it can neither escape nor say what a press office's book has to say.
//! 4. `package` keeps the builder's manifest and spine and writes everything else of the
//!    package document; `navigation` writes both lists of contents.
//! 5. `archive` packs the real bytes, the same ones on every machine.

mod archive;
mod chapters;
mod fonts;
mod identity;
mod navigation;
mod package;
mod pictures;
mod skeleton;

use std::borrow::Cow;

use archive::Entry;
use chapters::Page;

use crate::assets::Assets;
use crate::diagnostics::{Diagnostic, Failed, Place, Sink, codes};
use crate::edition::Edition;
use crate::theme::Theme;
use crate::xhtml::{self, Book, Features, Ids, Places};

/// The book's cover picture: a PNG or JPEG file.
#[derive(Clone, Debug)]
pub struct Cover {
    /// The file.
    pub bytes: Vec<u8>,
    /// `image/png` or `image/jpeg`
    pub media_type: &'static str,
    /// Width and height in pixels.
    pub pixels: (u32, u32),
    /// What stands for it where it can't be seen.
    pub alt: String,
}

/// A file beside the pages.
#[derive(Debug)]
struct Resource<'a> {
    /// Its address, relative to the pages.
    href: String,
    media_type: &'static str,
    bytes: Cow<'a, [u8]>,
    /// Whether it is the cover's picture.
    is_cover: bool,
}

/// Everything that the book is bound from.
#[derive(Debug)]
struct Contents<'a> {
    edition: &'a Edition,
    /// The pages, in reading order.
    pages: Vec<Page>,
    /// The files beside them, in order of their addresses.
    resources: Vec<Resource<'a>>,
}

impl Contents<'_> {
    /// What the pages hold, taken together.
    fn features(&self) -> Features {
        self.pages.iter().fold(Features::default(), |all, page| all.or(page.features))
    }
}

/// Writes an EPUB 3.3 file.
///
/// The same input gives the same bytes: identifiers come from the publisher and the slug, all
/// dates from the metadata.
///
/// # Errors
///
/// Fails where the book grows beyond what a ZIP file without extensions can hold: 4 GiB, or
/// 65,535 files.
pub fn export(
    edition: &Edition,
    theme: &Theme,
    assets: &Assets,
    cover: Option<&Cover>,
    sink: &Sink,
) -> Result<Vec<u8>, Failed> {
    let contents = gather(edition, theme, assets, cover, sink);
    let fail = |fault: String| {
        let message = format!("the EPUB could not be made: {fault}");
        sink.fail(Diagnostic::new(codes::EXPORT_FAILED, Place::Nowhere, message))
    };
    let skeleton = skeleton::build(&contents).map_err(fail)?;
    let entries = bind(contents, skeleton).map_err(fail)?;
    archive::pack(&entries, edition.metadata.modified).map_err(fail)
}

fn gather<'a>(
    edition: &'a Edition,
    theme: &'a Theme,
    assets: &'a Assets,
    cover: Option<&'a Cover>,
    sink: &Sink,
) -> Contents<'a> {
    let mut files = chapters::reserved_names();
    let places = Places::assign(edition, &mut files);
    let mut names = Ids::default();
    let cover = cover.map(|cover| pictures::cover_resource(cover, &mut names));
    let pictures = pictures::collect(edition, assets, &mut names);
    let book = Book { edition, places, pictures: pictures.files, sink };
    let fonts = fonts::collect(edition, theme, &assets.fonts);
    let pages = chapters::write_pages(&book, cover.as_ref(), &fonts);
    let css = xhtml::stylesheet(theme, &fonts.faces, edition.metadata.direction);
    let mut resources = vec![Resource {
        href: xhtml::STYLESHEET.to_owned(),
        media_type: "text/css",
        bytes: Cow::Owned(css.into_bytes()),
        is_cover: false,
    }];
    resources.extend(cover.map(|cover| cover.resource));
    resources.extend(pictures.resources);
    resources.extend(fonts.resources);
    resources.sort_by(|a, b| a.href.cmp(&b.href));
    Contents { edition, pages, resources }
}

/// Puts the real bytes into the skeleton, in the order in which a reader asks for them.
fn bind<'a>(
    contents: Contents<'a>,
    skeleton: skeleton::Skeleton,
) -> Result<Vec<Entry<'a>>, String> {
    let package = package::rewrite(&skeleton.package, &contents)?;
    let contents_page = navigation::write_nav(&contents);
    let ncx = navigation::write_ncx(&contents);
    let mut entries: Vec<Entry<'a>> = skeleton
        .container
        .into_iter()
        .map(|(path, bytes)| Entry { path, bytes: Cow::Owned(bytes) })
        .collect();
    let mut add = |href: &str, bytes: Cow<'a, [u8]>| {
        entries.push(Entry { path: format!("{}{href}", skeleton::FOLDER), bytes });
    };
    add("content.opf", Cow::Owned(package.into_bytes()));
    add(navigation::NAV, Cow::Owned(contents_page.into_bytes()));
    add(navigation::NCX, Cow::Owned(ncx.into_bytes()));
    for page in contents.pages {
        add(&page.href, Cow::Owned(page.document.into_bytes()));
    }
    let (sheets, others): (Vec<_>, Vec<_>) =
        contents.resources.into_iter().partition(|file| file.media_type == "text/css");
    for file in sheets.into_iter().chain(others) {
        add(&file.href, file.bytes);
    }
    Ok(entries)
}

#[cfg(test)]
mod tests;
