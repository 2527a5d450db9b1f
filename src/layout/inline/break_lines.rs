//! Where a paragraph's lines end, chosen over the whole paragraph.
//!
//! Knuth and Plass's total fit, over prefix sums: every feasible line from each active break to
//! the next opportunity is priced, and the cheapest way to the paragraph's end wins. Three passes:
//! without hyphens; where that leaves a line looser than the tolerance, with them; and where a
//! word is wider than the measure, with breaks anywhere in such words.

use super::Indents;
use crate::geometry::Pt;
use crate::text::{ClusterKind, Opportunity, OpportunityKind, ShapedText};

/// The widths that lines are to fill.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// Without indents.
    pub(super) full: Pt,
    /// What is taken from it.
    pub(super) indents: Indents,
}

impl Measure {
    /// The width of a line, counted from 0.
    pub(super) fn of(&self, line: usize) -> Pt {
        self.full - self.indents.of(line)
    }

    /// The number of lines whose width may differ from those after them.
    fn varied_lines(&self) -> usize {
        self.indents.beside.1.max(1)
    }
}

/// How a paragraph is broken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// The widths.
    pub(super) measure: Measure,
    /// Whether lines are filled.
    pub(super) justified: bool,
    /// The width of a hyphen.
    pub(super) hyphen: Pt,
    /// The size of the text.
    pub(super) em: Pt,
}

/// A line: a stretch of clusters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    /// The first cluster.
    pub(super) start: usize,
    /// The cluster after the last that is seen: spaces at the end are not.
    pub(super) end: usize,
    /// The first cluster of the next line.
    pub(super) next: usize,
    /// Whether a hyphen ends it.
    pub(super) hyphen: bool,
    /// The width of what is seen, before justification.
    pub(super) width: Pt,
    /// The width of the spaces in it.
    pub(super) space: Pt,
    /// Whether it ends where the author or the paragraph does.
    pub(super) forced: bool,
}

impl Line {
    /// How far the line runs over its measure when its spaces are as narrow as they may be.
    pub(super) fn excess(&self, setting: &Setting, number: usize) -> Pt {
        let shrink = if setting.justified { self.space * SHRINK } else { Pt::ZERO };
        self.width - setting.measure.of(number) - shrink
    }
}

/// The shares of its width that a space may grow and shrink by (research: 80 to 133 %).
const STRETCH: f64 = 0.33;
const SHRINK: f64 = 0.20;
/// Ragged lines may stay this share of the measure short at no more cost than a full stretch.
const RAG: f64 = 0.12;
/// The stretch up to which a paragraph is left without hyphens.
const TOLERANCE: f64 = 1.4;
/// TeX's `linepenalty`, `hyphenpenalty`, `doublehyphendemerits`, `adjdemerits` as SILE sets them;
/// and a `finalhyphendemerits` that leaves no piece of a word alone on the last line, if it can.
const LINE_PENALTY: f64 = 10.0;
const HYPHEN_PENALTY: f64 = 50.0;
const DOUBLE_HYPHEN: f64 = 10_000.0;
const FINAL_HYPHEN: f64 = 250_000.0;
const ADJACENT: f64 = 10_000.0;
/// What a last line shorter than three ems costs.
const RUNT: f64 = 60_000.0;
/// What a line over its measure costs: more than any other fault.
const OVERFULL: f64 = 1e12;

/// Chooses where the lines end. Every cluster is in one line; no line is empty but that of an
/// empty paragraph, which has none.
pub(super) fn break_lines(
    shaped: &ShapedText,
    opportunities: &[Opportunity],
    setting: &Setting,
) -> Vec<Line> {
    if shaped.clusters.is_empty() {
        return Vec::new();
    }
    let sums = PrefixSums::new(shaped);
    let breaks = Break::list(shaped, opportunities);
    let plain: Vec<Break> = breaks.iter().copied().filter(|place| !place.hyphen).collect();
    let mut found = search(shaped, &sums, &plain, setting);
    if found.is_loose && plain.len() < breaks.len() {
        found = search(shaped, &sums, &breaks, setting);
    }
    if found.is_overfull(setting) {
        found = search(shaped, &sums, &Break::anywhere(shaped, &sums, &breaks, setting), setting);
    }
    found.lines
}

/// Paragraphs of more lines than a title has are not balanced.
const MOST_BALANCED_LINES: usize = 6;

/// Chooses where the lines of a title end: in the narrowest measure that takes no more lines, so
/// that all are about as long.
pub(super) fn balance_lines(
    shaped: &ShapedText,
    opportunities: &[Opportunity],
    setting: &Setting,
) -> Vec<Line> {
    let mut lines = break_lines(shaped, opportunities, setting);
    if !(2..=MOST_BALANCED_LINES).contains(&lines.len()) {
        return lines;
    }
    let (mut low, mut high) = (0.0, setting.measure.full.0);
    while high - low > 1.0 {
        let measure = Measure { full: Pt(f64::midpoint(low, high)), ..setting.measure };
        let narrower = Setting { measure, ..*setting };
        let tried = break_lines(shaped, opportunities, &narrower);
        let found = Found { lines: tried, is_loose: false };
        if found.lines.len() <= lines.len() && !found.is_overfull(&narrower) {
            lines = found.lines;
            high = measure.full.0;
        } else {
            low = measure.full.0;
        }
    }
    lines
}

/// A place where a line may end, as clusters.
#[derive(Clone, Copy, Debug)]
struct Break {
    /// The first cluster of the next line.
    next: usize,
    hyphen: bool,
    forced: bool,
}

impl Break {
    /// The opportunities that fall between clusters; the end is the last.
    fn list(shaped: &ShapedText, opportunities: &[Opportunity]) -> Vec<Self> {
        let clusters = &shaped.clusters;
        let mut next = 0;
        let mut breaks = Vec::with_capacity(opportunities.len());
        for place in opportunities {
            while next < clusters.len() && clusters[next].range.start < place.offset {
                next += 1;
            }
            let is_between = next == clusters.len() || clusters[next].range.start == place.offset;
            if is_between && next > 0 {
                breaks.push(Self {
                    next,
                    hyphen: place.kind == OpportunityKind::Hyphen,
                    forced: place.kind == OpportunityKind::Forced || next == clusters.len(),
                });
            }
        }
        if breaks.last().is_none_or(|last| last.next < clusters.len()) {
            breaks.push(Self { next: clusters.len(), hyphen: false, forced: true });
        }
        breaks
    }
}

impl Break {
    /// The same places, and every place inside pieces that are wider than the narrowest line.
    fn anywhere(
        shaped: &ShapedText,
        sums: &PrefixSums,
        breaks: &[Self],
        setting: &Setting,
    ) -> Vec<Self> {
        let varied = 0..=setting.measure.varied_lines();
        let narrowest = varied.map(|line| setting.measure.of(line)).fold(Pt(f64::MAX), Pt::min);
        let mut all = Vec::with_capacity(breaks.len());
        let mut word = 0;
        let mut start = 0;
        for (index, place) in breaks.iter().enumerate() {
            if place.hyphen {
                continue;
            }
            let is_wide = sums.width[place.next] - sums.width[start] > narrowest.0;
            if is_wide {
                let inside = (start + 1..place.next)
                    .filter(|index| shaped.clusters[*index].kind == ClusterKind::Glyphs);
                all.extend(inside.map(|next| Self { next, hyphen: false, forced: false }));
                all.push(*place);
            } else {
                all.extend_from_slice(&breaks[word..=index]);
            }
            (word, start) = (index + 1, place.next);
        }
        all
    }
}

/// Widths from the paragraph's start, so that any line's width is one subtraction.
struct PrefixSums {
    width: Vec<f64>,
    space: Vec<f64>,
}

impl PrefixSums {
    fn new(shaped: &ShapedText) -> Self {
        let mut sums = Self { width: vec![0.0], space: vec![0.0] };
        let (mut width, mut space) = (0.0, 0.0);
        for cluster in &shaped.clusters {
            width += cluster.advance.0;
            if cluster.kind == ClusterKind::Space {
                space += cluster.advance.0;
            }
            sums.width.push(width);
            sums.space.push(space);
        }
        sums
    }
}

/// A break that lines may start from, with the cheapest way to it.
#[derive(Clone, Copy, Debug)]
struct Node {
    next: usize,
    line: usize,
    fitness: u8,
    hyphen: bool,
    demerits: f64,
    is_loose: bool,
    before: Option<usize>,
    ends: Line,
}

struct Found {
    lines: Vec<Line>,
    is_loose: bool,
}

impl Found {
    fn is_overfull(&self, setting: &Setting) -> bool {
        let mut lines = self.lines.iter().enumerate();
        lines.any(|(number, line)| line.excess(setting, number) > Pt(0.05))
    }
}

/// The cheapest way from the paragraph's start to its end.
fn search(shaped: &ShapedText, sums: &PrefixSums, breaks: &[Break], setting: &Setting) -> Found {
    let start = Line {
        start: 0,
        end: 0,
        next: 0,
        hyphen: false,
        width: Pt::ZERO,
        space: Pt::ZERO,
        forced: false,
    };
    let mut nodes = vec![Node {
        next: 0,
        line: 0,
        fitness: 1,
        hyphen: false,
        demerits: 0.0,
        is_loose: false,
        before: None,
        ends: start,
    }];
    let mut active = vec![0];
    for place in breaks {
        let mut best: Vec<Node> = Vec::new();
        let mut rescue: Option<Node> = None;
        active.retain(|&index| {
            let from = nodes[index];
            let line = measure_line(shaped, sums, from.next, *place, setting);
            let (node, fits) = price(from, index, line, setting);
            if fits {
                offer(&mut best, node, setting);
            } else if rescue.is_none_or(|rescued| node.demerits < rescued.demerits) {
                rescue = Some(node);
            }
            fits && !place.forced
        });
        if active.is_empty() && best.is_empty() {
            best.extend(rescue);
        }
        for node in best {
            active.push(nodes.len());
            nodes.push(node);
        }
    }
    trace(&nodes, &active)
}

/// Follows the cheapest way back to the start.
fn trace(nodes: &[Node], active: &[usize]) -> Found {
    let last =
        active.iter().copied().min_by(|a, b| nodes[*a].demerits.total_cmp(&nodes[*b].demerits));
    let is_loose = last.is_some_and(|index| nodes[index].is_loose);
    let mut lines = Vec::new();
    let mut at = last;
    while let Some(index) = at {
        if nodes[index].before.is_some() {
            lines.push(nodes[index].ends);
        }
        at = nodes[index].before;
    }
    lines.reverse();
    Found { lines, is_loose }
}

fn measure_line(
    shaped: &ShapedText,
    sums: &PrefixSums,
    start: usize,
    place: Break,
    setting: &Setting,
) -> Line {
    let unseen = |index: usize| {
        matches!(shaped.clusters[index].kind, ClusterKind::Space | ClusterKind::Newline)
    };
    let mut end = place.next;
    while end > start && unseen(end - 1) {
        end -= 1;
    }
    let hyphen = if place.hyphen { setting.hyphen } else { Pt::ZERO };
    Line {
        start,
        end,
        next: place.next,
        hyphen: place.hyphen,
        width: Pt(sums.width[end] - sums.width[start]) + hyphen,
        space: Pt(sums.space[end] - sums.space[start]),
        forced: place.forced,
    }
}

/// A line's cost, and whether it fits its measure.
fn price(from: Node, index: usize, line: Line, setting: &Setting) -> (Node, bool) {
    let measure = setting.measure.of(from.line);
    let excess = line.width - measure;
    let shrink = if setting.justified { line.space * SHRINK } else { Pt::ZERO };
    let fits = excess.0 <= shrink.0 + 0.01;
    let stretch = if setting.justified { line.space * STRETCH } else { measure * RAG };
    let ratio = if excess.0 > 0.0 {
        -excess.0 / shrink.0.max(0.01)
    } else if line.forced {
        0.0
    } else {
        -excess.0 / stretch.0.max(0.01)
    };
    let badness = 100.0 * ratio.abs().min(100.0).powi(3);
    let penalty = if line.hyphen { HYPHEN_PENALTY } else { 0.0 };
    let mut demerits = (LINE_PENALTY + badness).powi(2) + penalty * penalty;
    let fitness = match ratio {
        r if r < -0.5 => 0,
        r if r <= 0.5 => 1,
        r if r <= 1.0 => 2,
        _ => 3,
    };
    if line.hyphen && from.hyphen {
        demerits += DOUBLE_HYPHEN;
    }
    if from.fitness.abs_diff(fitness) > 1 {
        demerits += ADJACENT;
    }
    let is_runt = line.forced && from.line > 0 && line.width.0 < setting.em.0 * 3.0;
    if line.forced {
        demerits += if from.hyphen { FINAL_HYPHEN } else { 0.0 };
        demerits += if is_runt { RUNT } else { 0.0 };
    }
    if !fits {
        demerits += OVERFULL * (1.0 + excess.0);
    }
    let node = Node {
        next: line.next,
        line: from.line + 1,
        fitness,
        hyphen: line.hyphen,
        demerits: from.demerits + demerits,
        is_loose: from.is_loose || !fits || is_runt || ratio > TOLERANCE,
        before: Some(index),
        ends: line,
    };
    (node, fits)
}

/// Keeps a node if it is the cheapest of its kind: nodes differ for what follows only in
/// fitness, hyphen, and, while widths still vary, in their line.
fn offer(best: &mut Vec<Node>, node: Node, setting: &Setting) {
    let varied = setting.measure.varied_lines();
    let rival = best.iter_mut().find(|other| {
        other.fitness == node.fitness
            && other.hyphen == node.hyphen
            && other.line.min(varied) == node.line.min(varied)
    });
    match rival {
        Some(rival) if node.demerits < rival.demerits => *rival = node,
        Some(_) => {}
        None => best.push(node),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::{FontBook, FontQuery};
    use crate::diagnostics::{Sink, Span};
    use crate::model::Language;
    use crate::text::{RunStyle, Shaper, StyledText, break_opportunities};
    use crate::theme::{Caps, Figures};

    const TEXT: &str = "The two of them began out of the boot of an elderly car, and the idea \
        needed no clinic of its own: a woman who has just learned something difficult will \
        listen to a nurse, and she will believe another mother who has stood where she stands.";

    type BreakLines = fn(&ShapedText, &[Opportunity], &Setting) -> Vec<Line>;

    fn lines(text: &str, measure: Pt, indents: Indents, justified: bool) -> Vec<(String, Line)> {
        lines_by(break_lines, text, measure, indents, justified)
    }

    fn lines_by(
        by: BreakLines,
        text: &str,
        measure: Pt,
        indents: Indents,
        justified: bool,
    ) -> Vec<(String, Line)> {
        let fonts = FontBook::bundled();
        let sink = Sink::default();
        let query = FontQuery { family: "Source Serif 4", weight: 400, italic: false };
        let style = RunStyle {
            font: fonts.find(query).unwrap(),
            size: Pt(10.5),
            tracking: 0.0,
            caps: Caps::None,
            figures: Figures::OldStyle,
            language: Language::default(),
            hyphenate: true,
        };
        let mut styled = StyledText::default();
        styled.push(text, &style, 0, Span::default());
        let shaped = Shaper::new(&fonts, &sink).shape(&styled);
        let setting = Setting {
            measure: Measure { full: measure, indents },
            justified,
            hyphen: Pt(3.0),
            em: Pt(10.5),
        };
        by(&shaped, &break_opportunities(&styled), &setting)
            .into_iter()
            .map(|line| {
                let start = shaped.clusters[line.start].range.start as usize;
                let end = shaped.clusters[line.next - 1].range.end as usize;
                (text[start..end].to_owned(), line)
            })
            .collect()
    }

    #[test]
    fn lines_hold_the_whole_text_and_keep_to_the_measure() {
        for (width, justified) in [(120.0, false), (200.0, true), (320.0, true), (900.0, true)] {
            let lines = lines(TEXT, Pt(width), Indents::default(), justified);
            let joined: String = lines.iter().map(|(text, _)| text.as_str()).collect();
            assert_eq!(joined, TEXT);
            for (text, line) in &lines {
                let shrink = if justified { line.space * SHRINK } else { Pt::ZERO };
                assert!((line.width - shrink).0 <= width + 0.01, "{width}: {text}");
            }
        }
    }

    #[test]
    fn the_lines_of_a_title_are_about_as_long() {
        let title = "A title that would leave one word alone";
        let widths = |by| -> Vec<f64> {
            lines_by(by, title, Pt(160.0), Indents::default(), false)
                .iter()
                .map(|(_, line)| line.width.0)
                .collect()
        };
        let (plain, balanced) = (widths(break_lines), widths(balance_lines));
        assert_eq!(plain.len(), balanced.len());
        let spread = |widths: &[f64]| {
            widths.iter().fold(0.0, |a: f64, b| a.max(*b))
                - widths.iter().fold(f64::MAX, |a, b| a.min(*b))
        };
        assert!(spread(&balanced) < 40.0, "{plain:?} {balanced:?}");
    }

    #[test]
    fn lines_beside_a_drop_capital_are_shorter() {
        let indents = Indents { beside: (Pt(60.0), 2), ..Indents::default() };
        let lines = lines(TEXT, Pt(200.0), indents, true);
        let widths: Vec<f64> = lines.iter().map(|(_, line)| line.width.0).collect();
        assert!(widths[0] < 150.0 && widths[1] < 150.0 && widths[2] > 170.0, "{widths:?}");
    }

    #[test]
    fn a_word_wider_than_the_measure_is_broken_rather_than_run_over() {
        let lines = lines("a Xyzzyxyzzyxyzzyx b", Pt(40.0), Indents::default(), false);
        let joined: Vec<&str> = lines.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(joined.concat(), "a Xyzzyxyzzyxyzzyx b");
        assert!(lines.iter().all(|(_, line)| line.width <= Pt(40.0)));
    }

    #[test]
    fn a_forced_break_ends_a_line() {
        let lines = lines("short\nlines", Pt(200.0), Indents::default(), true);
        assert_eq!(lines.len(), 2);
        assert!(lines[0].1.forced);
    }
}
