//! What `verify` prints, for people and for programs. Next: `main.rs`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::small_course::{HANDS, PUSH, SmallCourse};

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_object_has_exactly_these_keys() {
    let course = SmallCourse::of(&[PUSH, HANDS]);
    course.write(&format!("{HANDS}/answers/notes.md"), "");
    let said = course.verify(&[]);
    assert_eq!(said.exit, 3);
    let wanted = [
        "lessons",
        "exercises",
        "tracks",
        "starters_failing",
        "solutions_passing",
        "mistakes_named",
        "questions",
        "questions_computed",
        "problems",
        "skipped",
    ];
    assert_eq!(keys(&said.json), BTreeSet::from(wanted));
    assert_eq!(keys(&said.json["tracks"]), BTreeSet::from(["javascript", "rust"]));
    assert_eq!(keys(&said.json["problems"][0]), BTreeSet::from(["file", "line", "column", "message"]));
    assert_eq!(keys(&said.json["skipped"][0]), BTreeSet::from(["exercise", "needs"]));
    assert_eq!((&said.json["lessons"], &said.json["exercises"]), (&Value::from(2), &Value::from(2)));
    assert_eq!(said.json["tracks"], serde_json::json!({ "javascript": 1, "rust": 1 }));
}

#[test]
fn a_person_reads_problems_with_their_places_and_then_the_counts() {
    let course = SmallCourse::hands();
    course.edit(&format!("{HANDS}/answers/solution.txt"), "\n41\n", "\n1\n");
    course.write(&format!("{HANDS}/answers/notes.md"), "");
    let output = course.command(&["--seed", "7"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let out = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<_> = out.lines().collect();
    assert!(lines[0].starts_with(&format!("{HANDS}/answers/notes.md: no exercise needs this file")), "{out}");
    assert!(lines[1].starts_with(&format!("{HANDS}/answers/solution.txt:1:1: it must pass")), "{out}");
    assert_eq!(lines[2], "");
    assert_eq!(lines[3], "1 exercise in 1 lesson (0 in JavaScript, 0 in Rust)");
    assert_eq!(lines[4], "1 starter fails for its reason, 1 right program passes, 8 mistakes are named");
    assert!(lines[5].starts_with("11 programs, once each, in "), "{out}");
    assert!(lines[5].ends_with("; first seed 7"), "{out}");
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(err, "error: 2 problems: mend what is named above, and run it again\n");
}

#[test]
fn each_program_three_times() {
    let course = SmallCourse::hands();
    let output = course.command(&["--repeat", "3", "shake_hands"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.contains("11 programs, 3 times each, in "), "{out}");
    assert_eq!(course.verify(&["--repeat", "3"]).counts(), [1, 2, 8], "a program counts once");
}

#[test]
fn a_name_that_is_not_there_is_wrong_usage() {
    let output = SmallCourse::hands().command(&["shake_hand"]).output().unwrap();
    assert_eq!(output.status.code(), Some(64));
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(err, "error: no exercise is called `shake_hand`; did you mean `shake_hands`?\n");
}
