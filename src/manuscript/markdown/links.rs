//! Addresses as they are written into targets of links and sources of pictures.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use pulldown_cmark::LinkType;

use super::Context;
use crate::diagnostics::{Diagnostic, Span, codes};
use crate::model::{Label, PictureSource, Target};
use crate::sandbox::RootPath;

/// What can't stand in an address as it is (RFC 3986, section 2).
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'[')
    .add(b']');

/// An address whose every character is one that addresses are made of.
pub(super) fn encode(address: &str) -> String {
    let encoded = utf8_percent_encode(address, UNSAFE).to_string();
    let mut output = String::with_capacity(encoded.len());
    let mut rest = encoded.as_str();
    while let Some(at) = rest.find('%') {
        output.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        let is_escape =
            rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
        output.push_str(if is_escape { "" } else { "25" });
    }
    output + rest
}

/// The scheme of an address (RFC 3986, section 3.1), in lower case. One letter is a drive.
fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// Where a link leads; `None` if it leads nowhere that a reader may follow, which is reported.
pub(super) fn target(
    written: &str,
    link_type: LinkType,
    span: Span,
    context: &Context<'_>,
) -> Option<Target> {
    let written = written.trim();
    let (reason, help) = match scheme(written).as_deref() {
        _ if link_type == LinkType::Email => {
            return Some(Target::External(encode(&format!("mailto:{written}"))));
        }
        Some("http" | "https") if has_host(written) => {
            return Some(Target::External(encode(written)));
        }
        Some("mailto" | "tel") if !written.ends_with(':') => {
            return Some(Target::External(encode(written)));
        }
        Some("http" | "https" | "mailto" | "tel") => {
            ("has no address after its scheme", "write the whole address")
        }
        Some(_) => (
            "has a scheme that readers may not follow",
            "link to an `https:`, `http:`, `mailto:` or `tel:` address",
        ),
        None if written.starts_with("//") => ("has no scheme", "write `https:` before the address"),
        None => match internal(written).or_else(|| part(written, context)) {
            Some(label) => return Some(Target::Internal(label)),
            None if written.is_empty() => ("is empty", "write the address, or drop the brackets"),
            None => (
                "leads to a file that the artifacts do not hold",
                "link to a heading (`#its-id`), or to the file's address on the web",
            ),
        },
    };
    let message = format!("the link `{written}` {reason}; its text is kept");
    context.sink.report(Diagnostic::new(codes::UNSAFE_LINK, span, message).with_help(help));
    None
}

fn has_host(address: &str) -> bool {
    let host = address.split_once("://").map(|(_, rest)| rest).unwrap_or_default();
    host.starts_with(|first: char| !matches!(first, '/' | '?' | '#'))
}

/// The label that `#id`, or `part.md#id`, leads to.
fn internal(address: &str) -> Option<Label> {
    let (file, fragment) = address.split_once('#')?;
    let ends = |ending: &str| {
        let (_, found) = file.rsplit_once('.').unwrap_or_default();
        found.eq_ignore_ascii_case(ending)
    };
    if fragment.is_empty() || !(file.is_empty() || ends("md") || ends("markdown")) {
        return None;
    }
    Some(Label::new(percent_decode_str(fragment).decode_utf8_lossy()))
}

/// The label for a part of the manuscript, or for the place in it that a fragment names.
fn part(address: &str, context: &Context<'_>) -> Option<Label> {
    let (file, fragment) = address.split_once('#').unwrap_or((address, ""));
    let path = context.root.resolve(&context.folder, file).ok()?;
    let label = match fragment {
        "" => part_label(&path),
        _ => Label::new(percent_decode_str(fragment).decode_utf8_lossy()),
    };
    context.parts.contains(&path).then_some(label)
}

/// What stands for the first heading of a part while later parts are not parsed yet; no heading
/// can have it.
pub(crate) fn part_label(path: &RootPath) -> Label {
    Label::new(format!("\0part:{}", path.as_str()))
}

/// Where a picture comes from; a path that leaves the root is reported.
pub(super) fn picture_source(written: &str, span: Span, context: &Context<'_>) -> PictureSource {
    let written = written.trim();
    match scheme(written).as_deref() {
        Some("file") => {}
        Some(_) => return PictureSource::Remote(written.to_owned()),
        None if written.starts_with("//") => return PictureSource::Remote(written.to_owned()),
        None => {
            if let Ok(path) = context.root.resolve(&context.folder, written) {
                return PictureSource::Local(path);
            }
        }
    }
    let message = format!("the picture `{written}` lies outside the manuscript's folder");
    let help = "copy it into the manuscript's folder and name it by its path from there";
    context.sink.report(Diagnostic::new(codes::PATH_OUTSIDE_ROOT, span, message).with_help(help));
    PictureSource::Outside(written.to_owned())
}
