//! Links inside the document: led to a label that the edition holds, or reported and replaced by
//! their text.

use std::collections::{BTreeMap, BTreeSet};

use super::walk::{self, Touched};
use super::{Body, Opener, Section};
use crate::diagnostics::{Diagnostic, Sink, Span, codes, nearest};
use crate::model::{Block, Inline, Label, Link, Target, visit};

/// How many dangling links are told the nearest label: comparing is slow, and whoever has more
/// has another problem.
const MAX_HINTS: usize = 50;

/// Longer labels are sentences, and not misspelt.
const MAX_HINT_LENGTH: usize = 80;

/// Resolves all links of the edition. `aliases` are labels that lead to others; those that lead
/// nowhere in particular lead to the first section.
pub(super) fn resolve(
    opener: &mut Opener,
    sections: &mut [Section],
    aliases: &BTreeMap<Label, Option<Label>>,
    sink: &Sink,
) {
    let mut labels = BTreeSet::new();
    for section in &*sections {
        collect_labels(section, &mut labels);
    }
    let first = sections.first().map(|section| section.label.clone());
    let aliases =
        aliases.iter().filter_map(|(label, to)| Some((label, to.clone().or(first.clone())?)));
    let mut resolver = Resolver { labels, aliases: aliases.collect(), hints: 0, sink };

    resolver.text(&mut opener.deck);
    for section in sections {
        walk::section(section, &mut |touched| resolver.touch(touched));
        for note in &mut section.notes {
            walk::blocks(&mut note.blocks, &mut |touched| resolver.touch(touched));
        }
    }
}

/// The labels of headings and divisions.
pub(super) fn labels_of(blocks: &[Block], labels: &mut BTreeSet<Label>) {
    visit::blocks(blocks, &mut |visited| match visited {
        visit::Visited::Block(Block::Heading(heading)) => {
            labels.insert(heading.label.clone());
        }
        visit::Visited::Block(Block::Division { attributes, .. }) => {
            labels.extend(attributes.label.clone());
        }
        visit::Visited::Block(_) | visit::Visited::Inline(_) | visit::Visited::Picture(_) => {}
    });
}

fn collect_labels(section: &Section, labels: &mut BTreeSet<Label>) {
    labels.insert(section.label.clone());
    let mut collect = |blocks: &[Block]| labels_of(blocks, labels);
    match &section.body {
        Body::Prose(blocks) => collect(blocks),
        Body::Biographies(lives) => {
            lives.iter().flat_map(|life| &life.lengths).for_each(|length| collect(&length.blocks));
        }
        Body::Facts(_)
        | Body::Timeline(_)
        | Body::Quotes(_)
        | Body::Awards(_)
        | Body::Coverage(_)
        | Body::Gallery(_)
        | Body::Video(_)
        | Body::Links(_)
        | Body::Contacts(_) => {}
    }
    section.notes.iter().for_each(|note| collect(&note.blocks));
}

struct Resolver<'a> {
    labels: BTreeSet<Label>,
    aliases: BTreeMap<&'a Label, Label>,
    hints: usize,
    sink: &'a Sink,
}

impl Resolver<'_> {
    fn touch(&mut self, touched: Touched<'_>) {
        match touched {
            Touched::Inlines(content) => self.text(content),
            Touched::Heading(_) | Touched::Figure(_) => {}
        }
    }

    fn text(&mut self, content: &mut Vec<Inline>) {
        for inline in std::mem::take(content) {
            match inline {
                Inline::Link(link) => content.extend(self.link(link)),
                Inline::Styled { style, content: mut inner, span } => {
                    self.text(&mut inner);
                    content.push(Inline::Styled { style, content: inner, span });
                }
                Inline::Text(_)
                | Inline::Code(_)
                | Inline::Math(_)
                | Inline::Picture(_)
                | Inline::NoteCall { .. }
                | Inline::LineBreak { .. } => content.push(inline),
            }
        }
    }

    /// The link, or what it holds if it leads nowhere.
    fn link(&mut self, mut link: Link) -> Vec<Inline> {
        self.text(&mut link.content);
        let label = match &link.target {
            Target::External(_) => return vec![Inline::Link(link)],
            Target::Internal(label) => label,
        };
        if self.labels.contains(label) {
            return vec![Inline::Link(link)];
        }
        if let Some(stand_in) = self.aliases.get(label) {
            link.target = Target::Internal(stand_in.clone());
            return vec![Inline::Link(link)];
        }
        let diagnostic = self.dangling(label, link.span);
        self.sink.report(diagnostic);
        link.content
    }

    fn dangling(&mut self, label: &Label, span: Span) -> Diagnostic {
        let name = label.as_str();
        let help = match self.hint(name) {
            Some(near) => format!("did you mean `#{near}`?"),
            None => format!("a heading is given the name with `{{#{name}}}`"),
        };
        Diagnostic::new(codes::DANGLING_REFERENCE, span, format!("no heading is named `#{name}`"))
            .with_help(help)
    }

    fn hint(&mut self, name: &str) -> Option<&str> {
        self.hints += 1;
        if self.hints > MAX_HINTS || name.len() > MAX_HINT_LENGTH {
            return None;
        }
        let known = self.labels.iter().map(Label::as_str);
        nearest(name, known.filter(|known| known.len().abs_diff(name.len()) < 8))
    }
}
