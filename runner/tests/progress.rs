//! Progress: what changes do to it, and that nobody's work is lost.

use std::{
    fs::{self, File},
    sync::mpsc,
    thread,
    time::Duration,
};

use grader::scenario::model::Track;
use proptest::prelude::*;
use runner::progress::{Change, Progress, ProgressError, Store};

const EXERCISES: [&str; 3] =
    ["01_why_real_time/first_push", "04_on_the_wire/shake_hands", "07_rooms/members_only"];

fn attempt(exercise: &str, track: Option<Track>, at: u64, passed: bool) -> Change {
    let cause = (!passed).then(|| "no-answer".to_owned());
    Change::Attempt { exercise: exercise.to_owned(), stage: None, track, at, passed, cause }
}

fn any_track() -> impl Strategy<Value = Option<Track>> {
    prop::sample::select(vec![None, Some(Track::JavaScript), Some(Track::Rust)])
}

fn any_stage() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["seats", "turns"])
}

fn reset(exercise: &str, track: Option<Track>, stages: &[&str]) -> Change {
    let stages = stages.iter().map(|&stage| stage.to_owned()).collect();
    Change::Reset { exercise: exercise.to_owned(), stages, track }
}

fn any_exercise() -> impl Strategy<Value = &'static str> {
    prop::sample::select(EXERCISES.to_vec())
}

/// What can come from two runners at once without either meaning to undo the other.
fn any_work() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => (any_exercise(), any_track(), 0_u64..50, any::<bool>())
            .prop_map(|(exercise, track, at, passed)| attempt(exercise, track, at, passed)),
        1 => (any_exercise(), 0_usize..4)
            .prop_map(|(exercise, shown)| Change::Hints { exercise: exercise.to_owned(), stage: None, shown }),
        1 => (any_exercise(), any_stage(), 0_usize..4).prop_map(|(exercise, stage, shown)| {
            Change::Hints { exercise: exercise.to_owned(), stage: Some(stage.to_owned()), shown }
        }),
        2 => (any_exercise(), any_stage(), any_track(), 0_u64..50).prop_map(|(exercise, stage, track, at)| {
            Change::StagePassed { exercise: exercise.to_owned(), stage: stage.to_owned(), track, at }
        }),
    ]
}

fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        6 => any_work(),
        1 => (any_exercise(), any_track())
            .prop_map(|(exercise, track)| reset(exercise, track, &["turns"])),
        1 => any_track().prop_map(|track| Change::Track(track.unwrap_or(Track::Rust))),
    ]
}

/// Mixes two runners' changes; each runner's own stay in order.
fn mixed(a: &[Change], b: &[Change], turns: &[bool]) -> Vec<Change> {
    let (mut a, mut b) = (a.iter(), b.iter());
    let mut all = Vec::new();
    for turn in turns {
        all.extend(if *turn { a.next() } else { b.next() }.cloned());
    }
    all.extend(a.cloned());
    all.extend(b.cloned());
    all
}

/// `last_cause` and `last_checked` are by their meaning the last one's, whoever that was, and how many checks came before the first
/// pass depends on which they were. All else must not depend on the order.
fn without_the_last(mut progress: Progress) -> Progress {
    progress.last_checked = None;
    for record in progress.exercises.values_mut() {
        record.last_cause = None;
        for track in [&mut record.javascript, &mut record.rust, &mut record.other].into_iter().flatten() {
            track.passed_after = None;
            track.stage_passed_after.clear();
        }
    }
    progress
}

fn after(changes: &[Change]) -> Progress {
    let mut progress = Progress::default();
    for change in changes {
        progress.apply(change);
    }
    progress
}

proptest! {
    #[test]
    fn two_runners_work_is_the_same_in_any_order(
        a in prop::collection::vec(any_work(), 0..12),
        b in prop::collection::vec(any_work(), 0..12),
        turns in prop::collection::vec(any::<bool>(), 0..24),
    ) {
        let one_after_the_other = after(&[a.clone(), b.clone()].concat());
        prop_assert_eq!(without_the_last(after(&mixed(&a, &b, &turns))), without_the_last(one_after_the_other));
    }

    #[test]
    fn every_attempt_counts_and_the_first_pass_is_kept(changes in prop::collection::vec(any_work(), 0..30)) {
        let progress = after(&changes);
        for exercise in EXERCISES {
            for track in [None, Some(Track::JavaScript), Some(Track::Rust)] {
                let mine = changes.iter().filter_map(|change| match change {
                    Change::Attempt { exercise: of, track: in_track, at, passed, .. }
                        if of == exercise && *in_track == track => Some((*at, *passed)),
                    _ => None,
                });
                let attempts = mine.clone().count() as u64;
                let first_pass = mine.filter(|(_, passed)| *passed).map(|(at, _)| at).min();
                let record = progress.exercise(exercise).and_then(|record| record.in_track(track)).cloned();
                let record = record.unwrap_or_default();
                prop_assert_eq!((record.attempts, record.passed_at), (attempts, first_pass));
            }
        }
    }
}

proptest! {
    // Each case flushes to the disk several times.
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// The file says all of it: writing after each change, or once at the end, or by stale runners, is the same.
    #[test]
    fn what_is_written_is_what_is_read(
        changes in prop::collection::vec(any_change(), 1..8),
        cut in 0_usize..8,
    ) {
        let root = tempfile::tempdir().unwrap();
        let (first, second) = (Store::at(root.path()), Store::at(root.path()));
        let cut = cut.min(changes.len());
        second.read();
        first.record(&changes[..cut]).unwrap();
        let kept = second.record(&changes[cut..]).unwrap();
        prop_assert_eq!(&kept.progress, &after(&changes));
        prop_assert_eq!(first.read(), kept);
    }
}

#[test]
fn a_pass_without_a_track_counts_in_every_track() {
    let progress = after(&[attempt("a/b", None, 1, true), attempt("a/c", Some(Track::Rust), 1, true)]);
    assert!(progress.passed("a/b", Some(Track::Rust)) && progress.passed("a/b", None));
    assert!(progress.passed("a/c", Some(Track::Rust)));
    assert!(!progress.passed("a/c", Some(Track::JavaScript)) && !progress.passed("a/c", None));
}

#[test]
fn a_reset_takes_the_pass_back_and_keeps_the_count() {
    let rust = Some(Track::Rust);
    let reset = reset("a/b", rust, &[]);
    let progress = after(&[attempt("a/b", rust, 1, true), attempt("a/b", rust, 2, false), reset]);
    let record = progress.exercise("a/b").unwrap();
    assert_eq!(record.in_track(rust).map(|record| (record.passed_at, record.attempts)), Some((None, 2)));
    assert_eq!(record.last_cause, None);
}

#[test]
fn stages_pass_one_by_one_and_a_reset_takes_back_those_from_there_on() {
    let rust = Some(Track::Rust);
    let stage = |stage: &str, track, at| Change::StagePassed {
        exercise: "a/b".to_owned(),
        stage: stage.to_owned(),
        track,
        at,
    };
    let mut progress = after(&[stage("seats", rust, 5), stage("seats", rust, 9), stage("turns", rust, 9)]);
    assert_eq!(progress.exercise("a/b").unwrap().in_track(rust).unwrap().stages["seats"], 5);
    assert!(progress.stage_passed("a/b", "turns", rust) && !progress.stage_passed("a/b", "winner", rust));
    assert!(!progress.stage_passed("a/b", "seats", Some(Track::JavaScript)), "each language has its own");
    assert!(!progress.passed("a/b", rust), "not before the last one");
    progress.apply(&reset("a/b", rust, &["turns", "winner"]));
    assert_eq!(progress.stages_passed("a/b", rust), 1);
    progress.apply(&stage("turns", None, 10));
    assert_eq!(progress.stages_passed("a/b", rust), 2, "in a language of one's own it counts everywhere");
}

#[test]
fn the_hints_of_each_stage_are_counted_apart() {
    let hints = |stage: Option<&str>, shown| Change::Hints {
        exercise: "a/b".to_owned(),
        stage: stage.map(str::to_owned),
        shown,
    };
    let progress = after(&[hints(Some("turns"), 2), hints(None, 1), hints(Some("turns"), 1)]);
    let record = progress.exercise("a/b").unwrap();
    assert_eq!(
        [record.hints_of(None), record.hints_of(Some("turns")), record.hints_of(Some("seats"))],
        [1, 2, 0]
    );
}

#[test]
fn a_file_from_before_there_were_stages_is_read() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::at(root.path());
    fs::create_dir(root.path().join(".socketlings")).unwrap();
    let written =
        r#"{"version":1,"exercises":{"a/b":{"rust":{"passed_at":7,"attempts":1},"hints_shown":2}}}"#;
    fs::write(store.path(), written).unwrap();
    let kept = store.read();
    assert!(kept.notices.is_empty() && kept.progress.passed("a/b", Some(Track::Rust)));
    assert_eq!(kept.progress.stages_passed("a/b", Some(Track::Rust)), 0);
}

/// Version 1 did not say what the first answer was, nor how many checks a pass took.
#[test]
fn a_file_of_version_1_is_read_and_says_no_more_than_it_knows() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::at(root.path());
    fs::create_dir(root.path().join(".socketlings")).unwrap();
    let written = r#"{"version":1,"exercises":{"a/b":{"rust":{"passed_at":7,"attempts":4},"hints_shown":2}},"questions":{
        "always":{"right":2,"wrong":0,"last_right":true,"answered_at":9}, "never":{"right":0,"wrong":1,"answered_at":8},
        "mixed":{"right":1,"wrong":1,"answered_at":9}, "strange":"a text"}}"#;
    fs::write(store.path(), written).unwrap();
    let kept = store.read();
    assert_eq!(kept.notices, Vec::<String>::new());
    let first = |id: &str| kept.progress.question(id).unwrap().first.map(|first| (first.at, first.right));
    assert_eq!([first("always"), first("never"), first("mixed")], [Some((9, true)), Some((8, false)), None]);
    assert_eq!(kept.progress.questions["strange"], "a text");
    let rust =
        |progress: &Progress| progress.exercise("a/b").unwrap().in_track(Some(Track::Rust)).unwrap().clone();
    assert_eq!((rust(&kept.progress).attempts, rust(&kept.progress).passed_after), (4, None));

    let kept = store.record(&[attempt("a/b", Some(Track::Rust), 10, true)]).unwrap();
    assert_eq!((rust(&kept.progress).attempts, rust(&kept.progress).passed_after), (5, None));
    assert!(fs::read_to_string(store.path()).unwrap().contains("\"version\": 2"));
}

#[test]
fn the_checks_until_a_pass_are_counted_for_each_stage_and_once() {
    let rust = Some(Track::Rust);
    let checked = |stage: &str, at, passed| {
        let attempt = Change::Attempt {
            exercise: "a/b".to_owned(),
            stage: Some(stage.to_owned()),
            track: rust,
            at,
            passed: passed && stage == "turns",
            cause: None,
        };
        let pass =
            Change::StagePassed { exercise: "a/b".to_owned(), stage: stage.to_owned(), track: rust, at };
        if passed { vec![attempt, pass] } else { vec![attempt] }
    };
    let work = [
        checked("seats", 1, false),
        checked("seats", 2, true),
        checked("turns", 3, false),
        checked("turns", 4, false),
        checked("turns", 5, true),
        checked("turns", 6, true),
    ];
    let mut progress = after(&work.concat());
    let count = |progress: &Progress| {
        let record = progress.exercise("a/b").unwrap().in_track(rust).unwrap();
        let stages = ["seats", "turns"].map(|id| (record.stage_attempts[id], record.stage_passed_after[id]));
        (record.attempts, record.passed_after, stages)
    };
    assert_eq!(count(&progress), (6, Some(5), [(2, 2), (4, 3)]));
    progress.apply(&reset("a/b", rust, &["turns"]));
    for change in checked("turns", 9, true) {
        progress.apply(&change);
    }
    assert_eq!(
        count(&progress),
        (7, Some(5), [(2, 2), (5, 3)]),
        "the first pass is the one that says how hard it was"
    );
}

#[test]
fn a_solution_is_seen_for_the_first_time_once() {
    let seen = |stage: Option<&str>, at| Change::SolutionSeen {
        exercise: "a/b".to_owned(),
        stage: stage.map(str::to_owned),
        at,
    };
    let progress = after(&[seen(None, 5), seen(None, 9), seen(Some("turns"), 7), seen(Some("turns"), 6)]);
    let record = progress.exercise("a/b").unwrap();
    assert_eq!((record.solution_seen_at, record.stage_solutions_seen["turns"]), (Some(5), 6));
}

#[test]
fn the_file_is_as_documented_and_what_is_unknown_is_kept() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::at(root.path());
    fs::create_dir(root.path().join(".socketlings")).unwrap();
    let written =
        r#"{"version":1,"mood":"good","exercises":{"a/b":{"stars":5}},"questions":{"q1":{"box":2}}}"#;
    fs::write(store.path(), written).unwrap();
    store.record(&[Change::Track(Track::Rust), attempt("a/b", Some(Track::Rust), 7, true)]).unwrap();
    let file: serde_json::Value = serde_json::from_str(&fs::read_to_string(store.path()).unwrap()).unwrap();
    assert_eq!(
        file,
        serde_json::json!({
            "version": 2, "mood": "good", "track": "rust", "last_checked": "a/b",
            "exercises": { "a/b": {
                "stars": 5, "rust": { "passed_at": 7, "attempts": 1, "passed_after": 1 }, "hints_shown": 0
            } },
            "questions": { "q1": { "box": 2 } },
        })
    );
}

#[test]
fn eight_writers_at_once_lose_nothing() {
    const WRITERS: u64 = 8;
    const EACH: u64 = 12;
    let root = tempfile::tempdir().unwrap();
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let store = Store::at(root.path());
            scope.spawn(move || {
                for at in 0..EACH {
                    let own = format!("07_rooms/own_{writer}");
                    let changes =
                        [attempt("07_rooms/shared", None, at, true), attempt(&own, None, at, false)];
                    store.record(&changes).unwrap();
                }
            });
        }
    });
    let kept = Store::at(root.path()).read();
    assert!(kept.notices.is_empty(), "{kept:?}");
    let attempts =
        |id: &str| kept.progress.exercise(id).and_then(|record| record.in_track(None)).unwrap().attempts;
    assert_eq!(attempts("07_rooms/shared"), WRITERS * EACH);
    for writer in 0..WRITERS {
        assert_eq!(attempts(&format!("07_rooms/own_{writer}")), EACH);
    }
}

#[test]
fn a_stuck_runner_is_waited_for_only_so_long() {
    let root = tempfile::tempdir().unwrap();
    Store::at(root.path()).record(&[Change::Track(Track::Rust)]).unwrap();
    let store = Store::at(root.path()).with_patience(Duration::from_millis(20));
    let held = File::options().write(true).open(root.path().join(".socketlings/progress.lock")).unwrap();
    held.lock().unwrap();

    let error = store.record(&[Change::Track(Track::JavaScript)]).unwrap_err();
    assert!(matches!(error, ProgressError::Locked { .. }), "{error}");
    assert_eq!(store.read().progress.track, Some(Track::Rust));

    // Whoever waits long enough gets it, and the one that gave up has left no lock behind.
    let (waiting, begun) = mpsc::channel();
    let patient = Store::at(root.path());
    let writer = thread::spawn(move || {
        waiting.send(()).unwrap();
        patient.record(&[Change::Track(Track::JavaScript)]).unwrap()
    });
    begun.recv().unwrap();
    drop(held);
    assert_eq!(writer.join().unwrap().progress.track, Some(Track::JavaScript));
}
