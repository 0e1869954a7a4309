//! `verify`: proves that the course is right. Next: [`super::completions`].

use std::time::Instant;

use anyhow::anyhow;
use clap::Args;
use grader::{
    quiz::model::{Kind, Question},
    scenario::model::{Mistake, Track},
};

use super::{
    Context,
    check::{fresh_seed, runtime},
    interrupt::Interrupts,
    look, now, track,
};
use crate::{
    course::{Course, CourseError, Exercise, Inspected, Loaded, LoadedQuiz, Quiz},
    exit::{Exit, Failure},
    verify::{self, Load, Options, Problem, Progress, Summary},
};

const EXAMPLES: &str = "\
What is proved, in every track: all files can be read. Every solution passes, every starter fails for its stated reason. \
Mistakes are named, and every wrong program under answers/mistakes is rejected for exactly its own. Of the quizzes: every \
question can be read and leads to a heading that is there; ids are unique; neither the length nor the place of the right \
choice gives it away; who hears what, and what is in a packet, is computed and agrees.

Examples:
  cargo run -p runner verify
      the whole course
  cargo run --release -p runner verify
      the same, sooner: an optimised runner
  cargo run -p runner verify 7
      the exercises of one lesson
  cargo run -p runner verify members_only
      one exercise
  cargo run -p runner verify 7 --repeat 20
      is it ever undecided?
  cargo run -p runner verify --load
      the same on a busy computer
  cargo run -p runner verify --mine
      without the files that you have edited yourself
  cargo run -p runner verify --quiz
      only the quizzes
  cargo run -p runner verify --quiz 7
      the quiz of one lesson
  cargo run -p runner verify --quiz --static
      the same in a blink: nothing is run";

/// How often progress is told where a line cannot be written over.
const SAY_EVERY: std::time::Duration = std::time::Duration::from_secs(30);

/// Arguments of `verify`.
#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[command(after_help = EXAMPLES)]
pub struct VerifyArgs {
    /// Exercises by name, lessons by name or number; with `--quiz` lessons, or `interview`; none: all
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,

    /// Only the quizzes, not the exercises
    #[arg(long)]
    pub quiz: bool,

    /// Only look at the files; run nothing
    #[arg(long = "static")]
    pub only_files: bool,

    /// Print one JSON object: counts, problems, and what was skipped
    #[arg(long)]
    pub json: bool,

    /// Only in this language
    #[arg(long, value_name = "TRACK", value_parser = track::parser())]
    pub track: Option<Track>,

    /// Check each program so often; all verdicts must be the same
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub repeat: u32,

    /// Keep the processor busy meanwhile: verdicts must not change
    #[arg(long)]
    pub load: bool,

    /// Leave the files that a learner has edited alone
    #[arg(long)]
    pub mine: bool,

    /// Begin with the names and the order of an earlier run
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
}

/// Proves that the course is right.
pub fn execute(args: &VerifyArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let began = Instant::now();
    let course = ctx.course()?;
    let chosen: Vec<&Exercise> = match (args.quiz, args.names.is_empty()) {
        (true, _) => Vec::new(),
        (false, true) => course.exercises().collect(),
        (false, false) => course.select(&args.names)?,
    };
    let mut summary = Summary::default();
    let exercises = load(&chosen, &mut summary)?;
    let quizzes = match (args.quiz, args.names.is_empty()) {
        (_, true) => quizzes(&course, None, &mut summary)?,
        (true, false) => quizzes(&course, Some(&quizzes_named(&course, &args.names)?), &mut summary)?,
        (false, false) => Vec::new(),
    };
    let causes = match course.causes() {
        Ok(causes) => Some(causes),
        Err(error) => {
            summary.problems.extend(problems_of(error)?);
            None
        }
    };
    count(&exercises, &mut summary);
    if !args.quiz {
        summary.problems.extend(verify::inspect(&course, &exercises, causes.as_deref(), args.mine));
    }
    let causes = causes.unwrap_or_default();
    let exercises = stages(exercises);
    let jobs = if args.only_files { Vec::new() } else { verify::plan(&exercises, args.track) };
    let options = Options { repeat: args.repeat, seed: args.seed.unwrap_or_else(fresh_seed), epoch: now() };
    let proofs = Proofs { exercises: &exercises, causes: &causes, jobs: &jobs, quizzes: &quizzes };
    let programs = if args.only_files {
        summary.problems.sort();
        0
    } else {
        let _load = args.load.then(Load::on_every_core);
        prove(ctx, &course, &proofs, args.track, options, &mut summary)?
    };
    if args.json {
        serde_json::to_writer(&mut *ctx.out, &summary).map_err(std::io::Error::from)?;
        writeln!(ctx.out)?;
    } else {
        tell(ctx, args, &summary, programs, options, began)?;
    }
    Ok(match (summary.problems.is_empty(), summary.skipped.is_empty()) {
        (false, _) => Exit::Course,
        (true, false) if std::env::var_os("REQUIRE_ALL").is_some_and(|value| value == "1") => {
            Exit::Environment
        }
        (true, _) => Exit::Passed,
    })
}

/// The exercises with each stage in its own place: a stage is proved like an exercise.
fn stages(exercises: Vec<(Exercise, Loaded)>) -> Vec<(Exercise, Loaded)> {
    exercises.into_iter().flat_map(|(exercise, loaded)| exercise.stages(&loaded)).collect()
}

fn load(chosen: &[&Exercise], summary: &mut Summary) -> Result<Vec<(Exercise, Loaded)>, Failure> {
    let mut exercises = Vec::new();
    for &exercise in chosen {
        match exercise.load() {
            Ok(loaded) => exercises.push((exercise.clone(), loaded)),
            Err(error) => summary.problems.extend(problems_of(error)?),
        }
    }
    Ok(exercises)
}

/// What is wrong in a file of the course; anything else ends the command.
fn problems_of(error: CourseError) -> Result<Vec<Problem>, Failure> {
    match error {
        CourseError::Problems { path, problems, .. } => {
            let problem = |(line, column, message)| Problem { file: path.clone(), line, column, message };
            Ok(problems.into_iter().map(problem).collect())
        }
        other => Err(other.into()),
    }
}

/// The quizzes of these lessons; `interview` is one of its own.
fn quizzes_named(course: &Course, names: &[String]) -> Result<Vec<Quiz>, Failure> {
    let all = course.quizzes()?;
    let mut chosen: Vec<Quiz> = Vec::new();
    for name in names {
        // `interview` and its like are no lessons.
        let id = match all.iter().find(|quiz| quiz.id() == name) {
            Some(quiz) => quiz.id(),
            None => &course.lesson_named(name)?.id,
        };
        let found = all.iter().find(|quiz| quiz.id() == id).ok_or_else(|| {
            Failure::usage(anyhow!(
                "the lesson `{id}` has no questions yet; `cargo run -p press -- new quiz {id}` writes some"
            ))
        })?;
        if !chosen.contains(found) {
            chosen.push(found.clone());
        }
    }
    Ok(chosen)
}

/// Reads the quizzes and looks at them, or at the chosen ones. Answers the questions in which nothing is wrong.
fn quizzes(
    course: &Course,
    chosen: Option<&[Quiz]>,
    summary: &mut Summary,
) -> Result<Vec<LoadedQuiz>, Failure> {
    let all = course.quizzes()?;
    let inspected = all.iter().map(|quiz| course.inspect_quiz(quiz)).collect::<Result<Vec<_>, _>>()?;
    summary.problems.extend(verify::inspect_quizzes(course, &inspected, chosen)?);
    let mut quizzes = Vec::new();
    for Inspected { loaded, wrong, .. } in inspected {
        if chosen.is_some_and(|chosen| !chosen.contains(&loaded.quiz)) {
            continue;
        }
        for error in wrong {
            summary.problems.extend(problems_of(error)?);
        }
        quizzes.push(loaded);
    }
    summary.problems.sort();
    // A demo that cannot be read is told once, however many quizzes ask about it.
    summary.problems.dedup();
    let questions = || quizzes.iter().flat_map(|loaded| &loaded.questions);
    summary.questions = questions().count();
    // A key of `decode` that disagrees cannot even be read.
    let is_decode = |question: &&Question| matches!(question.kind, Kind::Decode { .. });
    summary.questions_computed = questions().filter(is_decode).count();
    Ok(quizzes)
}

fn count(exercises: &[(Exercise, Loaded)], summary: &mut Summary) {
    let mut lessons: Vec<&str> = exercises.iter().map(|(exercise, _)| exercise.lesson()).collect();
    lessons.dedup();
    summary.lessons = lessons.len();
    summary.exercises = exercises.len();
    for (_, loaded) in exercises {
        loaded.exercise.tracks.iter().for_each(|&track| summary.tracks.count(track));
    }
}

/// What is to be proved.
struct Proofs<'p> {
    exercises: &'p [(Exercise, Loaded)],
    causes: &'p [Mistake],
    jobs: &'p [verify::Job],
    quizzes: &'p [LoadedQuiz],
}

fn prove(
    ctx: &mut Context<'_>,
    course: &Course,
    proofs: &Proofs<'_>,
    track: Option<Track>,
    options: Options,
    summary: &mut Summary,
) -> Result<usize, Failure> {
    let columns = ctx.terminal.width.filter(|_| !ctx.terminal.plain);
    let err = std::cell::RefCell::new(&mut *ctx.err);
    let (began, told) = (Instant::now(), std::cell::Cell::new(Instant::now()));
    let show = |progress: Progress<'_>| {
        let Some(width) = columns else {
            if told.get().elapsed() >= SAY_EVERY {
                told.set(Instant::now());
                let (done, of, seconds) = (progress.done, progress.of, began.elapsed().as_secs());
                let _ = writeln!(err.borrow_mut(), "{done} of {of} programs after {seconds} s");
            }
            return;
        };
        let line = format!("{} of {}  {}", progress.done, progress.of, progress.latest);
        let line: String = line.chars().take(width.saturating_sub(1)).collect();
        // A line about progress that cannot be written is not worth ending for.
        let _ = write!(err.borrow_mut(), "\r\x1b[2K{line}");
        if progress.done == progress.of {
            let _ = write!(err.borrow_mut(), "\r\x1b[2K");
        }
        let _ = err.borrow_mut().flush();
    };
    let runtime = runtime()?;
    let mut interrupts = Interrupts::listen(&runtime)?;
    runtime.block_on(interrupts.or(async {
        let Proofs { exercises, causes, jobs, quizzes } = proofs;
        verify::prove(course, exercises, causes, jobs, options, summary, &show).await;
        let demos = verify::prove_quizzes(course, quizzes, track, options, summary, &show).await?;
        Ok(jobs.len() + demos)
    }))
}

fn tell(
    ctx: &mut Context<'_>,
    args: &VerifyArgs,
    summary: &Summary,
    programs: usize,
    options: Options,
    began: Instant,
) -> Result<(), Failure> {
    let (wrong, strong) = (look::WRONG, look::STRONG);
    for problem in &summary.problems {
        let Problem { file, line, column, message } = problem;
        let place = if *line == 0 { file.clone() } else { format!("{file}:{line}:{column}") };
        writeln!(ctx.out, "{strong}{place}{strong:#}: {message}")?;
    }
    for skipped in &summary.skipped {
        writeln!(ctx.out, "{wrong}skipped{wrong:#}  {}: {}", skipped.exercise, skipped.needs)?;
    }
    if !(summary.problems.is_empty() && summary.skipped.is_empty()) {
        writeln!(ctx.out)?;
    }
    if !args.quiz {
        writeln!(
            ctx.out,
            "{} in {} ({} in JavaScript, {} in Rust)\n{}, {}, {}",
            several(summary.exercises, "exercise", "exercises"),
            several(summary.lessons, "lesson", "lessons"),
            summary.tracks.javascript,
            summary.tracks.rust,
            several(
                summary.starters_failing,
                "starter fails for its reason",
                "starters fail for their reason"
            ),
            several(summary.solutions_passing, "right program passes", "right programs pass"),
            several(summary.mistakes_named, "mistake is named", "mistakes are named"),
        )?;
    }
    if args.quiz || summary.questions > 0 {
        let computed = summary.questions_computed;
        writeln!(ctx.out, "{}, {computed} computed", several(summary.questions, "question", "questions"))?;
    }
    if args.only_files {
        writeln!(ctx.out, "only the files were looked at, in {:.1} s", began.elapsed().as_secs_f64())?;
    } else {
        writeln!(
            ctx.out,
            "{}, {} each, in {:.1} s; first seed {}",
            several(programs, "program", "programs"),
            if options.repeat == 1 { "once".to_owned() } else { format!("{} times", options.repeat) },
            began.elapsed().as_secs_f64(),
            options.seed,
        )?;
    }
    if summary.problems.is_empty() {
        return Ok(());
    }
    let problems = several(summary.problems.len(), "problem", "problems");
    Err(Failure::course(anyhow!("{problems}: mend what is named above, and run it again")))
}

/// `1 problem`, `2 problems`
fn several(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
