//! `hint`: one more each time. Next: [`super::explain`].

use anyhow::anyhow;
use clap::Args;
use grader::scenario::model::Track;

use super::{Context, look, pick, stage::Stages, track, typed, wrap};
use crate::{
    course::Loaded,
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

    /// Of an exercise in stages: this one, by its id or number; none: the first that has not passed
    #[arg(long, value_name = "STAGE")]
    pub stage: Option<String>,

    /// In this language, this once
    #[arg(long, value_name = "TRACK", value_parser = track::parser())]
    pub track: Option<Track>,
}

/// Prints the hints seen so far, and one more.
pub fn execute(args: &HintArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let progress = ctx.progress(&course);
    let preferred = track::preferred(ctx, &course, &progress, args.track)?;
    let exercise = pick(&course, &progress, preferred, args.exercise.as_deref())?;
    let loaded = exercise.load()?;
    let track = match args.track {
        Some(_) => track::choose(ctx, exercise, preferred, args.track)?,
        None => track::of(exercise, preferred),
    };
    let told = track::to_tell(ctx.terminal, &progress, exercise, args.track);
    let stages = Stages { course: &course, exercise, loaded: &loaded, progress: &progress, track, told };
    let (at_stage, Loaded { exercise: model, .. }) = stages.chosen(args.stage.as_deref())?;
    let hints = model.hints;
    if hints.is_empty() {
        return Err(Failure::course(anyhow!(
            "`{}` has no hints; add some under `hints:` in its `exercise.yaml`",
            exercise.id()
        )));
    }
    let seen = progress.exercise(exercise.id()).map_or(0, |record| record.hints_of(at_stage.stage()));
    let seen = seen.min(hints.len());
    let shown = (seen + 1).min(hints.len());
    let stage = at_stage.stage().map(str::to_owned);
    ctx.record(&course, &[Change::Hints { exercise: exercise.id().to_owned(), stage, shown }]);

    let width = ctx.terminal.prose();
    let (strong, quiet) = (look::STRONG, look::QUIET);
    writeln!(ctx.out, "{strong}{}{strong:#}  {}", exercise.id(), exercise.title())?;
    if let Some(stage) = &model.stage {
        writeln!(ctx.out, "\nStage {} of {}: {}", stage.number, stage.of, stage.title)?;
    }
    for (at, hint) in hints[..shown].iter().enumerate() {
        let style = if at + 1 == shown { strong } else { quiet };
        writeln!(ctx.out, "\n  {style}hint {} of {}{style:#}", at + 1, hints.len())?;
        write!(ctx.out, "{}", wrap(hint, width, 2))?;
    }
    writeln!(ctx.out)?;
    let stage = args.stage.as_ref().map_or_else(String::new, |stage| format!(" --stage {stage}"));
    let name = format!("{}{stage}{}", course.shortest(exercise), track::option(told));
    let has_passed = match &model.stage {
        Some(stage) => stages.has_passed(stage.number - 1),
        None => progress.passed(exercise.id(), track),
    };
    if shown < hints.len() {
        writeln!(ctx.out, "one more: {}", typed(&format!("hint {name}")))?;
    } else if has_passed {
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
