//! The entries of `parts` into files.

use glob::{MatchOptions, Pattern};

use crate::sandbox::{ReadError, Root, RootPath};

/// The most folders that the patterns of one entry may look into.
const MOST_FOLDERS: usize = 1_000;
/// As a shell matches: a leading dot hides a file.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// Why an entry gives no files.
#[derive(Debug)]
pub(super) enum PartError {
    /// It leads out of the root.
    LeavesRoot,
    /// It names no file, or its pattern matches none.
    NotFound,
    /// It is no pattern; the reason.
    BadPattern(String),
    /// Its pattern looks into more folders, or finds more in one, than a manuscript has.
    TooMany,
}

/// The files that an entry names, seen from a folder; those of a pattern are sorted.
pub(super) fn expand(
    root: &Root,
    base: &RootPath,
    entry: &str,
) -> Result<Vec<RootPath>, PartError> {
    let path = root.resolve(base, entry).map_err(|_| PartError::LeavesRoot)?;
    if root.is_file(&path) {
        return Ok(vec![path]);
    }
    if !entry.contains(['*', '?', '[']) {
        return Err(PartError::NotFound);
    }
    let mut walk = Walk { root, folders: 0, found: Vec::new() };
    walk.enter(&RootPath::default(), &parse_steps(path.as_str())?)?;
    walk.found.sort();
    walk.found.dedup();
    if walk.found.is_empty() { Err(PartError::NotFound) } else { Ok(walk.found) }
}

/// What one part of a pattern's path matches.
enum Step {
    /// `**`: any number of folders.
    Folders,
    /// One name. Matched name by name, a pattern takes no more than quadratic time.
    Name(Pattern),
}

fn parse_steps(pattern: &str) -> Result<Vec<Step>, PartError> {
    let mut steps = Vec::new();
    for part in pattern.split('/') {
        if part != "**" {
            let pattern =
                Pattern::new(part).map_err(|error| PartError::BadPattern(error.msg.to_owned()))?;
            steps.push(Step::Name(pattern));
        } else if !matches!(steps.last(), Some(Step::Folders)) {
            steps.push(Step::Folders);
        }
    }
    Ok(steps)
}

/// A walk over the folders that a pattern may match in.
struct Walk<'a> {
    root: &'a Root,
    folders: usize,
    found: Vec<RootPath>,
}

impl Walk<'_> {
    fn enter(&mut self, folder: &RootPath, steps: &[Step]) -> Result<(), PartError> {
        let Some((step, rest)) = steps.split_first() else { return Ok(()) };
        self.folders += 1;
        if self.folders > MOST_FOLDERS {
            return Err(PartError::TooMany);
        }
        let entries = match self.root.entries(folder) {
            Ok(entries) => entries,
            Err(ReadError::TooManyEntries) => return Err(PartError::TooMany),
            Err(_) => return Ok(()),
        };
        if matches!(step, Step::Folders) {
            self.enter(folder, rest)?;
        }
        for entry in entries {
            let name = entry.path.file_name();
            let (matches, deeper) = match step {
                Step::Folders => (!name.starts_with('.'), steps),
                Step::Name(pattern) => (pattern.matches_with(name, OPTIONS), rest),
            };
            match (matches, entry.is_folder) {
                (true, true) => self.enter(&entry.path, deeper)?,
                (true, false) if rest.is_empty() => self.found.push(entry.path),
                (true | false, _) => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_pattern_finds_files_sorted_and_none_that_are_hidden() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["b/2.md", "b/1.md", "b/.0.md", "b/1.txt", "b/c/d/3.md", "b/.git/4.md", "a.md"]
        {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let root = Root::new(folder.path()).unwrap();
        let base = root.resolve(&RootPath::default(), "b").unwrap();
        let find = |entry| {
            let found = expand(&root, &base, entry).unwrap();
            found.iter().map(|path| path.as_str().to_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(find("*.md"), "b/1.md b/2.md");
        assert_eq!(find("**/*.md"), "b/1.md b/2.md b/c/d/3.md");
        assert_eq!(find("c/**"), "b/c/d/3.md");
        assert_eq!(find("../?.md"), "a.md");
        assert!(matches!(expand(&root, &base, "*.html"), Err(PartError::NotFound)));
        assert!(matches!(expand(&root, &base, "[.md"), Err(PartError::BadPattern(_))));
        assert!(matches!(expand(&root, &base, "../../*"), Err(PartError::LeavesRoot)));
    }

    #[test]
    fn a_pattern_full_of_stars_is_matched_at_once() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a".repeat(200)), "").unwrap();
        let root = Root::new(folder.path()).unwrap();
        let pattern = format!("{}b", "*a".repeat(60));
        assert!(matches!(expand(&root, &RootPath::default(), &pattern), Err(PartError::NotFound)));
    }
}
