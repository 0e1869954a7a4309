//! `goal`: what an exercise asks for. Next: [`super::hint`].

use clap::Args;
use grader::scenario::model::Track;

use super::{Context, look, look::State, pick, stage::Stages, track, typed, wrap};
use crate::exit::{Exit, Failure};

const EXAMPLES: &str = "\
Examples:
  cargo run -p runner goal                 of the next exercise
  cargo run -p runner goal members_only    of this one";

/// Arguments of `goal`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct GoalArgs {
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

/// Prints the goal, the file to edit and the command that checks it.
pub fn execute(args: &GoalArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let progress = ctx.progress(&course);
    let preferred = track::preferred(ctx, &course, &progress, args.track)?;
    let exercise = pick(&course, &progress, preferred, args.exercise.as_deref())?;
    let track = track::choose(ctx, exercise, preferred, args.track)?;
    let told = track::to_tell(ctx.terminal, &progress, exercise, args.track);
    let loaded = exercise.load()?;
    let stages = Stages { course: &course, exercise, loaded: &loaded, progress: &progress, track, told };
    let (_, at_stage) = stages.chosen(args.stage.as_deref())?;
    let (strong, typed_style) = (look::STRONG, look::TYPED);
    let check = typed(&format!("check {}{}", course.shortest(exercise), track::option(told)));
    writeln!(ctx.out, "{strong}{}{strong:#}  {}\n", exercise.id(), exercise.title())?;
    write!(ctx.out, "{}", wrap(&at_stage.exercise.goal, ctx.terminal.prose(), 2))?;
    if stages.are_there() {
        writeln!(ctx.out)?;
    }
    for (index, stage) in stages.list().iter().enumerate() {
        let is_current = index == stages.current();
        let state = match (stages.has_passed(index), is_current) {
            (true, _) => State::Passed,
            (false, true) => State::Next,
            (false, false) => State::Waiting,
        };
        let (style, mark) = (state.style(), state.mark(ctx.terminal.plain));
        writeln!(ctx.out, "  {style}{mark} {}  {}{style:#}", index + 1, stage.title)?;
    }
    writeln!(ctx.out, "\nedit:  {}", course.shown(&exercise.edited(track)?))?;
    writeln!(ctx.out, "check: {typed_style}{check}{typed_style:#}")?;
    Ok(Exit::Passed)
}
