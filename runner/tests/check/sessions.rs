//! A learner's way: fail, ask why, mend, pass, look at the solution. Next: `main.rs`.

use serde_json::Value;

use crate::{
    Done,
    small_course::{HANDS, SmallCourse},
};

fn type_in(course: &SmallCourse, typed: &str) -> Done {
    let words: Vec<_> = typed.split_whitespace().collect();
    Done::of(&mut course.runner(&words))
}

fn record(course: &SmallCourse) -> Value {
    let progress: Value = serde_json::from_str(&course.read(".socketlings/progress.json")).unwrap();
    progress["exercises"]["04_on_the_wire/shake_hands"].clone()
}

#[test]
fn from_the_first_failure_to_the_solution() {
    let course = SmallCourse::hands();
    assert_eq!(type_in(&course, "check").exit, 1, "no name: the next exercise");
    assert_eq!(record(&course)["last_cause"], "shake_hands/event-before-connect");
    assert_eq!(record(&course)["other"]["attempts"], 1);

    let explained = type_in(&course, "explain");
    assert_eq!(explained.exit, 0);
    assert!(
        explained.out.starts_with("shake_hands/event-before-connect\n\n  The first frame is an event"),
        "{}",
        explained.out
    );
    assert!(explained.out.contains("\n      server  →  0{\"sid\":\"s1\",…}"), "{}", explained.out);
    assert!(!explained.out.contains("```"), "{}", explained.out);

    let hint = type_in(&course, "hint shake_hands");
    assert!(hint.out.contains("hint 1 of 4") && !hint.out.contains("hint 2 of 4"), "{}", hint.out);
    let too_early = type_in(&course, "solution shake_hands");
    assert_eq!((too_early.exit, too_early.out.as_str()), (1, ""));
    assert!(
        too_early.err.starts_with("error: `04_on_the_wire/shake_hands` has not passed yet"),
        "{}",
        too_early.err
    );
    assert!(type_in(&course, "list").out.contains("▶ shake_hands"));

    let solution = course.read(&format!("{HANDS}/answers/solution.txt"));
    course.write(&format!("{HANDS}/frames.txt"), &solution.replace("437", "43"));
    assert_eq!(type_in(&course, "check shake_hands").exit, 1);
    assert!(
        type_in(&course, "explain").out.starts_with("shake_hands/forgets-the-number\n"),
        "the latest one"
    );

    course.write(&format!("{HANDS}/frames.txt"), &solution);
    assert_eq!(type_in(&course, "check shake_hands").exit, 0);
    let now = record(&course);
    assert_eq!((&now["other"]["attempts"], &now["last_cause"]), (&Value::from(3), &Value::Null));
    assert!(now["other"]["passed_at"].is_u64(), "{now}");
    assert!(type_in(&course, "list").out.contains("✓ shake_hands"));
    let shown = type_in(&course, "solution shake_hands");
    assert_eq!((shown.exit, shown.out), (0, solution));
    assert!(type_in(&course, "").out.contains("1 of 1 exercises in Rust passed"));
}

/// What passed once stays passed, whatever is tried afterwards.
#[test]
fn a_later_failure_takes_nothing_away() {
    let course = SmallCourse::hands();
    let solution = course.read(&format!("{HANDS}/answers/solution.txt"));
    course.write(&format!("{HANDS}/frames.txt"), &solution);
    assert_eq!(type_in(&course, "check").exit, 0);
    course.write(&format!("{HANDS}/frames.txt"), "40\n");
    assert_eq!(type_in(&course, "check shake_hands").exit, 1);
    assert!(type_in(&course, "list").out.contains("✓ shake_hands"));
    assert_eq!(record(&course)["last_cause"], "frame-missing", "and why it failed is remembered");
    assert_eq!(type_in(&course, "solution shake_hands").exit, 0);
}

/// A general cause is told without the gaps that only a report fills.
#[test]
fn a_general_cause_is_explained_in_words() {
    let course = SmallCourse::hands();
    for cause in ["no-answer", "frame-missing", "heard-twice"] {
        let explained = type_in(&course, &format!("explain {cause}"));
        assert_eq!(explained.exit, 0, "{}", explained.err);
        for gap in ["{actor}", "{subject}", "{expected}", "{actual}"] {
            assert!(!explained.out.contains(gap), "{cause}: {}", explained.out);
        }
    }
}
