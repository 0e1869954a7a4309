//! `play`: the learner's server stays up, and a page in the browser talks to it. Next: [`super::check`].

use std::{cell::Cell, ffi::OsString, path::PathBuf};

use anyhow::{Context as _, anyhow};
use clap::Args;
use grader::{
    event::Event,
    scenario::{
        model::Track,
        play::{
            drive::{Fence, Observation, Start},
            environment_of_run,
        },
    },
};

use super::{Context, check::runtime, interrupt::Interrupts, look, now, pick, stage::Stages, track, typed};
use crate::{
    attempt::{Launcher, PrepareError, Running},
    check::{self, Subject, Work},
    course::{Answer, Course, Exercise, Loaded},
    exit::{Exit, Failure},
    play::Stage,
};

const EXAMPLES: &str = "\
Examples:
  cargo run -p runner play live_chat                 your server, with its page in the browser
  cargo run -p runner play live_chat --answer solution
                                                     the course's own server: see what you will build
  cargo run -p runner play live_chat -- python3 server.py
                                                     a program in another language";

/// Arguments of `play`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct PlayArgs {
    /// The exercise; none: the next one
    #[arg(value_name = "EXERCISE")]
    pub exercise: Option<String>,

    /// In this language, this once
    #[arg(long, value_name = "TRACK", value_parser = track::parser())]
    pub track: Option<Track>,

    /// Play with a program of the course: starter, solution, mistake:ID or also:NAME
    #[arg(long, value_name = "ANSWER", conflicts_with = "command")]
    pub answer: Option<Answer>,

    /// With `--answer`, of an exercise in stages: of this one, by its id or number
    #[arg(long, value_name = "STAGE", requires = "answer")]
    pub stage: Option<String>,

    /// The page's port; 0: one that is free
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub port: u16,

    /// Play with this program instead of the file: any language that listens on $PORT
    #[arg(last = true, value_name = "CMD")]
    pub command: Vec<OsString>,
}

/// Starts the program and serves its page until Ctrl-C.
pub fn execute(args: &PlayArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let progress = ctx.progress(&course);
    let preferred = track::preferred(ctx, &course, &progress, args.track)?;
    let exercise = pick(&course, &progress, preferred, args.exercise.as_deref())?;
    let page = page(&course, exercise)?;
    let track =
        if args.command.is_empty() { track::choose(ctx, exercise, preferred, args.track)? } else { None };
    let subject = match &args.answer {
        Some(answer) => Subject::Answer(answer),
        None if !args.command.is_empty() => Subject::Command(&args.command),
        None => Subject::Edited,
    };
    let loaded = exercise.load()?;
    let stages = Stages { course: &course, exercise, loaded: &loaded, progress: &progress, track };
    let (exercise, loaded) = match &args.answer {
        Some(answer) if stages.are_there() => stages.of_answer(answer, args.stage.as_deref())?,
        _ => stages.chosen(None)?,
    };
    let work = check::work(course.root(), &exercise, &loaded.exercise, track, subject)?;
    let runtime = runtime()?;
    let mut interrupts = Interrupts::listen(&runtime)?;
    let playing = play(ctx, &loaded, work, page, args.port);
    match runtime.block_on(interrupts.or(playing)) {
        // Ctrl-C is how it is meant to end.
        Err(failure) if failure.exit == Exit::Interrupted => Ok(Exit::Passed),
        ended => ended,
    }
}

/// The exercise's page; the error names the exercises that have one.
fn page(course: &Course, exercise: &Exercise) -> Result<PathBuf, Failure> {
    if let Some(page) = exercise.page() {
        return Ok(page);
    }
    let with: Vec<&str> = course.exercises().filter(|one| one.page().is_some()).map(Exercise::name).collect();
    Err(Failure::usage(anyhow!(
        "`{}` has no page to play with; these have one: {}",
        exercise.name(),
        with.join(", ")
    )))
}

async fn play(
    ctx: &mut Context<'_>,
    loaded: &Loaded,
    work: Work,
    page: PathBuf,
    port: u16,
) -> Result<Exit, Failure> {
    let Work::Program(mut spec) = work else {
        return Err(Failure::usage(anyhow!("there is no program here to play with")));
    };
    let start = Start {
        seed: now(),
        epoch: now(),
        track: None,
        fence: Fence::Foreign,
        frames: Vec::new(),
        stuck_after: std::time::Duration::MAX,
    };
    spec.env.extend(environment_of_run(&loaded.exercise, &start));
    let told = Cell::new(false);
    let err = std::cell::RefCell::new(&mut *ctx.err);
    let say = |event: Event| {
        if let Event::Preparing { what, .. } = event
            && !told.replace(true)
        {
            // A note on the way; if nobody can read it, nothing is lost.
            writeln!(err.borrow_mut(), "{what} …").ok();
        }
    };
    let launcher = Launcher::prepare(*spec, say).await.map_err(|error| match error {
        PrepareError::Build(failure) => {
            Failure::not_yet(anyhow!("it does not compile: {}", failure.output.join("\n")))
        }
        environment @ PrepareError::Environment { .. } => Failure::environment(environment),
    })?;
    let ended = match launcher.launch(0, true, None).await {
        Ok(running) => serve(ctx, running, &page, port).await,
        Err(failure) => Err(Failure::not_yet(anyhow!("{failure}"))),
    };
    launcher.stop().await;
    ended
}

/// Until the program ends; what it prints is shown.
async fn serve(
    ctx: &mut Context<'_>,
    mut running: Running,
    page: &std::path::Path,
    port: u16,
) -> Result<Exit, Failure> {
    let Some(program) = running.addr else {
        return Err(Failure::usage(anyhow!("only servers can be played with")));
    };
    let stage = Stage::open(port)
        .await
        .with_context(|| format!("port {port} cannot be opened; choose another one with `--port`"))
        .map_err(Failure::environment)?;
    let (strong, url) = (look::STRONG, stage.url());
    writeln!(ctx.out, "open {strong}{url}{strong:#} in your browser, twice or more: each tab is a client")?;
    writeln!(ctx.out, "your server listens on {program}; Ctrl-C ends it, `{}` grades it\n", typed("check"))?;
    ctx.out.flush()?;
    let serving = stage.serve(page, program);
    tokio::pin!(serving);
    loop {
        tokio::select! {
            served = &mut serving => {
                let why = served.err().map_or_else(String::new, |error| format!(": {error}"));
                return Err(Failure::environment(anyhow!("the page is not served any more{why}")));
            }
            Some(seen) = running.observations.recv() => match seen {
                Observation::Printed(line) => {
                    writeln!(ctx.out, "  {line}")?;
                    ctx.out.flush()?;
                }
                Observation::Ended(end) => {
                    let words = end.last_words.join("\n");
                    return Err(Failure::not_yet(anyhow!("the program ended\n{words}")));
                }
                _ => {}
            },
        }
    }
}
