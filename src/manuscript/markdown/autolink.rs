//! Bare addresses in text (GFM 6.9): `www.`, `http://`, `https://`, and mail.

use std::ops::Range;

use super::links;
use super::run::Run;
use super::split::Cut;
use super::tokens::Token;

/// Finds the addresses in a text.
pub(super) fn find<'a>(run: &Run) -> Vec<Cut<'a>> {
    let text = run.text.as_str();
    let mut cuts: Vec<Cut<'a>> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['w', 'W', 'h', 'H', '@']) {
        let start = at + found;
        at = start + 1;
        let done = cuts.last().map_or(0, |cut| cut.bytes.end);
        let found = if text[start..].starts_with('@') {
            mail(text, start, done).map(|bytes| ("mailto:", bytes))
        } else {
            web(text, start)
        };
        let Some((prefix, bytes)) = found.filter(|(_, bytes)| !run.holds_literal(bytes)) else {
            continue;
        };
        at = bytes.end;
        cuts.push(address(text, prefix, bytes));
    }
    cuts
}

fn address<'a>(text: &str, prefix: &str, bytes: Range<usize>) -> Cut<'a> {
    let text = text[bytes.clone()].to_owned();
    let target = links::encode(&format!("{prefix}{text}"));
    Cut { bytes: bytes.clone(), tokens: vec![(Token::Address { target, text }, bytes)] }
}

/// An address of the web, with what its target begins with in addition.
fn web(text: &str, start: usize) -> Option<(&'static str, Range<usize>)> {
    let rest = &text[start..];
    let has = |prefix: &str| {
        rest.get(..prefix.len()).is_some_and(|found| found.eq_ignore_ascii_case(prefix))
    };
    let (scheme, added) = match () {
        () if has("https://") => ("https://".len(), ""),
        () if has("http://") => ("http://".len(), ""),
        () if has("www.") => (0, "http://"),
        () => return None,
    };
    let before = text[..start].chars().next_back();
    if before.is_some_and(|found| !found.is_whitespace() && !"*_~(\"'“‘„«[{–—/:,;".contains(found))
    {
        return None;
    }
    let host = domain(&rest[scheme..])?;
    let tail = &rest[scheme + host..];
    let end = tail.find(|found: char| found.is_whitespace() || found == '<').unwrap_or(tail.len());
    let length = without_trailing_punctuation(&rest[..scheme + host + end]);
    (length >= scheme + host).then_some((added, start..start + length))
}

/// The length of the valid domain that a text begins with: two labels or more, no underscore in
/// the last two.
fn domain(text: &str) -> Option<usize> {
    let is_part = |found: char| found.is_alphanumeric() || matches!(found, '-' | '_' | '.');
    let length = text.find(|found| !is_part(found)).unwrap_or(text.len());
    let name = text[..length].trim_end_matches(['.', '-', '_']);
    let mut labels = name.rsplit('.');
    let (last, second) = (labels.next()?, labels.next()?);
    let is_valid =
        !last.contains('_') && !second.contains('_') && !name.split('.').any(str::is_empty);
    is_valid.then_some(name.len())
}

/// The length of an address less the punctuation that belongs to the sentence around it.
fn without_trailing_punctuation(address: &str) -> usize {
    let count = |mark: char| address.matches(mark).count();
    let mut excess = count(')').saturating_sub(count('('));
    let mut rest = address;
    while let Some(last) = rest.chars().next_back() {
        let shorter = &rest[..rest.len() - last.len_utf8()];
        rest = match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' | '’' | '”' | '»' | '…'
            | ']' | '}' => shorter,
            ')' if excess > 0 => {
                excess -= 1;
                shorter
            }
            ';' => &rest[..entity_start(rest).unwrap_or(shorter.len())],
            _ => break,
        };
    }
    rest.len()
}

/// Where what looks like an entity begins that an address ends with.
fn entity_start(address: &str) -> Option<usize> {
    let name = address.strip_suffix(';')?;
    let start = name.rfind(|found: char| !found.is_ascii_alphanumeric())?;
    (name[start..].starts_with('&') && start + 1 < name.len()).then_some(start)
}

/// An address of mail around an `@`; nothing before `done` belongs to it.
fn mail(text: &str, at: usize, done: usize) -> Option<Range<usize>> {
    const LONGEST_NAME: usize = 256;
    let is_name = |found: char| found.is_ascii_alphanumeric() || ".+-_".contains(found);
    let name: usize = text[done..at]
        .bytes()
        .rev()
        .take(LONGEST_NAME)
        .take_while(|byte| is_name(char::from(*byte)))
        .count();
    let is_host = |found: char| found.is_ascii_alphanumeric() || ".-_".contains(found);
    let rest = &text[at + 1..];
    let length = rest.find(|found| !is_host(found)).unwrap_or(rest.len());
    let host = rest[..length].trim_end_matches('.');
    let is_valid = name > 0
        && host.contains('.')
        && !host.split('.').any(str::is_empty)
        && !host.ends_with(['-', '_']);
    is_valid.then(|| at - name..at + 1 + host.len())
}
