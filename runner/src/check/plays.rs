//! All scenarios of one check: side by side, in turn where there is one server for all, and again alone where
//! another scenario's crash may have been the reason. Next: [`super::driver`], which plays one.

use futures_util::{StreamExt, stream::FuturesUnordered};
use grader::{
    event::Event,
    scenario::{
        model::{Place, Role},
        play::{
            Finished, Play,
            drive::{Fence, Start},
        },
    },
    verdict::{Kind, Mismatch, Outcome},
};

use super::{Request, driver, setting, skip};
use crate::attempt::{LaunchFailure, Launcher};

/// The scenarios that were played, or why the program never got so far.
pub(super) type Plays = Result<Vec<Finished>, LaunchFailure>;

/// One scenario that was played, or why its program never got so far.
type Played = Result<Finished, LaunchFailure>;

/// Plays these scenarios; tells each as soon as it and all before it are decided.
pub(super) async fn play_all(
    request: Request<'_>,
    launcher: &Launcher,
    numbers: &[usize],
    say: &dyn Fn(Event),
) -> Plays {
    let fence = if request.exercise.role == Role::Server { launcher.fence() } else { Fence::Client };
    let start = request.start(fence, Vec::new());
    let stage = Stage { request, launcher, numbers, start: &start };
    let mut results = Results::new(&stage, say);
    let in_turn = launcher.runs_one_at_a_time() || skip::shares_redis(request.exercise);
    let at_once = if in_turn { 1 } else { numbers.len() };
    let shared = launcher.is_shared() && !setting::is_apart(request.exercise);
    let mut again: Vec<(usize, Played)> = Vec::new();
    stage
        .round((0..numbers.len()).collect(), false, at_once, |place, played| {
            if shared && is_suspicious(&played) {
                again.push((place, played));
            } else {
                results.take(place, played);
            }
        })
        .await;
    // Nothing was ever served, and nothing computed: nobody was in the way of anybody.
    let never_listened = |(_, played): &(usize, Played)| {
        played.as_ref().is_err_and(|failure| failure.kind == Kind::NeverListened)
    };
    if again.len() == numbers.len() && again.iter().all(never_listened) {
        for (place, played) in again {
            results.take(place, played);
        }
        return results.plays();
    }
    // Each may hold as much memory as it likes up to the limit; all together could be more than the computer has.
    let hungry = again.iter().any(|(_, played)| kind(played) == Some(Kind::TooMuchMemory));
    let at_once = if hungry { 1 } else { numbers.len() };
    let places = again.into_iter().map(|(place, _)| place).collect();
    stage.round(places, true, at_once, |place, played| results.take(place, played)).await;
    results.plays()
}

/// What all scenarios of a check have in common.
struct Stage<'a> {
    request: Request<'a>,
    launcher: &'a Launcher,
    numbers: &'a [usize],
    start: &'a Start,
}

impl Stage<'_> {
    /// Plays the scenarios at these places, so many at once; `alone`: each with a program of its own.
    async fn round(
        &self,
        places: Vec<usize>,
        alone: bool,
        at_once: usize,
        mut each: impl FnMut(usize, Played),
    ) {
        let play = async |place: usize| {
            let number = self.numbers[place];
            (place, driver::play(self.request.exercise, self.launcher, number, alone, self.start).await)
        };
        let mut waiting = places.into_iter();
        let mut running: FuturesUnordered<_> = waiting.by_ref().take(at_once).map(play).collect();
        while let Some((place, played)) = running.next().await {
            each(place, played);
            running.extend(waiting.next().map(play));
        }
    }

    /// A scenario that has a result without having been played.
    fn unplayed(&self, place: usize, outcome: Outcome) -> Finished {
        let mut finished = Play::new(self.request.exercise, self.numbers[place], self.start).finish();
        finished.result.outcome = outcome;
        finished
    }
}

/// Collects results and tells them in the order of the file.
struct Results<'a> {
    stage: &'a Stage<'a>,
    say: &'a dyn Fn(Event),
    done: Vec<Option<Finished>>,
    never_started: Vec<LaunchFailure>,
    told: usize,
}

impl<'a> Results<'a> {
    fn new(stage: &'a Stage<'a>, say: &'a dyn Fn(Event)) -> Self {
        let done = stage.numbers.iter().map(|_| None).collect();
        Self { stage, say, done, never_started: Vec::new(), told: 0 }
    }

    fn take(&mut self, place: usize, played: Played) {
        let finished = match played {
            Ok(finished) => finished,
            Err(failure) => {
                let outcome = Outcome::Failed(Box::new(launch_mismatch(&failure)));
                let mut finished = self.stage.unplayed(place, outcome);
                finished.result.output.clone_from(&failure.output);
                self.never_started.push(failure);
                finished
            }
        };
        self.settle(place, finished);
    }

    fn settle(&mut self, place: usize, finished: Finished) {
        self.done[place] = Some(finished);
        while let Some(Some(finished)) = self.done.get(self.told) {
            // A program that never starts is told once, by the verdict.
            if self.never_started.len() <= self.told {
                (self.say)(Event::ScenarioEnded(finished.result.clone()));
            }
            self.told += 1;
        }
    }

    fn plays(mut self) -> Plays {
        if !self.done.is_empty() && self.never_started.len() == self.done.len() {
            return Err(self.never_started.swap_remove(0));
        }
        Ok(self.done.into_iter().flatten().collect())
    }
}

/// Whether the program died or fell silent while it may have been serving other scenarios: none is blamed for
/// another's crash.
fn is_suspicious(played: &Played) -> bool {
    kind(played).is_some_and(|kind| kind.is_program_level() && kind != Kind::BuildFailed)
}

fn kind(played: &Played) -> Option<Kind> {
    match played {
        Err(failure) => Some(failure.kind),
        Ok(finished) => match &finished.result.outcome {
            Outcome::Failed(mismatch) => Some(mismatch.kind),
            Outcome::Passed | Outcome::Skipped(_) => None,
        },
    }
}

/// A program that did not start, as a mismatch.
pub(super) fn launch_mismatch(failure: &LaunchFailure) -> Mismatch {
    Mismatch {
        kind: failure.kind,
        subject: "program".to_owned(),
        actor: None,
        at: None,
        saw: Some(failure.actual.as_str().into()),
        expected: failure.expected.clone(),
        actual: failure.actual.clone(),
        place: Place::default(),
        line: None,
        also: Vec::new(),
    }
}
