//! One check: an exercise and a program in, a verdict out, and events on the way.
//!
//! [`check`] prepares the program, plays every scenario side by side ([`plays`]), and asks the grader for the
//! cause. It never prints. Next: [`plays`], then [`driver`], which carries bytes between a play and the program.

mod driver;
mod plays;
mod servers;
mod setting;
mod skip;
mod work;

use std::time::{Duration, Instant};

use grader::{
    cause::{self, Seen},
    event::Event,
    scenario::{
        model::{Exercise, Mistake, Track},
        play::{
            Finished, Play,
            drive::{Fence, Start},
            environment_of_run, names_of_run,
        },
    },
    verdict::{Outcome, Verdict},
};
use plays::{Plays, launch_mismatch, play_all};

pub use servers::Tests;
pub use work::{Subject, demo, work};

use crate::attempt::{Hosts, Launcher, PrepareError, Spec, SpecKind};

/// How long a program may answer nothing before it counts as stuck.
const STUCK_AFTER: Duration = Duration::from_secs(5);

/// What is to be checked.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// `07_rooms/members_only`.
    pub id: &'a str,
    /// The exercise.
    pub exercise: &'a Exercise,
    /// The course's general causes.
    pub causes: &'a [Mistake],
    /// The track; none for the roles that need none, and for a program of which nobody said it.
    pub track: Option<Track>,
    /// Names and order of this run.
    pub seed: u64,
    /// Seconds since 1970, for tokens.
    pub epoch: u64,
}

/// The learner's work.
#[derive(Debug)]
pub enum Work {
    /// A program. Its environment is completed by the check.
    Program(Box<Spec>),
    /// The lines of `frames.txt`.
    Frames(Vec<String>),
    /// Scenarios, and the servers that they are played against.
    Tests(Box<Tests>),
}

impl Request<'_> {
    /// The exercise's own name: `members_only`.
    fn name(&self) -> &str {
        self.id.rsplit('/').next().unwrap_or(self.id)
    }

    fn start(&self, fence: Fence, frames: Vec<String>) -> Start {
        let (seed, epoch, track) = (self.seed, self.epoch, self.track);
        Start { seed, epoch, track, fence, frames, stuck_after: STUCK_AFTER }
    }

    /// The numbers of the scenarios that exist in this track. What names tracks asks for what one library does, so it is
    /// left out for a program of which nobody knows the language: a right one could not pass.
    fn scenarios(&self) -> Vec<usize> {
        let here = |number: &usize| {
            let tracks = &self.exercise.scenarios[*number].tracks;
            tracks.is_empty() || self.track.is_some_and(|track| tracks.contains(&track))
        };
        (0..self.exercise.scenarios.len()).filter(here).collect()
    }
}

/// Checks a learner's work against an exercise. Everything it started is gone when it returns.
///
/// # Errors
/// Only when the machine is at fault (no Node, no cargo); a learner's mistake is a verdict.
pub async fn check(request: Request<'_>, work: Work, say: &dyn Fn(Event)) -> Result<Verdict, PrepareError> {
    let began = Instant::now();
    let numbers = request.scenarios();
    say(started(request, &numbers));
    let tell = |plays: Plays| {
        let verdict = judge(request, plays, began.elapsed());
        say(Event::CheckEnded(verdict.clone()));
        verdict
    };
    match work {
        Work::Frames(lines) => Ok(tell(Ok(play_frames(request, &numbers, &lines, say)))),
        Work::Tests(tests) => Ok(tell(servers::play(request, &tests, say).await?)),
        Work::Program(spec) => match skip::lacks(request.exercise, &spec.kind) {
            Some(needs) => Ok(tell(Ok(skip::all(request, &numbers, &needs, say)))),
            None => play_program(request, *spec, &numbers, say, tell).await,
        },
    }
}

/// What came of [`check_each`].
pub struct Rounds {
    /// One for each seed.
    pub verdicts: Vec<Verdict>,
    /// Whether the program's host had served another program before.
    pub in_used_host: bool,
}

impl Rounds {
    fn of(verdicts: impl Iterator<Item = Verdict>) -> Self {
        Self { verdicts: verdicts.collect(), in_used_host: false }
    }
}

/// Checks the same work once for each seed, with one preparation for all and no events: for `verify`.
/// Each round meets fresh state as in any check; a hosted JavaScript program keeps its process, as it does for
/// the scenarios of one check, and gets one of `hosts`. The environment is that of the first seed.
///
/// # Errors
/// As [`check`].
pub async fn check_each(
    request: Request<'_>,
    work: Work,
    seeds: &[u64],
    hosts: &Hosts,
) -> Result<Rounds, PrepareError> {
    let numbers = request.scenarios();
    let silent = |_: Event| {};
    let rounds = seeds.iter().map(|&seed| Request { seed, ..request });
    let mut spec = match work {
        Work::Frames(lines) => {
            let judged = |round: Request<'_>| {
                judge(round, Ok(play_frames(round, &numbers, &lines, &silent)), Duration::ZERO)
            };
            return Ok(Rounds::of(rounds.map(judged)));
        }
        Work::Tests(tests) => {
            let mut verdicts = Vec::new();
            for round in rounds {
                let plays = servers::play(round, &tests, &silent).await?;
                verdicts.push(judge(round, plays, Duration::ZERO));
            }
            return Ok(Rounds::of(verdicts.into_iter()));
        }
        Work::Program(spec) => *spec,
    };
    spec.env.extend(environment_of_run(request.exercise, &request.start(Fence::Foreign, Vec::new())));
    if let Some(needs) = skip::lacks(request.exercise, &spec.kind) {
        let all = |round| judge(round, Ok(skip::all(round, &numbers, &needs, &silent)), Duration::ZERO);
        return Ok(Rounds::of(rounds.map(all)));
    }
    let launcher = match prepare(request, spec, hosts, silent).await {
        Ok(launcher) => launcher,
        Err(PrepareError::Build(failure)) => {
            let failed = |round| judge(round, Err(failure.clone()), Duration::ZERO);
            return Ok(Rounds::of(rounds.map(failed)));
        }
        Err(environment) => return Err(environment),
    };
    let mut verdicts = Vec::new();
    for round in rounds {
        let began = Instant::now();
        let plays = play_all(round, &launcher, &numbers, &silent).await;
        verdicts.push(judge(round, plays, began.elapsed()));
    }
    let in_used_host = launcher.has_used_host().await;
    if verdicts.iter().all(spares_its_host) {
        launcher.give_back(hosts).await;
    } else {
        launcher.stop().await;
    }
    Ok(Rounds { verdicts, in_used_host })
}

fn play_frames(
    request: Request<'_>,
    numbers: &[usize],
    lines: &[String],
    say: &dyn Fn(Event),
) -> Vec<Finished> {
    let play = |&number: &usize| {
        let start = request.start(Fence::Foreign, lines.to_vec());
        let mut play = Play::new(request.exercise, number, &start);
        play.actions();
        let finished = play.finish();
        say(Event::ScenarioEnded(finished.result.clone()));
        finished
    };
    numbers.iter().map(play).collect()
}

/// A program that was prepared before its check: its host runs, and has not read the learner's file yet.
pub struct Warm(Launcher);

/// Starts what a check of this work starts first, if that does not depend on what the learner's file says: Node is up
/// by the time a save is complete. [`check_warm`] does the rest, with a request of the same seed. None where a program
/// has to be built, or where nothing of ours hosts it.
pub async fn warm(request: Request<'_>, work: Work) -> Option<Warm> {
    let Work::Program(mut spec) = work else { return None };
    let is_hosted = matches!(spec.kind, SpecKind::JavaScriptServer { .. } | SpecKind::Page { .. });
    if !is_hosted
        || setting::is_apart(request.exercise)
        || skip::lacks(request.exercise, &spec.kind).is_some()
    {
        return None;
    }
    spec.env.extend(environment_of_run(request.exercise, &request.start(Fence::Foreign, Vec::new())));
    Launcher::prepare(*spec, |_| {}).await.ok().map(Warm)
}

/// [`check`] of a program that is prepared already.
pub async fn check_warm(request: Request<'_>, Warm(launcher): Warm, say: &dyn Fn(Event)) -> Verdict {
    let began = Instant::now();
    let numbers = request.scenarios();
    say(started(request, &numbers));
    let verdict = judge(request, play_all(request, &launcher, &numbers, say).await, began.elapsed());
    say(Event::CheckEnded(verdict.clone()));
    launcher.stop().await;
    verdict
}

fn started(request: Request<'_>, numbers: &[usize]) -> Event {
    Event::CheckStarted {
        exercise: request.id.to_owned(),
        title: request.exercise.title.clone(),
        stage: request.exercise.stage.clone(),
        track: request.track,
        seed: request.seed,
        scenarios: request.exercise.servers.as_ref().map_or(numbers.len(), |servers| 1 + servers.wrong.len()),
    }
}

async fn play_program(
    request: Request<'_>,
    mut spec: Spec,
    numbers: &[usize],
    say: &dyn Fn(Event),
    tell: impl Fn(Plays) -> Verdict,
) -> Result<Verdict, PrepareError> {
    spec.env.extend(environment_of_run(request.exercise, &request.start(Fence::Foreign, Vec::new())));
    let launcher = match prepare(request, spec, &Hosts::default(), say).await {
        Ok(launcher) => launcher,
        Err(PrepareError::Build(failure)) => return Ok(tell(Err(failure))),
        Err(environment) => return Err(environment),
    };
    // The learner reads the verdict while the program is being ended.
    let verdict = tell(play_all(request, &launcher, numbers, say).await);
    launcher.stop().await;
    Ok(verdict)
}

/// Whether no scenario ended, or fell silent, with its program.
fn spares_its_host(verdict: &Verdict) -> bool {
    let fell =
        |outcome: &Outcome| matches!(outcome, Outcome::Failed(mismatch) if mismatch.kind.is_program_level());
    verdict.program.is_none() && !verdict.scenarios.iter().any(|scenario| fell(&scenario.outcome))
}

async fn prepare(
    request: Request<'_>,
    spec: Spec,
    hosts: &Hosts,
    say: impl Fn(Event),
) -> Result<Launcher, PrepareError> {
    if setting::is_apart(request.exercise) {
        Launcher::prepare_apart(spec, say).await
    } else {
        Launcher::prepare_among(spec, hosts, say).await
    }
}

fn judge(request: Request<'_>, plays: Plays, took: Duration) -> Verdict {
    let (program, output, finished) = match plays {
        Ok(finished) => (None, Vec::new(), finished),
        Err(failure) => (Some(launch_mismatch(&failure)), failure.output, Vec::new()),
    };
    let names = names_of_run(request.exercise, &request.start(Fence::Foreign, Vec::new()));
    let mut seen: Vec<Seen<'_>> = Vec::new();
    seen.extend(program.iter().map(|mismatch| Seen { mismatch, scenario: None, names: &names }));
    for (index, finished) in finished.iter().enumerate() {
        if let Outcome::Failed(mismatch) = &finished.result.outcome {
            let scenario = Some((index, finished.result.id.as_str()));
            seen.push(Seen { mismatch, scenario, names: &finished.names });
        }
    }
    let cause = cause::name(request.exercise, request.causes, request.name(), request.track, &seen);
    Verdict {
        exercise: request.id.to_owned(),
        stage: request.exercise.stage.clone(),
        track: request.track,
        seed: request.seed,
        program,
        output,
        scenarios: finished.into_iter().map(|finished| finished.result).collect(),
        cause,
        took,
    }
}
