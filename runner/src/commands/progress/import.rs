//! `progress import`: results from another computer. Next: `whose.rs`.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow};
use clap::Args;

use super::{super::Context, whose};
use crate::{
    bundle::{self, Bundle, CourseMark, Refused, same_person},
    course::Course,
    exit::{Exit, Failure},
    progress::{Change, Progress, Store, as_cause},
    report::results::date,
};

const EXAMPLES: &str = "\
Nothing is lost: what passed here or there has passed, the earlier pass and the larger
counts stay. To import a file twice changes nothing. A file that is damaged, edited, or
of another course is refused, and then nothing is touched.

Examples:
  cargo run -p runner progress import socketlings-asha-rao.json
  cargo run -p runner progress import - < asha.json";

/// Arguments of `progress import`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct ImportArgs {
    /// The file that `progress export` wrote; `-`: read it from the input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Bring it in although it has another name than yours
    #[arg(long, short)]
    pub force: bool,
}

/// Brings it in.
pub(super) fn execute(args: &ImportArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let bundle = read(&args.file, &course, ctx)?;
    let store = Store::at(course.root());
    let before = ctx.progress(&course);
    if let Some(own) =
        before.learner.as_deref().filter(|own| same_person(own) != same_person(&bundle.learner))
        && !args.force
    {
        let theirs = &bundle.learner;
        // With `-` the input is the file, and nobody can answer.
        if !ctx.terminal.interactive || args.file == Path::new("-") {
            return Err(Failure::usage(anyhow!(
                "these are the results of {theirs}, and here are those of {own}; nothing was changed, `--force` puts them together"
            )));
        }
        let question =
            format!("These are the results of {theirs}, and here are those of {own}. Put them together?");
        if !whose::agrees(&question, ctx)? {
            writeln!(ctx.out, "Nothing was changed.")?;
            return Ok(Exit::NotYet);
        }
    }
    let kept = store.record(&[Change::Brought(Box::new(bundle.progress()))]).map_err(Failure::environment)?;
    for notice in kept.notices {
        ctx.warn(notice);
    }
    say(&bundle, &Counts::of(&before), &Counts::of(&kept.progress), before == kept.progress, ctx)?;
    Ok(Exit::Passed)
}

fn read(file: &Path, course: &Course, ctx: &mut Context<'_>) -> Result<Bundle, Failure> {
    let shown = file.display();
    let read = if file == Path::new("-") {
        bundle::read(&mut ctx.input)
    } else {
        let path = ctx.here.join(file);
        if path.is_dir() {
            return Err(Failure::usage(anyhow!("`{shown}` is a folder; name the file in it")));
        }
        let opened = File::open(path)
            .with_context(|| format!("cannot read `{shown}`; name the file that `progress export` wrote"))
            .map_err(Failure::environment)?;
        bundle::read(opened)
    };
    let foreign = |bundle: &Bundle| Ok::<_, Failure>(bundle.course.is_foreign_to(&CourseMark::of(course)?));
    match read {
        Ok(bundle) if !foreign(&bundle)? => Ok(bundle),
        refused => {
            let why = refused.err().unwrap_or(Refused::Foreign);
            Err(Failure::usage(anyhow!("`{shown}` was not brought in, and nothing was changed: {why}")))
        }
    }
}

/// What can be counted of progress.
struct Counts {
    passed: usize,
    stages: usize,
    checks: u64,
    questions: usize,
}

impl Counts {
    fn of(progress: &Progress) -> Self {
        let records = || progress.exercises.values();
        let tracks = || {
            records()
                .flat_map(|record| [&record.javascript, &record.rust, &record.other].into_iter().flatten())
        };
        let passed = records().filter(|record| {
            [&record.javascript, &record.rust, &record.other]
                .into_iter()
                .flatten()
                .any(|track| track.passed_at.is_some())
        });
        Self {
            passed: passed.count(),
            stages: tracks().map(|track| track.stages.len()).sum(),
            checks: tracks().fold(0, |sum, track| sum.saturating_add(track.attempts)),
            questions: progress.questions.keys().filter(|id| as_cause(id).is_none()).count(),
        }
    }
}

fn say(
    bundle: &Bundle,
    before: &Counts,
    after: &Counts,
    is_same: bool,
    ctx: &mut Context<'_>,
) -> Result<(), Failure> {
    writeln!(ctx.out, "The results of {}, taken on {}", bundle.learner, date(bundle.made_at))?;
    if is_same {
        writeln!(ctx.out, "All of it was here already. Nothing was changed.")?;
        return Ok(());
    }
    let rows = [
        ("exercises passed", before.passed as u64, after.passed as u64),
        ("stages passed", before.stages as u64, after.stages as u64),
        ("checks", before.checks, after.checks),
        ("questions answered", before.questions as u64, after.questions as u64),
    ];
    for (what, before, after) in rows {
        if after > 0 {
            let change = if before == after {
                format!("{after}, as before")
            } else {
                format!("{after}, before {before}")
            };
            writeln!(ctx.out, "  {what:<18}  {change}")?;
        }
    }
    Ok(())
}
