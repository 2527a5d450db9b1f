//! What a reader of an edition would notice, on small documents built by hand.

use super::*;
use crate::diagnostics::SourceId;
use crate::model::{
    Agent, Alt, Attributes, Biography, CodeBlock, Date, Fact, Heading, Link, Person, PictureSource,
    Release, Style, TableCell, Target, Text,
};
use crate::theme::Theme;

fn at(place: usize) -> Span {
    Span::new(SourceId::default(), place, place + 1)
}

fn text(text: &str) -> Vec<Inline> {
    vec![Inline::Text(Text { text: text.to_owned(), span: Span::default() })]
}

fn para(content: &str) -> Block {
    Block::Paragraph { content: text(content), span: Span::default() }
}

fn paragraph(content: impl IntoIterator<Item = Vec<Inline>>) -> Block {
    let content = content.into_iter().flatten().collect();
    Block::Paragraph { content, span: Span::default() }
}

/// A heading as Markdown writes it, `## Words .class`; its label is its text in small letters.
fn head(line: &str) -> Block {
    let (marks, words) = line.split_once(' ').unwrap();
    let (words, class) = words.split_once(" .").unwrap_or((words, ""));
    Block::Heading(Heading {
        level: u8::try_from(marks.len()).unwrap(),
        label: Label::new(words.to_lowercase()),
        attributes: Attributes {
            classes: class.split_whitespace().map(str::to_owned).collect(),
            ..Attributes::default()
        },
        content: text(words),
        span: at(words.len()),
    })
}

fn link(to: &str, words: &str) -> Vec<Inline> {
    let target = Target::Internal(Label::new(to));
    vec![Inline::Link(Link { target, title: String::new(), content: text(words), span: at(1) })]
}

fn call(label: &str) -> Vec<Inline> {
    vec![Inline::NoteCall { label: Label::new(label), span: at(2) }]
}

fn picture(alt: Alt) -> Picture {
    Picture { source: PictureSource::Local(RootPath::default()), alt, span: at(3) }
}

fn figure(alt: Alt, caption: &str) -> Block {
    let caption = if caption.is_empty() { Vec::new() } else { text(caption) };
    Block::Figure(Figure { pictures: vec![picture(alt)], caption, span: at(3) })
}

fn document(blocks: Vec<Block>) -> Document {
    let metadata = Metadata { title: "It’s Robin".to_owned(), ..Metadata::default() };
    Document { metadata, blocks, ..Document::default() }
}

fn note(document: &mut Document, label: &str, blocks: Vec<Block>) {
    let label = Label::new(label);
    document.notes.insert(label.clone(), Note { label, blocks, span: Span::default() });
}

fn fact(id: &str, value: &str) -> Fact {
    Fact {
        id: Label::new(id),
        label: text(id),
        value: text(value),
        unit: None,
        as_of: None,
        source: Vec::new(),
        span: Span::default(),
    }
}

fn words(language: &str) -> Words {
    let theme = Theme::load("feature", &Sink::default()).unwrap();
    theme.words(&Language::parse(language).unwrap())
}

fn selected(document: &Document, kind: EditionKind) -> (Edition, Sink) {
    let sink = Sink::default();
    let spec = EditionSpec { kind, words: words(document.metadata.language.as_str()) };
    (select(document, &spec, &sink), sink)
}

fn press_kit(document: &Document) -> Edition {
    selected(document, EditionKind::PressKit).0
}

/// `role label` of each section.
fn outline(edition: &Edition) -> Vec<String> {
    let line = |section: &Section| format!("{:?} {}", section.role, section.label.as_str());
    edition.sections.iter().map(line).collect()
}

/// The levels of a prose section's headings.
fn levels(section: &Section) -> Vec<u8> {
    let Body::Prose(blocks) = &section.body else { return Vec::new() };
    let level = |block: &Block| if let Block::Heading(it) = block { Some(it.level) } else { None };
    blocks.iter().filter_map(level).collect()
}

fn found(sink: &Sink) -> Vec<(&'static str, String)> {
    sink.sorted().into_iter().map(|found| (found.code.name, found.message)).collect()
}

#[test]
fn a_first_heading_that_repeats_the_title_is_not_printed_twice() {
    let blocks = vec![head("# it's robin"), para("One."), head("## More"), para("Two.")];
    let edition = press_kit(&document(blocks));
    assert_eq!(outline(&edition), ["Story story"]);
    assert_eq!(plain_text(&edition), ["Press kit · Profile", "It’s Robin", "One.", "More", "Two."]);
}

#[test]
fn a_first_heading_that_says_more_than_the_title_stays() {
    let mut heading = head("# It’s Robin");
    if let Block::Heading(heading) = &mut heading {
        heading.content.extend(call("a"));
    }
    let mut document = document(vec![heading, para("One.")]);
    note(&mut document, "a", vec![para("Aye.")]);
    assert_eq!(plain_text(&press_kit(&document))[2..], ["It’s Robin", "One.", "Aye."]);
}

#[test]
fn other_headings_of_the_first_level_open_chapters() {
    let blocks = vec![para("Preface."), head("# One"), para("1"), head("# Two"), head("## Sub")];
    let edition = press_kit(&document(blocks));
    assert_eq!(outline(&edition), ["Story story", "Chapter one", "Chapter two"]);
    let edition = press_kit(&document(vec![head("# It’s Robin"), head("# One"), para("1")]));
    assert_eq!(outline(&edition), ["Chapter one"]);
}

#[test]
fn an_interview_ends_at_the_next_heading_as_high_and_siblings_stay_siblings() {
    let edition = press_kit(&document(vec![
        para("Story."),
        head("## Talk .interview"),
        head("### Aside"),
        head("## After"),
        head("### Below"),
        head("## Last"),
    ]));
    let expected = ["Story story", "Interview talk", "Chapter after", "Chapter last"];
    assert_eq!(outline(&edition), expected);
    assert_eq!(levels(&edition.sections[1]), [2]);
    assert_eq!(levels(&edition.sections[2]), [2]);
}

#[test]
fn a_section_in_another_language_says_so() {
    let attributes = Attributes { language: Language::parse("fr"), ..Attributes::default() };
    let blocks = vec![head("# Avant"), para("Texte.")];
    let french = Block::Division { attributes, blocks, span: Span::default() };
    let edition = press_kit(&document(vec![para("Story."), french, head("# After")]));
    assert_eq!(outline(&edition), ["Story story", "Chapter avant", "Chapter after"]);
    assert_eq!(edition.sections[1].language, Language::parse("fr"));
    assert_eq!(edition.sections[2].language, None);
}

#[test]
fn skipped_headings_are_raised_and_reported_once_each() {
    let blocks =
        vec![head("#### a"), head("### bb"), head("##### ccc"), head("##### dddd"), head("## e")];
    let (edition, sink) = selected(&document(blocks), EditionKind::Profile);
    assert_eq!(levels(&edition.sections[0]), [2, 2, 3, 3, 2]);
    let name = "skipped-heading";
    assert_eq!(
        found(&sink),
        [
            (name, "a heading skips from level 1 to level 4".to_owned()),
            (name, "a heading skips from level 3 to level 5".to_owned()),
        ]
    );
}

fn full_document() -> Document {
    let mut document = document(vec![para("Story."), head("## Timeline .interview"), para("Q")]);
    let kit = &mut document.kit;
    kit.facts = vec![fact("place", "Cape Town"), fact("staff", "1,800"), fact("share", "2.1")];
    kit.facts[2].unit = Some("%".to_owned());
    kit.facts[2].source = text("Report");
    kit.facts[2].as_of = Some(Date { year: 2026, month: Some(11), day: None });
    kit.boilerplate = vec![head("# Deep"), para("Who we are.")];
    kit.usage = vec![para("Use it.")];
    kit.timeline = vec![TimelineEntry {
        date: crate::model::TimelineDate { text: "Today".to_owned(), machine: None },
        title: Vec::new(),
        text: text("Happens."),
        span: Span::default(),
    }];
    let biography =
        Biography { short: vec![para("Short.")], long: vec![para("Long.")], medium: vec![] };
    kit.people = vec![Person {
        id: Label::new("robin"),
        name: "Robin".to_owned(),
        role: None,
        biography,
        image: None,
        same_as: Vec::new(),
        span: Span::default(),
    }];
    document
        .assets
        .insert(RootPath::default(), Asset { caption: text("Unseen."), ..Asset::default() });
    document
}

#[test]
fn the_press_kit_and_the_profile_each_have_their_order_and_unique_labels() {
    let document = full_document();
    let press_kit = outline(&press_kit(&document));
    let profile = outline(&selected(&document, EditionKind::Profile).0);
    assert_eq!(
        press_kit,
        [
            "Story story",
            "AtAGlance at-a-glance",
            "Interview timeline",
            "FactSheet fact-sheet",
            "Timeline timeline-2",
            "Usage usage",
            "Biographies biographies",
            "Gallery pictures",
            "About about",
        ]
    );
    assert_eq!(
        profile,
        [
            "Story story",
            "Interview timeline",
            "FactSheet fact-sheet",
            "Timeline timeline-2",
            "Biographies biographies",
            "Gallery pictures",
            "About about",
            "Usage usage",
        ]
    );
}

#[test]
fn the_press_may_choose_a_biography_and_readers_get_the_longest() {
    let document = full_document();
    let texts = |edition: &Edition| plain_text(edition);
    let kit = texts(&press_kit(&document));
    let at = kit.iter().position(|entry| entry == "Robin").unwrap();
    assert_eq!(kit[at..at + 5], ["Robin", "In brief", "Short.", "In full", "Long."]);
    let book = texts(&selected(&document, EditionKind::Profile).0);
    let at = book.iter().position(|entry| entry == "Robin").unwrap();
    assert_eq!(book[at..at + 2], ["Robin", "Long."]);
}

#[test]
fn figures_come_first_at_a_glance_and_units_follow_as_the_language_has_them() {
    let mut document = full_document();
    let entries = plain_text(&press_kit(&document));
    let at = entries.iter().position(|entry| entry == "At a glance").unwrap();
    let expected = ["staff", "1,800", "share", "2.1%", "Report, as of November 2026"];
    assert_eq!(entries[at + 1..at + 6], expected);

    document.metadata.language = Language::parse("de").unwrap();
    let entries = plain_text(&press_kit(&document));
    assert!(entries.contains(&"2.1 %".to_owned()), "{entries:?}");
    assert!(entries.contains(&"Report, Stand: November 2026".to_owned()), "{entries:?}");
}

#[test]
fn the_first_page_speaks_the_document_s_language() {
    let mut document = document(vec![para("Story.")]);
    let metadata = &mut document.metadata;
    metadata.dateline = Some("Paris".to_owned());
    metadata.date = Some(Date { year: 2026, month: Some(8), day: Some(1) });
    metadata.subtitle = Some("Second".to_owned());
    metadata.organization = Some("Air Inter".to_owned());
    let until = "2026-11-02T09:05:00+02:00".to_owned();
    metadata.release = Release::Embargoed { until, note: None };
    let agent = |name: &str| Agent { name: name.to_owned(), role: None, file_as: None };
    metadata.authors = ["Ana", "Hugo", "Inés"].map(agent).to_vec();
    document.kit.boilerplate = vec![para("Who.")];

    let mut lines = |language: &str| {
        document.metadata.language = Language::parse(language).unwrap();
        let edition = press_kit(&document);
        let Opener { release, dateline, byline, .. } = edition.opener;
        let about = crate::model::visit::text(&edition.sections[1].title);
        [release, dateline, byline, Some(about)].map(Option::unwrap_or_default)
    };
    assert_eq!(
        lines("en"),
        [
            "Embargoed until 2 November 2026, 09:05 (+02:00)",
            "Paris, 1 August 2026",
            "By Ana, Hugo and Inés",
            "About Air Inter",
        ]
    );
    assert_eq!(lines("en-US")[0], "Embargoed until November 2, 2026, 9:05 a.m. (+02:00)");
    assert_eq!(
        lines("fr"),
        [
            "Sous embargo jusqu’au 2 novembre 2026 à 9\u{A0}h\u{A0}05 (+02:00)",
            "Paris, 1er août 2026",
            "Par Ana, Hugo et Inés",
            "À propos d’Air Inter",
        ]
    );
    assert_eq!(lines("de")[0], "Sperrfrist: 2. November 2026, 09:05 Uhr (+02:00)");
    assert_eq!(lines("es")[2], "Por Ana, Hugo e Inés");
}

#[test]
fn who_is_not_named_is_not_called_by_the_title() {
    let mut document = document(vec![para("Story.")]);
    document.kit.boilerplate = vec![para("Who.")];
    let mut about = |language: &str| {
        document.metadata.language = Language::parse(language).unwrap();
        crate::model::visit::text(&press_kit(&document).sections[1].title)
    };
    let titles = ["en", "fr", "de", "es"].map(&mut about);
    assert_eq!(titles, ["About", "À propos", "Über uns", "Quiénes somos"]);
}

#[test]
fn the_headline_is_the_deck_and_the_subtitle_stands_in_for_it() {
    let mut document = document(vec![para("Story.")]);
    document.metadata.subtitle = Some("Second".to_owned());
    let opener = press_kit(&document).opener;
    assert_eq!(
        (opener.subtitle, crate::model::visit::text(&opener.deck)),
        (None, "Second".to_owned())
    );
    document.metadata.headline = text("Line");
    let opener = press_kit(&document).opener;
    assert_eq!(opener.subtitle.as_deref(), Some("Second"));
    assert_eq!(crate::model::visit::text(&opener.deck), "Line");
}

#[test]
fn a_picture_takes_what_assets_say_unless_the_prose_says_it() {
    let alt = Alt::Text("Brackets".to_owned());
    let mut document = document(vec![
        figure(alt.clone(), "Title"),
        figure(Alt::Missing, ""),
        figure(Alt::Missing, ""),
    ]);
    let asset = Asset {
        alt: Some("Asset".to_owned()),
        caption: text("Caption"),
        credit: Some("Ada".to_owned()),
        ..Asset::default()
    };
    document.assets.insert(RootPath::default(), asset);
    let (edition, sink) = selected(&document, EditionKind::PressKit);
    assert_eq!(outline(&edition), ["Story story"], "a picture of the prose is not in the gallery");
    assert_eq!(plain_text(&edition)[2..], ["Title", "Ada", "Caption", "Ada", "Caption", "Ada"]);
    let Body::Prose(blocks) = &edition.sections[0].body else { panic!() };
    let alts: Vec<_> = blocks
        .iter()
        .map(|block| if let Block::Figure(it) = block { &it.pictures[0].alt } else { panic!() })
        .collect();
    assert_eq!(alts, [&alt, &Alt::Text("Asset".to_owned()), &Alt::Text("Asset".to_owned())]);
    assert_eq!(found(&sink), []);

    document.assets.clear();
    let (_, sink) = selected(&document, EditionKind::PressKit);
    assert_eq!(found(&sink).len(), 1, "one picture is one warning, however often it is shown");
}

#[test]
fn notes_are_numbered_as_they_are_called_and_stand_in_the_section_that_calls_them() {
    let emphasis =
        |content| vec![Inline::Styled { style: Style::Emphasis, content, span: Span::default() }];
    let mut document = document(vec![
        paragraph([text("One"), emphasis(call("z")), call("a"), call("gone")]),
        head("# Next"),
        paragraph([text("Two"), call("a"), call("m")]),
    ]);
    note(&mut document, "z", vec![paragraph([text("Zed"), call("inner")])]);
    note(&mut document, "a", vec![para("Aye")]);
    note(&mut document, "m", vec![para("Em")]);
    note(&mut document, "inner", vec![para("Inner")]);
    note(&mut document, "unused", vec![para("Unused")]);
    let (edition, sink) = selected(&document, EditionKind::PressKit);
    let numbers: Vec<_> =
        edition.note_numbers.iter().map(|(label, number)| (label.as_str(), *number)).collect();
    assert_eq!(numbers, [("a", 2), ("inner", 3), ("m", 4), ("z", 1)]);
    let notes = |at: usize| -> Vec<_> {
        edition.sections[at].notes.iter().map(|note| note.label.as_str()).collect()
    };
    assert_eq!((notes(0), notes(1)), (vec!["z", "a", "inner"], vec!["m"]));
    assert_eq!(
        found(&sink),
        [("undefined-note", "no note is named `gone`; its call is left out".to_owned())]
    );
    assert_eq!(plain_text(&edition)[2..], ["One", "Zed", "Aye", "Inner", "Next", "Two", "Em"]);
}

#[test]
fn links_lead_to_what_the_edition_holds_or_become_their_text() {
    let document = document(vec![
        head("# It’s Robin"),
        paragraph([link("it’s robin", "top"), link("chapter", "there"), link("chaptr", "gone")]),
        head("# Chapter"),
    ]);
    let (edition, sink) = selected(&document, EditionKind::PressKit);
    let Body::Prose(blocks) = &edition.sections[0].body else { panic!() };
    let Block::Paragraph { content, .. } = &blocks[0] else { panic!() };
    let [Inline::Link(top), Inline::Link(there), Inline::Text(gone)] = &content[..] else {
        panic!("{content:?}")
    };
    assert_eq!(top.target, Target::Internal(Label::new("story")));
    assert_eq!(there.target, Target::Internal(Label::new("chapter")));
    assert_eq!(gone.text, "gone");
    assert_eq!(found(&sink), [("dangling-reference", "no heading is named `#chaptr`".to_owned())]);
    assert_eq!(sink.sorted()[0].help.as_deref(), Some("did you mean `#chapter`?"));
}

#[test]
fn plain_text_has_an_entry_for_each_paragraph_cell_and_line_of_code() {
    let cell = |content: &str| TableCell { content: text(content) };
    let row = |cells: [&str; 2]| crate::model::TableRow { cells: cells.map(cell).to_vec() };
    let formula = vec![Inline::Math(Text { text: "x^2".to_owned(), span: Span::default() })];
    let edition = press_kit(&document(vec![
        paragraph([text(" a \u{A0} b\nc "), vec![Inline::LineBreak { span: at(1) }], text("d")]),
        paragraph([text("before "), formula, text(" after")]),
        Block::Table(crate::model::Table {
            alignments: vec![],
            head: row(["h1", ""]),
            rows: vec![row(["c1", "c2"])],
            span: Span::default(),
        }),
        Block::Code(CodeBlock {
            language: None,
            text: "x  =\n\n  y".to_owned(),
            span: Span::default(),
        }),
    ]));
    let expected = ["a b c d", "before", "after", "h1", "c1", "c2", "x =", "y"];
    assert_eq!(plain_text(&edition)[2..], expected);
}

#[test]
fn a_book_of_sixty_chapters_keeps_every_word() {
    let chapter = |number: usize| {
        let body =
            (0..100).map(|_| paragraph([text(&"word ".repeat(59)), link("chapter 7", "see")]));
        std::iter::once(head(&format!("# Chapter {number}"))).chain(body)
    };
    let edition = press_kit(&document((0..60).flat_map(chapter).collect()));
    assert_eq!(edition.sections.len(), 60);
    let words: usize = plain_text(&edition)[2..].iter().map(|it| it.split(' ').count()).sum();
    assert_eq!(words, 60 * (2 + 100 * 60));
}
