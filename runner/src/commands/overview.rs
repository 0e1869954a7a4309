//! No command at all: where the learner is, and what to type. Next: [`super::check`].

use super::{Context, look, next, quiz, stage::Stages, track, typed};
use crate::{
    course::Course,
    exit::{Exit, Failure},
    progress::Progress,
};
use grader::scenario::model::Track;

/// Prints the overview.
pub fn execute(ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let progress = ctx.progress(&course);
    let track = track::preferred(ctx, &course, &progress, None)?;
    let (passed, all) = count(&course, &progress, track);
    let (strong, typed_style) = (look::STRONG, look::TYPED);
    writeln!(ctx.out, "{strong}Socketlings{strong:#}: learn Socket.IO by doing\n")?;
    writeln!(ctx.out, "  {passed} of {all} exercises in {} passed", track::name(track))?;
    let mut commands = Vec::new();
    if let Some(exercise) = next(&course, &progress, track) {
        let form = if exercise.tracks().is_empty() { None } else { Some(track) };
        writeln!(ctx.out, "  next  {strong}{}{strong:#}  {}", exercise.id(), exercise.title())?;
        if exercise.stage_count() > 0
            && let Ok(loaded) = exercise.load()
        {
            let stages = Stages {
                course: &course,
                exercise,
                loaded: &loaded,
                progress: &progress,
                track: form,
                told: None,
            };
            if let Some(stage) = stages.at(stages.current()).1.exercise.stage {
                writeln!(ctx.out, "  stage {} of {}: {}", stage.number, stage.of, stage.title)?;
            }
        }
        writeln!(ctx.out, "  edit  {}", course.shown(&exercise.edited(form)?))?;
        commands.push(("goal", "read what it asks for"));
        commands.push(("check", "check it"));
        commands.push(("hint", "one hint"));
    } else if all > 0 {
        writeln!(ctx.out, "  You have done them all. Well done!")?;
    }
    let due = quiz::count_due(&course, &progress);
    if due > 0 {
        let questions = if due == 1 { "question is" } else { "questions are" };
        writeln!(ctx.out, "  {due} {questions} due for review")?;
        commands.push(("quiz review", "what you should know again by now"));
    }
    commands.push(("list", "all lessons and exercises"));
    commands.push(match track {
        Track::JavaScript => ("track rust", "write Rust instead"),
        Track::Rust => ("track javascript", "write JavaScript instead"),
    });
    commands.push(("doctor", "is everything here that the exercises need?"));
    commands.push(("--help", "everything else"));
    writeln!(ctx.out)?;
    let width = commands.iter().map(|(command, _)| typed(command).len()).max().unwrap_or_default();
    for (command, what) in commands {
        writeln!(ctx.out, "  {typed_style}{:width$}{typed_style:#}   {what}", typed(command))?;
    }
    Ok(Exit::Passed)
}

/// How many exercises of a track have passed, and how many there are.
pub(super) fn count(course: &Course, progress: &Progress, track: Track) -> (usize, usize) {
    let mine: Vec<_> = course.exercises().filter(|exercise| exercise.is_in(track)).collect();
    let passed = mine.iter().filter(|exercise| progress.passed(exercise.id(), Some(track))).count();
    (passed, mine.len())
}
