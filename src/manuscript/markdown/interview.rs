//! The sections under `{.interview}` into questions and answers.
//!
//! Where such a section has ordered lists, each item is a question with its answer; otherwise
//! its paragraphs in bold are the questions, and what follows them the answers.

use super::paragraph::{trim, trim_start};
use crate::diagnostics::{Diagnostic, Sink, Span, codes};
use crate::model::{
    Block, Exchange, Heading, Inline, Interview, List, ListItem, ListKind, Style, visit,
};

/// Gathers the interviews among some blocks.
pub(super) fn gather(blocks: &mut Vec<Block>, sink: &Sink) {
    let mut output = Vec::with_capacity(blocks.len());
    let mut rest = std::mem::take(blocks).into_iter().peekable();
    while let Some(block) = rest.next() {
        let Some((level, span)) = interview_heading(&block) else {
            output.push(block);
            continue;
        };
        output.push(block);
        let mut section = Vec::new();
        while let Some(block) = rest.next_if(|block| !ends_section(block, level)) {
            section.push(block);
        }
        output.extend(gather_section(section, span, sink));
    }
    *blocks = output;
}

fn interview_heading(block: &Block) -> Option<(u8, Span)> {
    match block {
        Block::Heading(Heading { level, attributes, span, .. })
            if attributes.classes.iter().any(|class| class == "interview") =>
        {
            Some((*level, *span))
        }
        _ => None,
    }
}

fn ends_section(block: &Block, level: u8) -> bool {
    matches!(block, Block::Heading(heading) if heading.level <= level)
}

fn gather_section(section: Vec<Block>, heading: Span, sink: &Sink) -> Vec<Block> {
    if section.iter().any(|block| matches!(block, Block::List(list) if is_questions(list))) {
        return section.into_iter().map(read_list).collect();
    }
    if section.iter().any(|block| bold_question(block).is_some()) {
        return read_paragraphs(section);
    }
    let found = Diagnostic::new(codes::INTERVIEW_SHAPE, heading, "this interview has no questions");
    sink.report(found.with_help(
        "write an ordered list whose items begin with a question in bold, or paragraphs in bold \
         followed by their answers",
    ));
    section
}

fn is_questions(list: &List) -> bool {
    matches!(list.kind, ListKind::Ordered { .. })
        && list
            .items
            .iter()
            .all(|item| matches!(item.blocks.first(), Some(Block::Paragraph { .. })))
}

fn read_list(block: Block) -> Block {
    match block {
        Block::List(List { kind: ListKind::Ordered { start }, items, tight, span }) => {
            let list = List { kind: ListKind::Ordered { start }, items, tight, span };
            if !is_questions(&list) {
                return Block::List(list);
            }
            let numbers = (0..).map(|index| start.saturating_add(index));
            let exchanges =
                numbers.zip(list.items).map(|(number, item)| read_item(number, item)).collect();
            Block::Interview(Interview { exchanges, numbered: true, span })
        }
        other => other,
    }
}

fn read_item(number: u64, item: ListItem) -> Exchange {
    let mut answer = item.blocks;
    let mut question = Vec::new();
    if let Some(Block::Paragraph { content, span }) = answer.first_mut() {
        let (bold, rest) =
            split_bold(content).unwrap_or_else(|| (std::mem::take(content), Vec::new()));
        question = bold;
        if let Some((first, last)) = rest.first().zip(rest.last()) {
            *span = visit::span(first).to(visit::span(last));
            *content = rest;
        } else {
            answer.remove(0);
        }
    }
    Exchange { number, question, answer, span: item.span }
}

/// The bold that a paragraph begins with, and the rest, if it begins with any.
fn split_bold(content: &[Inline]) -> Option<(Vec<Inline>, Vec<Inline>)> {
    let [Inline::Styled { style: Style::Strong, content: bold, .. }, rest @ ..] = content else {
        return None;
    };
    let (mut bold, mut rest) = (bold.clone(), rest.to_vec());
    trim(&mut bold);
    trim_start(&mut rest);
    Some((bold, rest))
}

/// The question that a paragraph asks, and what of its answer stands in it: all of it is bold, or
/// its first line is, or its first words are and end with a question mark.
fn bold_question(block: &Block) -> Option<(Vec<Inline>, Vec<Inline>)> {
    let Block::Paragraph { content, .. } = block else { return None };
    let (question, rest) = split_bold(content)?;
    let breaks = match content.get(1) {
        None | Some(Inline::LineBreak { .. }) => true,
        Some(Inline::Text(text)) => text.text.starts_with('\n'),
        Some(_) => false,
    };
    let asks = visit::text(&question).trim_end().ends_with(['?', '？', '؟']);
    (breaks || asks || rest.is_empty()).then_some((question, rest))
}

fn read_paragraphs(section: Vec<Block>) -> Vec<Block> {
    let mut output = Vec::new();
    let mut exchanges: Vec<Exchange> = Vec::new();
    for block in section {
        let span = block.span();
        if let Some((question, rest)) = bold_question(&block) {
            let number = exchanges.len() as u64 + 1;
            let has_more = !rest.is_empty();
            let more = has_more.then_some(Block::Paragraph { content: rest, span });
            let answer = more.into_iter().collect();
            exchanges.push(Exchange { number, question, answer, span });
        } else if let Some(exchange) = exchanges.last_mut() {
            exchange.span = exchange.span.to(span);
            exchange.answer.push(block);
        } else {
            output.push(block);
        }
    }
    if let Some((first, last)) = exchanges.first().zip(exchanges.last()) {
        let span = first.span.to(last.span);
        output.push(Block::Interview(Interview { exchanges, numbered: false, span }));
    }
    output
}
