//! The last words of a block quotation into its attribution.

use super::paragraph::{split_text, trim};
use crate::model::{Block, Inline, Text};

/// Takes the attribution out of a quotation: its last paragraph, or the last lines of it, if they
/// begin with a dash and those before do not, as they do in a dialogue.
pub(super) fn take_attribution(blocks: &mut Vec<Block>) -> Option<Vec<Inline>> {
    let [before @ .., Block::Paragraph { content, .. }] = blocks.as_mut_slice() else {
        return None;
    };
    if starts_with_dash(content) {
        let words = before.last()?;
        let is_dialogue =
            matches!(words, Block::Paragraph { content, .. } if starts_with_dash(content));
        let attribution = if is_dialogue { None } else { without_dash(content.clone()) };
        if attribution.is_some() {
            blocks.pop();
        }
        return attribution;
    }
    let (mut words, lines) = split_last_lines(content)?;
    let attribution = without_dash(lines)?;
    trim(&mut words);
    *content = words;
    Some(attribution)
}

/// Cuts a paragraph before the last of its lines that begins with a dash.
fn split_last_lines(content: &[Inline]) -> Option<(Vec<Inline>, Vec<Inline>)> {
    for (index, inline) in content.iter().enumerate().rev() {
        match inline {
            Inline::LineBreak { .. } if starts_with_dash(&content[index + 1..]) => {
                return Some((content[..index].to_vec(), content[index + 1..].to_vec()));
            }
            Inline::Text(text) => {
                if let Some(at) = last_dashed_line(&text.text) {
                    let (head, tail) = split_text(text, at);
                    let words = content[..index].iter().cloned().chain([Inline::Text(head)]);
                    let lines = [Inline::Text(tail)]
                        .into_iter()
                        .chain(content[index + 1..].iter().cloned());
                    return Some((words.collect(), lines.collect()));
                }
            }
            _ => {}
        }
    }
    None
}

fn last_dashed_line(text: &str) -> Option<usize> {
    text.rmatch_indices('\n').map(|(at, _)| at + 1).find(|at| dash_length(&text[*at..]).is_some())
}

fn starts_with_dash(content: &[Inline]) -> bool {
    matches!(content.first(), Some(Inline::Text(text)) if dash_length(&text.text).is_some())
}

/// The length of the dash, and the space after it, that a line begins with. Typography has made
/// dashes of `--` and `---`; an en dash needs its space, since it may also be a minus.
fn dash_length(line: &str) -> Option<usize> {
    let (after, needs_space) = match line.strip_prefix(['—', '―']) {
        Some(after) => (after, false),
        None => (line.strip_prefix('–')?, true),
    };
    let rest = after.trim_start();
    let has_space = rest.len() < after.len();
    (has_space || !needs_space && !rest.is_empty()).then_some(line.len() - rest.len())
}

fn without_dash(mut lines: Vec<Inline>) -> Option<Vec<Inline>> {
    let Some(Inline::Text(first)) = lines.first_mut() else { return None };
    let (_, rest): (Text, Text) = split_text(first, dash_length(&first.text)?);
    *first = rest;
    trim(&mut lines);
    (!lines.is_empty()).then_some(lines)
}
