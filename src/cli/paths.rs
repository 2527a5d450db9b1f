//! The paths on the command line into manuscripts.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Diagnostic, Sink, codes};

/// The file that makes a folder a manuscript.
const MANUSCRIPT_FILE: &str = "manuscript.md";

/// Folders that hold what programs have made.
const SKIPPED: [&str; 3] = ["target", "dist", "node_modules"];

/// Every manuscript that the paths name, each once: a file; a folder that holds `manuscript.md`;
/// else all such folders below it, sorted. What does not exist is left for loading to report.
pub(super) fn find_manuscripts(paths: &[PathBuf], sink: &Sink) -> Vec<PathBuf> {
    let mut seen = BTreeSet::new();
    let found = paths.iter().flat_map(|path| {
        if path.is_dir() && !holds_manuscript(path) {
            search(path, sink)
        } else {
            vec![path.clone()]
        }
    });
    found.filter(|path| seen.insert(identify(path))).collect()
}

fn holds_manuscript(folder: &Path) -> bool {
    folder.join(MANUSCRIPT_FILE).is_file()
}

/// One name for a manuscript, however it is spelt.
fn identify(path: &Path) -> PathBuf {
    let file = if path.is_dir() { path.join(MANUSCRIPT_FILE) } else { path.to_owned() };
    file.canonicalize().unwrap_or(file)
}

fn search(root: &Path, sink: &Sink) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut pending = vec![root.to_owned()];
    while let Some(folder) = pending.pop() {
        if holds_manuscript(&folder) {
            found.push(folder);
            continue;
        }
        match list_folders(&folder) {
            Ok(folders) => pending.extend(folders),
            Err(error) => {
                let message = format!("the folder could not be searched: {error}");
                sink.report(Diagnostic::new(codes::READ_FAILED, folder.as_path(), message));
            }
        }
    }
    if found.is_empty() && !sink.has_errors() {
        report_nothing(root, sink);
    }
    found.sort();
    found
}

/// The folders in a folder. Links are not followed, so that no loop is walked.
fn list_folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_skipped = name.starts_with('.') || SKIPPED.contains(&name.as_ref());
        if !is_skipped && entry.file_type()?.is_dir() {
            folders.push(entry.path());
        }
    }
    Ok(folders)
}

fn report_nothing(root: &Path, sink: &Sink) {
    let message = format!("there is no `{MANUSCRIPT_FILE}` here, nor in any folder below");
    let help = format!("name the manuscript's file, or call it `{MANUSCRIPT_FILE}`");
    sink.report(Diagnostic::new(codes::MANUSCRIPT_NOT_FOUND, root, message).with_help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let file = root.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "x").unwrap();
        }
        root
    }

    fn find(root: &Path, paths: &[&str]) -> Vec<String> {
        let paths: Vec<_> = paths.iter().map(|path| root.join(path)).collect();
        let found = find_manuscripts(&paths, &Sink::default());
        let below = |path: &PathBuf| path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        found.iter().map(below).collect()
    }

    #[test]
    fn a_folder_of_manuscripts_is_searched_in_order_and_past_what_programs_made() {
        let root = tree(&[
            "kits/b/manuscript.md",
            "kits/a/deep/manuscript.md",
            "kits/b/parts/manuscript.md",
            "kits/.git/manuscript.md",
            "kits/target/manuscript.md",
            "kits/a/dist/manuscript.md",
            "kits/node_modules/x/manuscript.md",
            "kits/notes/readme.md",
        ]);
        assert_eq!(find(root.path(), &["kits"]), ["kits/a/deep", "kits/b"]);
    }

    #[test]
    fn a_manuscript_named_twice_is_built_once() {
        let root = tree(&["a/manuscript.md", "a/other.md"]);
        let named = ["a", "a/manuscript.md", "a/../a", "a/other.md"];
        assert_eq!(find(root.path(), &named), ["a", "a/other.md"]);
    }

    #[test]
    #[cfg(unix)]
    fn links_that_lead_in_a_circle_end_the_search() {
        let root = tree(&["kits/a/manuscript.md"]);
        std::os::unix::fs::symlink(root.path(), root.path().join("kits/loop")).unwrap();
        assert_eq!(find(root.path(), &["kits"]), ["kits/a"]);
    }

    #[test]
    fn a_folder_without_manuscripts_is_reported() {
        let root = tree(&["empty/readme.md"]);
        let sink = Sink::default();
        assert!(find_manuscripts(&[root.path().join("empty")], &sink).is_empty());
        assert_eq!(sink.sorted()[0].code, codes::MANUSCRIPT_NOT_FOUND);
    }
}
