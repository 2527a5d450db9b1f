//! `{{facts.ID}}` into the value of a fact.

use std::ops::Range;

use super::run::Run;
use super::split::Cut;
use super::tokens::Token;
use super::{Context, Origin, typography};
use crate::diagnostics::{Diagnostic, Span, codes, nearest};
use crate::model::{Fact, Inline, Language, Text, visit};

/// Finds the facts that a text names, and reports the names that no fact has.
pub(super) fn find<'a>(run: &Run, origin: Origin, context: &Context<'_>) -> Vec<Cut<'a>> {
    let mut cuts = Vec::new();
    let mut at = 0;
    while let Some(found) = run.text[at..].find("{{") {
        let start = at + found;
        at = start + 1;
        let Some((id, bytes)) = reference(&run.text, start) else { continue };
        if run.holds_literal(&bytes) {
            continue;
        }
        at = bytes.end;
        match context.facts.iter().position(|fact| fact.id.as_str() == id) {
            Some(index) => {
                cuts.push(Cut { bytes: bytes.clone(), tokens: vec![(Token::Fact(index), bytes)] });
            }
            None => report_unknown(id, origin.span(&run.range(&bytes)), context),
        }
    }
    cuts
}

/// The identifier that `{{facts.ID}}` names, and the bytes of the whole.
fn reference(text: &str, start: usize) -> Option<(&str, Range<usize>)> {
    const LONGEST: usize = 200;
    let end = text.len().min(start + LONGEST);
    let window = text.get(start + 2..text.floor_char_boundary(end))?;
    let (inner, _) = window.split_once("}}")?;
    let id = inner.trim().strip_prefix("facts.")?;
    Some((id, start..start + 2 + inner.len() + 2))
}

fn report_unknown(id: &str, span: Span, context: &Context<'_>) {
    let known: Vec<&str> = context.facts.iter().map(|fact| fact.id.as_str()).collect();
    let help = match nearest(id, known.iter().copied()) {
        Some(near) => format!("write `{{{{facts.{near}}}}}`"),
        None if known.is_empty() => "give the fact under `facts` in the front matter".to_owned(),
        None => format!("the facts are {}", known.join(", ")),
    };
    let message = format!("no fact has the id `{id}`");
    context.sink.report(Diagnostic::new(codes::UNKNOWN_FACT, span, message).with_help(help));
}

/// The value of a fact with its unit, as it is printed in a language, all of it at one place.
pub(super) fn value_with_unit(fact: &Fact, language: &Language, at: Span) -> Vec<Inline> {
    let mut value = fact.value.clone();
    visit::inlines_mut(&mut value, &mut |inline| move_to(inline, at));
    if let Some(unit) = &fact.unit {
        let text = format!("{}{unit}", typography::unit_space(unit, language));
        match value.last_mut() {
            Some(Inline::Text(last)) => last.text.push_str(&text),
            _ => value.push(Inline::Text(Text { text, span: at })),
        }
    }
    value
}

fn move_to(inline: &mut Inline, at: Span) {
    match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Math(text) => text.span = at,
        Inline::Styled { span, .. }
        | Inline::NoteCall { span, .. }
        | Inline::LineBreak { span } => *span = at,
        Inline::Link(link) => link.span = at,
        Inline::Picture(picture) => picture.span = at,
    }
}
