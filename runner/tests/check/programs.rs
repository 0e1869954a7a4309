//! What other programs read: JSON lines and `JUnit` XML. And a program in any language, behind `--`. Next: `sessions.rs`.

use std::{collections::BTreeSet, env, fs};

use quick_junit::{NonSuccessKind, Report, TestCaseStatus};
use serde_json::Value;

use crate::{
    Done,
    small_course::{HANDS, PUSH, SmallCourse, node_is_here},
};

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The lines of `check shake_hands --json`, and the exit code.
fn events(course: &SmallCourse) -> (i32, Vec<Value>) {
    let done = Done::of(&mut course.runner(&["check", "shake_hands", "--json", "--seed", "42"]));
    assert_eq!(done.err, "");
    (done.exit, done.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

#[test]
fn each_line_is_a_documented_event() {
    let (exit, events) = events(&SmallCourse::hands());
    let kinds: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["check_started", "scenario_ended", "scenario_ended", "scenario_ended", "check_ended"]);
    assert_eq!(exit, 1);

    assert_eq!(
        keys(&events[0]),
        BTreeSet::from(["event", "exercise", "title", "track", "seed", "scenarios"])
    );
    assert_eq!((&events[0]["seed"], &events[0]["scenarios"]), (&Value::from(42), &Value::from(3)));
    let of_scenario = ["event", "id", "title", "outcome", "took", "output", "notes", "packets"];
    assert_eq!(keys(&events[1]), BTreeSet::from(of_scenario));
    let of_check =
        ["event", "exercise", "track", "seed", "program", "output", "scenarios", "cause", "took", "passed"];
    assert_eq!(keys(&events[4]), BTreeSet::from(of_check));
    assert_eq!((&events[4]["passed"], &events[4]["track"]), (&Value::from(false), &Value::Null));
    assert_eq!(events[4]["cause"]["id"], "shake_hands/event-before-connect");
    assert_eq!(events[4]["scenarios"].as_array().unwrap().len(), 3);
    assert!(events[4]["scenarios"][0].get("packets").is_none(), "packets are told once");
}

#[test]
fn a_mismatch_and_its_packets_are_complete() {
    let course = SmallCourse::hands();
    let (_, events) = events(&course);
    let failed = &events[1]["outcome"]["failed"];
    let of_mismatch =
        ["kind", "subject", "actor", "at", "saw", "expected", "actual", "place", "line", "also"];
    assert_eq!(keys(failed), BTreeSet::from(of_mismatch));
    assert_eq!((&failed["kind"], &failed["subject"]), (&Value::from("different"), &Value::from("frame")));
    let (line, column) = course.place(&format!("{HANDS}/exercise.yaml"), "server: { receive: '40' }");
    assert_eq!(failed["place"]["line"], line);
    assert_eq!(failed["place"]["column"], column);
    let packets = events[1]["packets"].as_array().unwrap();
    assert_eq!(packets.len(), 2, "the handshake, and the frame that is wrong");
    assert_eq!(keys(&packets[0]), BTreeSet::from(["at_ms", "actor", "direction", "frame", "says"]));
    assert_eq!(packets[1]["marked"], true);
    assert_eq!(packets[1]["frame"], r#"42["hello",{"name":"Asha"}]"#);
}

/// What a learner cannot write correctly is a verdict, and needs no server.
#[test]
fn scenarios_that_cannot_be_read_are_a_verdict() {
    let course = SmallCourse::of(&["exercises/20_testing_and_debugging/write_the_test"]);
    let file = "exercises/20_testing_and_debugging/write_the_test/main.yaml";
    course.edit(file, "- asha: connect", "- asha: conect");
    let done = Done::of(&mut course.runner(&["check", "write_the_test"]));
    let (line, column) = course.place(file, "conect");
    assert_eq!((done.exit, done.err.as_str()), (1, ""), "{}", done.out);
    for words in [
        "your scenarios cannot be read",
        &format!("main.yaml:{line}:{column}: unknown action `conect`; did you"),
        "──────",
        "write_the_test/unreadable",
    ] {
        assert!(done.out.contains(words), "{words}: {}", done.out);
    }
    let progress: Value = serde_json::from_str(&course.read(".socketlings/progress.json")).unwrap();
    assert_eq!(
        progress["exercises"]["20_testing_and_debugging/write_the_test"]["last_cause"],
        "write_the_test/unreadable"
    );
    for foreign in [["--url", "http://127.0.0.1:1"], ["--", "true"]] {
        let done = Done::of(course.runner(&["check", "write_the_test"]).args(foreign));
        assert!(done.exit == 64 && done.err.contains("`main.yaml`"), "{}", done.err);
    }
}

#[test]
fn a_pass_is_told_too() {
    let course = SmallCourse::hands();
    fs::copy(
        course.path(&format!("{HANDS}/answers/solution.txt")),
        course.path(&format!("{HANDS}/frames.txt")),
    )
    .unwrap();
    let (exit, events) = events(&course);
    assert_eq!(exit, 0);
    assert!(events[1..4].iter().all(|event| event["outcome"] == "passed"));
    assert_eq!((&events[4]["passed"], &events[4]["cause"]), (&Value::from(true), &Value::Null));
}

#[test]
fn junit_counts_scenarios() {
    let course = SmallCourse::hands();
    let file = course.path("results.xml");
    let args = ["check", "shake_hands", "--answer", "mistake:pings-back", "--junit", "results.xml"];
    let done = Done::of(&mut course.runner(&args));
    assert_eq!(done.exit, 1);
    assert!(
        done.out.contains("2 of 3 scenarios passed"),
        "the report for people is there as well: {}",
        done.out
    );

    let report = Report::deserialize_from_str(&fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!((report.tests, report.failures, report.errors), (3, 1, 0));
    let [suite] = report.test_suites.as_slice() else { panic!("{report:?}") };
    assert_eq!(suite.name.as_str(), "04_on_the_wire/shake_hands");
    let failing: Vec<_> = suite
        .test_cases
        .iter()
        .filter_map(|case| match &case.status {
            TestCaseStatus::NonSuccess { kind: NonSuccessKind::Failure, message, description, .. } => {
                Some((case.name.as_str(), message.as_ref()?.as_str(), description.as_ref()?.as_str()))
            }
            _ => None,
        })
        .collect();
    let [(name, message, description)] = failing.as_slice() else { panic!("{failing:?}") };
    assert_eq!((*name, *message), ("answers, asks, and leaves", "different: frame"));
    assert!(
        description.contains("explain: cargo run -p runner explain shake_hands/pings-back"),
        "{description}"
    );
}

#[test]
fn junit_of_all_has_a_suite_for_each_exercise() {
    let course = SmallCourse::of(&[HANDS]);
    let other = "exercises/05_acknowledgements/again";
    for file in ["exercise.yaml", "frames.txt", "answers/starter.txt", "answers/solution.txt"] {
        course.write(&format!("{other}/{file}"), &course.read(&format!("{HANDS}/{file}")));
    }
    let done = Done::of(&mut course.runner(&["check", "--all", "--json", "--junit", "results.xml"]));
    assert_eq!(done.exit, 1);
    assert!(done.out.lines().all(|line| line.starts_with('{')), "JSON alone: {}", done.out);
    let report = Report::deserialize_from_str(&course.read("results.xml")).unwrap();
    assert_eq!((report.test_suites.len(), report.tests, report.failures), (2, 6, 6));
}

/// Any language that listens on `$PORT`; here it is Node, because Node is there.
const SERVER: &str = "import { createServer } from 'node:http';
import { Server } from 'socket.io';
const server = createServer();
new Server(server).on('connection', (socket) => socket.emit('welcome', { text: process.argv[2] }));
server.listen(process.env.PORT, '127.0.0.1');
";

#[test]
fn a_program_that_listens_on_port_by_itself() {
    if !node_is_here() {
        return;
    }
    let course = SmallCourse::of(&[PUSH]).with_node();
    course.write("exercises/server.mjs", SERVER);
    let check = |words: &str| {
        let args = ["check", "first_push", "--", "node", "exercises/server.mjs", words];
        Done::of(course.runner(&args).env("PATH", env::var_os("PATH").unwrap()))
    };
    let done = check("Good night!");
    assert_eq!((done.exit, done.err.as_str()), (1, ""), "{}", done.out);
    assert!(done.out.contains(r#"actual    asha heard welcome {"text":"Good night!"}"#), "{}", done.out);
    let done = check("Good morning!");
    assert_eq!((done.exit, done.err.as_str()), (0, ""), "{}", done.out);

    let progress: Value = serde_json::from_str(&course.read(".socketlings/progress.json")).unwrap();
    let record = &progress["exercises"]["01_why_real_time/first_push"];
    assert_eq!(record["other"]["attempts"], 2);
    assert!(record["other"]["passed_at"].is_u64() && record.get("javascript").is_none(), "{record}");
}

/// What names tracks is about one library, and of a program in another language it would be asked in vain.
#[test]
fn scenarios_of_a_track_are_for_programs_that_are_said_to_be_in_it() {
    let course = SmallCourse::of(&[PUSH]);
    let file = format!("{PUSH}/exercise.yaml");
    let line = course.read(&file).lines().find(|line| line.starts_with("  - id: ")).unwrap().to_owned();
    course.edit(&file, &line, &format!("{line}\n    tracks: [javascript]"));
    let begins = |more: &[&str]| {
        let mut check = course.runner(&["check", "first_push", "--json"]);
        check.args(more).args(["--", "false"]).env("PATH", env::var_os("PATH").unwrap());
        let done = Done::of(&mut check);
        let started: Value = serde_json::from_str(done.out.lines().next().unwrap()).unwrap();
        (started["track"].clone(), started["scenarios"].as_u64().unwrap())
    };
    let (none, left) = begins(&[]);
    let (javascript, all) = begins(&["--track", "javascript"]);
    let (rust, of_rust) = begins(&["--track", "rust"]);
    assert_eq!((none, javascript, rust), (Value::Null, "javascript".into(), "rust".into()));
    assert_eq!((left, of_rust), (all - 1, all - 1));
    let progress: Value = serde_json::from_str(&course.read(".socketlings/progress.json")).unwrap();
    let record = &progress["exercises"]["01_why_real_time/first_push"];
    for (whose, attempts) in [("other", 1), ("javascript", 1), ("rust", 1)] {
        assert_eq!(record[whose]["attempts"], attempts, "{whose}: {record}");
    }
}
