//! A source text into its front matter and its prose.
//!
//! The Markdown parser never sees front matter: left to it, a later `---` could swallow text.

use std::ops::Range;

/// Where a text's front matter ends and its prose starts, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// The text starts with prose.
    Missing,
    /// `---` … `---` or `...`, each on a line of its own.
    Yaml {
        /// What stands between the two lines.
        yaml: Range<usize>,
        /// Where the prose starts.
        body: usize,
    },
    /// `---` and no line that closes it.
    Unclosed,
    /// `{` … `}`, each on a line of its own, as Hugo has JSON.
    Json {
        /// Where the prose starts.
        body: usize,
    },
    /// `+++`, as Hugo marks TOML.
    Toml {
        /// Where the prose starts.
        body: usize,
    },
}

/// Splits a text whose line ends are line feeds.
pub(super) fn split(text: &str) -> Split {
    let mut lines = lines(text);
    let Some((_, start, first)) = lines.next() else { return Split::Missing };
    match first {
        "---" => match lines.find(|(.., line)| matches!(*line, "---" | "...")) {
            Some((end, body, _)) => Split::Yaml { yaml: start..end, body },
            None => Split::Unclosed,
        },
        "+++" => {
            let body =
                lines.find(|(.., line)| *line == "+++").map_or(text.len(), |(_, body, _)| body);
            Split::Toml { body }
        }
        "{" => {
            let mut lines = lines.skip_while(|(.., line)| line.is_empty());
            match lines.next() {
                Some((.., line)) if line.trim_start().starts_with('"') => {
                    let end = lines.find(|(.., line)| *line == "}");
                    Split::Json { body: end.map_or(text.len(), |(_, body, _)| body) }
                }
                Some(_) | None => Split::Missing,
            }
        }
        _ => Split::Missing,
    }
}

/// The lines with where each starts and where the next one does, without white space at their
/// ends.
fn lines(text: &str) -> impl Iterator<Item = (usize, usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, *at, line.trim_end()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (&str, &str) {
        match split(text) {
            Split::Yaml { yaml, body } => (&text[yaml], &text[body..]),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn three_hyphens_or_three_dots_close_front_matter() {
        assert_eq!(parts("---\na: 1\n---\nText\n\n---\nMore"), ("a: 1\n", "Text\n\n---\nMore"));
        assert_eq!(parts("--- \na: 1\n...\nText"), ("a: 1\n", "Text"));
        assert_eq!(parts("---\n---"), ("", ""));
    }

    #[test]
    fn an_indented_or_longer_line_closes_nothing() {
        assert_eq!(parts("---\na: |\n  ---\n----\n---\n"), ("a: |\n  ---\n----\n", ""));
        assert_eq!(split("---\na: 1\n"), Split::Unclosed);
        assert_eq!(split("Text\n\n---\n"), Split::Missing);
        assert_eq!(split("+++\na = 1\n+++\nText"), Split::Toml { body: 14 });
        assert_eq!(split("{\n  \"a\": {\n  }\n}\nText"), Split::Json { body: 17 });
        assert_eq!(split("{\nText\n}\n"), Split::Missing);
    }
}
