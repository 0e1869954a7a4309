//! `list`: lessons, exercises, and what has passed. Next: [`super::hint`].

use anyhow::Context as _;
use clap::Args;
use grader::scenario::model::Track;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::{Context, look, look::State, next, overview::count, track, typed};
use crate::{
    course::{Course, Exercise},
    exit::{Exit, Failure},
    progress::Progress,
};

const EXAMPLES: &str = "\
Examples:
  cargo run -p runner list                 everything
  cargo run -p runner list --json          for programs
  cargo run -p runner list --plain         words instead of symbols";

/// Arguments of `list`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct ListArgs {
    /// Print one JSON value
    #[arg(long)]
    pub json: bool,
}

/// One exercise, ready to be shown.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    title: String,
    /// In which languages it exists; none: it needs none.
    tracks: Vec<Track>,
    /// In which of them it has passed.
    passed_in: Vec<Track>,
    /// Whether it has passed in the learner's track, or needs none and has passed.
    passed: bool,
    next: bool,
    attempts: u64,
    hints_shown: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    stages: Option<StagesDone>,
    #[serde(skip)]
    state: State,
    #[serde(skip)]
    name: String,
}

/// How far an exercise in stages has come, in the learner's track.
#[derive(Debug, Serialize)]
struct StagesDone {
    passed: usize,
    of: usize,
}

#[derive(Serialize)]
struct Listing {
    track: Track,
    /// The next exercise's full name.
    next: Option<String>,
    lessons: Vec<LessonRows>,
}

#[derive(Serialize)]
struct LessonRows {
    id: String,
    title: String,
    #[serde(skip)]
    number: u32,
    exercises: Vec<Row>,
}

/// Prints the list. Asks nothing: a list must not wait for an answer.
pub fn execute(args: &ListArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let progress = ctx.progress(&course);
    let track = progress.track.unwrap_or(Track::Rust);
    let listing = listing(&course, &progress, track);
    if args.json {
        let json = serde_json::to_string_pretty(&listing)
            .context("cannot write the list as JSON")
            .map_err(Failure::environment)?;
        writeln!(ctx.out, "{json}")?;
    } else {
        let (passed, all) = count(&course, &progress, track);
        print(ctx, &listing)?;
        writeln!(ctx.out, "{passed} of {all} exercises in {} passed", track::name(track))?;
        if let Some(exercise) = next(&course, &progress, track) {
            writeln!(ctx.out, "next: {}", typed(&format!("check {}", course.shortest(exercise))))?;
        }
    }
    Ok(Exit::Passed)
}

fn listing(course: &Course, progress: &Progress, track: Track) -> Listing {
    let next = next(course, progress, track).map(|exercise| exercise.id().to_owned());
    let lessons = course
        .lessons()
        .iter()
        .map(|lesson| LessonRows {
            id: lesson.id.clone(),
            title: lesson.title.clone(),
            number: lesson.number,
            exercises: lesson
                .exercises
                .iter()
                .map(|exercise| row(exercise, progress, track, next.as_deref()))
                .collect(),
        })
        .collect();
    Listing { track, next, lessons }
}

fn row(exercise: &Exercise, progress: &Progress, track: Track, next: Option<&str>) -> Row {
    let id = exercise.id();
    let passed = progress.passed(id, Some(track));
    let is_next = next == Some(id);
    let tracks = exercise.tracks();
    let record = progress.exercise(id).cloned().unwrap_or_default();
    let in_tracks = [&record.javascript, &record.rust, &record.other];
    Row {
        id: id.to_owned(),
        title: exercise.title(),
        passed_in: tracks.iter().copied().filter(|track| progress.passed(id, Some(*track))).collect(),
        tracks,
        passed,
        next: is_next,
        attempts: in_tracks.into_iter().flatten().map(|record| record.attempts).sum(),
        hints_shown: record.hints_shown + record.stage_hints.values().sum::<usize>(),
        stages: stages(exercise, progress, track),
        state: match (passed, is_next, exercise.is_in(track)) {
            (true, ..) => State::Passed,
            (false, true, _) => State::Next,
            (false, false, true) => State::Waiting,
            (false, false, false) => State::Elsewhere,
        },
        name: exercise.name().to_owned(),
    }
}

/// None for an ordinary exercise.
fn stages(exercise: &Exercise, progress: &Progress, track: Track) -> Option<StagesDone> {
    let of = exercise.stage_count();
    let passed = progress.stages_passed(exercise.id(), Some(track)).min(of);
    (of > 0).then_some(StagesDone { passed, of })
}

fn print(ctx: &mut Context<'_>, listing: &Listing) -> Result<(), Failure> {
    let plain = ctx.terminal.plain;
    let rows = || listing.lessons.iter().flat_map(|lesson| &lesson.exercises);
    let names = rows().map(|row| row.name.width()).max().unwrap_or_default();
    let titles = rows().map(|row| title(row).width()).max().unwrap_or_default();
    // A narrow terminal does without the tracks, then without the titles. Nothing is ever cut.
    let mark = State::Next.mark(plain).width();
    let room = ctx.terminal.width.unwrap_or(usize::MAX);
    let with_titles = room >= 5 + mark + names + 2 + titles;
    let with_tracks =
        with_titles && room >= 5 + mark + names + 2 + titles + 2 + "javascript ✓, rust ✓".width();
    for lesson in listing.lessons.iter().filter(|lesson| !lesson.exercises.is_empty()) {
        let strong = look::STRONG;
        writeln!(ctx.out, "{strong}{:>2}  {}{strong:#}", lesson.number, lesson.title)?;
        for row in &lesson.exercises {
            let style = row.state.style();
            write!(ctx.out, "    {style}{} {}{style:#}", row.state.mark(plain), row.name)?;
            if with_titles {
                let gap = names - row.name.width() + 2;
                write!(ctx.out, "{:gap$}{}", "", title(row))?;
            }
            if with_tracks {
                let quiet = look::QUIET;
                let gap = titles - title(row).width() + 2;
                write!(ctx.out, "{:gap$}{quiet}{}{quiet:#}", "", tracks(row, plain))?;
            }
            writeln!(ctx.out)?;
        }
        writeln!(ctx.out)?;
    }
    Ok(())
}

/// The title, and how far a project has come.
fn title(row: &Row) -> String {
    row.stages.as_ref().map_or_else(
        || row.title.clone(),
        |stages| format!("{}, {} of {} stages passed", row.title, stages.passed, stages.of),
    )
}

fn tracks(row: &Row, plain: bool) -> String {
    let passed = if plain { " (passed)" } else { " ✓" };
    let words: Vec<_> = row
        .tracks
        .iter()
        .map(|track| format!("{}{}", track.as_str(), if row.passed_in.contains(track) { passed } else { "" }))
        .collect();
    match words.as_slice() {
        [] => "no language".to_owned(),
        [one] => format!("only {one}"),
        several => several.join(", "),
    }
}
