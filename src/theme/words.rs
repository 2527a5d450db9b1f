//! The built-in words, and those of a theme over them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::{Language, Words};

/// The words by language; a region's table holds only what differs.
static BUILT_IN: LazyLock<BTreeMap<String, Words>> =
    LazyLock::new(|| serde_yaml::from_str(include_str!("words.yaml")).unwrap_or_default());

/// What every other language falls back on.
const FALLBACK: &str = "en";

/// The words of a language: English, then its own built-in ones, then the theme's; each time the
/// primary language's before the region's.
pub(super) fn words(theme: &BTreeMap<String, Words>, language: &Language) -> Words {
    let theirs: BTreeMap<Language, &Words> =
        theme.iter().filter_map(|(tag, words)| Some((Language::parse(tag)?, words))).collect();
    let theirs = |tag: &str| theirs.get(&Language::parse(tag)?).copied();
    let tags = prefixes(language.as_str());
    let is_known = tags.iter().any(|tag| BUILT_IN.contains_key(*tag) || theirs(tag).is_some());
    let tags = if is_known { tags } else { vec![FALLBACK] };

    let mut words = BUILT_IN.get(FALLBACK).cloned().unwrap_or_default();
    tags.iter().filter_map(|tag| BUILT_IN.get(*tag)).for_each(|table| words.extend(table));
    tags.iter().filter_map(|tag| theirs(tag)).for_each(|table| words.extend(table));
    words
}

/// A tag's prefixes, shortest first: `de`, `de-Latn`, `de-Latn-AT`.
fn prefixes(tag: &str) -> Vec<&str> {
    let ends = tag.match_indices('-').map(|(at, _)| at).chain([tag.len()]);
    ends.filter_map(|end| tag.get(..end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Word;
    use crate::theme::load::quoted;

    /// Every word that there is, from the names that serde knows.
    fn all() -> Vec<Word> {
        let fault = serde_yaml::from_str::<Word>("no-such-word").unwrap_err().to_string();
        let names: Vec<_> = quoted(&fault).skip(1).collect();
        assert!(names.len() > 40, "{fault}");
        names.iter().map(|name| serde_yaml::from_str(name).unwrap()).collect()
    }

    fn get(tag: &str, word: Word) -> String {
        words(&BTreeMap::new(), &Language::parse(tag).unwrap()).get(word).to_owned()
    }

    #[test]
    fn every_built_in_language_has_every_word() {
        for language in ["en", "de", "fr", "es"] {
            for word in all() {
                assert!(!BUILT_IN[language].get(word).is_empty(), "{language} lacks {word:?}");
            }
            assert_eq!(get(language, Word::Months).split(' ').count(), 12);
        }
    }

    #[test]
    fn a_region_falls_back_on_its_language_and_an_unknown_language_on_english() {
        assert_eq!(get("de-CH", Word::PressKit), "Pressemappe");
        assert!(get("de-AT", Word::Months).starts_with("Jänner"));
        assert_eq!(get("es-MX", Word::PressKit), "Kit de prensa");
        assert_eq!(get("es-MX", Word::By), "Por");
        assert_eq!(get("pt-BR", Word::PressKit), "Press kit");
    }

    #[test]
    fn a_theme_replaces_words_and_adds_languages() {
        let yaml = "{en: {press-kit: Media kit}, PT: {press-kit: Dossiê de imprensa}}";
        let theme: BTreeMap<String, Words> = serde_yaml::from_str(yaml).unwrap();
        let get =
            |tag: &str, word| words(&theme, &Language::parse(tag).unwrap()).get(word).to_owned();
        assert_eq!(get("en-GB", Word::PressKit), "Media kit");
        assert_eq!(get("de", Word::PressKit), "Pressemappe");
        assert_eq!(get("pt-BR", Word::PressKit), "Dossiê de imprensa");
        assert_eq!(get("pt-BR", Word::Timeline), "Timeline");
    }
}
