//! `check`: grades exercises. Next: [`super::verify`].

use std::{
    cell::RefCell, ffi::OsString, fs::File, io, net::SocketAddr, panic::resume_unwind, path::PathBuf, thread,
    time::Instant,
};

use anyhow::{Context as _, anyhow};
use clap::Args;
use grader::{
    event::Event,
    scenario::{
        model::{Mistake, Track},
        stage::AtStage,
    },
    verdict::{Outcome, ScenarioResult, Verdict},
};

use super::{
    Context, foreign, interrupt::Interrupts, now, pick, scenario, stage::Stages, track, typed, view::view,
};
use crate::{
    attempt::PrepareError,
    check::{self, Request, Subject},
    course::{Answer, Course, Exercise, Loaded},
    exit::{Exit, Failure},
    progress::{Change, Progress},
    report::{Report, json::Json, junit, style, style::Style, summary::Summary, terminal},
};

const EXAMPLES: &str = "\
Examples:
  cargo run -p runner check                        the next exercise
  cargo run -p runner check members_only           one exercise
  cargo run -p runner check 7                      all of a lesson; also: rooms, 07_rooms
  cargo run -p runner check members_only --track rust
                                                   in the other language
  cargo run -p runner check members_only -- python3 server.py
                                                   your own program; it listens on $PORT
  cargo run -p runner check members_only --url http://127.0.0.1:4000
                                                   a server that already runs
  cargo run -p runner check members_only --scenario talk.yaml
                                                   what you played by hand, as a test";

/// Arguments of `check`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct CheckArgs {
    /// Exercises by name, lessons by name or number; none: the next exercise that has not passed
    #[arg(value_name = "EXERCISE")]
    pub exercises: Vec<String>,

    /// Check every exercise of your track
    #[arg(long, conflicts_with = "exercises")]
    pub all: bool,

    /// Of an exercise in stages: this one, by its id or number; none: the first that has not passed
    #[arg(long, value_name = "STAGE", conflicts_with = "all")]
    pub stage: Option<String>,

    /// In this language, this once
    #[arg(long, value_name = "TRACK", value_parser = track::parser())]
    pub track: Option<Track>,

    /// Play the scenarios of this file instead of the exercise's own, such as `play` saves one
    #[arg(long, value_name = "FILE", conflicts_with_all = ["all", "stage"])]
    pub scenario: Option<PathBuf>,

    /// Print every event as one line of JSON
    #[arg(long)]
    pub json: bool,

    /// Also write the results as `JUnit` XML.
    #[arg(long, value_name = "FILE", help = "Also write the results as JUnit XML")]
    pub junit: Option<PathBuf>,

    /// Grade a program of the course: starter, solution, mistake:ID or also:NAME
    #[arg(long, value_name = "ANSWER", conflicts_with_all = ["url", "command"])]
    pub answer: Option<Answer>,

    /// Repeat the names and the order of an earlier check
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,

    /// Show all packets of the scenarios that failed, and all that building says
    #[arg(long, short)]
    pub verbose: bool,

    /// Grade a server that already runs
    #[arg(long, value_name = "URL", conflicts_with = "command")]
    pub url: Option<String>,

    /// Grade this program instead of the file: any language that listens on $PORT
    #[arg(last = true, value_name = "CMD")]
    pub command: Vec<OsString>,
}

/// Grades exercises.
pub fn execute(args: &CheckArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let progress = ctx.progress(&course);
    let preferred = track::preferred(ctx, &course, &progress, args.track)?;
    let exercises = chosen(args, &course, &progress, preferred)?;
    if args.stage.is_some() && exercises.len() > 1 {
        return Err(Failure::usage(anyhow!("`--stage` is a stage of one exercise; name only that one")));
    }
    if args.scenario.is_some() && exercises.len() > 1 {
        return Err(Failure::usage(anyhow!("`--scenario` is played for one exercise; name only that one")));
    }
    let address = args.url.as_deref().map(foreign::address).transpose()?;
    let (loaded, causes) = read(&course, &exercises)?;
    let runtime = runtime()?;
    let mut interrupts = Interrupts::listen(&runtime)?;
    let began = Instant::now();
    let mut verdicts = Vec::new();
    let many = exercises.len() > 1;
    for (exercise, loaded) in exercises.into_iter().zip(&loaded) {
        let track = track_of(args, ctx, exercise, preferred)?;
        let told = track::to_tell(ctx.terminal, &progress, exercise, args.track);
        let stages = Stages { course: &course, exercise, loaded, progress: &progress, track, told };
        let (exercise, at_stage) = match &args.answer {
            Some(answer) if stages.are_there() => stages.of_answer(answer, args.stage.as_deref())?,
            _ => stages.chosen(args.stage.as_deref())?,
        };
        let at_stage = match &args.scenario {
            Some(file) => scenario::instead(&at_stage, exercise.name(), file)?,
            None => at_stage,
        };
        let (exercise, at_stage) = (&exercise, &at_stage);
        let one =
            One { args, course: &course, exercise, loaded: at_stage, stages, causes: &causes, address, many };
        let verdict = runtime.block_on(interrupts.or(one.check(ctx, &progress, track)))?;
        one.record(ctx, track, &verdict);
        verdicts.push(verdict);
    }
    if many && !args.json {
        Summary::after(ctx.out, style_of(args, ctx.terminal), &verdicts).finish(began.elapsed())?;
    }
    if let Some(path) = &args.junit {
        write_junit(path, &verdicts)?;
    }
    Ok(if verdicts.iter().all(Verdict::passed) { Exit::Passed } else { Exit::NotYet })
}

/// The exercises and the course's general causes, read side by side: the learner waits for both.
fn read(course: &Course, exercises: &[&Exercise]) -> Result<(Vec<Loaded>, Vec<Mistake>), Failure> {
    let (causes, loaded) = thread::scope(|scope| {
        let causes = scope.spawn(|| course.causes());
        let loaded: Result<Vec<_>, _> = exercises.iter().map(|exercise| exercise.load()).collect();
        (causes.join().unwrap_or_else(|panic| resume_unwind(panic)), loaded)
    });
    Ok((loaded?, causes?))
}

/// One thread: what happens on the wire is seen in the order in which it happened.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the system does not let us wait for sockets; close some programs and try again")
        .map_err(Failure::environment)
}

fn chosen<'c>(
    args: &CheckArgs,
    course: &'c Course,
    progress: &Progress,
    preferred: Track,
) -> Result<Vec<&'c Exercise>, Failure> {
    if args.all {
        return Ok(course.exercises().filter(|exercise| exercise.is_in(preferred)).collect());
    }
    if args.exercises.is_empty() {
        return Ok(vec![pick(course, progress, preferred, None)?]);
    }
    Ok(course.select(&args.exercises)?)
}

fn style_of(args: &CheckArgs, terminal: super::Terminal) -> Style {
    let detected = style::detect(&io::stdout());
    // Colours are taken out again on the way when nobody wants them.
    let style = Style {
        width: terminal.width.unwrap_or(detected.width),
        colour: true,
        verbose: args.verbose,
        live: terminal.width.is_some(),
        ..detected
    };
    if terminal.plain { style.plain() } else { style }
}

fn write_junit(path: &PathBuf, verdicts: &[Verdict]) -> Result<(), Failure> {
    let write = || junit::write(verdicts, &mut File::create(path)?);
    write()
        .with_context(|| format!("cannot write `{}`; choose another file for `--junit`", path.display()))
        .map_err(Failure::environment)
}

/// In which language. A program that is not one of the course's files has none, unless `--track` says it: then the
/// scenarios and mistakes of that track are meant for it, too, and a pass counts there.
fn track_of(
    args: &CheckArgs,
    ctx: &mut Context<'_>,
    exercise: &Exercise,
    preferred: Track,
) -> Result<Option<Track>, Failure> {
    if args.track.is_some() || (args.command.is_empty() && args.url.is_none()) {
        return track::choose(ctx, exercise, preferred, args.track);
    }
    Ok(None)
}

/// One exercise that is being checked.
struct One<'a> {
    args: &'a CheckArgs,
    course: &'a Course,
    exercise: &'a Exercise,
    /// Read, and at its stage if it has stages.
    loaded: &'a Loaded,
    stages: Stages<'a>,
    causes: &'a [Mistake],
    address: Option<SocketAddr>,
    many: bool,
}

impl One<'_> {
    fn subject(&self) -> Subject<'_> {
        match (&self.args.answer, self.address) {
            (Some(answer), _) => Subject::Answer(answer),
            (None, Some(address)) => Subject::Url(address, self.args.url.as_deref().unwrap_or_default()),
            (None, None) if !self.args.command.is_empty() => Subject::Command(&self.args.command),
            (None, None) => Subject::Edited,
        }
    }

    async fn check(
        &self,
        ctx: &mut Context<'_>,
        progress: &Progress,
        track: Option<Track>,
    ) -> Result<Verdict, Failure> {
        let loaded = self.loaded;
        foreign::fits(self.args, self.exercise, loaded.exercise.role)?;
        if let Subject::Edited = self.subject() {
            is_there(self.course, self.exercise, (track, self.stages.told))?;
        }
        let work = check::work(self.course.root(), self.exercise, &loaded.exercise, track, self.subject())?;
        let view = view(self.course, self.exercise, progress, track, loaded, &self.stages, &self.subject())?;
        let request = Request {
            id: self.exercise.id(),
            exercise: &loaded.exercise,
            causes: self.causes,
            track,
            seed: self.args.seed.unwrap_or_else(fresh_seed),
            epoch: now(),
        };
        let style = style_of(self.args, ctx.terminal);
        if self.many && !self.args.json {
            let verdict = check::check(request, work, &|_: Event| {}).await.map_err(refused)?;
            Summary::new(ctx.out, style).add(&verdict)?;
            return Ok(verdict);
        }
        let mut for_people;
        let mut for_programs;
        let report: &mut dyn Report = if self.args.json {
            for_programs = Json::new(ctx.out);
            &mut for_programs
        } else {
            for_people = terminal::Terminal::new(ctx.out, style);
            &mut for_people
        };
        report.about(view);
        let report = RefCell::new((report, Ok(())));
        let say = |event: Event| {
            let (report, written) = &mut *report.borrow_mut();
            if written.is_ok() {
                *written = report.event(&event);
            }
        };
        let verdict = check::check(request, work, &say).await.map_err(refused)?;
        report.into_inner().1?;
        Ok(verdict)
    }

    /// Only the learner's own work, by the course's own scenarios, counts as progress.
    fn record(&self, ctx: &mut Context<'_>, track: Option<Track>, verdict: &Verdict) {
        if self.args.answer.is_some() || self.args.scenario.is_some() {
            return;
        }
        ctx.record(self.course, &changes(&self.stages, track, verdict));
    }
}

/// What the learner edits may have been deleted or moved.
pub(super) fn is_there(
    course: &Course,
    exercise: &Exercise,
    (track, told): (Option<Track>, Option<Track>),
) -> Result<(), Failure> {
    let file = exercise.edited(track)?;
    if file.is_file() {
        return Ok(());
    }
    let (shown, reset) =
        (course.shown(&file), typed(&format!("reset {}{}", exercise.name(), track::option(told))));
    Err(Failure::environment(anyhow!(
        "`{shown}` is not there; `{reset}` brings it back as it was at the start"
    )))
}

/// What a verdict on the learner's own work changes in the progress. Where nothing could be played, nothing.
pub(super) fn changes(stages: &Stages<'_>, track: Option<Track>, verdict: &Verdict) -> Vec<Change> {
    let is_skipped = |scenario: &ScenarioResult| matches!(scenario.outcome, Outcome::Skipped(_));
    if verdict.program.is_none() && !verdict.scenarios.is_empty() && verdict.scenarios.iter().all(is_skipped)
    {
        return Vec::new();
    }
    let (exercise, at) = (stages.exercise.id().to_owned(), now());
    let is_done = verdict.stage.as_ref().is_none_or(AtStage::is_last);
    // All scenarios of the stages before were played, too.
    let passed = verdict.stage.as_ref().filter(|_| verdict.passed()).map_or(0, |stage| stage.number);
    let passed = stages.list()[..passed].iter().map(|stage| Change::StagePassed {
        exercise: exercise.clone(),
        stage: stage.id.clone(),
        track,
        at,
    });
    let attempt = Change::Attempt {
        exercise: exercise.clone(),
        stage: verdict.stage.as_ref().map(|stage| stage.id.clone()),
        track,
        at,
        passed: verdict.passed() && is_done,
        cause: verdict.cause.as_ref().map(|cause| cause.id.clone()),
    };
    [attempt].into_iter().chain(passed).collect()
}

/// Small, so that it can be typed again.
pub(super) fn fresh_seed() -> u64 {
    let nanoseconds = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| u64::from(since.subsec_nanos()));
    nanoseconds % 1_000_000
}

/// What this computer lacks.
fn refused(error: PrepareError) -> Failure {
    Failure::environment(anyhow!(error))
}
