//! Formulas, written in LaTeX, into `MathML`.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

use super::Tag;
use super::mathml::mend;
use super::section::Renderer;
use crate::diagnostics::{Diagnostic, Span, codes};
use crate::model::Text;

/// No formula that a person wrote is longer, in bytes; it bounds how deep groups can nest.
const LONGEST: usize = 4 * 1024;

/// What defines macros: an expansion could grow without bound.
const DEFINITIONS: [&str; 8] = [
    "\\def",
    "\\edef",
    "\\gdef",
    "\\xdef",
    "\\let",
    "\\futurelet",
    "\\newcommand",
    "\\renewcommand",
];

impl Renderer<'_> {
    /// Writes a formula in the line; its source as code, where it can't be read.
    pub(super) fn inline_math(&mut self, text: &Text) {
        if let Some(formula) = self.mathml(&text.text, DisplayMode::Inline, text.span) {
            self.out.raw(&formula);
        } else {
            self.out.open(Tag::new("code").class("formula"));
            self.out.text(&text.text);
            self.out.close();
        }
    }

    /// Writes a formula on lines of its own; its source as code, where it can't be read.
    pub(super) fn display_math(&mut self, source: &str, span: Span) {
        if let Some(formula) = self.mathml(source, DisplayMode::Block, span) {
            self.out.open(Tag::new("div").class("formula"));
            self.out.raw(&formula);
            self.out.close_line();
        } else {
            self.out.open(Tag::new("pre").class("formula"));
            self.out.open(Tag::new("code"));
            self.out.text(source);
            self.out.close();
            self.out.close_line();
        }
    }

    fn mathml(&mut self, source: &str, display: DisplayMode, span: Span) -> Option<String> {
        match latex_to_mathml(source, display) {
            Ok(formula) => {
                self.features.math = true;
                Some(formula)
            }
            Err(fault) => {
                let message = format!("the formula can't be read: {fault}");
                let help = "correct the LaTeX; until then the book shows its source";
                let finding = Diagnostic::new(codes::INVALID_MATH, span, message);
                self.book.sink.report(finding.with_help(help));
                None
            }
        }
    }
}

/// Turns LaTeX into a `math` element that carries its source as alternative text.
fn latex_to_mathml(source: &str, display_mode: DisplayMode) -> Result<String, String> {
    check_bounds(source)?;
    let storage = Storage::new();
    let config = RenderConfig { display_mode, xml: true, ..RenderConfig::default() };
    let events = Parser::new(source, &storage)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|fault| first_line(&fault.to_string()))?;
    let mut markup = String::new();
    let events = events.into_iter().map(Ok::<_, std::fmt::Error>);
    push_mathml(&mut markup, events, config).map_err(|fault| fault.to_string())?;
    mend(&markup, source)
}

/// Refuses what no person writes by hand and what could exhaust time or memory.
fn check_bounds(source: &str) -> Result<(), String> {
    if source.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    if let Some(name) = DEFINITIONS.iter().find(|name| source.contains(**name)) {
        return Err(format!("`{name}` is not supported"));
    }
    Ok(())
}

/// The parser explains its faults with a drawing of the place; its first line says what is wrong.
fn first_line(fault: &str) -> String {
    fault.lines().next().unwrap_or_default().trim_end_matches(':').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_carry_their_source_and_are_well_formed() {
        let sources = [
            r"a < b",
            r"\frac{1}{2}",
            r"\begin{matrix} a & b \\ c & d \end{matrix}",
            r"\sum_{i=1}^n x_i \text{ <tag> & more}",
            r"\left( \sqrt[3]{x} \right)",
            "\u{1D54F}",
        ];
        for source in sources {
            let formula = latex_to_mathml(source, DisplayMode::Block).unwrap();
            let tree = roxmltree::Document::parse(&formula).unwrap();
            assert_eq!(tree.root_element().attribute("alttext"), Some(source));
        }
    }

    #[test]
    fn formulas_that_are_wrong_or_could_explode_are_refused() {
        for source in
            [r"\frac{1}{", r"\nosuchcommand", r"\def\a{\a\a}\a", "{".repeat(5000).as_str()]
        {
            assert!(latex_to_mathml(source, DisplayMode::Inline).is_err(), "{source:.20}");
        }
    }

    #[test]
    fn formulas_nested_as_deep_as_their_length_allows_do_not_exhaust_the_stack() {
        let nest = |open: &str, close: &str| {
            let depth = LONGEST / (open.len() + close.len()) - 1;
            format!("{}x{}", open.repeat(depth), close.repeat(depth))
        };
        let pairs =
            [("{", "}"), (r"\sqrt ", ""), (r"\left(", r"\right)"), ("x^{", "}"), (r"\frac1", "")];
        for (open, close) in pairs {
            let formula = latex_to_mathml(&nest(open, close), DisplayMode::Inline);
            assert!(formula.is_ok_and(|formula| formula.len() > LONGEST), "{open}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_formula_panics_or_breaks_the_page(
            pieces in proptest::collection::vec(
                proptest::sample::select(PIECES.to_vec()), 0..24,
            ),
        ) {
            if let Ok(formula) = latex_to_mathml(&pieces.concat(), DisplayMode::Inline) {
                proptest::prop_assert!(roxmltree::Document::parse(&formula).is_ok(), "{}", formula);
            }
        }
    }

    const PIECES: [&str; 40] = [
        "{",
        "}",
        "\\",
        "%",
        "\n",
        "^",
        "_",
        "&",
        "$",
        "#",
        "'",
        "x",
        "1",
        " ",
        "\\\\",
        "\\left(",
        "\\right)",
        "\\left",
        "\\right.",
        "\\begin{matrix}",
        "\\end{matrix}",
        "\\begin{align}",
        "\\end{align}",
        "\\frac",
        "\\sqrt",
        "\\sqrt[",
        "]",
        "\\text{",
        "\\color{red}",
        "\\char\"",
        "\\not",
        "\\operatorname{",
        "\\mathbb",
        "\\hline",
        "\\hspace{1em}",
        "\\big",
        "\\over",
        "é",
        "\u{0}",
        "\\middle|",
    ];
}
