//! `play`: the learner's server stays up, and is talked to by hand: at a prompt, and from its page in the browser.
//! Next: [`super::check`].

use std::{
    cell::{Cell, RefCell},
    ffi::OsString,
    future::pending,
    io::{self, Write},
    net::SocketAddr,
    path::PathBuf,
};

use anyhow::{Context as _, anyhow};
use clap::Args;
use grader::{
    event::Event,
    scenario::{
        model::{self, Act, Need, Piece, Role, Step, StepKind, Track},
        play::{
            drive::{Fence, Start},
            environment_of_run,
        },
    },
};
use tokio::sync::{mpsc, watch};

use super::{
    Context, check::runtime, foreign, interrupt::Interrupts, look, now, pick, stage::Stages, track, typed,
};
use crate::{
    attempt::{Launcher, PrepareError, Redis, Running, Spec},
    check::{self, Subject, Work},
    course::{Answer, Exercise, Loaded},
    exit::{Exit, Failure},
    play::{
        Stage,
        hand::{Known, Saved, Session, Setting, Stop},
    },
    report::{
        hand::HandLog,
        style::{self, Style},
    },
};

const EXAMPLES: &str = "\
Examples:
  cargo run -p runner play members_only              your server stays up; you type what clients do
  cargo run -p runner play live_chat                 the same, and its page in the browser
  cargo run -p runner play live_chat --answer solution
                                                     the course's own server: see what you will build
  cargo run -p runner play members_only -- python3 server.py
                                                     a program in another language
  cargo run -p runner play members_only --url http://127.0.0.1:4000
                                                     a server that already runs

What you type:
  asha connect
  asha emit joinRoom {roomId: physics} ack
  ravi hear
  save talk.yaml        what you played, as a scenario for `check --scenario`
  help                  all of it";

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
    #[arg(long, value_name = "ANSWER", conflicts_with_all = ["command", "url"])]
    pub answer: Option<Answer>,

    /// With `--answer`, of an exercise in stages: of this one, by its id or number
    #[arg(long, value_name = "STAGE", requires = "answer")]
    pub stage: Option<String>,

    /// The page's port, where an exercise has a page; 0: one that is free
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub port: u16,

    /// Play with a server that already runs
    #[arg(long, value_name = "URL", conflicts_with = "command")]
    pub url: Option<String>,

    /// Play with this program instead of the file: any language that listens on $PORT
    #[arg(last = true, value_name = "CMD")]
    pub command: Vec<OsString>,
}

/// Starts the program and plays with it until the end is typed, or Ctrl-C.
pub fn execute(args: &PlayArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let progress = ctx.progress(&course);
    let is_file = args.command.is_empty() && args.url.is_none();
    // Nobody is asked for a language that does not matter.
    let preferred = if is_file || args.exercise.is_none() {
        track::preferred(ctx, &course, &progress, args.track)?
    } else {
        args.track.unwrap_or(Track::JavaScript)
    };
    let exercise = pick(&course, &progress, preferred, args.exercise.as_deref())?;
    let loaded = exercise.load()?;
    if loaded.exercise.role != Role::Server {
        return Err(Failure::usage(anyhow!(
            "`{}` does not ask for a server, and only servers can be played with; `{}` shows the others",
            exercise.name(),
            typed("list")
        )));
    }
    let track = if is_file { track::choose(ctx, exercise, preferred, args.track)? } else { None };
    let address = args.url.as_deref().map(foreign::address).transpose()?;
    let subject = match (&args.answer, address) {
        (Some(answer), _) => Subject::Answer(answer),
        (None, Some(address)) => Subject::Url(address, args.url.as_deref().unwrap_or_default()),
        (None, None) if !args.command.is_empty() => Subject::Command(&args.command),
        (None, None) => Subject::Edited,
    };
    let page = exercise.page();
    let told = track::to_tell(ctx.terminal, &progress, exercise, args.track);
    let stages = Stages { course: &course, exercise, loaded: &loaded, progress: &progress, track, told };
    let (exercise, loaded) = match &args.answer {
        Some(answer) if stages.are_there() => stages.of_answer(answer, args.stage.as_deref())?,
        _ => stages.chosen(None)?,
    };
    let Work::Program(mut spec) = check::work(course.root(), &exercise, &loaded.exercise, track, subject)?
    else {
        return Err(Failure::usage(anyhow!("there is no program here to play with")));
    };
    spec.env.extend(environment(&loaded.exercise));
    let source = matches!(subject, Subject::Edited).then(|| exercise.edited(track)).transpose()?;
    let game = Game {
        exercise: &exercise,
        loaded: &loaded,
        spec: *spec,
        source,
        page,
        port: args.port,
        ours: address.is_none(),
    };
    let runtime = runtime()?;
    let mut interrupts = Interrupts::listen(&runtime)?;
    match runtime.block_on(interrupts.or(game.play(ctx))) {
        // Ctrl-C is one of the ways in which it is meant to end.
        Err(failure) if failure.exit == Exit::Interrupted => Ok(Exit::Passed),
        ended => ended,
    }
}

/// The environment of one run of the exercise.
fn environment(exercise: &model::Exercise) -> Vec<(String, String)> {
    let start = Start {
        seed: now(),
        epoch: now(),
        track: None,
        fence: Fence::Foreign,
        frames: Vec::new(),
        stuck_after: std::time::Duration::MAX,
    };
    environment_of_run(exercise, &start).into_iter().collect()
}

/// What is played with.
struct Game<'a> {
    exercise: &'a Exercise,
    loaded: &'a Loaded,
    spec: Spec,
    /// What the learner edits, if that is what runs.
    source: Option<PathBuf>,
    page: Option<PathBuf>,
    port: u16,
    /// Whether we start the program.
    ours: bool,
}

/// A program that runs.
struct Program {
    launcher: Launcher,
    running: Running,
    addr: SocketAddr,
}

impl Program {
    async fn start(spec: Spec, say: &dyn Fn(Event)) -> Result<Self, Failure> {
        let launcher = Launcher::prepare(spec, say).await.map_err(|error| match error {
            PrepareError::Build(failure) => {
                Failure::not_yet(anyhow!("it does not compile: {}", failure.output.join("\n")))
            }
            environment @ PrepareError::Environment { .. } => Failure::environment(environment),
        })?;
        match launcher.launch(0, true, None).await {
            Ok(running) => match running.addr {
                Some(addr) => Ok(Self { launcher, running, addr }),
                None => Err(Failure::usage(anyhow!("only servers can be played with"))),
            },
            Err(failure) => {
                launcher.stop().await;
                Err(Failure::not_yet(anyhow!("your server does not start: {}", failure.actual)))
            }
        }
    }

    async fn stop(self) {
        let Self { launcher, running, .. } = self;
        running.stop().await;
        launcher.stop().await;
    }
}

impl Game<'_> {
    /// The Redis that the exercise needs, if we start the program.
    async fn redis(&self) -> Result<Option<Redis>, Failure> {
        if !self.ours || !self.loaded.exercise.needs.contains(&Need::Redis) {
            return Ok(None);
        }
        let started = Redis::start().await;
        started.map(Some).map_err(|lacks| Failure::environment(anyhow!("this exercise needs {lacks}")))
    }

    /// The program's environment; of several nodes only the first is played with.
    fn spec_beside(&self, redis: Option<&Redis>) -> Spec {
        let mut spec = self.spec.clone();
        spec.env.extend(redis.map(|redis| ("REDIS_URL".to_owned(), redis.url())));
        if self.loaded.exercise.nodes > 1 {
            spec.env.push(("NODE_INDEX".to_owned(), "1".to_owned()));
        }
        spec
    }

    async fn play(&self, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
        let Context { out, err, terminal, .. } = ctx;
        let (told, err) = (Cell::new(false), RefCell::new(err));
        let say = |event: Event| {
            if let Event::Preparing { what, .. } = event
                && !told.replace(true)
            {
                // A note on the way; if nobody can read it, nothing is lost.
                writeln!(err.borrow_mut(), "{what} …").ok();
            }
        };
        let saved = self.source.as_deref().map(Saved::new);
        let redis = self.redis().await?;
        let spec = self.spec_beside(redis.as_ref());
        let program = Program::start(spec.clone(), &say).await?;
        let (moved, addr) = watch::channel(program.addr);
        let stage = match &self.page {
            Some(_) => Some(self.stage().await?),
            None => None,
        };
        self.greet(*out, stage.as_ref(), program.addr)?;
        let serving = async {
            match (stage, &self.page) {
                (Some(stage), Some(page)) => stage.serve(page, addr).await,
                _ => pending().await,
            }
        };
        tokio::pin!(serving);
        let log = HandLog::new(style_of(*terminal));
        let mut session =
            Session::new(self.setting(program.addr, saved), self.known(), log, terminal.plain, *out);
        let mut program = Some(program);
        let (_, mut nobody) = mpsc::unbounded_channel();
        let ended = loop {
            let says = program.as_mut().map_or(&mut nobody, |program| &mut program.running.observations);
            let stop = tokio::select! {
                stop = session.play(says) => stop,
                served = &mut serving => {
                    let why = served.err().map_or_else(String::new, |error| format!(": {error}"));
                    break Err(Failure::environment(anyhow!("the page is not served any more{why}")));
                }
            };
            match stop {
                Ok(Stop::Quit) => break Ok(Exit::Passed),
                Ok(Stop::Restart) => {}
                Err(error) => break Err(error.into()),
            }
            if let Some(program) = program.take() {
                program.stop().await;
            }
            let told = match Program::start(spec.clone(), &say).await {
                Ok(anew) => {
                    let told = session.restarted(anew.addr);
                    moved.send_replace(anew.addr);
                    program = Some(anew);
                    told
                }
                Err(failure) => session.not_restarted(&format!("{:#}", failure.error)),
            };
            if let Err(error) = told {
                break Err(error.into());
            }
        };
        if let Some(program) = program {
            program.stop().await;
        }
        ended
    }

    async fn stage(&self) -> Result<Stage, Failure> {
        let port = self.port;
        Stage::open(port)
            .await
            .with_context(|| format!("port {port} cannot be opened; choose another one with `--port`"))
            .map_err(Failure::environment)
    }

    fn greet(&self, out: &mut dyn Write, stage: Option<&Stage>, program: SocketAddr) -> io::Result<()> {
        let strong = look::STRONG;
        writeln!(out, "{strong}{}{strong:#}: your server listens on {program}", self.exercise.id())?;
        if let Some(stage) = stage {
            let url = stage.url();
            writeln!(
                out,
                "open {strong}{url}{strong:#} in your browser, twice or more: each tab is a client"
            )?;
        }
        writeln!(out, "type `asha connect`, `asha emit EVENT {{…}} ack`, `ravi hear`")?;
        writeln!(out, "`help` shows all that can be typed; `quit` ends it\n")?;
        out.flush()
    }

    fn setting(&self, server: SocketAddr, saved: Option<Saved>) -> Setting {
        let exercise = &self.loaded.exercise;
        let check = typed(&format!("check {} --scenario FILE", self.exercise.name()));
        Setting {
            server,
            saved,
            can_restart: self.ours,
            head: format!(
                "Played by hand, and yours to edit. What a server makes anew in each run is `!string` or `!number` here, or has a\n\
                 name such as `$id`. Play it again:\n{check}"
            ),
            taken: exercise.vars.keys().chain(exercise.env.keys()).cloned().collect(),
            ends_with_input: self.page.is_none(),
        }
    }

    /// The events that the exercise speaks of.
    fn known(&self) -> Known {
        let mut known = Known::default();
        known.names.extend(["asha", "ravi", "meera"].map(str::to_owned));
        for scenario in &self.loaded.exercise.scenarios {
            events(&scenario.steps, &mut known);
        }
        known
    }
}

fn events(steps: &[Step], known: &mut Known) {
    for step in steps {
        match &step.kind {
            StepKind::Each { act: Act::Emit(emit), .. } => {
                if let [Piece::Literal(event)] = emit.event.0.as_slice() {
                    known.events.insert(event.clone());
                }
            }
            StepKind::Together(branches) => branches.iter().for_each(|branch| events(branch, known)),
            StepKind::Repeat { steps, .. } => events(steps, known),
            StepKind::Each { .. } | StepKind::Wait(_) | StepKind::Settle => {}
        }
    }
}

fn style_of(terminal: super::Terminal) -> Style {
    let detected = style::detect(&io::stdout());
    let style = Style { width: terminal.width.unwrap_or(detected.width), ..detected };
    if terminal.plain { style.plain() } else { style }
}
