//! A project: stages pass one after another, and each unlocks the next. Next: `main.rs`.

use std::{env, fs};

use quick_junit::Report;
use serde_json::Value;

use crate::{
    Done,
    small_course::{POLITE, SmallCourse, node_is_here},
};

const PROGRESS: &str = ".socketlings/progress.json";

/// A project that is done in JavaScript. `None` without Node.
fn project() -> Option<SmallCourse> {
    node_is_here().then(|| SmallCourse::project().with_node()).inspect(|course| {
        course.write(PROGRESS, r#"{ "version": 1, "track": "javascript" }"#);
    })
}

fn type_in(course: &SmallCourse, typed: &str) -> Done {
    let words: Vec<_> = typed.split_whitespace().collect();
    Done::of(course.runner(&words).env("PATH", env::var_os("PATH").unwrap_or_default()))
}

fn put(course: &SmallCourse, answer: &str) {
    course.write(&format!("{POLITE}/main.js"), &course.read(&format!("{POLITE}/answers/{answer}.js")));
}

fn record(course: &SmallCourse) -> Value {
    let progress: Value = serde_json::from_str(&course.read(PROGRESS)).unwrap();
    progress["exercises"]["23_what_you_learn/polite"]["javascript"].clone()
}

#[test]
fn stages_unlock_one_another_and_the_last_one_is_the_end() {
    let Some(course) = project() else { return };
    assert_eq!(type_in(&course, "check").exit, 1);
    let locked = type_in(&course, "check polite --stage thanks");
    assert_eq!((locked.exit, locked.out.as_str()), (1, ""));
    assert!(
        locked.err.contains("stage 2 of `polite` is locked: stage 1 (`hello`) comes first"),
        "{}",
        locked.err
    );

    put(&course, "hello/solution");
    let first = type_in(&course, "check");
    assert_eq!(first.exit, 0, "{}", first.out);
    for words in ["stage 1 of 3 passes", "stage 2 of 3: Say thank you", "`thanks` is acknowledged", "check"] {
        assert!(first.out.contains(words), "{words}: {}", first.out);
    }
    assert!(record(&course)["stages"]["hello"].is_u64() && record(&course)["passed_at"].is_null());

    assert_eq!(type_in(&course, "check").exit, 1, "the next check goes on with the second stage");
    put(&course, "thanks/solution");
    assert_eq!(type_in(&course, "check polite --stage 2").exit, 0);
    put(&course, "bye/solution");
    let last = type_in(&course, "check");
    assert!(last.exit == 0 && last.out.contains("Polite is solved"), "{}", last.out);
    assert!(record(&course)["passed_at"].is_u64());
    let counts = ["stage_attempts", "stage_passed_after"].map(|key| record(&course)[key].clone());
    assert_eq!(counts[0], serde_json::json!({ "hello": 2, "thanks": 2, "bye": 1 }));
    assert_eq!(counts[1], counts[0], "each has passed at its last check");
    assert!(type_in(&course, "list").out.contains("✓ polite  Polite, 3 of 3 stages passed"));
    assert_eq!(type_in(&course, "check polite").exit, 0, "and then all of it");
}

#[test]
fn what_breaks_a_stage_before_is_told_for_that_stage() {
    let Some(course) = project() else { return };
    put(&course, "hello/solution");
    type_in(&course, "check");
    put(&course, "thanks/mistakes/nameless-now");
    let broken = type_in(&course, "check polite");
    assert_eq!(broken.exit, 1);
    for words in ["This belongs to stage 1", "polite/nameless-now", "hint polite --stage hello"] {
        assert!(broken.out.contains(words), "{words}: {}", broken.out);
    }
    assert!(record(&course)["stages"]["hello"].is_u64(), "what passed has passed");
}

#[test]
fn an_answer_of_the_course_is_checked_at_its_own_stage() {
    let Some(course) = project() else { return };
    for (answer, number, exit) in [
        ("starter", 1, 1),
        ("solution", 3, 0),
        ("mistake:one-for-all", 2, 1),
        ("also:rest", 3, 0),
        ("solution --stage hello", 1, 0),
    ] {
        let done = type_in(&course, &format!("check polite --answer {answer}"));
        assert_eq!(done.exit, exit, "{answer}: {}", done.out);
        assert!(done.out.contains(&format!("stage {number} of 3")), "{answer}: {}", done.out);
    }
    assert!(record(&course).is_null(), "nothing is recorded");
}

#[test]
fn programs_are_told_the_stage() {
    let Some(course) = project() else { return };
    let done = type_in(&course, "check polite --answer mistake:one-for-all --json --junit results.xml");
    let lines: Vec<Value> = done.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let stage = serde_json::json!({ "id": "thanks", "title": "Say thank you", "number": 2, "of": 3 });
    assert_eq!((&lines[0]["stage"], &lines[3]["stage"]), (&stage, &stage));
    let of_scenarios: Vec<_> =
        lines[3]["scenarios"].as_array().unwrap().iter().map(|one| &one["stage"]).collect();
    assert_eq!(of_scenarios, ["hello", "thanks"]);
    let report = Report::deserialize(fs::read(course.path("results.xml")).unwrap().as_slice()).unwrap();
    assert_eq!(report.test_suites[0].name.as_str(), "23_what_you_learn/polite at thanks (javascript)");
    let classes: Vec<_> = report.test_suites[0]
        .test_cases
        .iter()
        .map(|case| case.classname.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(classes, ["23_what_you_learn/polite/hello", "23_what_you_learn/polite/thanks"]);
}

#[test]
fn a_program_of_ones_own_has_stages_too() {
    let Some(course) = project() else { return };
    course.write("server.mjs", OWN);
    let own = "check polite -- node server.mjs";
    let first = type_in(&course, own);
    assert!(first.exit == 0 && first.out.contains("stage 1 of 3 passes"), "{} {}", first.out, first.err);
    let second = type_in(&course, own);
    assert!(second.exit == 1 && second.out.contains("stage 2 of 3"), "{}", second.out);
}

/// It listens by itself, and knows `hello` alone.
const OWN: &str = "import { createRequire } from 'node:module';
const require = createRequire(new URL('./exercises/', import.meta.url));
const { Server } = require('socket.io');
const io = new Server(process.env.PORT);
io.on('connection', (socket) => {
  socket.on('hello', (to, ack) => ack({ ok: true, to }));
});
";

#[test]
fn a_stage_is_of_one_exercise_that_has_some() {
    let course = SmallCourse::hands();
    let none = type_in(&course, "check shake_hands --stage 1");
    assert!(none.exit == 64 && none.err.contains("`shake_hands` has no stages"), "{}", none.err);
    let course =
        SmallCourse::of(&["exercises/04_on_the_wire/shake_hands", "exercises/07_rooms/members_only"]);
    let two = type_in(&course, "check 4 7 --stage 1");
    assert!(two.exit == 64 && two.err.contains("name only that one"), "{}", two.err);
}
