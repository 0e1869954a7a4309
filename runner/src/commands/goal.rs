//! `goal`: what an exercise asks for. Next: [`super::hint`].

use clap::Args;

use super::{Context, look, pick, track, typed, wrap};
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
}

/// Prints the goal, the file to edit and the command that checks it.
pub fn execute(args: &GoalArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let progress = ctx.progress(&course);
    let preferred = track::preferred(ctx, &course, &progress, None)?;
    let exercise = pick(&course, &progress, preferred, args.exercise.as_deref())?;
    let track = track::choose(ctx, exercise, preferred, None)?;
    let goal = exercise.load()?.exercise.goal;
    let (strong, typed_style) = (look::STRONG, look::TYPED);
    let check = typed(&format!("check {}", course.shortest(exercise)));
    writeln!(ctx.out, "{strong}{}{strong:#}  {}\n", exercise.id(), exercise.title())?;
    write!(ctx.out, "{}", wrap(&goal, ctx.terminal.prose(), 2))?;
    writeln!(ctx.out, "\nedit:  {}", course.shown(&exercise.edited(track)?))?;
    writeln!(ctx.out, "check: {typed_style}{check}{typed_style:#}")?;
    Ok(Exit::Passed)
}
