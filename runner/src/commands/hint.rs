//! `hint`: one more each time. Next: [`super::explain`].

use anyhow::anyhow;
use clap::Args;

use super::{Context, look, pick, track, typed, wrap};
use crate::{
    exit::{Exit, Failure},
    progress::Change,
};

const EXAMPLES: &str = "\
Hints go from a question to a near answer. How many you have seen is remembered.

Examples:
  cargo run -p runner hint                 for the next exercise
  cargo run -p runner hint members_only    for this one
  cargo run -p runner hint                 again: one more";

/// Arguments of `hint`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct HintArgs {
    /// The exercise; none: the next one
    #[arg(value_name = "EXERCISE")]
    pub exercise: Option<String>,
}

/// Prints the hints seen so far, and one more.
pub fn execute(args: &HintArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let progress = ctx.progress(&course);
    let track = track::preferred(ctx, &course, &progress, None)?;
    let exercise = pick(&course, &progress, track, args.exercise.as_deref())?;
    let hints = exercise.load()?.exercise.hints;
    if hints.is_empty() {
        return Err(Failure::course(anyhow!(
            "`{}` has no hints; add some under `hints:` in its `exercise.yaml`",
            exercise.id()
        )));
    }
    let seen = progress.exercise(exercise.id()).map_or(0, |record| record.hints_shown).min(hints.len());
    let shown = (seen + 1).min(hints.len());
    ctx.record(&course, &[Change::Hints { exercise: exercise.id().to_owned(), shown }]);

    let width = ctx.terminal.prose();
    let (strong, quiet) = (look::STRONG, look::QUIET);
    writeln!(ctx.out, "{strong}{}{strong:#}  {}", exercise.id(), exercise.title())?;
    for (at, hint) in hints[..shown].iter().enumerate() {
        let style = if at + 1 == shown { strong } else { quiet };
        writeln!(ctx.out, "\n  {style}hint {} of {}{style:#}", at + 1, hints.len())?;
        write!(ctx.out, "{}", wrap(hint, width, 2))?;
    }
    writeln!(ctx.out)?;
    let name = course.shortest(exercise);
    if shown < hints.len() {
        writeln!(ctx.out, "one more: {}", typed(&format!("hint {name}")))?;
    } else if progress.passed(exercise.id(), Some(track)) {
        writeln!(
            ctx.out,
            "That was the last hint. Yours has passed; compare: {}",
            typed(&format!("solution {name}"))
        )?;
    } else {
        let spoil = typed(&format!("solution {name} --spoil"));
        writeln!(ctx.out, "That was the last hint. Still stuck? Look at ours: {spoil}")?;
    }
    Ok(Exit::Passed)
}
