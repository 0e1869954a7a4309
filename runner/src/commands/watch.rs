//! `watch`, and no command at all on a terminal: the screen beside the editor. Next: [`crate::watch`], then `desk.rs`.

use std::{
    io::{self, IsTerminal as _},
    sync::Arc,
};

use clap::Args;

use super::{Context, desk::CourseDesk, next, overview, track};
use crate::{
    exit::{Exit, Failure},
    report::style,
    watch::driver::{Start, WatchError, as_log, on_screen},
};

const EXAMPLES: &str = "\
Keep it open beside your editor. Each save is checked, and the verdict stands on
the screen. Keys: h a hint, n the next exercise, l the list, o your editor,
? all others.

Examples:
  cargo run -p runner                      the next exercise; watch is what runs without a command
  cargo run -p runner watch members_only   this one
  cargo run -p runner watch --poll         saves are not seen? Look at the files again and again
  cargo run -p runner watch --plain        no screen: a log, one report for each save";

/// Arguments of `watch`.
#[derive(Debug, Clone, Default, Args)]
#[command(after_help = EXAMPLES)]
pub struct WatchArgs {
    /// The exercise; none: the next one
    #[arg(value_name = "EXERCISE")]
    pub exercise: Option<String>,

    /// Look at the files again and again instead of waiting for the system to tell of a save
    #[arg(long)]
    pub poll: bool,
}

/// Without a command: the screen, where there is one; else where the learner is.
pub fn without_command(ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    if has_screen(ctx) { execute(&WatchArgs::default(), ctx) } else { overview::execute(ctx) }
}

/// Watches until somebody ends it.
pub fn execute(args: &WatchArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let progress = ctx.progress(&course);
    let preferred = track::preferred(ctx, &course, &progress, None)?;
    let exercise = match &args.exercise {
        Some(name) => course.find(name)?,
        None => match next(&course, &progress, preferred).or_else(|| course.exercises().next()) {
            Some(exercise) => exercise,
            None => return overview::execute(ctx),
        },
    };
    let start = Start { exercise: exercise.id().to_owned(), named: args.exercise.is_some(), poll: args.poll };
    let style = style::detect(&io::stdout());
    let ended = if has_screen(ctx) {
        on_screen(Arc::new(CourseDesk::new(course, preferred)), &start, style)
    } else {
        let style = style::Style { width: ctx.terminal.width.unwrap_or(style.width), live: false, ..style };
        // Colours are taken out again on the way when nobody wants them.
        let style = if ctx.terminal.plain { style.plain() } else { style::Style { colour: true, ..style } };
        as_log(Arc::new(CourseDesk::new(course, preferred)), &start, style, ctx.out)
    };
    ended.map_err(|error| match error {
        WatchError::Output(error) => error.into(),
        error => Failure::environment(error),
    })
}

/// Whether there is a terminal that can be drawn on, and somebody who wants that.
fn has_screen(ctx: &Context<'_>) -> bool {
    let is_terminal = io::stdin().is_terminal() && ctx.terminal.width.is_some();
    is_terminal && style::detect(&io::stdout()).live && !ctx.terminal.plain
}
