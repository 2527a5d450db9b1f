//! The theme into the one style sheet that all pages share.
//!
//! A reader's own settings come first: no colour of text or page, no size of body text, nothing
//! that needs flexible boxes or grids to be read. The accent colours rules, and labels only on
//! a page that says it is light. Sizes are shares of the body's.

use std::fmt::Write as _;

use crate::model::Direction;
use crate::theme::{Caps, ColorName, Family, Figures, TextStyle, Theme};

/// A font file that the book brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FontFace {
    /// The family.
    pub(crate) family: String,
    /// 100 to 900.
    pub(crate) weight: u16,
    /// Whether it slants.
    pub(crate) italic: bool,
    /// Its address, relative to the style sheet.
    pub(crate) href: String,
}

/// The rules, with `$name` for what the theme says: a text style's declarations (`$caption`), the
/// colour of its letters (`$label_color`), how emphasis stands out in it (`$deck_emphasis`), the
/// accent, and the sides on which a line starts and ends.
const RULES: &str = include_str!("style.css");

/// Writes the style sheet.
pub(crate) fn stylesheet(theme: &Theme, faces: &[FontFace], direction: Direction) -> String {
    let mut css = String::from("@charset \"utf-8\";\n");
    for face in faces {
        write_font_face(&mut css, face);
    }
    let mut pieces = RULES.split('$');
    css.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let (name, rest) = piece.split_at(piece.find(|c| !is_name(c)).unwrap_or(piece.len()));
        css.push_str(&value(name, theme, direction));
        css.push_str(rest);
    }
    css
}

fn write_font_face(css: &mut String, face: &FontFace) {
    let style = if face.italic { "italic" } else { "normal" };
    let _ = writeln!(
        css,
        "@font-face {{ font-family: {}; font-weight: {}; font-style: {style}; src: url({}); }}",
        quote(&face.family),
        face.weight,
        quote(&face.href)
    );
}

/// What stands in for a name of [`RULES`].
fn value(name: &str, theme: &Theme, direction: Direction) -> String {
    let is_ltr = direction == Direction::LeftToRight;
    match name {
        "start" => if is_ltr { "left" } else { "right" }.to_owned(),
        "end" => if is_ltr { "right" } else { "left" }.to_owned(),
        "accent" => theme.colors.accent.into(),
        "accent_color" => format!("color: {};", String::from(theme.colors.accent)),
        "body" => body_declarations(theme),
        _ => {
            let (name, part) = match name.rsplit_once('_') {
                Some((name, part @ ("color" | "emphasis"))) => (name, part),
                Some(_) | None => (name, ""),
            };
            let around = if name == "credit" { theme.text.caption } else { theme.text.body };
            let write = |style| match part {
                "color" => color(style, theme),
                "emphasis" => emphasis(style),
                _ => declarations(style, around, theme),
            };
            text_style(name, theme).map(write).unwrap_or_default()
        }
    }
}

fn text_style(name: &str, theme: &Theme) -> Option<TextStyle> {
    let text = &theme.text;
    Some(match name {
        "title" => text.title,
        "deck" => text.deck,
        "heading1" => text.heading1,
        "heading2" => text.heading2,
        "heading3" => text.heading3,
        "question" => text.question,
        "question_number" => text.question_number,
        "label" => text.label,
        "organization" => text.organization,
        "caption" => text.caption,
        "credit" => text.credit,
        "pull_quote" => text.pull_quote,
        "pull_quote_by" => text.pull_quote_by,
        "fact_value" => text.fact_value,
        "small" => text.small,
        "small_strong" => text.small_strong,
        "quote" => text.quote,
        "code" => text.code,
        "note" => text.note,
        _ => return None,
    })
}

/// The body takes its family and leading from the theme; its size is the reader's.
fn body_declarations(theme: &Theme) -> String {
    let body = theme.text.body;
    let hyphens = if body.hyphenate {
        " -webkit-hyphens: auto; -epub-hyphens: auto; hyphens: auto;"
    } else {
        ""
    };
    let (family, leading) = (families(body.family, theme), leading(body));
    format!("font-family: {family}; line-height: {leading};{}{hyphens}", figures(body.figures))
}

fn declarations(style: TextStyle, around: TextStyle, theme: &Theme) -> String {
    let mut out = format!(
        "font-family: {}; font-size: {}em; line-height: {};",
        families(style.family, theme),
        size(style, around),
        leading(style)
    );
    let _ = write!(out, " font-weight: {};", style.weight.value());
    out.push_str(if style.italic { " font-style: italic;" } else { " font-style: normal;" });
    let _ = write!(out, " letter-spacing: {}em;", round(style.tracking));
    out.push_str(match style.caps {
        Caps::None => " font-variant: normal; text-transform: none;",
        Caps::Small => " font-variant: small-caps; text-transform: none;",
        Caps::All => " font-variant: normal; text-transform: uppercase;",
    });
    out.push_str(figures(style.figures));
    if style.color == ColorName::Muted {
        out.push_str(" opacity: 0.8;");
    }
    out
}

fn figures(figures: Figures) -> &'static str {
    match figures {
        Figures::Default => "",
        Figures::OldStyle => " font-variant-numeric: oldstyle-nums proportional-nums;",
        Figures::Lining => " font-variant-numeric: lining-nums proportional-nums;",
        Figures::Tabular => " font-variant-numeric: lining-nums tabular-nums;",
    }
}

fn color(style: TextStyle, theme: &Theme) -> String {
    match style.color {
        ColorName::Accent => format!("color: {};", String::from(theme.colors.accent)),
        ColorName::Ink | ColorName::Muted => "color: inherit;".to_owned(),
    }
}

/// Emphasis slants in upright text, and stands upright in text that slants; but a display family
/// may have no upright face of that weight, and a heavier one would shout.
fn emphasis(style: TextStyle) -> String {
    match (style.italic, style.family) {
        (false, _) => "font-style: italic;",
        (true, Family::Display) => "font-style: inherit;",
        (true, Family::Serif | Family::Sans | Family::Mono) => "font-style: normal;",
    }
    .to_owned()
}

/// A size as a share of the text's around it. A screen bears less contrast of sizes than a sheet of paper:
/// the ratio is raised to the power of 3/4, by square roots, which are exact on every machine.
fn size(style: TextStyle, around: TextStyle) -> f64 {
    let ratio = style.size.0 / around.size.0;
    round(ratio.sqrt() * ratio.sqrt().sqrt())
}

fn leading(style: TextStyle) -> f64 {
    round(style.leading.0 / style.size.0)
}

fn round(value: f64) -> f64 {
    if value.is_finite() { (value * 100.0).round() / 100.0 } else { 1.0 }
}

fn families(family: Family, theme: &Theme) -> String {
    let (name, generic) = match family {
        Family::Serif => (&theme.families.serif, "serif"),
        Family::Display => (&theme.families.display, "serif"),
        Family::Sans => (&theme.families.sans, "sans-serif"),
        Family::Mono => (&theme.families.mono, "monospace"),
    };
    format!("{}, {generic}", quote(name))
}

/// A text as a CSS string (CSS Syntax 3, 4.3.5).
fn quote(text: &str) -> String {
    let safe = |c: &char| !c.is_control();
    let text: String = text.chars().filter(safe).collect();
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Policy, Sink};

    fn theme() -> Theme {
        Theme::load("feature", &Sink::new(Policy::default())).unwrap()
    }

    #[test]
    fn every_name_in_the_rules_means_something() {
        for piece in RULES.split('$').skip(1) {
            let is_name = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
            let name: String = piece.chars().take_while(is_name).collect();
            assert_ne!(value(&name, &theme(), Direction::LeftToRight), "", "{name}");
        }
    }

    #[test]
    fn the_reader_keeps_the_last_word_on_colours_and_sizes() {
        let css = stylesheet(&theme(), &[], Direction::LeftToRight);
        let (always, light) = css.split_once("@media (prefers-color-scheme: light)").unwrap();
        let body = always.split("body {").nth(1).and_then(|rest| rest.split('}').next()).unwrap();
        assert!(!body.contains("font-size") && !body.contains("color"), "{body}");
        let colored = |rule: &&str| rule.contains(" color: #");
        assert_eq!(always.split('}').find(colored), None);
        assert!(light.contains("color: #9B2D1F") && !css.contains("px"));
    }
}
