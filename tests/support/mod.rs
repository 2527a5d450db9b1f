//! A folder with manuscripts in it, and the built program run there.
#![allow(dead_code, unreachable_pub, reason = "shared by test programs that each use a part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A manuscript without a fault.
pub const GOOD: &str = "\
---
title: A Good Manuscript
slug: good
lang: en
date: 2026-01-02
---

It has one paragraph.
";

/// A folder of its own for one test.
pub struct Workspace(TempDir);

impl Workspace {
    /// An empty folder.
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A folder with [`GOOD`] where `presskit build` looks for it.
    pub fn good() -> Self {
        Self::new().file("manuscript/manuscript.md", GOOD)
    }

    /// Writes a file, and the folders above it.
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let file = self.path(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
        self
    }

    /// A path in the folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// The bytes of a file.
    pub fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap()
    }

    /// The names in a folder, sorted; none if it does not exist.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else { return Vec::new() };
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The program, ready to run in the folder.
    pub fn command(&self) -> Command {
        prepare(Command::new(PRESSKIT), self.0.path())
    }

    /// Runs the program in the folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command().args(arguments))
    }

    /// Runs a line of shell in the folder, with the program as `$PRESSKIT`.
    pub fn shell(&self, line: &str) -> Run {
        Run::of(prepare(Command::new("sh"), self.0.path()).args(["-c", line]))
    }
}

/// The built program.
pub const PRESSKIT: &str = env!("CARGO_BIN_EXE_presskit");

fn prepare(mut command: Command, folder: &Path) -> Command {
    command.current_dir(folder).env("PRESSKIT", PRESSKIT);
    command.env_remove("SOURCE_DATE_EPOCH");
    command
}

/// What a run came to.
#[derive(Debug)]
pub struct Run {
    /// The exit status.
    pub status: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Run {
    /// Runs a command to its end.
    pub fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { status: status.code(), stdout: text(stdout), stderr: text(stderr) }
    }

    /// Holds the run to an exit status.
    #[track_caller]
    pub fn exits(self, status: i32) -> Self {
        assert_eq!(self.status, Some(status), "\n{}\n{}", self.stdout, self.stderr);
        self
    }

    /// Holds standard error to something it must say.
    #[track_caller]
    pub fn complains(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "{text:?} is not in\n{}", self.stderr);
        self
    }
}
