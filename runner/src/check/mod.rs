//! One check: an exercise and a program in, a verdict out, and events on the way.
//!
//! [`check`] prepares the program, plays every scenario side by side ([`driver`]), plays again alone what
//! another scenario's crash may have taken along, and asks the grader for the cause. It never prints.
//! Next: [`driver`], which carries bytes between a play and the program.

mod driver;
mod skip;
mod work;

use std::time::{Duration, Instant};

use futures_util::{StreamExt, stream::FuturesUnordered};
use grader::{
    cause::{self, Seen},
    event::Event,
    scenario::{
        model::{Exercise, Mistake, Role, Track},
        play::{
            Finished, Play,
            drive::{Fence, Start},
            environment_of_run, names_of_run,
        },
    },
    verdict::{Mismatch, Outcome, Verdict},
};

pub use work::{Subject, work};

use crate::attempt::{LaunchFailure, Launcher, PrepareError, Spec};

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
    /// The track; none for role `frames` and for a program in another language.
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

    /// The numbers of the scenarios that exist in this track.
    fn scenarios(&self) -> Vec<usize> {
        let here = |number: &usize| {
            let tracks = &self.exercise.scenarios[*number].tracks;
            tracks.is_empty() || self.track.is_none_or(|track| tracks.contains(&track))
        };
        (0..self.exercise.scenarios.len()).filter(here).collect()
    }
}

/// Checks a learner's work against an exercise. Everything it started is gone when it returns.
///
/// # Errors
/// Only when the machine is at fault (no Node, no cargo, a port refused); a learner's mistake is a verdict.
pub async fn check(request: Request<'_>, work: Work, say: &dyn Fn(Event)) -> Result<Verdict, PrepareError> {
    let began = Instant::now();
    let numbers = request.scenarios();
    say(Event::CheckStarted {
        exercise: request.id.to_owned(),
        title: request.exercise.title.clone(),
        track: request.track,
        seed: request.seed,
        scenarios: numbers.len(),
    });
    let finished = match work {
        Work::Frames(lines) => Ok(play_frames(request, &numbers, &lines, say)),
        Work::Program(spec) => match skip::lacks(request.exercise, &spec.kind) {
            Some(needs) => Ok(skip::all(request, &numbers, &needs, say)),
            None => play_program(request, *spec, &numbers, say).await?,
        },
    };
    let verdict = judge(request, finished, began.elapsed());
    say(Event::CheckEnded(verdict.clone()));
    Ok(verdict)
}

/// The scenarios that were played, or why the program never got so far.
type Plays = Result<Vec<Finished>, LaunchFailure>;

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

async fn play_program(
    request: Request<'_>,
    mut spec: Spec,
    numbers: &[usize],
    say: &dyn Fn(Event),
) -> Result<Plays, PrepareError> {
    spec.env.extend(environment_of_run(request.exercise, &request.start(Fence::Foreign, Vec::new())));
    let launcher = match Launcher::prepare(spec, say).await {
        Ok(launcher) => launcher,
        Err(PrepareError::Build(failure)) => return Ok(Err(failure)),
        Err(environment) => return Err(environment),
    };
    let plays = play_all(request, &launcher, numbers, say).await;
    launcher.stop().await;
    Ok(plays)
}

async fn play_all(
    request: Request<'_>,
    launcher: &Launcher,
    numbers: &[usize],
    say: &dyn Fn(Event),
) -> Plays {
    let fence = if request.exercise.role == Role::Server { launcher.fence() } else { Fence::Client };
    let start = request.start(fence, Vec::new());
    let at_once = if launcher.runs_one_at_a_time() { 1 } else { numbers.len().max(1) };
    let mut running = FuturesUnordered::new();
    let mut waiting = numbers.iter().copied().enumerate();
    for (place, number) in waiting.by_ref().take(at_once) {
        running.push(play_fairly(request, launcher, &start, place, number));
    }
    let mut done: Vec<Option<Finished>> = numbers.iter().map(|_| None).collect();
    let mut never_started = Vec::new();
    let mut told = 0;
    while let Some((place, played)) = running.next().await {
        match played {
            Ok(finished) => done[place] = Some(finished),
            Err(failure) => {
                let number = numbers[place];
                done[place] = Some(never_ran(request, number, &start, &failure));
                never_started.push(failure);
            }
        }
        if let Some((place, number)) = waiting.next() {
            running.push(play_fairly(request, launcher, &start, place, number));
        }
        // A program that never starts is told once, by the verdict; one that started somewhere, scenario by scenario.
        if done.iter().flatten().count() == never_started.len() {
            continue;
        }
        while let Some(Some(finished)) = done.get(told) {
            say(Event::ScenarioEnded(finished.result.clone()));
            told += 1;
        }
    }
    if !numbers.is_empty() && never_started.len() == numbers.len() {
        return Err(never_started.swap_remove(0));
    }
    Ok(done.into_iter().flatten().collect())
}

/// Plays a scenario; and once more alone when the program died or fell silent while it may have been serving
/// others: none is blamed for another's crash.
async fn play_fairly(
    request: Request<'_>,
    launcher: &Launcher,
    start: &Start,
    place: usize,
    number: usize,
) -> (usize, Result<Finished, LaunchFailure>) {
    let first = driver::play(request.exercise, launcher, number, false, start).await;
    let suspicious = match &first {
        Err(_) => true,
        Ok(finished) => matches!(&finished.result.outcome, Outcome::Failed(m) if m.kind.is_program_level()),
    };
    let played = if suspicious && launcher.is_shared() {
        driver::play(request.exercise, launcher, number, true, start).await
    } else {
        first
    };
    (place, played)
}

/// A scenario whose program could not be launched.
fn never_ran(request: Request<'_>, number: usize, start: &Start, failure: &LaunchFailure) -> Finished {
    let play = Play::new(request.exercise, number, start);
    let mut finished = play.finish();
    finished.result.outcome = Outcome::Failed(Box::new(launch_mismatch(failure)));
    finished.result.output.clone_from(&failure.output);
    finished
}

fn launch_mismatch(failure: &LaunchFailure) -> Mismatch {
    Mismatch {
        kind: failure.kind,
        subject: "program".to_owned(),
        actor: None,
        at: None,
        saw: Some(failure.actual.as_str().into()),
        expected: failure.expected.clone(),
        actual: failure.actual.clone(),
        place: grader::scenario::model::Place::default(),
        line: None,
        also: Vec::new(),
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
        track: request.track,
        seed: request.seed,
        program,
        output,
        scenarios: finished.into_iter().map(|finished| finished.result).collect(),
        cause,
        took,
    }
}
