//! A request into artifacts: the whole flow.
//!
//! 1. [`plan`] reads a manuscript, its theme and its settings: all that file names depend on.
//! 2. [`make`] selects the editions, lays out the press kit, and exports both artifacts.
//!
//! No artifact comes out of a manuscript with errors, but the flow goes on after them as far as
//! it can, so that one run reports all there is to report.

mod cover;
mod theme;

use std::path::PathBuf;

use crate::assets::{Assets, FontBook, ImageStore};
use crate::config::{self, BuildConfig, Format, Overrides};
use crate::diagnostics::{Failed, Sink};
use crate::edition::{self, Edition, EditionKind, EditionSpec};
use crate::manuscript::{self, Manuscript};
use crate::model::Document;
use crate::output::Artifact;
use crate::theme::Theme;
use crate::{epub, layout, pdf};

/// What is to be built.
#[derive(Clone, Debug)]
pub struct BuildRequest {
    /// The manuscript: a file, or a folder that holds `manuscript.md`.
    pub path: PathBuf,
    /// What is asked for over what the manuscript says.
    pub overrides: Overrides,
    /// Folders of fonts, searched after the bundled ones and the manuscript's own.
    pub font_paths: Vec<PathBuf>,
}

/// A manuscript that has been read, with everything that decides how it is built.
#[derive(Clone, Debug)]
pub struct Plan {
    manuscript: Manuscript,
    document: Document,
    theme: Theme,
    config: BuildConfig,
    font_paths: Vec<PathBuf>,
}

/// Builds one manuscript.
pub fn build(request: &BuildRequest, sink: &Sink) -> Result<Vec<Artifact>, Failed> {
    make(&plan(request, sink)?, sink)
}

/// Reads a manuscript and settles how it is to be built.
pub fn plan(request: &BuildRequest, sink: &Sink) -> Result<Plan, Failed> {
    let manuscript = manuscript::load(&request.path, sink)?;
    let document = manuscript::parse(&manuscript, sink);
    let choice = config::choose_theme(&request.overrides, &document.metadata);
    let theme = theme::load(choice, &manuscript.root, sink)?;
    let config = config::resolve(&request.overrides, &document.metadata);
    let font_paths = request.font_paths.clone();
    Ok(Plan { manuscript, document, theme, config, font_paths })
}

/// Makes the artifacts of a plan.
pub fn make(plan: &Plan, sink: &Sink) -> Result<Vec<Artifact>, Failed> {
    let wanted = |format| plan.config.formats.contains(&format);
    let kit = wanted(Format::Pdf).then(|| plan.edition(EditionKind::PressKit, sink));
    let book = wanted(Format::Epub).then(|| plan.edition(EditionKind::Profile, sink));
    let assets = plan.load_assets(kit.iter().chain(&book), sink);
    let (theme, paper) = (&plan.theme, plan.config.paper);

    let pages = kit.map(|kit| layout::lay_out(&kit, theme, paper, &assets, sink));
    let cover = book.as_ref().map(|book| cover::choose(book, theme, &assets, sink)).transpose()?;
    stop_at_errors(sink)?;

    let (pdf, epub) = rayon::join(
        || pages.map(|pages| pdf::export(&pages, &assets, sink)),
        || book.map(|book| epub::export(&book, theme, &assets, cover.as_ref(), sink)),
    );
    stop_at_errors(sink)?;
    let built = [(Format::Pdf, pdf.transpose()?), (Format::Epub, epub.transpose()?)];
    Ok(built
        .into_iter()
        .filter_map(|(format, bytes)| {
            Some(Artifact { file_name: plan.file_name(format), format, bytes: bytes? })
        })
        .collect())
}

fn stop_at_errors(sink: &Sink) -> Result<(), Failed> {
    if sink.has_errors() { Err(Failed) } else { Ok(()) }
}

impl Plan {
    /// The parsed manuscript.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The sections of one artifact.
    #[must_use]
    pub fn edition(&self, kind: EditionKind, sink: &Sink) -> Edition {
        let words = self.theme.words(&self.document.metadata.language);
        edition::select(&self.document, &EditionSpec { kind, words }, sink)
    }

    /// The names of the files that [`make`] will make.
    pub fn file_names(&self) -> impl Iterator<Item = String> + '_ {
        self.config.formats.iter().map(|format| self.file_name(*format))
    }

    fn file_name(&self, format: Format) -> String {
        let slug = &self.document.metadata.slug;
        match format {
            Format::Pdf => format!("{slug}-press-kit.pdf"),
            Format::Epub => format!("{slug}.epub"),
        }
    }

    fn load_assets<'a>(&self, editions: impl Iterator<Item = &'a Edition>, sink: &Sink) -> Assets {
        let fonts = self.load_fonts(sink);
        let pictures: Vec<_> = editions.flat_map(edition::shown_pictures).collect();
        let images = ImageStore::load(&self.manuscript.root, pictures, &fonts, sink);
        Assets { fonts, images }
    }

    fn load_fonts(&self, sink: &Sink) -> FontBook {
        let mut fonts = FontBook::bundled();
        let root = self.manuscript.root.folder();
        fonts.add_folder_within(&root.join("fonts"), root, sink);
        self.font_paths.iter().for_each(|folder| fonts.add_folder(folder, sink));
        fonts
    }
}
