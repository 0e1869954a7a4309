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
    let mut results = Results::new(numbers.len(), say);
    let mut take = |place: usize, played: Played| {
        let (finished, failure) = stage.result(place, played);
        results.take(place, finished, failure);
    };
    let in_turn = launcher.runs_one_at_a_time() || skip::shares_redis(request.exercise);
    let at_once = if in_turn { 1 } else { numbers.len() };
    let shared = launcher.is_shared() && !setting::is_apart(request.exercise);
    let mut again: Vec<(usize, Played)> = Vec::new();
    stage
        .round((0..numbers.len()).collect(), false, at_once, |place, played| {
            if shared && is_suspicious(&played) {
                again.push((place, played));
            } else {
                take(place, played);
            }
        })
        .await;
    // Nothing was ever served, and nothing computed: nobody was in the way of anybody.
    let never_listened = |(_, played): &(usize, Played)| {
        played.as_ref().is_err_and(|failure| failure.kind == Kind::NeverListened)
    };
    if again.len() == numbers.len() && again.iter().all(never_listened) {
        for (place, played) in again {
            take(place, played);
        }
        return results.plays();
    }
    // Each may hold as much memory as it likes up to the limit; all together could be more than the computer has.
    let hungry = again.iter().any(|(_, played)| kind(played) == Some(Kind::TooMuchMemory));
    let at_once = if hungry { 1 } else { numbers.len() };
    let places = again.into_iter().map(|(place, _)| place).collect();
    stage.round(places, true, at_once, take).await;
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

    /// What came of a scenario, and why its program did not start, if it did not.
    fn result(&self, place: usize, played: Played) -> (Finished, Option<LaunchFailure>) {
        match played {
            Ok(finished) => (finished, None),
            Err(failure) => {
                let mut finished = Play::new(self.request.exercise, self.numbers[place], self.start).finish();
                finished.result.outcome = Outcome::Failed(Box::new(launch_mismatch(&failure)));
                finished.result.output.clone_from(&failure.output);
                (finished, Some(failure))
            }
        }
    }
}

/// Collects results and tells them in the order of the file.
struct Results<'a> {
    say: &'a dyn Fn(Event),
    done: Vec<Option<Finished>>,
    never_started: Vec<LaunchFailure>,
    told: usize,
}

impl<'a> Results<'a> {
    fn new(count: usize, say: &'a dyn Fn(Event)) -> Self {
        Self { say, done: (0..count).map(|_| None).collect(), never_started: Vec::new(), told: 0 }
    }

    /// Takes the result of one scenario; `failure`, if its program did not start.
    fn take(&mut self, place: usize, finished: Finished, failure: Option<LaunchFailure>) {
        self.done[place] = Some(finished);
        self.never_started.extend(failure);
        // A program that never starts is told once, by the verdict: until one has started, nothing is.
        if self.done.iter().flatten().count() == self.never_started.len() {
            return;
        }
        while let Some(Some(finished)) = self.done.get(self.told) {
            (self.say)(Event::ScenarioEnded(finished.result.clone()));
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

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, time::Duration};

    use grader::scenario::read;

    use super::*;

    /// The ids that were told after these results came in this order; `false`: the program did not start.
    fn told(came: &[(usize, bool)]) -> (Vec<String>, bool) {
        let steps = "    why: \"It is a test.\"\n    steps: [{ asha: connect }]\n";
        let scenarios: String =
            ["a", "b", "c"].map(|id| format!("  - id: {id}\n    title: scenario {id}\n{steps}")).concat();
        let yaml = format!(
            "title: Test\nrole: server\ntracks: [javascript]\ngoal: \"A goal.\"\nhints: [\"a\", \"b\", \"c\"]\n\
             scenarios:\n{scenarios}mistakes:\n  - id: m\n    when: {{ crashed: program }}\n    says: \"It fell over.\"\n"
        );
        let exercise = read::exercise(&yaml).unwrap_or_else(|problems| panic!("{problems:?}"));
        let (frames, stuck_after) = (Vec::new(), Duration::from_secs(5));
        let start = Start { seed: 1, epoch: 0, track: None, fence: Fence::Foreign, frames, stuck_after };
        let told = RefCell::new(Vec::new());
        let say = |event: Event| {
            let Event::ScenarioEnded(result) = event else { panic!("{event:?}") };
            told.borrow_mut().push(result.id);
        };
        let mut results = Results::new(3, &say);
        for &(place, starts) in came {
            let failure = LaunchFailure {
                kind: Kind::NeverListened,
                expected: "a server".to_owned(),
                actual: "EADDRINUSE".to_owned(),
                output: Vec::new(),
            };
            let finished = Play::new(&exercise, place, &start).finish();
            results.take(place, finished, (!starts).then_some(failure));
        }
        let played = results.plays().is_ok();
        (told.into_inner(), played)
    }

    #[test]
    fn each_scenario_is_told_once_however_many_did_not_start() {
        let all = (vec!["a".to_owned(), "b".to_owned(), "c".to_owned()], true);
        assert_eq!(told(&[(1, false), (2, false), (0, true)]), all);
        assert_eq!(told(&[(0, false), (2, true), (1, true)]), all);
        assert_eq!(told(&[(0, false), (1, false), (2, true)]), all);
        assert_eq!(told(&[(2, true), (1, true), (0, true)]), all);
    }

    #[test]
    fn a_program_that_never_starts_is_told_by_the_verdict_alone() {
        assert_eq!(told(&[(2, false), (0, false), (1, false)]), (Vec::new(), false));
    }
}
