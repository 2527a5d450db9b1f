//! What authors and posts from elsewhere write, and what becomes of it.

use std::fs;
use std::path::Path;

use super::{load, parse};
use crate::diagnostics::{Diagnostic, Place, Policy, Severity, Sink};
use crate::model::{Block, Document, Inline, Release, Target, visit};

/// A folder of files that are about to be loaded.
struct Manuscripts(tempfile::TempDir);

impl Manuscripts {
    fn of(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        Self(folder)
    }

    fn build(&self, path: &str) -> (Option<Document>, Vec<Diagnostic>) {
        let sink = Sink::default();
        let manuscript = load(&self.0.path().join(path), &sink).ok();
        let document = manuscript.map(|manuscript| {
            parse(&super::Manuscript { source_date_epoch: None, ..manuscript }, &sink)
        });
        (document, sink.sorted())
    }

    fn codes(&self, path: &str) -> Vec<&'static str> {
        self.build(path).1.iter().map(|found| found.code.name).collect()
    }
}

/// The document of a front matter, which must be free of errors.
fn read(front_matter: &str) -> Document {
    let text = format!("---\n{front_matter}\n---\nText.\n");
    let (document, found) = Manuscripts::of(&[("a post.md", text.as_bytes())]).build("a post.md");
    assert!(found.iter().all(|found| found.severity == Severity::Warning), "{found:#?}");
    document.unwrap()
}

fn text(inlines: &[Inline]) -> String {
    visit::text(inlines)
}

#[test]
fn numbers_and_truth_values_stay_as_they_are_written() {
    let document = read("title: 1984\nversion: 1.10\nsubtitle: true\nlang: no\nauthor: 007");
    let metadata = document.metadata;
    assert_eq!(metadata.title, "1984");
    assert_eq!(metadata.version.as_deref(), Some("1.10"));
    assert_eq!(metadata.subtitle.as_deref(), Some("true"));
    assert_eq!(metadata.language.as_str(), "no");
    assert_eq!(metadata.authors[0].name, "007");
}

#[test]
fn a_jekyll_post_builds_as_it_is() {
    let metadata = read(
        "layout: post\ntitle: \"Hello\"\ndate: 2024-01-15 22:30:00 -0500\ntags: [a, b]\n\
         categories: b, c\nauthor: Ann",
    )
    .metadata;
    assert_eq!(metadata.date.unwrap().to_string(), "2024-01-15");
    assert_eq!(metadata.modified.to_string(), "2024-01-16T03:30:00Z");
    assert_eq!(metadata.keywords, ["a", "b", "c"]);
    assert_eq!(metadata.slug, "a-post");
}

#[test]
fn a_pandoc_book_builds_as_it_is() {
    let metadata = read(
        "title: A\nauthor:\n- Ann Lee\n- {name: Bob, affiliation: U}\nlang: en_US\n\
         abstract: |\n  One.\nidentifier:\n- {scheme: ISBN, text: 978-0-00}\n\
         belongs-to-collection: S\ngroup-position: 3\nrights: © Ann",
    )
    .metadata;
    let names: Vec<_> = metadata.authors.iter().map(|author| author.name.as_str()).collect();
    assert_eq!(names, ["Ann Lee", "Bob"]);
    assert_eq!(metadata.language.as_str(), "en-US");
    assert_eq!(text(&metadata.summary), "One.");
    assert_eq!(metadata.identifier.as_deref(), Some("urn:isbn:978000"));
    assert_eq!(metadata.collection.unwrap().position.as_deref(), Some("3"));
}

#[test]
fn one_value_may_stand_for_a_list_and_a_text_for_an_object() {
    let kit = read(
        "contacts: Press office\nawards: Telly Award\nlinks: https://example.org/\n\
         people: {name: Ann Lee, sameAs: https://example.org/ann}\nquotes: It overran.",
    )
    .kit;
    assert_eq!(kit.contacts[0].name, "Press office");
    assert_eq!(text(&kit.awards[0].title), "Telly Award");
    assert_eq!(kit.links[0].title, "https://example.org/");
    assert_eq!(kit.people[0].id.as_str(), "ann-lee");
    assert_eq!(kit.people[0].same_as, ["https://example.org/ann"]);
    assert_eq!(text(&kit.quotes[0].text), "It overran.");
}

#[test]
fn a_blank_line_parts_paragraphs_in_every_style_of_text() {
    for bio in [
        ">-\n    One\n    line.\n\n    Two.",
        "|\n    One\n    line.\n\n    Two.",
        "One\n    line.\n\n    Two.",
    ] {
        let kit = read(&format!("people:\n  name: Ann\n  bio: {bio}")).kit;
        assert_eq!(kit.people[0].biography.short.len(), 2, "{bio}");
    }
}

#[test]
fn a_life_at_one_length_is_kept_as_what_it_is() {
    let life = |words: usize| {
        let bio = "word ".repeat(words);
        let people = read(&format!("people: {{name: Ann, bio: {bio}}}")).kit.people;
        people[0].biography.clone()
    };
    assert!(
        !life(50).short.is_empty() && !life(100).medium.is_empty() && !life(250).long.is_empty()
    );
}

#[test]
fn a_slug_that_can_name_no_file_is_made_one_that_can() {
    let slug = |slug: &str| {
        let text = format!("---\ntitle: A\ndate: 2026\nslug: {slug}\n---\n");
        let (document, found) = Manuscripts::of(&[("a.md", text.as_bytes())]).build("a.md");
        let codes: Vec<_> = found.iter().map(|found| found.code.name).collect();
        assert!(codes.is_empty() || codes == ["slug-normalised"], "{codes:?}");
        (document.unwrap().metadata.slug, codes.len())
    };
    assert_eq!(slug("my-post.v2"), ("my-post.v2".to_owned(), 0));
    assert_eq!(slug("My_First_Post"), ("my-first-post".to_owned(), 1));
    assert_eq!(slug("-rf"), ("rf".to_owned(), 1));
    assert_eq!(slug("../../etc"), ("etc".to_owned(), 1));
    assert_eq!(slug("'…'"), ("a".to_owned(), 1));
    assert_eq!(slug(&"x".repeat(101)), ("x".repeat(60), 1));
}

#[test]
fn a_date_that_is_none_counts_as_missing_where_it_is_allowed() {
    let text = b"---\ntitle: A\ndate: soon\n---\n";
    let manuscripts = Manuscripts::of(&[("a.md", text)]);
    let policy = Policy::new(&[], &["invalid-date".to_owned()]).unwrap();
    let sink = Sink::new(policy);
    let metadata = parse(&load(&manuscripts.0.path().join("a.md"), &sink).unwrap(), &sink).metadata;
    assert!(!sink.has_errors());
    assert_eq!(metadata.date, None);
}

#[test]
fn an_embargo_keeps_its_offset() {
    let release = |release: &str| read(&format!("release: {release}")).metadata.release;
    assert_eq!(release("immediate"), Release::Immediate);
    let until = "2026-11-02T09:00:00+01:00".to_owned();
    let embargo = Release::Embargoed { until, note: Some("Not for broadcast.".to_owned()) };
    assert_eq!(
        release("{embargoed-until: 2026-11-02 09:00 +0100, note: Not for broadcast.}"),
        embargo
    );
}

#[test]
fn the_date_of_outputs_is_modified_then_the_environment_then_the_date() {
    let dated = |front_matter: &str, source_date_epoch| {
        let text = format!("---\n{front_matter}\n---\n");
        let manuscripts = Manuscripts::of(&[("a.md", text.as_bytes())]);
        let manuscript = load(&manuscripts.0.path().join("a.md"), &Sink::default()).unwrap();
        let manuscript = super::Manuscript { source_date_epoch, ..manuscript };
        parse(&manuscript, &Sink::default()).metadata.modified.to_string()
    };
    let epoch = Some(1_700_000_000);
    assert_eq!(dated("modified: 2026-01-02\ndate: 2025", epoch), "2026-01-02T00:00:00Z");
    assert_eq!(dated("date: 2025", epoch), "2023-11-14T22:13:20Z");
    assert_eq!(dated("date: 2025-03", None), "2025-03-01T00:00:00Z");
    assert_eq!(dated("title: A", None), "1980-01-01T00:00:00Z");
}

#[test]
fn a_place_in_a_file_with_windows_line_ends_is_where_an_editor_shows_it() {
    let text =
        "\u{FEFF}---\r\ntitle: \"é\"\r\n# ü\r\ndate: 2026-11-02\r\nzz: 1\r\n---\r\nText.\r\n";
    let manuscripts = Manuscripts::of(&[("a.md", text.as_bytes())]);
    let sink = Sink::default();
    let _ = parse(&load(&manuscripts.0.path().join("a.md"), &sink).unwrap(), &sink);
    let found = sink.sorted();
    let [Diagnostic { place: Place::Span(span), .. }] = found.as_slice() else {
        panic!("{found:#?}")
    };
    let source = sink.source(span.source).unwrap();
    assert_eq!((source.position(span.start).line, source.position(span.start).column), (5, 1));
    assert_eq!(&source.text()[span.start as usize..span.end as usize], "zz");
}

#[test]
fn a_folder_is_its_manuscript_and_gives_it_its_name() {
    let manuscripts = Manuscripts::of(&[("Robin S/manuscript.md", b"---\ndate: 2026\n---\n")]);
    for path in ["Robin S", "Robin S/manuscript.md"] {
        let (document, _) = manuscripts.build(path);
        assert_eq!(document.unwrap().metadata.slug, "robin-s", "{path}");
    }
}

#[test]
fn what_is_no_manuscript_is_said_to_be_none() {
    let manuscripts =
        Manuscripts::of(&[("empty.md", b"\n \n"), ("a/b.md", b"x"), ("bad.md", b"a\xFF")]);
    assert_eq!(manuscripts.codes("empty.md"), ["manuscript-empty"]);
    assert_eq!(manuscripts.codes("missing.md"), ["manuscript-not-found"]);
    assert_eq!(manuscripts.codes("a"), ["manuscript-not-found"]);
    assert_eq!(manuscripts.codes("bad.md"), ["invalid-utf8"]);
}

#[test]
fn a_file_larger_than_any_manuscript_is_not_read() {
    let manuscripts = Manuscripts::of(&[("a.md", b"")]);
    let file = fs::File::options().write(true).open(manuscripts.0.path().join("a.md")).unwrap();
    file.set_len((64 << 20) + 1).unwrap();
    assert_eq!(manuscripts.codes("a.md"), ["source-too-large"]);
}

#[cfg(unix)]
#[test]
fn a_manuscript_that_is_a_link_out_of_its_folder_is_refused() {
    let manuscripts = Manuscripts::of(&[("secret.md", b"Secret."), ("a/b.md", b"B.")]);
    let link = manuscripts.0.path().join("a/manuscript.md");
    std::os::unix::fs::symlink(manuscripts.0.path().join("secret.md"), link).unwrap();
    assert_eq!(manuscripts.codes("a"), ["manuscript-outside-root"]);
}

#[test]
fn a_project_file_above_makes_its_folder_the_root() {
    let text = b"---\ntitle: A\ndate: 2026\nparts: ../shared/b.md\n---\n";
    let files: [(&str, &[u8]); 2] = [("kits/a/manuscript.md", text), ("kits/shared/b.md", b"B.")];
    let without = Manuscripts::of(&files);
    assert_eq!(without.codes("kits/a"), ["path-outside-root"]);
    let with = Manuscripts::of(&[files[0], files[1], ("kits/presskit.yaml", b"")]);
    let (document, found) = with.build("kits/a");
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(document.unwrap().blocks.len(), 1);
}

#[test]
fn a_part_that_is_missing_does_not_hide_what_else_is_wrong() {
    let text = b"---\ntitle: A\ndate: 2026\nkind: x\nparts: b.md\n---\n";
    let manuscripts = Manuscripts::of(&[("manuscript.md", text)]);
    assert_eq!(manuscripts.codes(""), ["invalid-value", "part-not-found"]);
}

#[test]
fn parts_follow_in_the_order_of_their_entries_and_each_once() {
    let manuscripts = Manuscripts::of(&[
        (
            "manuscript.md",
            b"---\ntitle: A\ndate: 2026\nparts: [c/z.md, 'c/*.md', manuscript.md]\n---\nFirst.",
        ),
        ("c/a.md", b"---\nx-layout: post\n---\nA."),
        ("c/b.md", b"B."),
        ("c/z.md", b"Z."),
    ]);
    let (document, found) = manuscripts.build("");
    assert!(found.is_empty(), "{found:#?}");
    let mut words = Vec::new();
    visit::blocks(&document.unwrap().blocks, &mut |visited| {
        if let visit::Visited::Inline(inline) = visited {
            words.push(text(std::slice::from_ref(inline)));
        }
    });
    assert_eq!(words, ["First.", "Z.", "A.", "B."]);
}

#[test]
fn the_sample_manuscript_has_no_faults_in_its_front_matter() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("manuscript/robin-smalley");
    let sink = Sink::default();
    let document = parse(&load(&sample, &sink).unwrap(), &sink);
    assert_eq!(sink.sorted(), []);
    assert_eq!(document.kit.people[0].biography.long.len(), 4);
    assert_eq!(document.kit.facts.len(), 7);
    assert_eq!(document.assets.len(), 3);
}

/// The links of a document, as what they hold and where they lead.
fn links(document: &Document) -> Vec<(String, String)> {
    let mut links = Vec::new();
    visit::blocks(&document.blocks, &mut |visited| {
        if let visit::Visited::Inline(Inline::Link(link)) = visited
            && let Target::Internal(label) = &link.target
        {
            links.push((text(&link.content), label.as_str().to_owned()));
        }
    });
    links
}

#[test]
fn a_link_to_a_part_leads_to_its_first_heading_wherever_it_stands() {
    let manuscripts = Manuscripts::of(&[
        (
            "manuscript.md",
            b"---\ntitle: A\ndate: 2026\nparts: 'c/*.md'\n---\n[a](c/02.md) [b](c/02.md#x) \
              [c](c/03.md) [d](other.md)",
        ),
        ("c/01.md", b"[e](02.md) [f](../c/./03.md)"),
        ("c/02.md", b"Text.\n\n# Two\n\n## X {#x}"),
        ("c/03.md", b"No heading."),
    ]);
    let (document, found) = manuscripts.build("");
    let document = document.unwrap();
    let links = links(&document);
    let links: Vec<_> = links.iter().map(|(text, to)| format!("{text} {to}")).collect();
    assert_eq!(links, ["a two", "b x", "c 03", "e two", "f 03"]);
    let labels = document.blocks.last().map(|block| match block {
        Block::Division { attributes, .. } => attributes.label.clone(),
        other => panic!("{other:?}"),
    });
    assert_eq!(labels.unwrap().unwrap().as_str(), "03", "the place that a link leads to");
    let codes: Vec<_> = found.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(codes.len(), 1, "{codes:?}");
    assert!(codes[0].starts_with("the link `other.md` leads to a file"));
}

#[test]
fn a_part_has_a_title_and_a_language_and_what_else_it_says_is_reported() {
    let manuscripts = Manuscripts::of(&[
        ("manuscript.md", b"---\ntitle: A\ndate: 2026\nparts: [b.md, c.md, d.md]\n---\nFirst."),
        (
            "b.md",
            b"---\ntitle: L'autre\nlang: fr\nlayout: post\nauthor: Ann\n---\nOui ?\n\n# Fin\n\nBon.",
        ),
        ("c.md", b"Again."),
        ("d.md", b"---\ntitle: D\n---\n# Other\n\nText."),
    ]);
    let (document, found) = manuscripts.build("");
    let shape = |block: &Block| match block {
        Block::Division { attributes, blocks, .. } => {
            let language = attributes.language().map(|it| it.as_str().to_owned());
            format!("{}{}", language.unwrap_or_default(), blocks.len())
        }
        Block::Heading(heading) => text(&heading.content),
        Block::Paragraph { content, .. } => text(content),
        other => panic!("{other:?}"),
    };
    let document = document.unwrap();
    let shapes: Vec<_> = document.blocks.iter().map(shape).collect();
    assert_eq!(shapes, ["First.", "fr2", "fr2", "en1", "Other", "Text."]);
    let Some(Block::Division { blocks, .. }) = document.blocks.get(1) else { panic!() };
    let inner: Vec<_> = blocks.iter().map(shape).collect();
    assert_eq!(inner, ["L’autre", "Oui\u{202F}?"]);
    let messages: Vec<_> = found.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "`layout`, `author` are ignored in a part: its `title` and its `lang` count",
            "the title `D` is ignored: the text has its own",
        ]
    );
}
