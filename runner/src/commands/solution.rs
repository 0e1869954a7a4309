//! `solution`: the course's own answer, after the learner's. Next: [`super::reset`].

use std::fs;

use anyhow::{Context as _, anyhow};
use clap::Args;
use grader::scenario::model::Track;

use super::{Context, look, now, stage::Stages, track, typed};
use crate::{
    course::{Answer, Course, Exercise, Loaded},
    exit::{Exit, Failure},
    progress::{Change, Progress},
};

const EXAMPLES: &str = "\
Examples:
  cargo run -p runner solution members_only           yours has passed: compare
  cargo run -p runner solution members_only --spoil   it has not: look anyway
  cargo run -p runner solution members_only > other.js";

/// Arguments of `solution`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct SolutionArgs {
    /// The exercise; none: the last one that passed, or with --spoil the next one
    #[arg(value_name = "EXERCISE")]
    pub exercise: Option<String>,

    /// Of an exercise in stages: this one, by its id or number; none: the last that has passed, or with --spoil the next one
    #[arg(long, value_name = "STAGE")]
    pub stage: Option<String>,

    /// Show it although yours has not passed yet
    #[arg(long)]
    pub spoil: bool,

    /// In this language
    #[arg(long, value_name = "TRACK", value_parser = track::parser())]
    pub track: Option<Track>,
}

/// Prints the solution: the code alone on the output, all words elsewhere, so that it can go into a file.
pub fn execute(args: &SolutionArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let (shown, text) = read(args, ctx)?;
    let quiet = look::QUIET;
    writeln!(ctx.err, "{quiet}{shown}{quiet:#}\n")?;
    write!(ctx.out, "{text}")?;
    Ok(Exit::Passed)
}

/// Where the solution is, as one would type it, and its text; if it may be shown.
pub(super) fn read(args: &SolutionArgs, ctx: &mut Context<'_>) -> Result<(String, String), Failure> {
    let course = ctx.course()?;
    let progress = ctx.progress(&course);
    let preferred = track::preferred(ctx, &course, &progress, args.track)?;
    let exercise = meant(&course, &progress, preferred, args)?;
    let track = track::choose(ctx, exercise, preferred, args.track)?;
    let told = track::to_tell(ctx.terminal, &progress, exercise, args.track);
    let (at_stage, has_passed) = at_stage(args, &course, exercise, &progress, (track, told))?;
    if !args.spoil && !has_passed {
        let option = track::option(told);
        return Err(Failure::not_yet(anyhow!(
            "`{}` has not passed yet; try `{}`, or look anyway with `{}`",
            exercise.id(),
            typed(&format!("hint {}{option}", course.shortest(exercise))),
            typed(&format!("solution {} --spoil{option}", course.shortest(exercise)))
        )));
    }
    let path = at_stage.answer(&Answer::Solution, track)?;
    let text = fs::read_to_string(&path)
        .with_context(|| format!("cannot read `{}`", course.shown(&path)))
        .map_err(Failure::environment)?;
    if !has_passed {
        let (exercise, stage) = (exercise.id().to_owned(), at_stage.stage().map(str::to_owned));
        ctx.record(&course, &[Change::SolutionSeen { exercise, stage, at: now() }]);
    }
    Ok((course.shown(&path), text))
}

/// The exercise, at the stage that is meant if it has stages, and whether that has passed.
fn at_stage(
    args: &SolutionArgs,
    course: &Course,
    exercise: &Exercise,
    progress: &Progress,
    (track, told): (Option<Track>, Option<Track>),
) -> Result<(Exercise, bool), Failure> {
    // A broken `exercise.yaml` must not keep a learner from the solution of an ordinary exercise.
    if exercise.stage_count() == 0 && args.stage.is_none() {
        return Ok((exercise.clone(), progress.passed(exercise.id(), track)));
    }
    let loaded = exercise.load()?;
    let stages = Stages { course, exercise, loaded: &loaded, progress, track, told };
    let last_passed = stages.last_passed().filter(|_| !args.spoil && args.stage.is_none());
    let (exercise, Loaded { exercise: model, .. }) = match last_passed {
        Some(index) => stages.at(index),
        None => stages.chosen(args.stage.as_deref())?,
    };
    Ok((exercise, stages.has_passed(model.stage.map_or(0, |stage| stage.number - 1))))
}

fn meant<'c>(
    course: &'c Course,
    progress: &Progress,
    track: Track,
    args: &SolutionArgs,
) -> Result<&'c Exercise, Failure> {
    if args.exercise.is_some() || args.spoil {
        return super::pick(course, progress, track, args.exercise.as_deref());
    }
    let passed_at = |exercise: &Exercise| {
        let record = progress.exercise(exercise.id())?;
        [record.in_track(Some(track)), record.in_track(None)]
            .into_iter()
            .flatten()
            .flat_map(|record| record.passed_at.into_iter().chain(record.stages.values().copied()))
            .max()
    };
    course
        .exercises()
        .filter_map(|exercise| Some((passed_at(exercise)?, exercise)))
        .max_by_key(|(at, _)| *at)
        .map(|(_, exercise)| exercise)
        .ok_or_else(|| {
            Failure::not_yet(anyhow!(
                "no exercise in {} has passed yet; begin with `{}`",
                track::name(track),
                typed("check")
            ))
        })
}
