//! Runs the programs of a plan, several at once, and compares what came of them with what had to.

use std::collections::BTreeMap;

use futures_util::{StreamExt, stream};
use grader::{
    scenario::model::{Mistake, Role, Track},
    verdict::{Outcome, ScenarioResult, Verdict},
};

use tokio::sync::Semaphore;

use super::{Expected, Job, Problem, Skipped, Summary};
use crate::{
    attempt::{Hosts, PrepareError},
    check::{self, Request, Subject},
    course::{Answer, Course, Exercise, Loaded},
};

/// How many programs run at once. Most of a check is waiting for silence, so more than one a core pays off.
const AT_ONCE: usize = 16;

/// How much their processes may weigh together, where one of a Rust program is the unit: it needs 3 ms of a processor until
/// it listens, Node 100 to 300. More of Node's only wait for one another, and for so long that a client loses its own
/// patience.
const WEIGHT_AT_ONCE: u32 = 96;
const WEIGHT_OF_NODE: u32 = 6;

/// How often a program is checked before it is started anew.
const ROUNDS_PER_START: usize = 10;

/// How to prove.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Check each program so often; all verdicts must be equal.
    pub repeat: u32,
    /// The seed of the first check; the others follow it.
    pub seed: u64,
    /// Seconds since 1970.
    pub epoch: u64,
}

/// How far it is.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// Programs done.
    pub done: usize,
    /// Programs in all.
    pub of: usize,
    /// The one that was just done.
    pub latest: &'a str,
}

/// What came of one program.
enum Came {
    /// What had to.
    Right,
    /// Something else, or not always the same.
    Wrong(String),
    /// It could not be run here.
    Lacks(String),
}

/// Runs all programs and adds what is seen to the summary.
pub async fn prove(
    course: &Course,
    exercises: &[(Exercise, Loaded)],
    causes: &[Mistake],
    jobs: &[Job],
    options: Options,
    summary: &mut Summary,
    tell: &dyn Fn(Progress<'_>),
) {
    let room = Semaphore::new(WEIGHT_AT_ONCE as usize);
    let hosts = Hosts::default();
    let ground = Ground { course, exercises, causes, options };
    let run = async |job: &Job| {
        // The semaphore is never closed; and it is fair, so a large exercise gets its turn, too.
        let _room = room.acquire_many(weight(&exercises[job.exercise].1, job).min(WEIGHT_AT_ONCE)).await;
        (job.clone(), ground.prove(job, &hosts).await)
    };
    let mut running = stream::iter(mixed(jobs)).map(run).buffer_unordered(AT_ONCE);
    let mut done = 0;
    let mut named: BTreeMap<(usize, String), bool> = BTreeMap::new();
    while let Some((job, came)) = running.next().await {
        done += 1;
        let (exercise, loaded) = &exercises[job.exercise];
        let label = label(exercise, &job);
        tell(Progress { done, of: jobs.len(), latest: &label });
        let right = matches!(came, Came::Right);
        match &job.answer {
            Answer::Starter if right => summary.starters_failing += 1,
            Answer::Solution | Answer::Also(_) if right => summary.solutions_passing += 1,
            Answer::Mistake(id) => *named.entry((job.exercise, id.clone())).or_insert(true) &= right,
            _ => {}
        }
        match came {
            Came::Right => {}
            Came::Lacks(needs) => {
                let track = job.track.map_or(String::new(), |track| format!(" ({})", track.as_str()));
                summary.skipped.push(Skipped { exercise: format!("{}{track}", exercise.id()), needs });
            }
            Came::Wrong(message) => summary.problems.push(place(course, exercise, loaded, &job, &message)),
        }
    }
    drop(running);
    hosts.end().await;
    summary.mistakes_named += named.values().filter(|right| **right).count();
    summary.skipped.sort();
    summary.skipped.dedup();
    summary.problems.sort();
}

/// How much the processes of a check weigh, which run at the same time: a hosted JavaScript program has one for all its
/// scenarios, any other program one for each.
fn weight(loaded: &Loaded, job: &Job) -> u32 {
    let exercise = &loaded.exercise;
    let hosted = exercise.role != Role::Client && !exercise.program && exercise.nodes == 1;
    let each = match job.track {
        None => return 0,
        Some(Track::JavaScript) if hosted => return WEIGHT_OF_NODE,
        Some(Track::JavaScript) => WEIGHT_OF_NODE,
        Some(Track::Rust) => 1,
    };
    u32::try_from(exercise.scenarios.len())
        .unwrap_or(u32::MAX)
        .saturating_mul(u32::from(exercise.nodes) * each)
}

fn label(exercise: &Exercise, job: &Job) -> String {
    let track = job.track.map_or("", Track::as_str);
    format!("{} {} {track}", exercise.label(), job.answer).trim_end().to_owned()
}

/// A wrong verdict belongs to the program's file; a mistake's to the place where the mistake is named, too.
fn place(course: &Course, exercise: &Exercise, loaded: &Loaded, job: &Job, message: &str) -> Problem {
    let file = exercise.answer(&job.answer, job.track).unwrap_or_else(|_| exercise.yaml());
    let named = match &job.answer {
        Answer::Mistake(id) => loaded.exercise.mistakes.iter().find(|mistake| mistake.id == *id),
        _ => None,
    };
    let seen_from = named.map_or(String::new(), |mistake| {
        format!(" (named in {}:{})", course.shown(&exercise.yaml()), mistake.place.line)
    });
    Problem { file: course.shown(&file), line: 1, column: 1, message: format!("{message}{seen_from}") }
}

/// The jobs of all exercises in turn: programs that mostly wait run beside programs that mostly compute.
fn mixed(jobs: &[Job]) -> Vec<&Job> {
    let mut places: Vec<(usize, &Job)> = Vec::with_capacity(jobs.len());
    for of_one in jobs.chunk_by(|one, next| one.exercise == next.exercise) {
        let place = |nth: usize| nth * jobs.len() / of_one.len();
        places.extend(of_one.iter().enumerate().map(|(nth, job)| (place(nth), job)));
    }
    places.sort_by_key(|(place, _)| *place);
    places.into_iter().map(|(_, job)| job).collect()
}

/// What every program is proved against.
#[derive(Clone, Copy)]
struct Ground<'a> {
    course: &'a Course,
    exercises: &'a [(Exercise, Loaded)],
    causes: &'a [Mistake],
    options: Options,
}

impl Ground<'_> {
    /// Proves one program. What it does in a host that others used before is believed when it is what has to be; else it is
    /// asked again in a host of its own.
    async fn prove(self, job: &Job, hosts: &Hosts) -> Came {
        if self.options.repeat == 1 {
            let (came, in_used_host) = self.prove_among(job, hosts).await;
            if !(in_used_host && matches!(came, Came::Wrong(_))) {
                return came;
            }
        }
        self.prove_among(job, &Hosts::default()).await.0
    }

    /// Proves it in one of these hosts; says whether that one had served others.
    async fn prove_among(self, job: &Job, hosts: &Hosts) -> (Came, bool) {
        let Self { course, exercises, causes, options } = self;
        let (exercise, loaded) = &exercises[job.exercise];
        let mut first: Option<String> = None;
        let mut in_used_host = false;
        // Secrets of the environment belong to a seed: such a program is started anew for each.
        let at_a_time = if loaded.exercise.env.is_empty() { ROUNDS_PER_START } else { 1 };
        let seeds: Vec<u64> =
            (0..options.repeat).map(|round| options.seed.wrapping_add(u64::from(round))).collect();
        for seeds in seeds.chunks(at_a_time) {
            let request = Request {
                id: exercise.id(),
                exercise: &loaded.exercise,
                causes,
                track: job.track,
                seed: seeds[0],
                epoch: options.epoch,
            };
            let subject = Subject::Answer(&job.answer);
            let work = match check::work(course.root(), exercise, &loaded.exercise, job.track, subject) {
                Ok(work) => work,
                Err(error) => return (Came::Wrong(error.to_string()), false),
            };
            let rounds = match check::check_each(request, work, seeds, hosts).await {
                Ok(rounds) => rounds,
                Err(PrepareError::Environment { what, help }) => {
                    return (Came::Lacks(format!("{what}; {help}")), false);
                }
                Err(PrepareError::Build(failure)) => return (Came::Wrong(failure.to_string()), false),
            };
            in_used_host |= rounds.in_used_host;
            for verdict in &rounds.verdicts {
                if let Some(needs) = lacking(job, verdict) {
                    return (Came::Lacks(needs), in_used_host);
                }
                if let Some(wrong) = judge(job, verdict, &mut first) {
                    return (Came::Wrong(wrong), in_used_host);
                }
            }
        }
        (Came::Right, in_used_host)
    }
}

/// What a scenario needs that was skipped, unless the others have decided already. A skip is never a pass.
fn lacking(job: &Job, verdict: &Verdict) -> Option<String> {
    let skipped = verdict.scenarios.iter().find_map(|scenario| match &scenario.outcome {
        Outcome::Skipped(needs) => Some(needs.clone()),
        Outcome::Passed | Outcome::Failed(_) => None,
    });
    let failed = verdict.scenarios.iter().any(|scenario| matches!(scenario.outcome, Outcome::Failed(_)));
    let decided = match job.expected {
        Expected::Pass => failed,
        Expected::Cause(_) | Expected::AnyFailure => differs(&job.expected, verdict).is_none() && failed,
    };
    skipped.filter(|_| !decided)
}

/// What is wrong with this verdict: it is another one than before, or not the one that is wanted.
fn judge(job: &Job, verdict: &Verdict, first: &mut Option<String>) -> Option<String> {
    let came = in_words(verdict);
    let before = first.get_or_insert_with(|| came.clone());
    if *before != came {
        let (seed, detail) = (verdict.seed, detail(verdict));
        return Some(format!("not always the same: {before}, and then with --seed {seed} {came}{detail}"));
    }
    let wrong = breaks(job, verdict).or_else(|| differs(&job.expected, verdict))?;
    Some(format!("{wrong} (--seed {})", verdict.seed))
}

/// What a later stage begins with must still pass the stages before.
fn breaks(job: &Job, verdict: &Verdict) -> Option<String> {
    let at = verdict.stage.as_ref().filter(|_| job.answer == Answer::Starter)?;
    let before = |scenario: &&ScenarioResult| {
        scenario.stage.as_ref() != Some(&at.id) && matches!(scenario.outcome, Outcome::Failed(_))
    };
    let broken = verdict.scenarios.iter().find(before)?;
    let of = broken.stage.as_deref().unwrap_or_default();
    Some(format!("it must pass the stages before, but `{}` of `{of}` failed{}", broken.id, detail(verdict)))
}

fn in_words(verdict: &Verdict) -> String {
    match &verdict.cause {
        _ if verdict.passed() => "it passed".to_owned(),
        Some(cause) => format!("it failed for `{}`", cause.id),
        None => "it failed for no known reason".to_owned(),
    }
}

fn differs(expected: &Expected, verdict: &Verdict) -> Option<String> {
    let came = verdict.cause.as_ref().map(|cause| cause.id.as_str());
    let fits = match expected {
        Expected::Pass => verdict.passed(),
        Expected::Cause(cause) => !verdict.passed() && came == Some(cause),
        Expected::AnyFailure => !verdict.passed(),
    };
    if fits {
        return None;
    }
    let wanted = match expected {
        Expected::Pass => "it must pass".to_owned(),
        Expected::Cause(cause) => format!("it must fail for `{cause}`"),
        Expected::AnyFailure => "it must fail".to_owned(),
    };
    Some(format!("{wanted}, but {}{}", in_words(verdict), detail(verdict)))
}

/// The first mismatch, so that a teacher sees at once what the grader saw.
pub(super) fn detail(verdict: &Verdict) -> String {
    let failed = verdict.scenarios.iter().find_map(|scenario| match &scenario.outcome {
        Outcome::Failed(mismatch) => Some((scenario.id.as_str(), mismatch.as_ref())),
        _ => None,
    });
    let (scenario, mismatch) = match (&verdict.program, failed) {
        (Some(program), _) => ("", program),
        (None, Some(failed)) => failed,
        (None, None) => return String::new(),
    };
    let to = mismatch.actor.as_ref().map_or(String::new(), |actor| format!(", to: {actor}"));
    let actual = mismatch.actual.lines().next().unwrap_or_default();
    format!(
        " [{{ {}: {}{to}, in: {scenario} }}: expected {}, actual {actual}]",
        mismatch.kind, mismatch.subject, mismatch.expected
    )
}
