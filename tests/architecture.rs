//! Holds the sources to the table of rooms in `src/lib.rs`: who may import whom, and which room
//! names which outside library.
//!
//! Test modules are left out: a test may borrow what the room itself may not.
#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// The libraries that stay behind a door, and the rooms that may name them. Libraries without a
/// line here (serde, rayon) may be named anywhere.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["diagnostics"]),
    ("clap", &["cli"]),
    ("epub_builder", &["epub"]),
    ("flate2", &["pdf", "epub"]),
    ("glob", &["manuscript"]),
    ("harfrust", &["text"]),
    ("hypher", &["text"]),
    ("icu_segmenter", &["text"]),
    ("image", &["assets", "raster"]),
    ("indicatif", &["cli"]),
    ("jiff", &["model", "manuscript"]),
    ("lopdf", &["pdf"]),
    ("oxilangtag", &["model"]),
    ("percent_encoding", &["sandbox", "manuscript", "xhtml", "pdf"]),
    ("printpdf", &["pdf"]),
    ("pulldown_cmark", &["manuscript"]),
    ("pulldown_latex", &["manuscript", "xhtml"]),
    ("quick_xml", &["xhtml", "epub"]),
    ("resvg", &["assets", "pdf", "raster"]),
    ("saphyr_parser", &["manuscript", "theme"]),
    ("serde_json", &["cli", "diagnostics"]),
    ("serde_yaml", &["manuscript", "theme"]),
    ("sha2", &["assets", "output", "pdf"]),
    ("skrifa", &["assets", "text", "pdf", "raster"]),
    ("strsim", &["diagnostics"]),
    ("subsetter", &["pdf"]),
    ("tempfile", &["output"]),
    ("unicode_script", &["text"]),
    ("uuid", &["epub", "pdf"]),
    ("zip", &["epub"]),
];

#[test]
fn no_room_imports_what_the_table_forbids() {
    let table = read_table();
    let mut faults = Vec::new();
    for source in read_sources() {
        let allowed = &table[&source.room];
        for name in source.imports() {
            if name != source.room && !allowed.contains(&name) {
                faults.push(format!("{}: `{}` may not import `{name}`", source.path, source.room));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn outside_libraries_stay_in_their_rooms() {
    let mut faults = Vec::new();
    for source in read_sources() {
        for (library, rooms) in OUTSIDE {
            if !rooms.contains(&source.room.as_str()) && source.names_library(library) {
                faults.push(format!("{}: `{library}` belongs to {rooms:?}", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_room_stands_in_the_table_and_every_file_says_what_it_is_for() {
    let table = read_table();
    for source in read_sources() {
        assert!(table.contains_key(&source.room), "{}: not in the table", source.path);
        assert!(source.opens_with_its_purpose, "{}: does not open with `//!`", source.path);
        assert!(source.lines <= 600, "{}: {} lines", source.path, source.lines);
    }
}

#[test]
fn the_main_file_only_hands_over_to_the_command_line() {
    let main = fs::read_to_string(root().join("src/main.rs")).unwrap();
    let code = strip(&main);
    assert!(main.lines().count() <= 40);
    assert_eq!(idents_after(&code, "presskit::"), ["cli"]);
}

#[test]
fn imports_are_seen_in_every_spelling() {
    let code = strip(
        "use crate::{a::B, c::{d, e::F}, g}; // use crate::comment;\n\
         /* crate::comment */ fn f(_: &crate::h::I) { k('\"', \"crate::text\", 'x'); }\n\
         fn j<'a>(x: &'a str) { pub_crate::no(); $crate::l::m!() }\n\
         #[cfg(test)]\nmod tests { use crate::test::X; }",
    );
    assert_eq!(idents_after(&code, "crate::"), ["a", "c", "g", "h", "l"]);
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The rooms that each room may import, from the table in `src/lib.rs`.
fn read_table() -> BTreeMap<String, BTreeSet<String>> {
    let page = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let rows: Vec<(String, String)> = page.lines().filter_map(read_row).collect();
    let rooms: BTreeSet<String> = rows.iter().map(|(room, _)| room.clone()).collect();
    let expand = |imports: &str| -> BTreeSet<String> {
        match imports {
            "nothing" => BTreeSet::new(),
            "everything" => rooms.clone(),
            _ => match imports.strip_prefix("everything but ") {
                Some(but) => rooms.iter().filter(|room| *room != but).cloned().collect(),
                None => imports.split(", ").map(str::to_owned).collect(),
            },
        }
    };
    let table: BTreeMap<_, _> =
        rows.iter().map(|(room, imports)| (room.clone(), expand(imports))).collect();
    let unknown = table.values().flatten().find(|import| !rooms.contains(*import));
    assert_eq!(unknown, None, "a room in the last column has no row");
    table
}

/// A row's room and imports: ``//! | [`room`] | … | a, b |``.
fn read_row(line: &str) -> Option<(String, String)> {
    let cells: Vec<&str> = line.strip_prefix("//! |")?.split('|').map(str::trim).collect();
    let [room, _, imports, ""] = cells[..] else { return None };
    if room == "room" || room.starts_with("---") {
        return None;
    }
    Some((room.replace(['[', ']', '`'], ""), imports.replace('`', "")))
}

/// A source file.
struct Source {
    path: String,
    room: String,
    code: String,
    lines: usize,
    opens_with_its_purpose: bool,
    /// Modules of the room, which may share a library's name.
    modules: BTreeSet<String>,
}

impl Source {
    fn imports(&self) -> Vec<String> {
        let mut names = idents_after(&self.code, "crate::");
        if self.stands_at_the_top() {
            // Here `super` is the crate itself.
            names.extend(idents_after(&self.code, "super::"));
        }
        names
    }

    fn stands_at_the_top(&self) -> bool {
        self.path == format!("src/{}.rs", self.room)
            || self.path == format!("src/{}/mod.rs", self.room)
    }

    fn names_library(&self, library: &str) -> bool {
        let path = format!("{library}::");
        let import =
            [format!("use {library}::"), format!("use {library};"), format!("use ::{path}")];
        let is_imported = import.iter().any(|import| self.code.contains(import));
        is_imported
            || (!self.modules.contains(library) && !idents_after(&self.code, &path).is_empty())
    }
}

fn read_sources() -> Vec<Source> {
    let src = root().join("src");
    let mut files = Vec::new();
    collect_files(&src, &mut files);
    assert!(files.len() > 20, "the sources were not found");
    files
        .iter()
        .map(|file| file.strip_prefix(&src).unwrap())
        .filter(|file| !["lib.rs", "main.rs"].contains(&file.to_str().unwrap()))
        .filter(|file| !file.components().any(|part| is_test_module(part.as_os_str())))
        .map(|file| read_source(&src, file))
        .collect()
}

fn is_test_module(part: &OsStr) -> bool {
    part == "tests" || part == "tests.rs"
}

fn read_source(src: &Path, file: &Path) -> Source {
    let text = fs::read_to_string(src.join(file)).unwrap();
    let first = file.components().next().unwrap().as_os_str().to_str().unwrap();
    let room = first.trim_end_matches(".rs").to_owned();
    let mut siblings = Vec::new();
    if src.join(&room).is_dir() {
        collect_files(&src.join(&room), &mut siblings);
    }
    let stem = |path: &PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    Source {
        path: format!("src/{}", file.display()),
        code: strip(&text),
        lines: text.lines().count(),
        opens_with_its_purpose: text.starts_with("//! "),
        modules: siblings.iter().map(stem).collect(),
        room,
    }
}

fn collect_files(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            collect_files(&entry, files);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            files.push(entry);
        }
    }
}

/// The code before the test module, without comments and without what stands in quotes.
fn strip(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if rest.starts_with("r#\"") {
            rest.find("\"#").map_or(rest.len(), |at| at + 2)
        } else if next == '"' {
            quoted_len(rest, '"')
        } else if next == '\'' && is_char_literal(rest) {
            quoted_len(rest, '\'')
        } else {
            code.push(next);
            next.len_utf8()
        };
        rest = &rest[skipped..];
    }
    code.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned()
}

/// The bytes of a literal, with both of its quotes.
fn quoted_len(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if character == '\\' {
            escaped = true;
        } else if character == quote {
            return at + 1;
        }
    }
    text.len()
}

/// Whether an apostrophe opens a character and not a lifetime.
fn is_char_literal(text: &str) -> bool {
    let mut characters = text.chars().skip(1);
    let first = characters.next();
    first == Some('\\') || characters.next() == Some('\'')
}

/// The names that follow a path's beginning: one, or those of a group.
fn idents_after(code: &str, path: &str) -> Vec<String> {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let mut found = Vec::new();
    for (at, _) in code.match_indices(path) {
        // `pub_crate::` and `super::crate::` are other paths.
        if code[..at].ends_with(|before: char| is_word(before) || before == ':') {
            continue;
        }
        let rest = &code[at + path.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(group_heads(group)),
            None => found.push(rest.chars().take_while(|next| is_word(*next)).collect()),
        }
    }
    found
}

/// The first names of a group's paths: `a` and `c` of `a::B, c::{d, e}}`.
fn group_heads(group: &str) -> Vec<String> {
    let mut depth = 1;
    let mut heads = vec![String::new()];
    let mut in_head = true;
    for character in group.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => heads.push(String::new()),
            _ => {}
        }
        in_head = match character {
            ',' if depth == 1 => true,
            ':' | '{' | '}' => false,
            _ => in_head,
        };
        if depth == 0 {
            break;
        }
        if in_head && (character.is_alphanumeric() || character == '_') {
            heads.last_mut().unwrap().push(character);
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}
