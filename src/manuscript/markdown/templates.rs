//! The template code of other tools, which nothing here runs: reported, and kept as text.

use std::ops::Range;

use super::Origin;
use super::run::Run;
use crate::diagnostics::{Diagnostic, Sink, codes};
use crate::manuscript::front_matter::brief;

/// Reports the Liquid and Jinja (`{% … %}`, `{{ … }}`), the Hugo shortcodes (`{{< … >}}`) and the
/// attributes of kramdown (`{: … }`) in a text. Facts are reported where they are looked up.
pub(super) fn report(run: &Run, origin: Origin, sink: &Sink) {
    let mut at = 0;
    while let Some(found) = run.text[at..].find('{') {
        let start = at + found;
        at = start + 1;
        let Some(end) = code_end(&run.text[start..]).map(|length| start + length) else { continue };
        if run.holds_literal(&(start..start + 2)) {
            continue;
        }
        at = end;
        report_one(run, start..end, origin, sink);
    }
}

fn report_one(run: &Run, bytes: Range<usize>, origin: Origin, sink: &Sink) {
    let span = origin.span(&run.range(&bytes));
    let code = run.text[bytes].split_whitespace().collect::<Vec<_>>().join(" ");
    let message = format!(
        "`{}` is code of another tool's templates, and is printed as it stands",
        brief(&code)
    );
    sink.report(
        Diagnostic::new(codes::TEMPLATE_CODE, span, message)
            .with_help("write what it stands for, or delete it"),
    );
}

/// The length of the template code that a text begins with, if it does. Where marks or tags cut
/// its end off, it is the opening alone.
fn code_end(text: &str) -> Option<usize> {
    const LONGEST: usize = 500;
    let window = &text[..text.floor_char_boundary(LONGEST)];
    let until = |close: &str| window.find(close).map(|at| at + close.len());
    if text.starts_with("{{<") || text.starts_with("{{%") {
        return Some(until("}}").unwrap_or(3));
    }
    if text.starts_with("{%") {
        return Some(until("%}").unwrap_or(2));
    }
    if let Some(inner) = text.strip_prefix("{{") {
        let is_fact = inner.trim_start().starts_with("facts.");
        // A tag of HTML follows at once: `{{<figure src="a.png">}}`.
        let is_cut = inner.is_empty();
        return until("}}").filter(|_| !is_fact).or(is_cut.then_some(2));
    }
    let inner = text.strip_prefix("{:")?;
    // Not the start of a smiley, or of a set in a formula.
    let is_attribute = inner.starts_with([' ', '.', '#', ':']) || inner.starts_with("toc");
    until("}").filter(|end| is_attribute && !window[..*end].contains('\n'))
}
