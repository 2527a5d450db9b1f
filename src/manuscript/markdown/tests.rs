//! What manuscripts mean, construct by construct, in terse renderings of the model.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::diagnostics::Policy;
use crate::model::{Alt, ListKind, PictureSource, Style, TableRow, Target, Text, visit::Visited};

/// A text, parsed, with what was found wrong with it.
struct Parsed {
    prose: Prose,
    findings: Vec<String>,
    text: String,
}

/// A root; nothing in it is ever read.
fn root() -> Root {
    Root::new(&std::env::temp_dir()).unwrap()
}

/// Parses a text in a language, with the facts `rate` ("2.1", "%") and `staff` ("*about* 1,800").
fn parse_in(language: &str, text: &str) -> Parsed {
    let sink = Sink::new(Policy::default());
    let source = sink.add_source("a.md", text);
    let language = Language::parse(language).unwrap();
    let root = root();
    let mut context = Context {
        root: &root,
        folder: RootPath::default(),
        language: &language,
        facts: &[],
        labels: RefCell::default(),
        parts: &BTreeSet::new(),
        sink: &sink,
    };
    let facts = [
        fact("rate", "2.1", Some("%"), &context),
        fact("staff", "*about* 1,800", None, &context),
        fact("height", "12", Some("m"), &context),
    ];
    context.facts = &facts;
    let prose = parse_file(text, source, 0, &context);
    let findings = sink.sorted().into_iter().map(|found| {
        let crate::diagnostics::Place::Span(span) = found.place else { return found.message };
        format!("{}:{}", found.code.name, &text[span.start as usize..span.end as usize])
    });
    Parsed { prose, findings: findings.collect(), text: text.to_owned() }
}

fn fact(id: &str, value: &str, unit: Option<&str>, context: &Context<'_>) -> Fact {
    Fact {
        id: Label::new(id),
        label: Vec::new(),
        value: parse_inlines(value, Span::default(), context),
        unit: unit.map(str::to_owned),
        as_of: None,
        source: Vec::new(),
        span: Span::default(),
    }
}

fn parse(text: &str) -> Parsed {
    parse_in("en", text)
}

/// The blocks of a text that nothing is wrong with.
#[track_caller]
fn model(text: &str) -> String {
    model_in("en", text)
}

#[track_caller]
fn model_in(language: &str, text: &str) -> String {
    let parsed = parse_in(language, text);
    assert_eq!(parsed.findings, Vec::<String>::new());
    blocks(&parsed.prose.blocks)
}

/// The blocks of a text, and the findings.
fn model_and_findings(text: &str) -> (String, String) {
    let parsed = parse(text);
    (blocks(&parsed.prose.blocks), parsed.findings.join("; "))
}

fn blocks(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

fn rows<'a>(rows: impl IntoIterator<Item = &'a TableRow>) -> String {
    let row = |row: &TableRow| {
        row.cells.iter().map(|cell| inlines(&cell.content)).collect::<Vec<_>>().join("|")
    };
    rows.into_iter().map(row).collect::<Vec<_>>().join("/")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(heading) => {
            let attributes = &heading.attributes;
            let mut extra = String::new();
            attributes.classes.iter().for_each(|class| write!(extra, " .{class}").unwrap());
            attributes
                .language
                .iter()
                .for_each(|found| write!(extra, " lang={}", found.as_str()).unwrap());
            attributes
                .audience
                .iter()
                .for_each(|found| write!(extra, " audience={found}").unwrap());
            format!(
                "(h{} #{}{extra} {})",
                heading.level,
                heading.label.as_str(),
                inlines(&heading.content)
            )
        }
        Block::Paragraph { content, .. } => format!("(p {})", inlines(content)),
        Block::Figure(figure) => {
            let pictures: String = figure
                .pictures
                .iter()
                .map(|picture| inlines(&[Inline::Picture(picture.clone())]))
                .collect();
            format!("(figure {pictures} {})", inlines(&figure.caption))
        }
        Block::Quote(quote) => {
            let by = quote.attribution.as_ref().map(|by| format!(" by {}", inlines(by)));
            format!("(quote {}{})", blocks(&quote.blocks), by.unwrap_or_default())
        }
        Block::List(list) => {
            let kind = match list.kind {
                ListKind::Unordered => "ul".to_owned(),
                ListKind::Ordered { start } => format!("ol{start}"),
            };
            let items = list.items.iter().map(|item| {
                let task = item.checked.map_or("", |done| if done { "[x] " } else { "[ ] " });
                format!("(li {task}{})", blocks(&item.blocks))
            });
            let loose = if list.tight { "" } else { " loose" };
            format!("({kind}{loose} {})", items.collect::<Vec<_>>().join(" "))
        }
        Block::Definitions { entries, .. } => {
            let entry = |entry: &crate::model::Definition| {
                let terms =
                    entry.terms.iter().map(|term| inlines(term)).collect::<Vec<_>>().join(", ");
                let texts = entry.descriptions.iter().map(|text| blocks(text)).collect::<Vec<_>>();
                format!("({terms}: {})", texts.join("; "))
            };
            format!("(dl {})", entries.iter().map(entry).collect::<Vec<_>>().join(" "))
        }
        Block::Interview(interview) => {
            let exchange = |exchange: &crate::model::Exchange| {
                format!(
                    "(q{} {} → {})",
                    exchange.number,
                    inlines(&exchange.question),
                    blocks(&exchange.answer)
                )
            };
            let numbered = if interview.numbered { " numbered" } else { "" };
            format!(
                "(interview{numbered} {})",
                interview.exchanges.iter().map(exchange).collect::<Vec<_>>().join(" ")
            )
        }
        Block::Code(code) => {
            format!("(code {} {:?})", code.language.as_deref().unwrap_or("-"), code.text)
        }
        Block::Table(table) => {
            format!("(table {:?} {} {})", table.alignments, rows([&table.head]), rows(&table.rows))
        }
        Block::Alert(alert) => format!("(alert {:?} {})", alert.kind, blocks(&alert.blocks)),
        Block::Math { source, .. } => format!("(math {source})"),
        Block::Break { .. } => "(hr)".to_owned(),
        Block::Division { attributes, blocks: inner, .. } => {
            format!(
                "(div {} {})",
                attributes.language.as_ref().map_or("-", Language::as_str),
                blocks(inner)
            )
        }
    }
}

fn inlines(content: &[Inline]) -> String {
    content.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(text) => text.text.clone(),
        Inline::Styled { style, content, .. } => {
            let name = match style {
                Style::Abbreviation { title } => format!("abbr={title}"),
                Style::Language(language) => language.as_str().to_owned(),
                other => format!("{other:?}").to_lowercase(),
            };
            format!("<{name} {}>", inlines(content))
        }
        Inline::Code(text) => format!("`{}`", text.text),
        Inline::Math(text) => format!("${}$", text.text),
        Inline::Link(link) => {
            let target = match &link.target {
                Target::External(address) => address.clone(),
                Target::Internal(label) => format!("#{}", label.as_str()),
            };
            format!(
                "[{}]({target}{})",
                inlines(&link.content),
                if link.title.is_empty() { String::new() } else { format!(" {}", link.title) }
            )
        }
        Inline::Picture(picture) => {
            let source = match &picture.source {
                PictureSource::Local(path) => path.as_str().to_owned(),
                PictureSource::Remote(address) => format!("remote:{address}"),
                PictureSource::Outside(path) => format!("outside:{path}"),
            };
            let alt = match &picture.alt {
                Alt::Text(text) => text.as_str(),
                Alt::Decorative => "(decorative)",
                Alt::Missing => "(missing)",
            };
            format!("![{alt}]({source})")
        }
        Inline::NoteCall { label, .. } => format!("[^{}]", label.as_str()),
        Inline::LineBreak { .. } => "⏎".to_owned(),
    }
}

/// All characters that a document shows.
fn shown(prose: &Prose) -> String {
    let mut shown = String::new();
    let all = prose.blocks.iter().chain(prose.notes.values().flat_map(|note| &note.blocks));
    for block in all {
        visit::blocks(std::slice::from_ref(block), &mut |visited| match visited {
            Visited::Inline(
                Inline::Text(Text { text, .. })
                | Inline::Code(Text { text, .. })
                | Inline::Math(Text { text, .. }),
            ) => {
                shown.push_str(text);
            }
            Visited::Block(Block::Code(code)) => shown.push_str(&code.text),
            Visited::Block(Block::Math { source, .. }) => shown.push_str(source),
            Visited::Picture(picture) => shown.push_str(picture.alt.text().unwrap_or_default()),
            Visited::Inline(_) | Visited::Block(_) => {}
        });
    }
    shown
}

#[test]
fn marks_become_styles_and_soft_breaks_become_spaces() {
    assert_eq!(
        model("*a* **b** ~~c~~ `d`\ne  \nf ^g^ ~h~"),
        "(p <emphasis a> <strong b> <strikethrough c> `d` e⏎f <superscript g> <subscript h>)"
    );
    assert_eq!(
        model("H~2~O, 10 m^2^, 1^st^"),
        "(p H<subscript 2>O, 10 m<superscript 2>, 1<superscript st>)"
    );
}

#[test]
fn adjacent_text_is_one_and_its_place_is_exact() {
    let parsed = parse("ab [c] &amp; d *é*");
    let Block::Paragraph { content, .. } = &parsed.prose.blocks[0] else { panic!() };
    let places: Vec<&str> = content
        .iter()
        .map(|inline| {
            let span = visit::span(inline);
            &parsed.text[span.start as usize..span.end as usize]
        })
        .collect();
    assert_eq!(places, ["ab [c] &amp; d ", "*é*"]);
}

#[test]
fn places_count_from_the_offset() {
    let sink = Sink::new(Policy::default());
    let source = sink.add_source("a.md", "---\n---\nno {{facts.x}}");
    let root = root();
    let language = Language::default();
    let labels = RefCell::new(BTreeSet::new());
    let folder = RootPath::default();
    let context = Context {
        root: &root,
        folder,
        language: &language,
        facts: &[],
        labels,
        parts: &BTreeSet::new(),
        sink: &sink,
    };
    parse_file("no {{facts.x}}", source, 8, &context);
    assert_eq!(sink.sorted()[0].place, Span::new(source, 11, 22).into());
}

#[test]
fn lists_tasks_and_definitions_keep_their_shape() {
    assert_eq!(model("- a\n- b\n"), "(ul (li (p a)) (li (p b)))");
    assert_eq!(model("7. a\n\n8. b\n"), "(ol7 loose (li (p a)) (li (p b)))");
    assert_eq!(
        model("- [ ] a\n- [x] b\n  - c\n"),
        "(ul (li [ ] (p a)) (li [x] (p b) (ul (li (p c)))))"
    );
    assert_eq!(
        model("Term\n: one\n: two\n\nOther\n: three\n"),
        "(dl (Term: (p one); (p two)) (Other: (p three)))"
    );
}

#[test]
fn tables_are_as_wide_as_their_heads() {
    assert_eq!(
        model("| a | b |\n|---|--:|\n| *c* |\n| d | e | f |\n"),
        "(table [Start, End] a|b <emphasis c>|/d|e)"
    );
    assert_eq!(
        model("- x\n\n  | a |\n  |---|\n  | b |\n"),
        "(ul loose (li (p x) (table [Start] a b)))"
    );
}

#[test]
fn alerts_code_and_breaks_are_blocks() {
    assert_eq!(model("> [!WARNING]\n> a\n"), "(alert Warning (p a))");
    assert_eq!(
        model("```rust ignore\n\"a\"\n\n--\n```\n\n    b\n"),
        "(code rust \"\\\"a\\\"\\n\\n--\") (code - \"b\")"
    );
    assert_eq!(model("a\n\n***\n"), "(p a) (hr)");
}

#[test]
fn english_quotes_dashes_and_dots() {
    assert_eq!(model(r#""A 'b' c," she said. "*D*""#), "(p “A ‘b’ c,” she said. “<emphasis D>”)");
    assert_eq!(
        model("don't, the dogs' '90s, rock 'n' roll"),
        "(p don’t, the dogs’ ’90s, rock ’n’ roll)"
    );
    assert_eq!(model(r#"6'2" and 5' tall"#), r#"(p 6'2" and 5' tall)"#);
    assert_eq!(model("1977--2004 --- so... on ---- ...."), "(p 1977–2004 — so… on ---- ....)");
    assert_eq!(model(r#"\"a\" &quot;b&quot; `"c"`"#), r#"(p "a" "b" `"c"`)"#);
    assert_eq!(
        model("(\"a\") [\"b\"](#c)--\"d\" \"`e`\"\n\n# c"),
        "(p (“a”) [“b”](#c)–“d” “`e`”) (h1 #c c)"
    );
}

#[test]
fn other_languages_have_their_own_quotes_and_spaces() {
    assert_eq!(model_in("de", r#""A 'b' c", geht's?"#), "(p „A ‚b‘ c“, geht’s?)");
    assert_eq!(model_in("es", r#""A" y 'b'"#), "(p «A» y “b”)");
    assert_eq!(
        model_in("fr", "\"Quoi ?\" dit-il : l'an « 2004 » ! À 10:30; oui!"),
        "(p «\u{202F}Quoi\u{202F}?\u{202F}» dit-il\u{A0}: l’an «\u{202F}2004\u{202F}»\u{202F}! À 10:30\u{202F}; oui\u{202F}!)"
    );
    assert_eq!(model_in("fr-CA", "oui! non ?"), "(p oui! non\u{202F}?)");
    assert_eq!(model_in("fr", "50% et 3,5 % `5%`"), "(p 50\u{202F}% et 3,5\u{202F}% `5%`)");
    assert_eq!(model_in("de", "50% und 50 %"), "(p 50% und 50\u{202F}%)");
    assert_eq!(model("50 %"), "(p 50 %)");
    assert_eq!(model("<span lang=\"de\">\"a\"</span> \"b\""), "(p <de „a“> “b”)");
}

#[test]
fn facts_stand_in_text_headings_tables_and_links() {
    assert_eq!(
        model(
            "# {{facts.rate}}\n\n[{{ facts.staff }}](#21) {{facts.height}}\n\n|{{facts.rate}}|\n|-|\n"
        ),
        "(h1 #21 2.1%) (p [<emphasis about> 1,800](#21) 12\u{A0}m) (table [Start] 2.1% )"
    );
    assert_eq!(model_in("de", "{{facts.rate}}"), "(p 2.1\u{202F}%)");
    assert_eq!(model("`{{facts.rate}}` \\{{facts.rate}}"), "(p `{{facts.rate}}` {{facts.rate}})");
}

#[test]
fn an_unknown_fact_is_reported_where_it_stands_and_kept() {
    assert_eq!(model_and_findings("ab {{facts.rat}} c").0, "(p ab {{facts.rat}} c)");
    assert_eq!(model_and_findings("ab {{facts.rat}} c").1, "unknown-fact:{{facts.rat}}");
}

#[test]
fn a_picture_alone_is_a_figure_with_its_title_for_a_caption() {
    assert_eq!(
        model("![A *dog*](dog.png \"The \\\"boss\\\", *asleep*\")"),
        "(figure ![A dog](dog.png) The “boss”, <emphasis asleep>)"
    );
    assert_eq!(model("- ![](a/./b.png)\n"), "(ul (li (figure ![(missing)](a/b.png) )))");
    assert_eq!(model("See ![x](y.png)."), "(p See ![x](y.png).)");
    assert_eq!(model("![x](https://a.b/c.png)"), "(figure ![x](remote:https://a.b/c.png) )");
    assert_eq!(
        model_and_findings("![x](../../etc/passwd)"),
        (
            "(figure ![x](outside:../../etc/passwd) )".into(),
            "path-outside-root:![x](../../etc/passwd)".into()
        )
    );
}

#[test]
fn links_lead_where_readers_may_follow() {
    assert_eq!(
        model(
            "[a](#x) [b](two.md#y) [c](mailto:a@b.c) <d@e.f> [g](http://h.i/j k \"t\")\n[k](<http://l.m/n o> \"t\")"
        ),
        "(p [a](#x) [b](#y) [c](mailto:a@b.c) [d@e.f](mailto:d@e.f) [g]([http://h.i/j](http://h.i/j) k “t”) [k](http://l.m/n%20o t))"
    );
    let (model, findings) = model_and_findings("[a](javascript:x) [b](c.pdf) [d]()");
    assert_eq!(model, "(p a b d)");
    assert_eq!(
        findings,
        "unsafe-link:[a](javascript:x); unsafe-link:[b](c.pdf); unsafe-link:[d]()"
    );
}

#[test]
fn bare_addresses_are_links_without_the_sentence_around_them() {
    assert_eq!(
        model(
            "See www.a.org/b_c. (http://d.org/e_(f)) \"https://g.org/--'x'?h=1&i=...\" k@l.org, not a.b@c or xhttp://y.z"
        ),
        "(p See [www.a.org/b_c](http://www.a.org/b_c). ([http://d.org/e_(f)](http://d.org/e_(f))) “[https://g.org/--'x'?h=1&i=](https://g.org/--'x'?h=1&i=)…” [k@l.org](mailto:k@l.org), not a.b@c or xhttp://y.z)"
    );
    assert_eq!(model("<https://a.org/b--c>"), "(p [https://a.org/b--c](https://a.org/b--c))");
    assert_eq!(
        model("[https://a.org](https://b.org) `www.c.org`"),
        "(p [https://a.org](https://b.org) `www.c.org`)"
    );
}

#[test]
fn headings_get_identifiers_of_their_own() {
    assert_eq!(
        model(
            "# Où est l'*été* ?\n\n## A b\n\n## A b\n\n## Z {#q .interviewed lang=fr audience=press}\n"
        ),
        "(h1 #où-est-lété- Où est l’<emphasis été> ?) (h2 #a-b A b) (h2 #a-b-1 A b) (h2 #q .interviewed lang=fr audience=press Z)"
    );
    let (model, findings) = model_and_findings("# A\n\n# B {#a}\n\n# C {#a}\n\n# D {lang=x_y}\n");
    assert_eq!(model, "(h1 #a-1 A) (h1 #a B) (h1 #a-2 C) (h1 #d D)");
    assert_eq!(findings, "duplicate-label:# C {#a}; invalid-language:# D {lang=x_y}");
}

#[test]
fn braces_that_are_no_attributes_stay_in_the_heading() {
    assert_eq!(
        model("# Dear {name}\n\nB {a b}\n===\n"),
        "(h1 #dear-name Dear {name}) (h1 #b-a-b B {a b})"
    );
}

#[test]
fn an_interview_is_read_from_its_list() {
    assert_eq!(
        model(
            "## Q {.interview}\n\nIntro.\n\n1. **Why?**\n\n   Because.\n\n   So.\n\n2. **How?** Thus.\n3. Plain?\n\n   Yes.\n\n## After\n\n1. a\n"
        ),
        "(h2 #q .interview Q) (p Intro.) (interview numbered (q1 Why? → (p Because.) (p So.)) (q2 How? → (p Thus.)) (q3 Plain? → (p Yes.))) (h2 #after After) (ol1 (li (p a)))"
    );
}

#[test]
fn an_interview_is_read_from_bold_paragraphs() {
    assert_eq!(
        model(
            "# Q {.interview}\n\nIntro.\n\n**Why?**\n\nBecause.\n\n> So.\n\n**Tell me.**\\\nNo.\n\n**Where.**\nThere.\n"
        ),
        "(h1 #q .interview Q) (p Intro.) (interview (q1 Why? → (p Because.) (quote (p So.))) (q2 Tell me. → (p No.)) (q3 Where. → (p There.)))"
    );
    assert_eq!(
        model_and_findings("# Q {.interview}\n\nNo.\n").1,
        "interview-shape:# Q {.interview}"
    );
}

#[test]
fn a_quote_carries_its_attribution() {
    let expected = "(quote (p Words.) by Ann, <emphasis The Paper>)";
    assert_eq!(model("> Words.\n>\n> — Ann, *The Paper*\n"), expected);
    assert_eq!(model("> Words.\n> -- Ann, *The Paper*\n"), expected);
    assert_eq!(model("> Words.\\\n> --- Ann, *The Paper*\n"), expected);
    assert_eq!(model("> — Oui.\n> — Non.\n"), "(quote (p — Oui. — Non.))");
}

#[test]
fn notes_are_called_and_defined() {
    let parsed = parse("a[^N] b[^n]\n\n[^n]: Note *one*.\n\n    Two.\n");
    assert_eq!(blocks(&parsed.prose.blocks), "(p a[^n] b[^n])");
    assert_eq!(
        blocks(&parsed.prose.notes[&Label::new("n")].blocks),
        "(p Note <emphasis one>.) (p Two.)"
    );
    assert_eq!(parsed.findings, Vec::<String>::new());
    let (model, findings) = model_and_findings("a[^x] \\[^y]\n\n[^z]: b\n");
    assert_eq!(
        (model.as_str(), findings.as_str()),
        ("(p a[^x] [^y])", "undefined-note:[^x]; unused-note:[^z]: b")
    );
}

#[test]
fn harmless_elements_are_styles() {
    assert_eq!(
        model(
            "a<br>b <kbd>C</kbd> <abbr title=\"D &amp; E\">DE</abbr> <q>f <q>g</q></q> <i lang=\"la\">h</i> x<sub>1</sub> <!-- no -->"
        ),
        "(p a⏎b <keyboard C> <abbr=D & E DE> <quotation “f <quotation ‘g’>”> <la <emphasis h>> x<subscript 1>)"
    );
}

#[test]
fn other_elements_are_reported_once_and_their_text_is_kept() {
    let (model, findings) = model_and_findings(
        "<div class=\"a\">\n<p>Caf&eacute; \"b\" <b>c</b>\nd</p><p>e\n</div>\n\nf <a href=\"g\">h</a> i</b>\n",
    );
    assert_eq!(model, "(p Café “b” <strong c> d) (p e) (p f h i)");
    assert_eq!(
        findings,
        "raw-html:<div class=\"a\">; raw-html:<p>; raw-html:<p>; raw-html:<a href=\"g\">; raw-html:</b>"
    );
}

#[test]
fn scripts_are_dropped_with_what_they_hold() {
    assert_eq!(
        model_and_findings("a <script>b</script> c\n\n<style>\n\nd\n</style>\n"),
        ("(p a  c)".into(), "raw-html:<script>b</script>; raw-html:<style>\n\nd\n</style>".into())
    );
}

#[test]
fn markdown_within_elements_stays() {
    let (model, findings) =
        model_and_findings("<details>\n<summary>A</summary>\n\n- *b*\n\n</details>\n");
    assert_eq!(model, "(p A) (ul (li (p <emphasis b>)))");
    assert_eq!(findings, "raw-html:<details>; raw-html:<summary>");
    assert_eq!(model_in("en", "<div lang=\"fr\">\n\n*b*\n\n</div>\n"), "(div fr (p <emphasis b>))");
}

#[test]
fn elements_that_are_not_closed_lose_their_style_and_no_text() {
    assert_eq!(
        model_and_findings("a <b>c\n\nd *e <u>f* g</u>\n"),
        (
            "(p a c) (p d <emphasis e f> g)".into(),
            "raw-html:<b>; raw-html:<u>; raw-html:</u>".into()
        )
    );
}

#[test]
fn figures_of_html_are_figures() {
    assert_eq!(
        model(
            "<figure>\n  <img src=\"a.png\" alt=\"A\" width=\"3\"><img src=\"b.png\" alt=\"\">\n  <figcaption>C <em>d</em></figcaption>\n</figure>\n"
        ),
        "(figure ![A](a.png)![(decorative)](b.png) C <emphasis d>)"
    );
    assert_eq!(
        model("<figure>\n\n![A](a.png)\n\n<figcaption>C</figcaption>\n</figure>\n"),
        "(figure ![A](a.png) C)"
    );
    assert_eq!(
        model("<img src='a.png' title='*C*'>\n"),
        "(figure ![(missing)](a.png) <emphasis C>)"
    );
}

#[test]
fn prices_are_no_formulas() {
    assert_eq!(
        model("from $11.40 to $1.00, US$5 or US$6, $5–$10, $7/$8"),
        "(p from $11.40 to $1.00, US$5 or US$6, $5–$10, $7/$8)"
    );
    assert_eq!(
        model("US$5 *a* US$6 and $x_1$ or `A$7`"),
        "(p US$5 <emphasis a> US$6 and $x_1$ or `A$7`)"
    );
    assert_eq!(model("$$\na^2\n$$\n\nb $$c$$"), "(math a^2) (p b $c$)");
}

#[test]
fn strings_of_the_front_matter_open_no_block() {
    let sink = Sink::new(Policy::default());
    let root = root();
    let language = Language::default();
    let labels = RefCell::default();
    let folder = RootPath::default();
    let context = Context {
        root: &root,
        folder,
        language: &language,
        facts: &[],
        labels,
        parts: &BTreeSet::new(),
        sink: &sink,
    };
    let read = |text| inlines(&parse_inlines(text, Span::default(), &context));
    assert_eq!(read("1977. *Tufts*"), "1977. <emphasis Tufts>");
    assert_eq!(read("- 5"), "- 5");
    assert_eq!(read("\"a\"\n\nb"), "“a”⏎b");
    assert_eq!(read("*a*"), "<emphasis a>");
    assert_eq!(read(""), "");
    assert_eq!(read("![a](b.png)"), "![a](b.png)");
}

#[test]
fn deep_nesting_is_reported_once_and_its_text_is_kept() {
    let bombs = [
        format!("{}word", "> ".repeat(10_000)),
        format!("{}word", ">".repeat(100_000)),
        format!("{}word", "- ".repeat(100_000)),
        format!("{}word", "1. ".repeat(10_000)),
        format!("{}word{}", "**".repeat(10_000), "**".repeat(10_000)),
        format!("{}word{}", "*a _b ".repeat(10_000), "c_ d*".repeat(10_000)),
        format!("{}word{}", "![".repeat(10_000), "](x)".repeat(10_000)),
        format!("{}word", "<b>".repeat(10_000)),
        format!("{}word", "<figure>\n\n".repeat(2_000)),
        (0..400).flat_map(|depth| ["  ".repeat(depth), "- word\n".to_owned()]).collect(),
    ];
    for bomb in bombs {
        let parsed = parse(&bomb);
        assert!(shown(&parsed.prose).contains("word"), "{}", &bomb[..20]);
        let reports = parsed.findings.iter().filter(|found| found.starts_with("nesting-too-deep"));
        assert_eq!(reports.count(), 1, "{}", &bomb[..20]);
    }
}

#[test]
fn long_rows_of_marks_take_no_time() {
    let bombs = [
        "[",
        "![",
        "*",
        "**a ",
        "_",
        "`",
        "$",
        "$a",
        "~",
        "^a^ ",
        "<",
        "<a ",
        "<!--",
        "&amp;",
        "&",
        "{{",
        "{{facts.x}}",
        "[^",
        "[^a]",
        "www.",
        "www.a.b",
        "http://",
        "a@",
        "a@b.c ",
        "\"",
        "'a ",
        "\\",
        "(",
        "- a\n",
        "# a\n",
        "a\n: b\n",
        "|",
        "<b>",
        "</b>",
        "<div>\n\n",
        "\n",
        ">\n",
        "a^",
        "— \n> ",
        "--",
    ];
    for bomb in bombs {
        let text = bomb.repeat(5_000);
        parse(&text);
    }
    let lazy = format!("{}x\n{}", "- ".repeat(50_000), "a\n".repeat(20_000));
    assert!(shown(&parse(&lazy).prose).contains('x'));
}

proptest! {
    #[test]
    fn any_text_parses(text in any::<String>()) {
        parse(&text);
    }

    #[test]
    fn any_row_of_marks_parses(text in "([*_`~^$<>!\\[\\](){}#|:;&'\".\\\\\n -]|[a-z]{1,3}|\\[\\^|\\{\\{facts\\.|</?(b|q|figure|figcaption|div|script|img)>|1\\. |www\\.){0,60}") {
        parse_in("fr", &text);
        let parsed = parse(&text);
        visit::blocks(&parsed.prose.blocks, &mut |visited| {
            let span = match visited {
                Visited::Block(block) => block.span(),
                Visited::Inline(inline) => visit::span(inline),
                Visited::Picture(picture) => picture.span,
            };
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{visited:?}");
        });
    }

    #[test]
    fn letters_and_digits_survive(text in "([*_`~^$!(){}#|:;'\".> -]|\n|[a-z0-9]{1,5}|é|語){0,60}") {
        let alphanumeric = |text: &str| text.chars().filter(|found| found.is_alphanumeric()).collect::<String>();
        let parsed = parse(&text);
        let mut shown = alphanumeric(&shown(&parsed.prose));
        for found in alphanumeric(&text).chars() {
            // Info strings, attributes of headings and numbers of lists show in other ways.
            if let Some(at) = shown.find(found) {
                shown.remove(at);
            } else {
                let is_other = ["```", "~~~", "{", ".", ")"].iter().any(|mark| text.contains(mark));
                prop_assert!(is_other, "{found} of {text:?}");
            }
        }
    }
}

#[test]
fn template_code_of_other_tools_is_kept_and_reported() {
    let reported = |text: &str| {
        let parsed = parse(text);
        let codes = parsed.findings.iter().map(|found| found.strip_prefix("template-code:"));
        codes.map(|code| code.unwrap_or("another").to_owned()).collect::<Vec<_>>()
    };
    let text = "{% include a.html x=\"y\" %} {{ site.title }}\n\n* x\n{:toc}\n\n## H\n{: .c #d}";
    assert_eq!(
        reported(text),
        ["{% include a.html x=\"y\" %}", "{{ site.title }}", "{:toc}", "{: .c #d}"]
    );
    assert_eq!(
        reported("{{< figure src=\"a.png\" >}} {{% note %}}"),
        ["{{< figure src=\"a.png\" >}}", "{{% note %}}"]
    );
    assert_eq!(reported("{{<figure src=\"a.png\">}} b").len(), 2, "the rest is HTML");
    assert_eq!(
        reported("`{{ x }}` \\{{ x }} {{facts.rate}} {a} {{a} :-{:\n\n    {% x %}"),
        [""; 0]
    );
    assert_eq!(model_and_findings("a {{ b }} c").0, "(p a {{ b }} c)");
}
