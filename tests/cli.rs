//! The contract of the command line, kept by the built program: exit status, what goes to which
//! stream, what is written and what is left alone.
#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use sha2::{Digest, Sha256};
use support::{GOOD, Run, Workspace};

/// [`GOOD`] with something put in the place of its date.
fn with_front_matter(lines: &str) -> String {
    GOOD.replace("date: 2026-01-02", lines)
}

/// The lines of JSON on standard output.
fn json_lines(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_build_names_the_files_that_it_wrote_and_says_no_more() {
    let workspace = Workspace::good();
    let run = workspace.run(&["build"]).exits(0);
    assert_eq!(run.stdout, "dist/good-press-kit.pdf\ndist/good.epub\n");
    assert_eq!(run.stderr, "");
    assert_eq!(workspace.names("dist"), ["good-press-kit.pdf", "good.epub"]);
    assert!(workspace.read("dist/good-press-kit.pdf").starts_with(b"%PDF-"));
    assert!(workspace.read("dist/good.epub").starts_with(b"PK"));
}

#[test]
fn only_the_format_asked_for_is_written_and_where_it_is_asked_for() {
    let workspace = Workspace::new().file("profile.md", GOOD);
    let run = workspace.run(&["build", "profile.md", "-f", "epub", "-o", "a/b"]).exits(0);
    assert_eq!(run.stdout, "a/b/good.epub\n");
    assert_eq!(workspace.names("a/b"), ["good.epub"]);
}

#[test]
fn a_warning_is_told_at_its_place_and_the_build_goes_on() {
    let text = with_front_matter("date: 2026-01-02\nsubtitel: Misspelt");
    let workspace = Workspace::new().file("manuscript/manuscript.md", text);
    let run = workspace.run(&["build"]).exits(0);
    let run = run.complains("PK0208").complains("manuscript.md:6:1").complains("1 warning");
    assert_eq!(run.stdout.lines().count(), 2);
}

#[test]
fn a_denied_warning_writes_nothing() {
    let text = with_front_matter("date: 2026-01-02\nsubtitel: Misspelt");
    let workspace = Workspace::new().file("manuscript/manuscript.md", text);
    for word in ["warnings", "unknown-key", "PK0208"] {
        let run = workspace.run(&["build", "--deny", word]).exits(1).complains("1 error");
        assert_eq!(run.stdout, "");
        assert!(workspace.names("dist").is_empty());
    }
}

#[test]
fn an_error_with_a_stand_in_can_be_allowed() {
    let text = format!("{GOOD}\n![A sink](missing.png)\n");
    let workspace = Workspace::new().file("manuscript/manuscript.md", text);
    workspace.run(&["build"]).exits(1).complains("PK0501");
    let run = workspace.run(&["build", "--allow", "picture-not-found"]).exits(0);
    assert_eq!(run.complains("warning[PK0501]").stdout.lines().count(), 2);
}

#[test]
fn all_independent_errors_are_told_in_one_run() {
    let text = with_front_matter("date: yesterday\nlang: not a language").replace("lang: en\n", "");
    let text = format!("{text}\n![A sink](missing.png)\n");
    let workspace = Workspace::new().file("manuscript/manuscript.md", text);
    let run = workspace.run(&["build"]).exits(1);
    run.complains("PK0211").complains("PK0212").complains("PK0501").complains("3 errors");
}

#[test]
fn errors_leave_the_last_good_outputs_as_they_were() {
    let workspace = Workspace::good();
    workspace.run(&["build"]).exits(0);
    let outputs = || ["dist/good-press-kit.pdf", "dist/good.epub"].map(|path| workspace.read(path));
    let before = outputs();
    let faulty = with_front_matter("date: yesterday");
    fs::write(workspace.path("manuscript/manuscript.md"), faulty).unwrap();
    workspace.run(&["build"]).exits(1);
    assert_eq!(outputs(), before);
    assert_eq!(workspace.names("dist").len(), 2);
}

#[test]
fn wrong_usage_is_told_apart_from_wrong_manuscripts() {
    let workspace = Workspace::good();
    for arguments in [
        &["build", "--deny", "mising-alt"][..],
        &["build", "--allow", "yaml-tab"],
        &["build", "--format", "docx"],
        &["build", "--jobs", "0"],
        &["build", "--font-path", "nowhere"],
        &["build", "--nonsense"],
        &["inspect", "--model", "--edition"],
        &[],
    ] {
        assert_eq!(workspace.run(arguments).exits(2).stdout, "", "{arguments:?}");
    }
    workspace.run(&["build", "--deny", "mising-alt"]).complains("did you mean `missing-alt`?");
}

#[test]
fn a_manuscript_that_is_not_there_is_an_error_at_its_path() {
    let workspace = Workspace::new().file("empty/readme.txt", "");
    workspace.run(&["build"]).exits(1).complains("PK0101");
    workspace.run(&["build", "nowhere.md"]).exits(1).complains("nowhere.md");
    workspace.run(&["build", "empty"]).exits(1).complains("PK0101");
}

#[test]
fn a_manuscript_has_no_theme_from_outside_its_folder() {
    for theme in ["../house.yaml", "/etc/hostname", "missing.yaml"] {
        let text = with_front_matter(&format!("date: 2026-01-02\ntheme: {theme}"));
        let workspace = Workspace::new()
            .file("manuscript/manuscript.md", text)
            .file("house.yaml", "extends: feature\n");
        workspace.run(&["build"]).exits(1).complains("PK0601");
        workspace.run(&["build", "--theme", "house.yaml"]).exits(0);
    }
}

#[test]
fn two_manuscripts_that_would_write_one_file_write_none() {
    let workspace =
        Workspace::new().file("kits/a/manuscript.md", GOOD).file("kits/b/manuscript.md", GOOD);
    let run = workspace.run(&["build", "kits"]).exits(1).complains("PK0003").complains("kits/b");
    assert_eq!(run.stdout, "");
    assert!(workspace.names("dist").is_empty());
}

#[test]
fn every_manuscript_below_a_folder_is_built_in_order() {
    let other = GOOD.replace("slug: good", "slug: other");
    let workspace =
        Workspace::new().file("kits/b/manuscript.md", GOOD).file("kits/a/manuscript.md", other);
    let run = workspace.run(&["build", "kits", "-f", "epub"]).exits(0);
    assert_eq!(run.stdout, "dist/other.epub\ndist/good.epub\n");
}

#[test]
fn one_faulty_manuscript_keeps_all_from_being_written_but_not_from_being_checked() {
    let workspace = Workspace::new()
        .file("kits/a/manuscript.md", with_front_matter("date: yesterday"))
        .file("kits/b/manuscript.md", GOOD.replace("slug: good", "slug: b\nsubtitel: Misspelt"));
    let run = workspace.run(&["build", "kits"]).exits(1).complains("PK0211").complains("PK0208");
    assert_eq!(run.complains("1 error, 1 warning").stdout, "");
    assert!(workspace.names("dist").is_empty());
}

#[test]
fn json_holds_diagnostics_then_artifacts_and_nothing_else_is_said() {
    let text = with_front_matter("date: 2026-01-02\nsubtitel: Misspelt");
    let workspace = Workspace::new().file("manuscript/manuscript.md", text);
    let run = workspace.run(&["build", "--message-format", "json"]).exits(0);
    assert_eq!(run.stderr, "");
    let lines = json_lines(&run);
    assert_eq!(lines.len(), 3, "{}", run.stdout);
    assert_eq!(lines[0]["severity"], "warning");
    assert_eq!(lines[0]["code"], "PK0208");
    assert_eq!((&lines[0]["line"], &lines[0]["column"]), (&Value::from(6), &Value::from(1)));
    for (line, name) in lines[1..].iter().zip(["good-press-kit.pdf", "good.epub"]) {
        let path = format!("dist/{name}");
        let bytes = workspace.read(&path);
        let digest = Sha256::digest(&bytes);
        let sha256 = digest.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        assert_eq!(line["path"], path.as_str());
        assert_eq!(line["bytes"], bytes.len());
        assert_eq!(line["sha256"], sha256.as_str());
    }
}

#[test]
fn json_tells_errors_on_standard_output_too() {
    let text = with_front_matter("date: yesterday");
    let workspace = Workspace::new().file("manuscript/manuscript.md", text);
    let run = workspace.run(&["build", "--message-format", "json"]).exits(1);
    assert_eq!(run.stderr, "");
    let lines = json_lines(&run);
    assert!(lines.iter().any(|line| line["code"] == "PK0211" && line["severity"] == "error"));
    assert!(lines.iter().all(|line| line.get("artifact").is_none()));
}

#[test]
fn an_output_folder_that_cannot_be_made_is_the_systems_failure() {
    let workspace = Workspace::good().file("taken", "a file");
    for folder in ["taken", "taken/below"] {
        let run = workspace.run(&["build", "-o", folder]).exits(3).complains("PK0002");
        assert_eq!(run.stdout, "");
    }
    assert_eq!(workspace.read("taken"), b"a file");
}

#[test]
#[cfg(unix)]
fn a_disk_that_is_full_in_mid_file_leaves_the_old_outputs_and_no_remains() {
    let workspace = Workspace::good().file("dist/good.epub", "old");
    // A limit on the size of files fails a write as a full disk does, after some of its bytes.
    let line = r#"trap "" XFSZ; ulimit -f 2; exec "$PRESSKIT" build"#;
    workspace.shell(line).exits(3).complains("PK0002");
    assert_eq!(workspace.names("dist"), ["good.epub"]);
    assert_eq!(workspace.read("dist/good.epub"), b"old");
}

#[test]
fn the_same_manuscript_gives_the_same_bytes_anywhere_any_time_on_any_number_of_threads() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/manuscript");
    let build = |jobs: &str| {
        let workspace = Workspace::new();
        copy_folder(sample.as_ref(), &workspace.path("manuscript"));
        workspace.run(&["build", "--jobs", jobs]).exits(0);
        let names = workspace.names("dist");
        assert_eq!(names, ["robin-smalley-press-kit.pdf", "robin-smalley.epub"]);
        names.iter().map(|name| workspace.read(&format!("dist/{name}"))).collect::<Vec<_>>()
    };
    let first = build("1");
    // Longer than the two seconds that a ZIP entry's time is counted in.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert!(first == build("2"), "the outputs differ");
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let workspace = Workspace::good();
    let mut command = workspace.command();
    command.args(["inspect", "--model"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_model_and_the_editions_are_shown_as_json() {
    let workspace = Workspace::good();
    let model = workspace.run(&["inspect", "--model"]).exits(0);
    let model: Value = serde_json::from_str(&model.stdout).unwrap();
    assert_eq!(model["metadata"]["title"], "A Good Manuscript");
    let editions = workspace.run(&["inspect", "--edition"]).exits(0);
    let editions: Value = serde_json::from_str(&editions.stdout).unwrap();
    assert_eq!(editions["press-kit"]["kind"], "press-kit");
    assert_eq!(editions["profile"]["opener"]["title"], "A Good Manuscript");
    assert!(workspace.names("dist").is_empty());
}

#[test]
fn fonts_and_themes_are_listed_one_a_line() {
    let workspace = Workspace::new();
    let fonts = workspace.run(&["fonts"]).exits(0).stdout;
    assert!(fonts.contains("Source Serif 4\t400\tnormal\tbundled\n"), "{fonts}");
    assert!(fonts.lines().all(|line| line.split('\t').count() == 4), "{fonts}");
    let themes = workspace.run(&["themes"]).exits(0).stdout;
    assert!(themes.lines().any(|line| line == "feature"), "{themes}");
}
