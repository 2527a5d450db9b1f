//! Text into smaller tokens: the values of facts, bare addresses, and scripts within words.

use std::ops::Range;

use pulldown_cmark::{Tag, TagEnd};

use super::run::Run;
use super::tokens::{Placed, Token};
use super::{Context, Origin, autolink, facts, notes, templates};

/// A stretch of a run and what stands in its place.
pub(super) struct Cut<'a> {
    /// The bytes of the run's text.
    pub bytes: Range<usize>,
    /// What stands there instead, with the bytes that each comes from.
    pub tokens: Vec<(Token<'a>, Range<usize>)>,
}

/// Cuts the text of all tokens, and reports the notes and facts that it calls in vain.
pub(super) fn split<'a>(
    tokens: Vec<Placed<'a>>,
    origin: Origin,
    context: &Context<'_>,
) -> Vec<Placed<'a>> {
    for placed in &tokens {
        if let Token::Text(run) = &placed.token {
            notes::report_undefined(run, origin, context.sink);
            templates::report(run, origin, context.sink);
        }
    }
    let tokens = cut_all(tokens, |run, _| facts::find(run, origin, context));
    let tokens =
        cut_all(tokens, |run, in_link| if in_link { Vec::new() } else { autolink::find(run) });
    cut_all(tokens, |run, _| find_scripts(run))
}

/// Cuts every text where `find` says so, which is told whether the text stands in a link.
fn cut_all<'a>(
    tokens: Vec<Placed<'a>>,
    find: impl Fn(&Run, bool) -> Vec<Cut<'a>>,
) -> Vec<Placed<'a>> {
    let mut output = Vec::with_capacity(tokens.len());
    let mut links = 0_usize;
    for placed in tokens {
        match placed.token {
            Token::Start(Tag::Link { .. }) => links += 1,
            Token::End(TagEnd::Link) => links = links.saturating_sub(1),
            Token::Text(run) => {
                let cuts = find(&run, links > 0);
                cut(run, placed.range, cuts, &mut output);
                continue;
            }
            _ => {}
        }
        output.push(placed);
    }
    output
}

fn cut<'a>(run: Run, range: Range<usize>, cuts: Vec<Cut<'a>>, output: &mut Vec<Placed<'a>>) {
    if cuts.is_empty() {
        return output.push(Placed { token: Token::Text(run), range });
    }
    let mut done = 0;
    for Cut { bytes, tokens } in cuts {
        push_slice(&run, done..bytes.start, output);
        done = bytes.end;
        let placed = tokens.into_iter().map(|(token, bytes)| (token, run.range(&bytes)));
        output.extend(placed.map(|(token, range)| Placed { token, range }));
    }
    push_slice(&run, done..run.text.len(), output);
}

fn push_slice(run: &Run, bytes: Range<usize>, output: &mut Vec<Placed<'_>>) {
    if !bytes.is_empty() {
        let range = run.range(&bytes);
        output.push(Placed { token: Token::Text(run.slice(&bytes)), range });
    }
}

/// Finds `H~2~O` and `m^2^`: the parser reads scripts at the edges of words only.
fn find_scripts<'a>(run: &Run) -> Vec<Cut<'a>> {
    let mut cuts = Vec::new();
    let mut at = 0;
    while let Some(found) = run.text[at..].find(['~', '^']) {
        let start = at + found;
        match script_end(run, start) {
            Some(end) => {
                cuts.push(script(run, start..end));
                at = end;
            }
            None => at = start + 1,
        }
    }
    cuts
}

/// The end of the script that a mark opens, if it follows a word and is closed soon.
fn script_end(run: &Run, start: usize) -> Option<usize> {
    const LONGEST: usize = 24;
    let mark = run.text[start..].chars().next()?;
    if !run.text[..start].ends_with(char::is_alphanumeric) {
        return None;
    }
    let is_inner = |found: &char| found.is_alphanumeric() || "+-−().,=*/".contains(*found);
    let inner: String = run.text[start + 1..].chars().take(LONGEST).take_while(is_inner).collect();
    let end = start + 1 + inner.len();
    let is_closed = run.text[end..].starts_with(mark) && !run.text[end + 1..].starts_with(mark);
    (!inner.is_empty() && is_closed && !run.holds_literal(&(start..end + 1))).then_some(end + 1)
}

fn script<'a>(run: &Run, bytes: Range<usize>) -> Cut<'a> {
    let (tag, end) = if run.text[bytes.clone()].starts_with('~') {
        (Tag::Subscript, TagEnd::Subscript)
    } else {
        (Tag::Superscript, TagEnd::Superscript)
    };
    let inner = bytes.start + 1..bytes.end - 1;
    let tokens = vec![
        (Token::Start(tag), bytes.clone()),
        (Token::Text(run.slice(&inner)), inner),
        (Token::End(end), bytes.clone()),
    ];
    Cut { bytes, tokens }
}
