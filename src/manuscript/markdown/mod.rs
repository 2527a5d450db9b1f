//! Markdown into [`Block`]s and [`Inline`]s.
//!
//! 1. [`guard`] bounds the nesting and hides from the parser what it would misread.
//! 2. [`tokens`] reads pulldown-cmark's events, and raw HTML, into one flat list.
//! 3. [`split`] cuts facts, bare addresses and scripts out of its text.
//! 4. [`typography`] sets quotes, dashes and spaces by language.
//! 5. [`tree`] builds the blocks, without recursion and to a bounded depth.
//! 6. [`interview`] gathers questions and answers.
//!
//! `CommonMark` 0.31.2 and GFM 0.29 with footnotes, definition lists, heading attributes, alerts,
//! scripts and math. Every node has its place in the source, to the byte.

mod autolink;
mod elements;
mod facts;
mod flatten;
mod frame;
mod guard;
mod headings;
mod html;
mod interview;
mod links;
mod notes;
mod paragraph;
mod quote;
mod run;
mod split;
mod templates;
mod tokens;
mod tree;
mod typography;

#[cfg(test)]
mod tests;

pub(crate) use links::part_label;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::Options;

use crate::diagnostics::{Sink, SourceId, Span};
use crate::model::{Attributes, Block, Fact, Heading, Inline, Label, Language, Note, Text, visit};
use crate::sandbox::{Root, RootPath};

/// What the text stands in.
pub(crate) struct Context<'a> {
    /// What the manuscript may read.
    pub root: &'a Root,
    /// The folder that the paths of pictures are relative to.
    pub folder: RootPath,
    /// The language that quotes and spaces are set in.
    pub language: &'a Language,
    /// What `{{facts.ID}}` may name.
    pub facts: &'a [Fact],
    /// The identifiers that are taken, in the whole document.
    pub labels: RefCell<BTreeSet<Label>>,
    /// The files of the manuscript, which links may lead to.
    pub parts: &'a BTreeSet<RootPath>,
    /// Where findings go.
    pub sink: &'a Sink,
}

/// The prose of one file.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// The notes that it defines, by their labels in lower case.
    pub notes: BTreeMap<Label, Note>,
}

/// Where the bytes of a text are found in a source.
#[derive(Clone, Copy)]
enum Origin {
    /// From this byte on.
    Source { source: SourceId, offset: usize },
    /// A string of the front matter, whose escapes leave no way back: all of it is here.
    Place(Span),
}

impl Origin {
    fn span(self, range: &Range<usize>) -> Span {
        match self {
            Self::Source { source, offset } => {
                Span::new(source, offset + range.start, offset + range.end)
            }
            Self::Place(span) => span,
        }
    }
}

/// The extensions that manuscripts are written in.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_SUPERSCRIPT)
    .union(Options::ENABLE_SUBSCRIPT);

/// Parses the prose of a file: `text` follows the front matter and begins at byte `offset` of
/// `source`.
pub(crate) fn parse_file(
    text: &str,
    source: SourceId,
    offset: usize,
    context: &Context<'_>,
) -> Prose {
    read(text, Origin::Source { source, offset }, OPTIONS, context)
}

/// Parses a string of the front matter as the content of one paragraph.
///
/// What would open a block at its start (`1977. `, `- `, `# `) is text here, since a value is a
/// value; several paragraphs are joined by line breaks.
pub(crate) fn parse_inlines(text: &str, at: Span, context: &Context<'_>) -> Vec<Inline> {
    // A no-break space counts as white space for emphasis and as text for blocks.
    let sentinel = '\u{A0}';
    let text = format!("{sentinel}{}", text.trim());
    let mut line = flatten::inlines(parse_blocks(&text, at, context));
    if let Some(Inline::Text(first)) = line.first_mut()
        && let Some(rest) = first.text.strip_prefix(sentinel)
    {
        first.text = rest.to_owned();
        if first.text.is_empty() {
            line.remove(0);
        }
    }
    line
}

/// Parses a string of the front matter as paragraphs and other blocks. Notes are defined in the
/// prose of a file and nowhere else.
pub(crate) fn parse_blocks(text: &str, at: Span, context: &Context<'_>) -> Vec<Block> {
    let options = OPTIONS.difference(Options::ENABLE_FOOTNOTES);
    read(text, Origin::Place(at), options, context).blocks
}

/// Sets a name or a title of the front matter, which holds no Markdown, in the quotes, dashes and
/// spaces of a language.
pub(crate) fn set_phrase(text: &str, language: &Language) -> String {
    let mut run = run::Run::default();
    run.push(text, 0..text.len(), false);
    let mut tokens = [tokens::Placed { token: tokens::Token::Text(run), range: 0..text.len() }];
    typography::set(&mut tokens, language);
    match tokens {
        [tokens::Placed { token: tokens::Token::Text(run), .. }] => run.text,
        [_] => text.to_owned(),
    }
}

/// A title of the front matter as a heading of the first level; it holds no Markdown.
pub(crate) fn title_heading(title: &str, span: Span, context: &Context<'_>) -> Heading {
    let text = Inline::Text(Text { text: title.to_owned(), span });
    let label = free_label(title, context);
    Heading { level: 1, label, attributes: Attributes::default(), content: vec![text], span }
}

/// An identifier made of a text, which nothing in the document has; it is taken then.
pub(crate) fn free_label(text: &str, context: &Context<'_>) -> Label {
    headings::Claims::default().settle(None, text, Span::default(), context)
}

fn read(text: &str, origin: Origin, options: Options, context: &Context<'_>) -> Prose {
    let guarded = guard::Guarded::new(text, options);
    let mut tokens = tokens::scan(&guarded, options, origin, context.sink);
    tokens = split::split(tokens, origin, context);
    typography::set(&mut tokens, context.language);
    let mut prose = tree::build(tokens, origin, context);
    interview::gather(&mut prose.blocks, context.sink);
    visit::block_inlines_mut(&mut prose.blocks, &mut soften);
    prose
        .notes
        .values_mut()
        .for_each(|note| visit::block_inlines_mut(&mut note.blocks, &mut soften));
    prose
}

/// Makes a space of each soft line break, which the steps before tell apart.
fn soften(inline: &mut Inline) {
    if let Inline::Text(text) = inline
        && text.text.contains('\n')
    {
        text.text = text.text.replace('\n', " ");
    }
}
