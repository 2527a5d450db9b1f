//! Pages and files, by name only, into the skeleton that epub-builder makes.
//!
//! What is taken from the builder: the container document, the display options that Apple's
//! reader wants, and the manifest and spine of the package document. Its dates and metadata are
//! replaced, and its lists of contents are written anew.

use std::fmt::Display;
use std::io::{Cursor, Read as _};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};
use zip::ZipArchive;

use super::{Contents, identity};
use crate::xhtml;

/// The folder of everything but the container's own files.
pub(super) const FOLDER: &str = "OEBPS/";

/// The parts of the builder's book that are kept.
#[derive(Debug)]
pub(super) struct Skeleton {
    /// The files outside [`FOLDER`], with their paths, sorted; without the media type.
    pub(super) container: Vec<(String, Vec<u8>)>,
    /// The package document.
    pub(super) package: String,
}

/// Makes the skeleton of a book.
pub(super) fn build(contents: &Contents<'_>) -> Result<Skeleton, String> {
    let mut book = Vec::new();
    run_builder(contents, &mut book).map_err(|fault| fault.to_string())?;
    unpack(&book)
}

fn run_builder(contents: &Contents<'_>, book: &mut Vec<u8>) -> epub_builder::Result<()> {
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    builder.set_uuid(identity::uuid(&contents.edition.metadata));
    builder.stylesheet(std::io::empty())?;
    for page in &contents.pages {
        builder.add_content(EpubContent::new(page.href.as_str(), std::io::empty()))?;
    }
    for file in contents.resources.iter().filter(|file| file.href != xhtml::STYLESHEET) {
        if file.is_cover {
            builder.add_cover_image(&file.href, std::io::empty(), file.media_type)?;
        } else {
            builder.add_resource(&file.href, std::io::empty(), file.media_type)?;
        }
    }
    builder.generate(book)
}

fn unpack(book: &[u8]) -> Result<Skeleton, String> {
    let mut archive = ZipArchive::new(Cursor::new(book)).map_err(text)?;
    let mut skeleton = Skeleton { container: Vec::new(), package: String::new() };
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(text)?;
        let path = file.name().to_owned();
        if path == format!("{FOLDER}content.opf") {
            file.read_to_string(&mut skeleton.package).map_err(text)?;
        } else if path.starts_with("META-INF/") {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(text)?;
            skeleton.container.push((path, bytes));
        }
    }
    // The container document sorts behind Apple's options and is asked for first.
    skeleton.container.sort_by_key(|(path, _)| (!path.ends_with("/container.xml"), path.clone()));
    Ok(skeleton)
}

fn text(fault: impl Display) -> String {
    fault.to_string()
}
