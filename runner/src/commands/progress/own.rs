//! `progress report`: one's own summary. Next: `export.rs`.

use anyhow::Context as _;
use clap::Args;

use super::super::{Context, next, now, quiz, typed};
use crate::{
    bundle::Bundle,
    exit::{Exit, Failure},
    report::results::own::{self, Onward},
    results::{Learner, Outline},
};
use grader::scenario::model::Track;

const EXAMPLES: &str = "\
Exercises of your track count, and those that passed in another one. \"Right at once\"
is the share of questions that you answered right the first time.

Examples:
  cargo run -p runner progress
  cargo run -p runner progress report --json    for programs";

/// Arguments of `progress report`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct OwnArgs {
    /// Print one JSON value
    #[arg(long)]
    pub json: bool,
}

/// Prints the summary. Asks nothing.
pub(super) fn execute(args: &OwnArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let progress = ctx.progress(&course);
    let outline = Outline::of(&course)?;
    let name = progress.learner.clone().unwrap_or_default();
    let learner = Learner::of(&Bundle::of(&progress, name, outline.mark.clone(), now()), &outline);
    if args.json {
        let json = serde_json::to_string_pretty(&learner)
            .context("cannot write the report as JSON")
            .map_err(Failure::environment)?;
        writeln!(ctx.out, "{json}")?;
        return Ok(Exit::Passed);
    }
    let due = quiz::count_due(&course, &progress);
    let mut commands = Vec::new();
    if let Some(exercise) = next(&course, &progress, progress.track.unwrap_or(Track::Rust)) {
        commands.push((typed(&format!("check {}", course.shortest(exercise))), "Next exercise"));
    }
    if due > 0 {
        commands.push((typed("quiz review"), "Review"));
    }
    commands.push((typed("progress export"), "To hand in"));
    own::write(ctx.out, ctx.terminal.style(), &learner, &outline, &Onward { due, commands })?;
    Ok(Exit::Passed)
}
