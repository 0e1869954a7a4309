//! The wrong programs of the real course, each in one track, as `check --answer mistake:ID` would report them.
//!
//! Next: `provoke.rs`.

use std::fs;

use futures_util::{StreamExt, stream};
use grader::scenario::model::{Mistake, Role, Track};
use runner::{
    check::{self, Request, Subject},
    course::{Answer, Course, Exercise, Loaded},
    report::ExerciseView,
};

use crate::{Shown, report, root};

/// Most of a check is waiting for silence.
const AT_ONCE: usize = 6;
/// Fixes the names and the order of a run: nothing random is left in the reports but ids.
pub(crate) const SEED: u64 = 7;
pub(crate) const EPOCH: u64 = 1_764_000_000;

fn course() -> Course {
    Course::open(&root()).expect("the course is here")
}

/// The general causes.
pub(crate) fn general() -> Vec<Mistake> {
    course().causes().expect("causes.yaml can be read")
}

/// The exercises whose reports are kept: every role but `page`, where a connection more or less in the picture is chance
/// (`StrictMode` mounts twice). That each wrong program of the whole course is rejected for its cause is what `verify` proves.
const KEPT: [&str; 8] = [
    "first_push",
    "shake_hands",
    "ack_every_path",
    "tell_the_others",
    "members_only",
    "come_back",
    "write_the_test",
    "tic_tac_toe",
];

fn exercises(course: &Course) -> Vec<(Exercise, Loaded)> {
    let load = |exercise: &Exercise| (exercise.clone(), exercise.load().expect("the course can be read"));
    course.exercises().filter(|exercise| KEPT.contains(&exercise.name())).map(load).collect()
}

/// The ids of all named causes whose reports are kept.
pub(crate) fn causes() -> Vec<String> {
    let named = |(exercise, loaded): &(Exercise, Loaded)| {
        let id = |mistake: &Mistake| format!("{}/{}", exercise.name(), mistake.id);
        loaded.exercise.mistakes.iter().map(id).collect::<Vec<_>>()
    };
    exercises(&course()).iter().flat_map(named).collect()
}

/// What every cause says, named and general.
pub(crate) fn sayings() -> Vec<(String, String)> {
    let said = |mistake: &Mistake| (mistake.id.clone(), mistake.says.clone());
    let named = exercises(&course()).into_iter().flat_map(|(_, loaded)| loaded.exercise.mistakes);
    named.chain(general()).map(|mistake| said(&mistake)).collect()
}

/// The report of each wrong program whose cause is `wanted`.
pub(crate) fn reports(wanted: impl Fn(&str) -> bool) -> Vec<Shown> {
    let (course, general) = (course(), general());
    let exercises = exercises(&course);
    let mut jobs = Vec::new();
    let exercises: Vec<_> = exercises.iter().flat_map(|(exercise, loaded)| exercise.stages(loaded)).collect();
    for (exercise, loaded) in &exercises {
        let of_stage = |mistake: &&Mistake| {
            let id = format!("{}/{}", exercise.name(), mistake.id);
            let is_here = exercise.stage().is_none() || track_of(exercise, &mistake.id).is_some();
            is_here && wanted(&id)
        };
        jobs.extend(
            loaded.exercise.mistakes.iter().filter(of_stage).map(|mistake| (exercise, loaded, mistake)),
        );
    }
    let check = |(exercise, loaded, mistake)| check_one(&course, &general, exercise, loaded, mistake);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(stream::iter(jobs).map(check).buffered(AT_ONCE).collect())
}

/// The first track in which the mistake has a program.
#[expect(clippy::option_option, reason = "frames have a program, and no track")]
fn track_of(exercise: &Exercise, mistake: &str) -> Option<Option<Track>> {
    let answer = Answer::Mistake(mistake.to_owned());
    let tracks = [Some(Track::JavaScript), Some(Track::Rust), None];
    tracks.into_iter().find(|&track| exercise.answer(&answer, track).is_ok())
}

async fn check_one(
    course: &Course,
    general: &[Mistake],
    exercise: &Exercise,
    loaded: &Loaded,
    mistake: &Mistake,
) -> Shown {
    let answer = Answer::Mistake(mistake.id.clone());
    let track = track_of(exercise, &mistake.id)
        .unwrap_or_else(|| panic!("no program of {} makes the mistake", mistake.id));
    let request = Request {
        id: exercise.id(),
        exercise: &loaded.exercise,
        causes: general,
        track,
        seed: SEED,
        epoch: EPOCH,
    };
    let work = check::work(course.root(), exercise, &loaded.exercise, track, Subject::Answer(&answer));
    let verdict = check::check(request, work.expect("the answer is there"), &|_| {}).await;
    let verdict = verdict.unwrap_or_else(|error| panic!("{}: {error}", mistake.id));
    let wanted = format!("{}/{}", exercise.name(), mistake.id);
    let came = verdict.cause.as_ref().map(|cause| cause.id.as_str());
    assert_eq!(
        came,
        Some(wanted.as_str()),
        "{}",
        report(&view(course, exercise, loaded, track, &answer), verdict.clone())
    );
    (wanted, report(&view(course, exercise, loaded, track, &answer), verdict))
}

fn view(
    course: &Course,
    exercise: &Exercise,
    loaded: &Loaded,
    track: Option<Track>,
    answer: &Answer,
) -> ExerciseView {
    let edit_path = course.shown(&exercise.edited(track).expect("a file to edit"));
    // In role `tests` the steps are the learner's own.
    let (yaml_path, yaml_source) = if loaded.exercise.role == Role::Tests {
        let wrong = exercise.answer(answer, track).expect("an answer");
        (edit_path.clone(), fs::read_to_string(wrong).expect("text"))
    } else {
        (course.shown(&loaded.path), loaded.source.clone())
    };
    ExerciseView {
        id: exercise.id().to_owned(),
        title: loaded.exercise.title.clone(),
        role: Some(loaded.exercise.role),
        lesson: None,
        answer: None,
        edit_path,
        yaml_path,
        yaml_source,
        whys: Vec::new(),
        track: None,
        next: None,
        stage: None,
    }
}
