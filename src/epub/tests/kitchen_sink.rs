//! An edition with every construct that a manuscript can hold.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostics::{Policy, Sink, Span};
use crate::edition::{Body, Edition, EditionKind, FactRow, Life, LifeText, Opener, Role, Section};
use crate::model::{
    Agent, Alert, AlertKind, Alignment, Alt, Asset, Attributes, Award, Block, CodeBlock,
    Collection, Contact, Coverage, Date, DateTime, Definition, Exchange, Figure, Heading, Inline,
    Interview, KitLink, Label, Language, Link, List, ListItem, ListKind, Metadata, Note, Picture,
    PictureSource, PullQuote, Quote, Style, Table, TableCell, TableRow, Target, Text, TimelineDate,
    TimelineEntry, Video,
};
use crate::sandbox::{Root, RootPath};
use crate::theme::Theme;

fn text(text: &str) -> Inline {
    Inline::Text(Text { text: text.to_owned(), span: Span::default() })
}

fn line(content: &str) -> Vec<Inline> {
    vec![text(content)]
}

fn styled(style: Style, content: &str) -> Inline {
    Inline::Styled { style, content: line(content), span: Span::default() }
}

fn math(source: &str) -> Inline {
    Inline::Math(Text { text: source.to_owned(), span: Span::default() })
}

fn link(target: Target, content: &str) -> Inline {
    let title = "A title & more".to_owned();
    Inline::Link(Link { target, title, content: line(content), span: Span::default() })
}

fn label(name: &str) -> Label {
    Label::new(name)
}

fn call(name: &str) -> Inline {
    Inline::NoteCall { label: label(name), span: Span::default() }
}

fn paragraph(content: Vec<Inline>) -> Block {
    Block::Paragraph { content, span: Span::default() }
}

fn prose(content: &str) -> Block {
    paragraph(line(content))
}

fn heading(level: u8, name: &str, content: &str) -> Block {
    Block::Heading(Heading {
        level,
        label: label(name),
        attributes: Attributes::default(),
        content: line(content),
        span: Span::default(),
    })
}

fn path(written: &str) -> RootPath {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/manuscript/robin-smalley");
    Root::new(folder.as_ref()).unwrap().resolve(&RootPath::default(), written).unwrap()
}

fn picture(written: &str, alt: &str) -> Picture {
    Picture {
        source: PictureSource::Local(path(written)),
        alt: Alt::Text(alt.to_owned()),
        span: Span::default(),
    }
}

fn figure(written: &str, caption: &str) -> Figure {
    Figure {
        pictures: vec![picture(written, "Dots, of which twenty-one are red.")],
        caption: line(caption),
        span: Span::default(),
    }
}

fn list(kind: ListKind, tight: bool, items: Vec<(Option<bool>, Vec<Block>)>) -> Block {
    let item = |(checked, blocks)| ListItem { checked, blocks, span: Span::default() };
    Block::List(List {
        kind,
        tight,
        items: items.into_iter().map(item).collect(),
        span: Span::default(),
    })
}

fn section(name: &str, role: Role, title: &str, body: Body) -> Section {
    Section {
        label: label(name),
        role,
        title: line(title),
        language: None,
        body,
        notes: Vec::new(),
        span: Span::default(),
    }
}

/// The edition.
pub(super) fn edition() -> Edition {
    let metadata = metadata();
    let theme = Theme::load("feature", &Sink::new(Policy::default())).unwrap();
    Edition {
        kind: EditionKind::Profile,
        words: theme.words(&metadata.language),
        opener: opener(),
        sections: sections(),
        note_numbers: [("uganda", 1), ("other", 2)].map(|(name, at)| (label(name), at)).into(),
        assets: BTreeMap::from([(path("pictures/return.svg"), asset())]),
        metadata: Arc::new(metadata),
    }
}

fn asset() -> Asset {
    Asset { credit: Some("Chart: press office".to_owned()), ..Asset::default() }
}

fn agent(name: &str, role: Option<&str>) -> Agent {
    let role = role.map(str::to_owned);
    Agent { name: name.to_owned(), role, file_as: Some(format!("Sorted, {name}")) }
}

fn metadata() -> Metadata {
    let some = |text: &str| Some(text.to_owned());
    Metadata {
        title: "Robin Smalley & <Friends>".to_owned(),
        subtitle: some("A profile in nine questions"),
        slug: "robin-smalley".to_owned(),
        language: Language::parse("en-GB").unwrap(),
        date: Some(Date { year: 2026, month: Some(11), day: Some(2) }),
        modified: DateTime::from_unix(1_793_610_000).unwrap(),
        summary: line("A summary."),
        authors: vec![agent("Press office", Some("author")), agent("Ada", None)],
        contributors: vec![agent("Ben", Some("illustrator"))],
        publisher: some("mothers2mothers"),
        identifier: some("978-0-306-40615-7"),
        subjects: vec!["Biography".to_owned()],
        keywords: vec!["HIV".to_owned(), "Biography".to_owned()],
        rights: some("© 2026 the press office"),
        license: some("CC-BY-4.0"),
        collection: Some(Collection { name: "Profiles".to_owned(), position: some("3") }),
        ..Metadata::default()
    }
}

fn opener() -> Opener {
    let some = |text: &str| Some(text.to_owned());
    Opener {
        organization: some("mothers2mothers"),
        kind_line: "Profile".to_owned(),
        title: "Robin Smalley".to_owned(),
        subtitle: some("A former television producer went to Cape Town for a year"),
        deck: vec![
            text("Fifteen years in "),
            styled(Style::Cite, "Entertainment Tonight"),
            text(", then a profession for mothers."),
        ],
        release: some("For immediate release"),
        dateline: some("Los Angeles, 2 November 2026"),
        byline: some("By the press office"),
        cover: None,
    }
}

fn sections() -> Vec<Section> {
    let mut story = section("story", Role::Story, "Robin Smalley", Body::Prose(story()));
    let note = |name: &str, blocks| Note { label: label(name), blocks, span: Span::default() };
    story.notes = vec![
        note(
            "uganda",
            vec![prose("The evaluation was made in Uganda."), prose("A second paragraph.")],
        ),
        note(
            "other",
            vec![list(ListKind::Unordered, true, vec![(None, vec![prose("A list in a note")])])],
        ),
    ];
    let mut chapter = section("Größe & Maß", Role::Chapter, "Größe & Maß", Body::Prose(blocks()));
    chapter.language = Language::parse("de");
    vec![
        story,
        section("questions", Role::Interview, "Nine questions", Body::Prose(vec![interview(true)])),
        chapter,
        section("at-a-glance", Role::AtAGlance, "At a glance", Body::Facts(facts())),
        section("facts", Role::FactSheet, "Fact sheet", Body::Facts(facts())),
        section("timeline", Role::Timeline, "Timeline", Body::Timeline(timeline())),
        section("lives", Role::Biographies, "Biography", Body::Biographies(vec![life()])),
        section("quotes", Role::Quotes, "Quotes", Body::Quotes(vec![pull_quote()])),
        section("awards", Role::Awards, "Awards", Body::Awards(awards())),
        section("coverage", Role::Coverage, "Coverage", Body::Coverage(vec![coverage()])),
        section(
            "gallery",
            Role::Gallery,
            "Pictures",
            Body::Gallery(vec![figure("pictures/cover.svg", "A cover")]),
        ),
        section("video", Role::Video, "Video", Body::Video(vec![video()])),
        section("links", Role::Links, "Links", Body::Links(vec![kit_link()])),
        section(
            "about",
            Role::About,
            "About mothers2mothers",
            Body::Prose(vec![prose("It works for the health of mothers.")]),
        ),
        section("contacts", Role::Contacts, "Media contact", Body::Contacts(vec![contact()])),
    ]
}

const LOREM: &str = "There is a Mercedes in this story, as perhaps there should be. But the car \
    was an old one, it belonged to Dr Mitch Besser, and the part of it that matters is the boot. \
    That is where mothers2mothers began, with no experience of public health or of social \
    enterprise to draw on.";

fn story() -> Vec<Block> {
    vec![
        prose(LOREM),
        paragraph(vec![
            text("The work won Emmys"),
            call("uganda"),
            text(". Called again"),
            call("uganda"),
            text(" and another"),
            call("other"),
            text("."),
        ]),
        heading(2, "one-year", "One year, with dogs"),
        prose(LOREM),
        prose(LOREM),
        paragraph(vec![
            link(Target::Internal(label("Größe & Maß")), "Another chapter"),
            text(", "),
            link(Target::Internal(label("one-year")), "this one"),
            text(", "),
            link(Target::External("https://example.org/a b?c=d&e=[f]".to_owned()), "elsewhere"),
            text(" and "),
            link(Target::External("javascript:alert(1)".to_owned()), "nowhere"),
            text("."),
        ]),
        Block::Figure(figure(
            "pictures/transmission.svg",
            "Two point one per cent, drawn as dots.",
        )),
        heading(3, "title", "A smaller heading"),
        Block::Figure(figure("pictures/return.svg", "What one US dollar averted.")),
        Block::Figure(Figure {
            pictures: vec![Picture {
                source: PictureSource::Remote("https://example.org/x.png".to_owned()),
                alt: Alt::Text("A picture from afar".to_owned()),
                span: Span::default(),
            }],
            caption: Vec::new(),
            span: Span::default(),
        }),
        prose("After the pictures."),
    ]
}

fn every_style() -> Block {
    let long = || "Before Christ".to_owned();
    let styles = [
        Style::Emphasis,
        Style::Strong,
        Style::Strikethrough,
        Style::Superscript,
        Style::Subscript,
        Style::Small,
        Style::Underline,
        Style::Mark,
        Style::Keyboard,
        Style::Cite,
        Style::Quotation,
        Style::Abbreviation { title: long() },
        Style::Abbreviation { title: String::new() },
        Style::Language(Language::parse("ar").unwrap()),
    ];
    let mut content: Vec<Inline> = Vec::new();
    for style in styles {
        content.push(text(" "));
        content.push(styled(style, "styled"));
    }
    content.push(Inline::LineBreak { span: Span::default() });
    content
        .push(Inline::Code(Text { text: "let x = a < b && c;".to_owned(), span: Span::default() }));
    content.push(text(" "));
    content.push(Inline::Picture(picture("pictures/cover.svg", "A small picture")));
    paragraph(content)
}

fn blocks() -> Vec<Block> {
    let span = Span::default();
    vec![
        every_style(),
        paragraph(vec![text("A formula "), math(r"\frac{a}{b} < \sum_{i=1}^{n} x_i"), text(", and a wrong one "), math(r"\frac{1}{"), text(".")]),
        Block::Math { source: r"\begin{matrix} a & b \\ c & d \end{matrix} = \sqrt[3]{x} \text{ if } \mathbb{R} \not\in \left( \frac{1}{2} \right) \color{red} y \hat{z} \overbrace{a+b}^{n} \displaystyle \int_0^1 f".to_owned(), span },
        Block::Quote(Quote { blocks: vec![prose("Every dollar spent kept eleven dollars off the bill.")], attribution: Some(line("An evaluation")), span }),
        Block::Quote(Quote { blocks: vec![prose("A quote without a name.")], attribution: None, span }),
        list(ListKind::Unordered, true, vec![
            (None, vec![prose("One"), list(ListKind::Ordered { start: 1 }, true, vec![(None, vec![prose("Nested")])])]),
            (None, vec![prose("Two")]),
        ]),
        list(ListKind::Ordered { start: 3 }, false, vec![
            (None, vec![prose(LOREM), prose("And a second paragraph.")]),
            (None, vec![Block::Code(CodeBlock { language: None, text: "code\n  in a list".to_owned(), span })]),
        ]),
        list(ListKind::Unordered, true, vec![(Some(true), vec![prose("Done is a task that needs two lines on a phone, if it is long enough")]), (Some(false), vec![prose("Open")])]),
        list(ListKind::Unordered, false, vec![(Some(true), vec![prose("Done")]), (Some(false), vec![])]),
        Block::Definitions { entries: vec![Definition { terms: vec![line("Term"), line("Other term")], descriptions: vec![vec![prose("What it means.")], vec![prose("One."), prose("Two.")]] }], span },
        Block::Code(CodeBlock { language: Some("rust\"><b".to_owned()), text: "fn main() {\n    println!(\"<&>\");\n}".to_owned(), span }),
        table(),
        alert(AlertKind::Note), alert(AlertKind::Tip), alert(AlertKind::Important), alert(AlertKind::Warning), alert(AlertKind::Caution),
        Block::Math {
            source: r"\begin{cases} \dfrac{a}{b} & x<0 \\ \binom{n}{k} & x>0 \end{cases}".to_owned(),
            span,
        },
        Block::Break { span },
        Block::Division { attributes: Attributes { label: Some(label("1 divided")), classes: vec!["wide".to_owned()], language: Language::parse("he"), audience: None }, blocks: vec![heading(4, "too-deep", "A heading that skips"), prose("שלום")], span },
        interview(false),
    ]
}

fn table() -> Block {
    let row = |cells: [&str; 3]| TableRow {
        cells: cells.iter().map(|cell| TableCell { content: line(cell) }).collect(),
    };
    Block::Table(Table {
        alignments: vec![Alignment::Start, Alignment::Center, Alignment::End],
        head: row(["Country", "Founded", "People employed"]),
        rows: vec![row(["South Africa", "2001", "1,200"]), row(["Uganda", "2009", "about 600"])],
        span: Span::default(),
    })
}

fn alert(kind: AlertKind) -> Block {
    Block::Alert(Alert {
        kind,
        blocks: vec![prose("Mind the gap."), prose("And the step.")],
        span: Span::default(),
    })
}

fn interview(numbered: bool) -> Block {
    let questions = [
        "Why Robin, and why mothers2mothers?",
        "What did she want to be when she was still very young?",
    ];
    let exchange = |(number, question): (u64, &str)| Exchange {
        number,
        question: line(question),
        answer: vec![prose(LOREM), prose(LOREM)],
        span: Span::default(),
    };
    Block::Interview(Interview {
        exchanges: (9..).zip(questions).map(exchange).collect(),
        numbered,
        span: Span::default(),
    })
}

fn facts() -> Vec<FactRow> {
    let row = |name: &str, title: &str, value: &str, note: &str| FactRow {
        id: label(name),
        label: line(title),
        value: line(value),
        note: if note.is_empty() { Vec::new() } else { line(note) },
    };
    vec![
        row("founders", "Founders", "Robin Smalley and Dr Mitch Besser", ""),
        row(
            "transmission",
            "Mother-to-child transmission",
            "2.1 %",
            "average among the mothers served, over two years",
        ),
        row("return", "Averted for each $1.00 spent", "$11.40", "independent evaluation, Uganda"),
    ]
}

fn timeline() -> Vec<TimelineEntry> {
    let entry = |date: &str, machine: Option<Date>, title: &str, body: &str| TimelineEntry {
        date: TimelineDate { text: date.to_owned(), machine },
        title: line(title),
        text: line(body),
        span: Span::default(),
    };
    vec![
        entry(
            "1977",
            Some(Date { year: 1977, month: None, day: None }),
            "Tufts University",
            "Graduates. A career of fifteen years in television lies ahead.",
        ),
        entry(
            "November 2004",
            Some(Date { year: 2004, month: Some(11), day: None }),
            "Cape Town",
            "Moves with her husband, two daughters and the dogs.",
        ),
        entry("Today", None, "Los Angeles", "Fundraising and communications."),
    ]
}

fn life() -> Life {
    let length = |heading: &str| LifeText {
        heading: heading.to_owned(),
        blocks: vec![prose(LOREM), prose(LOREM)],
    };
    Life {
        name: "Robin Smalley".to_owned(),
        role: Some("Co-founder".to_owned()),
        image: Some(picture("pictures/cover.svg", "Robin Smalley")),
        lengths: vec![length("In brief"), length("In full")],
    }
}

fn pull_quote() -> PullQuote {
    PullQuote {
        text: line(
            "Every dollar spent kept eleven dollars and forty cents off the bill for treatment.",
        ),
        by: line("Independent evaluation"),
        source: line("Uganda"),
        url: Some("https://example.org/evaluation".to_owned()),
        span: Span::default(),
    }
}

fn awards() -> Vec<Award> {
    let award = |title: &str, year: Option<i16>| Award {
        title: line(title),
        by: line("A jury"),
        date: year.map(|year| Date { year, month: Some(5), day: None }),
        span: Span::default(),
    };
    vec![award("Telly Award", Some(2003)), award("Cindy Award", None)]
}

fn coverage() -> Coverage {
    Coverage {
        title: line("Mothers on the payroll"),
        publication: line("The Paper"),
        date: Some(Date { year: 2020, month: Some(1), day: Some(31) }),
        url: Some("https://example.org/paper".to_owned()),
        span: Span::default(),
    }
}

fn video() -> Video {
    let (title, url) = ("A film".to_owned(), "https://example.org/film".to_owned());
    Video { title, url, span: Span::default() }
}

fn kit_link() -> KitLink {
    let (title, url) = ("The site".to_owned(), "https://m2m.example.org".to_owned());
    KitLink { title, url, span: Span::default() }
}

fn contact() -> Contact {
    let some = |text: &str| Some(text.to_owned());
    Contact {
        name: "Press office".to_owned(),
        role: some("Enquiries and interviews"),
        email: some("press@example.org"),
        phone: some("+1 202 555 0117"),
        hours: some("Monday to Friday, 9 to 5"),
        span: Span::default(),
    }
}
