//! What is built and how: flags over front matter over defaults, resolved once a manuscript.

use crate::model::{EditionEntry, Language, Metadata, Paper};
use crate::theme::Theme;

/// An artifact's format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The press kit, on pages.
    Pdf,
    /// The profile, as a book.
    Epub,
}

/// What the user asks for on the command line; `None` where nothing is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// The name of a built-in theme, or the path of a theme file.
    pub theme: Option<String>,
    /// The paper.
    pub paper: Option<Paper>,
    /// The formats; never empty.
    pub formats: Option<Vec<Format>>,
}

/// How one manuscript is built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildConfig {
    /// The paper of the press kit.
    pub paper: Paper,
    /// The formats, sorted, each once.
    pub formats: Vec<Format>,
    /// Whether the book lists the pages of the press kit.
    pub page_list: bool,
}

/// Which theme is asked for, and by whom: a manuscript is not trusted as far as its user is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeChoice<'a> {
    /// A built-in theme.
    BuiltIn(&'a str),
    /// A file that the user names: any path.
    UserFile(&'a str),
    /// A file that the manuscript names: a path inside its root.
    ManuscriptFile(&'a str),
}

/// The theme to load: the flag's, else the front matter's, else the default.
#[must_use]
pub fn choose_theme<'a>(overrides: &'a Overrides, metadata: &'a Metadata) -> ThemeChoice<'a> {
    let is_built_in = |name: &str| Theme::names().any(|known| known == name);
    match (overrides.theme.as_deref(), metadata.theme.as_deref()) {
        (Some(name), _) | (None, Some(name)) if is_built_in(name) => ThemeChoice::BuiltIn(name),
        (Some(path), _) => ThemeChoice::UserFile(path),
        (None, Some(path)) => ThemeChoice::ManuscriptFile(path),
        (None, None) => ThemeChoice::BuiltIn(Theme::DEFAULT),
    }
}

/// Resolves what is built: the flags' word, else the front matter's, else the default.
#[must_use]
pub fn resolve(overrides: &Overrides, metadata: &Metadata) -> BuildConfig {
    let asked = || {
        metadata.editions.iter().map(|edition| match edition {
            EditionEntry::PressKit => Format::Pdf,
            EditionEntry::Profile => Format::Epub,
        })
    };
    let mut formats = overrides.formats.clone().unwrap_or_else(|| asked().collect());
    if formats.is_empty() {
        formats = vec![Format::Pdf, Format::Epub];
    }
    formats.sort_unstable();
    formats.dedup();
    let paper = overrides.paper.or(metadata.paper);
    BuildConfig {
        paper: paper.unwrap_or_else(|| usual_paper(&metadata.language)),
        formats,
        page_list: metadata.page_list,
    }
}

/// The paper that offices use where a language is spoken: US Letter in the territories that CLDR
/// lists for it (supplemental data, `paperSize`), A4 in all others and where no territory is given.
fn usual_paper(language: &Language) -> Paper {
    const LETTER: [&str; 14] =
        ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"];
    // After a single letter come extensions, whose subtags are no territories.
    let mut subtags = language.as_str().split('-').skip(1).take_while(|subtag| subtag.len() > 1);
    if subtags.any(|subtag| LETTER.contains(&subtag)) { Paper::Letter } else { Paper::A4 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(language: &str) -> Paper {
        let language = Language::parse(language).unwrap();
        resolve(&Overrides::default(), &Metadata { language, ..Metadata::default() }).paper
    }

    #[test]
    fn the_paper_is_the_one_of_the_language_s_territory() {
        assert_eq!(["en-US", "fr-CA", "es-MX"].map(paper), [Paper::Letter; 3]);
        assert_eq!(["en", "en-GB", "es-ES", "de-Latn-AT", "en-x-us"].map(paper), [Paper::A4; 5]);
    }

    #[test]
    fn flags_win_over_front_matter_and_front_matter_over_defaults() {
        let mut metadata = Metadata { paper: Some(Paper::Letter), ..Metadata::default() };
        let mut overrides = Overrides::default();
        assert_eq!(resolve(&overrides, &metadata).formats, [Format::Pdf, Format::Epub]);
        assert_eq!(choose_theme(&overrides, &metadata), ThemeChoice::BuiltIn("feature"));

        metadata.editions = vec![EditionEntry::Profile];
        metadata.theme = Some("../house.yaml".to_owned());
        assert_eq!(resolve(&overrides, &metadata).formats, [Format::Epub]);
        assert_eq!(resolve(&overrides, &metadata).paper, Paper::Letter);
        let choice = choose_theme(&overrides, &metadata);
        assert_eq!(choice, ThemeChoice::ManuscriptFile("../house.yaml"));

        overrides.formats = Some(vec![Format::Epub, Format::Pdf, Format::Epub]);
        overrides.paper = Some(Paper::A4);
        overrides.theme = Some("/themes/house.yaml".to_owned());
        assert_eq!(resolve(&overrides, &metadata).formats, [Format::Pdf, Format::Epub]);
        assert_eq!(resolve(&overrides, &metadata).paper, Paper::A4);
        let choice = choose_theme(&overrides, &metadata);
        assert_eq!(choice, ThemeChoice::UserFile("/themes/house.yaml"));
    }
}
