//! The stable codes of all diagnostics, one block a room.

use super::Severity;

/// Whether the build could go on without what the code complains of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fallback {
    /// There is a sane stand-in: `--allow` may turn the error into a warning.
    Exists,
    /// There is none: the error can't be allowed.
    None,
}

/// A stable code: what users name in `--deny` and `--allow`, and look up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Code {
    /// `PK` and four digits, never reused.
    pub id: &'static str,
    /// A name in kebab-case, accepted wherever the id is.
    pub name: &'static str,
    /// The severity unless a policy changes it.
    pub severity: Severity,
    /// Whether an error has a stand-in.
    pub fallback: Fallback,
}

/// Declares codes as constants and lists them in [`ALL`].
macro_rules! codes {
    ($($constant:ident = $id:literal $name:literal $severity:ident $fallback:ident, $doc:literal;)*) => {
        $(
            #[doc = $doc]
            pub const $constant: Code = Code {
                id: $id,
                name: $name,
                severity: Severity::$severity,
                fallback: Fallback::$fallback,
            };
        )*
        /// Every code, in order of its id.
        pub const ALL: &[Code] = &[$($constant),*];
    };
}

codes! {
    // The system and the command line.
    READ_FAILED = "PK0001" "read-failed" Error None, "A file could not be read.";
    WRITE_FAILED = "PK0002" "write-failed" Error None, "An output could not be written.";
    OUTPUT_COLLISION = "PK0003" "output-collision" Error None, "Two manuscripts would write one file.";
    // manuscript: loading.
    MANUSCRIPT_NOT_FOUND = "PK0101" "manuscript-not-found" Error None, "There is no manuscript at the path.";
    MANUSCRIPT_EMPTY = "PK0102" "manuscript-empty" Error None, "The manuscript holds no text.";
    INVALID_UTF8 = "PK0103" "invalid-utf8" Error None, "A source is not UTF-8.";
    CONTROL_CHARACTER = "PK0104" "control-character" Warning Exists, "A control character was removed.";
    SOURCE_TOO_LARGE = "PK0105" "source-too-large" Error None, "A source is larger than any manuscript.";
    PART_NOT_FOUND = "PK0106" "part-not-found" Error None, "An entry of `parts` names no file.";
    PATH_OUTSIDE_ROOT = "PK0107" "path-outside-root" Error Exists, "A path leaves the manuscript's folder.";
    MANUSCRIPT_OUTSIDE_ROOT = "PK0108" "manuscript-outside-root" Error None, "The manuscript is a link out of its folder.";
    // manuscript: front matter.
    FRONT_MATTER_MISSING = "PK0201" "front-matter-missing" Warning Exists, "There is no front matter.";
    FRONT_MATTER_TOML = "PK0202" "front-matter-toml" Error None, "The front matter is TOML.";
    FRONT_MATTER_UNCLOSED = "PK0203" "front-matter-unclosed" Error None, "The closing `---` is missing.";
    YAML_SYNTAX = "PK0204" "yaml-syntax" Error None, "The front matter is not YAML.";
    YAML_TAB = "PK0205" "yaml-tab" Error None, "A tab indents YAML.";
    YAML_TOO_LARGE = "PK0206" "yaml-too-large" Error None, "YAML aliases expand, or nest, beyond all bounds.";
    DUPLICATE_KEY = "PK0207" "duplicate-key" Error None, "A key stands twice.";
    UNKNOWN_KEY = "PK0208" "unknown-key" Warning Exists, "A key is not known.";
    WRONG_TYPE = "PK0209" "wrong-type" Error None, "A key holds a value of the wrong type.";
    INVALID_VALUE = "PK0210" "invalid-value" Error None, "A key holds a value that it can't hold.";
    INVALID_DATE = "PK0211" "invalid-date" Error Exists, "A date is not a date.";
    INVALID_LANGUAGE = "PK0212" "invalid-language" Error None, "A language is not a BCP 47 tag.";
    TITLE_MISSING = "PK0213" "title-missing" Warning Exists, "There is no title; the first heading stands in.";
    DATE_MISSING = "PK0214" "date-missing" Warning Exists, "There is no date; 1980-01-01 stands in.";
    MISSING_KEY = "PK0215" "missing-key" Error None, "An entry lacks a key that it needs.";
    INVALID_EPOCH = "PK0216" "invalid-epoch" Warning Exists, "`SOURCE_DATE_EPOCH` is no time that outputs can hold.";
    SLUG_NORMALISED = "PK0217" "slug-normalised" Warning Exists, "A slug can't name a file; one like it stands in.";
    FRONT_MATTER_JSON = "PK0218" "front-matter-json" Error None, "The front matter is JSON.";
    IGNORED_IN_PART = "PK0219" "ignored-in-part" Warning Exists, "A part's front matter holds what only the first file's can say.";
    // manuscript: Markdown.
    NESTING_TOO_DEEP = "PK0301" "nesting-too-deep" Error None, "Blocks nest deeper than any reader follows.";
    RAW_HTML = "PK0302" "raw-html" Warning Exists, "HTML was dropped and its text kept.";
    UNKNOWN_FACT = "PK0303" "unknown-fact" Error Exists, "`{{facts.ID}}` names no fact.";
    UNDEFINED_NOTE = "PK0304" "undefined-note" Warning Exists, "A note is called and not defined.";
    UNUSED_NOTE = "PK0305" "unused-note" Warning Exists, "A note is defined and not called.";
    MISSING_ALT = "PK0306" "missing-alt" Warning Exists, "A picture has no alternative text.";
    INVALID_MATH = "PK0307" "invalid-math" Warning Exists, "A formula is not LaTeX that can be read.";
    DUPLICATE_LABEL = "PK0308" "duplicate-label" Warning Exists, "Two headings have one identifier.";
    INTERVIEW_SHAPE = "PK0309" "interview-shape" Warning Exists, "An interview section holds no questions.";
    UNSAFE_LINK = "PK0310" "unsafe-link" Warning Exists, "A link's scheme is not one that a reader may follow.";
    TEMPLATE_CODE = "PK0311" "template-code" Warning Exists, "Code of another tool's templates is printed as it stands.";
    // edition.
    DANGLING_REFERENCE = "PK0401" "dangling-reference" Warning Exists, "A link names no heading.";
    SKIPPED_HEADING = "PK0402" "skipped-heading" Warning Exists, "A heading skips a level; it was raised.";
    // assets.
    PICTURE_NOT_FOUND = "PK0501" "picture-not-found" Error Exists, "A picture does not exist.";
    PICTURE_REMOTE = "PK0502" "picture-remote" Error Exists, "A picture is on the network.";
    PICTURE_UNREADABLE = "PK0503" "picture-unreadable" Error Exists, "A picture is corrupt or of no known format.";
    PICTURE_TOO_LARGE = "PK0504" "picture-too-large" Error Exists, "A picture is too large to be decoded.";
    PICTURE_MISNAMED = "PK0505" "picture-misnamed" Warning Exists, "A picture is not what its name says.";
    PICTURE_FORMAT = "PK0506" "picture-format" Error Exists, "A picture's format is known and not supported.";
    FONT_UNREADABLE = "PK0507" "font-unreadable" Error Exists, "A font file is corrupt or of no known format.";
    FONT_NOT_FOUND = "PK0508" "font-not-found" Error None, "The theme names a family that no font has.";
    // theme.
    THEME_NOT_FOUND = "PK0601" "theme-not-found" Error None, "No theme has this name.";
    THEME_INVALID = "PK0602" "theme-invalid" Error None, "A theme file can't be read as a theme.";
    // text and layout.
    MISSING_GLYPH = "PK0701" "missing-glyph" Error Exists, "No font has a character.";
    MATH_AS_SOURCE = "PK0702" "math-as-source" Warning Exists, "A formula is printed as its source.";
    OVERFULL_LINE = "PK0703" "overfull-line" Warning Exists, "A line runs over the measure.";
    RIGHT_TO_LEFT = "PK0704" "right-to-left" Warning Exists, "Right-to-left text is printed in the wrong order.";
    // pdf and epub.
    EXPORT_FAILED = "PK0801" "export-failed" Error None, "A backend could not make its file.";
    LINK_WITHOUT_PLACE = "PK0802" "link-without-place" Warning Exists, "A link leads to a place that is on no page.";
}

impl Code {
    /// Finds a code by its id or its name.
    ///
    /// ```
    /// use presskit::diagnostics::Code;
    /// assert_eq!(Code::find("pk0501"), Code::find("picture-not-found"));
    /// assert!(Code::find("picture").is_none());
    /// ```
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        ALL.iter().copied().find(|code| code.id.eq_ignore_ascii_case(word) || code.name == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_none_is_given_twice() {
        assert!(ALL.windows(2).all(|pair| pair[0].id < pair[1].id));
        for code in ALL {
            assert_eq!(ALL.iter().filter(|other| other.name == code.name).count(), 1, "{code:?}");
        }
    }
}
