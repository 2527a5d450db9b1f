//! `presskit build`: manuscripts into files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::error::ErrorKind;
use rayon::prelude::*;

use super::progress::Progress;
use super::report::{self, MessageFormat, Report};
use super::{Status, parse_folder, paths};
use crate::config::{Format, Overrides};
use crate::diagnostics::{Diagnostic, Failed, Policy, Sink, UnknownCode, codes, nearest};
use crate::model::Paper;
use crate::output::{self, Artifact};
use crate::pipeline::{self, BuildRequest, Plan};

/// Build the press kit (PDF) and the profile (EPUB)
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Manuscripts: files, folders that hold `manuscript.md`, or folders to search for such
    #[arg(value_name = "PATH", default_value = "manuscript")]
    paths: Vec<PathBuf>,

    /// Folder to write to; made if it does not exist
    #[arg(short, long, value_name = "DIR", default_value = "dist")]
    output: PathBuf,

    /// What to build, separated by commas [default: what the manuscript asks for, else both]
    #[arg(short, long, value_name = "FORMAT", value_delimiter = ',')]
    format: Option<Vec<FormatName>>,

    /// Built-in theme (see `presskit themes`), or a theme file
    #[arg(long, value_name = "NAME|FILE")]
    theme: Option<String>,

    /// Sheet of the press kit
    #[arg(long)]
    paper: Option<PaperName>,

    /// Folder of fonts, used after the bundled ones and the manuscript's own; may be repeated
    #[arg(long, value_name = "DIR", value_parser = parse_folder)]
    font_path: Vec<PathBuf>,

    /// Number of threads [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,

    /// Turn a warning into an error: a code, its name, or `warnings` for all; may be repeated
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,

    /// Turn an error that has a stand-in into a warning: a code or its name; may be repeated
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,

    /// How to report: for people, or one JSON object a line on standard output
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: MessageFormat,
}

const EXAMPLES: &str = "\
Examples:
  presskit build                              the manuscript in `manuscript`, into `dist`
  presskit build profile.md -f epub           only the EPUB
  presskit build kits -o out --paper letter   every manuscript below `kits`
  presskit build --deny warnings              for the last check before the release
  presskit build --allow picture-not-found    for a draft: a box stands for the picture";

/// A format as the command line spells it.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatName {
    /// The press kit
    Pdf,
    /// The profile
    Epub,
}

/// A paper as the command line spells it.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum PaperName {
    /// 210 × 297 mm
    A4,
    /// 8.5 × 11 in
    Letter,
}

impl Args {
    fn policy(&self) -> Result<Policy, clap::Error> {
        Policy::new(&self.deny, &self.allow).map_err(|unknown| {
            let message = format!("{}\n", describe_unknown(&unknown));
            clap::Error::raw(ErrorKind::InvalidValue, message)
        })
    }

    fn overrides(&self) -> Overrides {
        let format = |name: &FormatName| match name {
            FormatName::Pdf => Format::Pdf,
            FormatName::Epub => Format::Epub,
        };
        Overrides {
            theme: self.theme.clone(),
            paper: self.paper.map(|name| match name {
                PaperName::A4 => Paper::A4,
                PaperName::Letter => Paper::Letter,
            }),
            formats: self.format.as_ref().map(|names| names.iter().map(format).collect()),
        }
    }
}

/// Says why a word can't stand in `--deny` or `--allow`, and which was meant.
fn describe_unknown(unknown: &UnknownCode) -> String {
    let word = match unknown {
        UnknownCode::Unknown(word) => word,
        UnknownCode::AllowsWarnings => {
            return "`warnings` can only be denied: `--allow` takes the id or the name of a code"
                .to_owned();
        }
        UnknownCode::NotAllowable(code) => {
            return format!(
                "{} ({}) can't be allowed: nothing stands in for it",
                code.id, code.name
            );
        }
    };
    let known = codes::ALL.iter().flat_map(|code| [code.name, code.id]).chain(["warnings"]);
    match nearest(word, known) {
        Some(meant) => format!("there is no code `{word}`; did you mean `{meant}`?"),
        None => format!("there is no code `{word}`"),
    }
}

/// One manuscript on its way.
struct Job {
    request: BuildRequest,
    sink: Sink,
}

/// Builds all manuscripts and writes what came of them.
pub(super) fn run(args: &Args) -> Result<Status, clap::Error> {
    let policy = args.policy()?;
    let report = Report::new(args.message_format);
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs.map_or(0, usize::from))
        .stack_size(16 << 20)
        .build();
    Ok(match threads {
        Ok(threads) => threads.install(|| build(args, &policy, &report)),
        Err(error) => report::complain(&format!("no thread could be started: {error}")),
    })
}

fn build(args: &Args, policy: &Policy, report: &Report) -> Status {
    let sink = Sink::new(policy.clone());
    let jobs: Vec<Job> = paths::find_manuscripts(&args.paths, &sink)
        .into_iter()
        .map(|path| Job {
            request: BuildRequest {
                path,
                overrides: args.overrides(),
                font_paths: args.font_path.clone(),
            },
            sink: Sink::new(policy.clone()),
        })
        .collect();
    let artifacts = make_all(&jobs, &sink, report);
    let status = report.diagnose(std::iter::once(&sink).chain(jobs.iter().map(|job| &job.sink)));
    match artifacts {
        Ok(artifacts) if status == Status::Done => {
            write_all(&args.output, &artifacts, policy, report)
        }
        // A failure without an error that was reported would be a defect of ours: say so.
        Err(Failed) if status == Status::Done => {
            report::complain("the build failed; nothing said why")
        }
        Ok(_) | Err(Failed) => status,
    }
}

/// The artifacts of all manuscripts, in order. Goes on after a manuscript that fails, for the
/// sake of the others' diagnostics, but not when two would write one file.
fn make_all(jobs: &[Job], sink: &Sink, report: &Report) -> Result<Vec<Artifact>, Failed> {
    let progress = Progress::start(report.has_audience(), jobs.len());
    let plans: Vec<_> =
        jobs.par_iter().map(|job| pipeline::plan(&job.request, &job.sink)).collect();
    check_collisions(jobs, &plans, sink)?;
    let built: Vec<_> = jobs
        .par_iter()
        .zip(&plans)
        .map(|(job, plan)| {
            let artifacts = plan.as_ref().map_err(|failed| *failed);
            let artifacts = artifacts.and_then(|plan| pipeline::make(plan, &job.sink));
            progress.advance();
            artifacts
        })
        .collect();
    Ok(built.into_iter().collect::<Result<Vec<_>, Failed>>()?.into_iter().flatten().collect())
}

fn check_collisions(
    jobs: &[Job],
    plans: &[Result<Plan, Failed>],
    sink: &Sink,
) -> Result<(), Failed> {
    let mut owners: BTreeMap<String, &Path> = BTreeMap::new();
    let mut outcome = Ok(());
    for (job, plan) in jobs.iter().zip(plans) {
        let path = job.request.path.as_path();
        for name in plan.iter().flat_map(Plan::file_names) {
            // File systems that fold case would let one overwrite the other.
            if let Some(first) = owners.insert(name.to_lowercase(), path) {
                let message = format!("`{name}` would be written by `{}` too", first.display());
                let found = Diagnostic::new(codes::OUTPUT_COLLISION, path, message);
                outcome = Err(sink.fail(found.with_help("give one of them another `slug`")));
            }
        }
    }
    outcome
}

fn write_all(folder: &Path, artifacts: &[Artifact], policy: &Policy, report: &Report) -> Status {
    let sink = Sink::new(policy.clone());
    match output::write(folder, artifacts, &sink) {
        Ok(written) => report.list(&written),
        Err(Failed) => report.diagnose([&sink]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_code_is_told_the_nearest() {
        let unknown = |word: &str| describe_unknown(&UnknownCode::Unknown(word.to_owned()));
        assert!(unknown("mising-alt").contains("did you mean `missing-alt`?"));
        assert!(unknown("warning").contains("did you mean `warnings`?"));
        assert!(!unknown("zzzzzz").contains("did you mean"));
    }

    #[test]
    fn warnings_can_be_denied_and_not_allowed() {
        let warnings = ["warnings".to_owned()];
        assert!(Policy::new(&warnings, &[]).is_ok());
        let refused = describe_unknown(&Policy::new(&[], &warnings).unwrap_err());
        assert!(refused.contains("can only be denied"), "{refused}");
        assert!(!refused.contains("did you mean"), "{refused}");
    }
}
