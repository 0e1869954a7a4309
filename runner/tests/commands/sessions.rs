//! Sessions: commands typed one after another, compared with golden files.

use std::{fs, path::Path};

use crate::classroom::Classroom;

const PROGRESS: &str = ".socketlings/progress.json";

/// Two exercises solved in JavaScript, one of them also in Python.
const SOME: &str = r#"{ "version": 1, "track": "javascript", "exercises": {
  "01_why_real_time/first_push": { "javascript": { "passed_at": 1764000000, "attempts": 3 }, "hints_shown": 2 },
  "07_rooms/members_only": { "other": { "passed_at": 1764000100, "attempts": 1 } },
  "04_on_the_wire/shake_hands": { "other": { "attempts": 2 }, "last_cause": "shake_hands/wrong-type" }
}, "questions": {} }"#;

#[test]
fn overview() {
    let mut fresh = Classroom::new();
    fresh.run("").note("# after some work");
    fresh.write(PROGRESS, SOME);
    fresh.run("").golden("overview");
}

#[test]
fn list() {
    let mut room = Classroom::new();
    room.run("list").note("# after some work");
    room.write(PROGRESS, SOME);
    room.run("list").run("list --plain").run("list --json").golden("list");
}

#[test]
fn all_done() {
    let mut room = Classroom::new();
    let done = SOME.replace(r#""attempts": 2"#, r#""passed_at": 1, "attempts": 2"#).replace(
        r#""07_rooms/members_only""#,
        r#""07_rooms/count_the_room": { "javascript": { "passed_at": 3, "attempts": 1 } },
           "15_client_lifecycle/come_back": { "javascript": { "passed_at": 4, "attempts": 1 } },
           "07_rooms/members_only""#,
    );
    room.write(PROGRESS, &done);
    room.run("").run("list").run("hint").golden("all_done");
}

#[test]
fn hint() {
    let mut room = Classroom::new();
    room.run("hint").run("hint").run("hint first_push").run("hint").run("hint shake_hands");
    room.run("hint exercises/07_rooms/members_only/main.js").golden("hint");
}

#[test]
fn goal() {
    let mut room = Classroom::new();
    room.run("goal").run("goal members_only").run("goal shake_hands").run("goal xyz").golden("goal");
}

/// Stages of a project: `hello` has passed in JavaScript, `thanks` is next, `bye` is locked.
const FIRST_STAGE: &str = r#"{ "version": 1, "track": "javascript", "exercises": {
  "23_what_you_learn/polite": { "javascript": { "attempts": 3, "stages": { "hello": 1764000000 } } }
}, "questions": {} }"#;

#[test]
fn stages() {
    let mut room = Classroom::of("project");
    room.run("track javascript").run("").run("goal").run("hint").run("solution").run("check --stage 2");
    room.note("# the first stage has passed").write(PROGRESS, FIRST_STAGE);
    room.run("").run("list").run("list --json").run("goal").run("goal polite --stage hello");
    room.run("hint").run("hint").run("hint polite --stage 1").run("solution");
    room.note("# what is locked").run("goal --stage bye").run("hint --stage 3");
    room.run("solution polite --stage bye --spoil").run("reset polite --stage bye --yes");
    room.note("# the current one may be looked at").run("solution polite --spoil");
    room.note("# what is not there").run("goal polite --stage thank").run("goal polite --stage 4");
    room.run("explain polite/one-for-all").golden("stages");
}

/// Commands that name the next one say the track exactly when it would be another one by itself.
#[test]
fn other_track() {
    let mut room = Classroom::new();
    room.write(PROGRESS, &SOME.replace(r#""track": "javascript""#, r#""track": "rust""#));
    room.run("goal members_only --track javascript").run("goal members_only --track rust");
    room.run("hint members_only --track js").run("solution members_only --track js");
    room.note("# an exercise of one track, and one that needs none");
    room.run("goal come_back --track javascript").run("hint come_back --track rust");
    room.run("goal shake_hands --track javascript").golden("other_track");

    let mut room = Classroom::of("project");
    room.write("exercises/23_what_you_learn/polite/main.rs", "");
    room.write(PROGRESS, &FIRST_STAGE.replace(r#""track": "javascript""#, r#""track": "rust""#));
    room.run("goal").run("goal --track javascript").run("hint polite --stage 2");
    room.run("hint polite --stage 2 --track javascript").run("goal --stage bye --track javascript");
    room.run("reset polite --stage bye --track javascript --yes").golden("other_track_stages");
}

#[test]
fn resetting_a_stage() {
    const FILE: &str = "exercises/23_what_you_learn/polite/main.js";
    let mut room = Classroom::of("project");
    room.write(PROGRESS, &FIRST_STAGE.replace(r#""hello": 1764000000"#, r#""hello": 1, "thanks": 2"#));
    room.write(FILE, "// mine\n");
    room.run_with_input("reset polite --stage thanks", "y\n");
    assert_eq!(room.read(FILE), room.read("exercises/23_what_you_learn/polite/answers/hello/solution.js"));
    room.run("list").run("reset polite").run("reset polite --stage 1 --yes").run("list");
    room.golden("reset_stage");
    assert_eq!(room.read(FILE), room.read("exercises/23_what_you_learn/polite/answers/hello/starter.js"));
}

#[test]
fn names_that_are_not_there() {
    let mut room = Classroom::new();
    fs::create_dir_all(room.path("exercises/01_why_real_time/members_only")).unwrap();
    fs::copy(
        room.path("exercises/07_rooms/members_only/exercise.yaml"),
        room.path("exercises/01_why_real_time/members_only/exercise.yaml"),
    )
    .unwrap();
    room.run("hint member_only").run("hint 07_rooms/count_rooms").run("hint xyz").run("hint members_only");
    room.golden("names");
}

#[test]
fn explain() {
    let mut room = Classroom::new();
    room.run("explain first_push/waits-for-a-question")
        .run("explain greets-everyone")
        .run("explain no-answer");
    room.run("explain 07_rooms/members_only/never-joins");
    room.note("# two exercises have it").run("explain never-joins");
    room.note("# near misses").run("explain greet-everyone").run("explain no-answers").run("explain xyz");
    room.run("explain first_push/wait-for-question").run("explain first_pish/greets-everyone");
    room.note("# the last one of the next exercise").run("explain");
    room.write(PROGRESS, SOME);
    room.run("explain").note("# an exercise: its last failure").run("explain shake_hands");
    room.run("explain 04_on_the_wire/shake_hands").run("explain members_only");
    room.note("# the exercise that was checked last, although another one is next");
    let checked = SOME.replace(r#""track":"#, r#""last_checked": "04_on_the_wire/shake_hands", "track":"#);
    room.write(PROGRESS, &checked.replace(r#""passed_at": 1764000000, "#, ""));
    room.run("").run("explain").golden("explain");
}

#[test]
fn solution() {
    let mut room = Classroom::new();
    room.run("solution").run("solution first_push").run("solution first_push --spoil");
    room.run("solution first_push --spoil --track javascript").run("solution shake_hands --spoil");
    room.note("# after some work");
    room.write(PROGRESS, SOME);
    room.run("solution first_push").run("solution come_back --track rust").golden("solution");
}

#[test]
fn reset() {
    const FILE: &str = "exercises/01_why_real_time/first_push/main.js";
    let mut room = Classroom::new();
    room.write(PROGRESS, SOME);
    room.run("reset first_push");
    room.write(FILE, "// mine\n");
    room.note("# after an edit").run("reset first_push").run_with_input("reset first_push", "n\n");
    assert_eq!(room.read(FILE), "// mine\n");
    assert!(!room.path(".socketlings/backups").exists());

    room.run_with_input("reset first_push", "y\n");
    assert!(room.read(FILE).starts_with("io.on"));
    assert_eq!(room.read(".socketlings/backups/01_why_real_time/first_push/main.1.js"), "// mine\n");

    room.write(FILE, "// mine again\n");
    room.run("reset first_push --yes");
    assert_eq!(room.read(".socketlings/backups/01_why_real_time/first_push/main.1.js"), "// mine\n");
    assert_eq!(room.read(".socketlings/backups/01_why_real_time/first_push/main.2.js"), "// mine again\n");

    room.note("# the file is lost");
    fs::remove_file(room.path(FILE)).unwrap();
    room.run("reset first_push").run("list").note("# another track").run("reset first_push --track rust");
    room.note("# only in JavaScript").run("track rust").run("reset come_back").golden("reset");
    assert!(room.read(FILE).starts_with("io.on"));
}

#[test]
fn track() {
    let mut room = Classroom::new();
    room.run("track").run("track javascript").run("track").run("track rs").run("track cobol").golden("track");
}

#[test]
fn track_without_node() {
    let mut room = Classroom::new().with_tools("old_tools");
    room.run("track javascript").golden("track_without_node");
}

#[test]
fn doctor() {
    let mut room = Classroom::new();
    // What the runner leaves behind when it has installed what the lock file asks for.
    room.write("exercises/package-lock.json", "{}");
    room.write("exercises/node_modules/.socketlings-lock.json", "{}");
    let output = room.command(["doctor"]).output().unwrap();
    room.note("$ runner doctor").show(&redacted(output)).golden("doctor");
}

#[test]
fn doctor_finds_what_is_missing() {
    const CUT: &str = r#"{ "version": 1, "track": "javascript" "#;
    let mut room = Classroom::new().with_tools("old_tools");
    room.write("exercises/package-lock.json", "{}");
    room.write("exercises/node_modules/.socketlings-lock.json", "{ \"an\": \"older one\" }");
    room.write(PROGRESS, CUT);
    let output = room.command(["doctor"]).output().unwrap();
    room.note("$ runner doctor").show(&redacted(output));
    assert_eq!(room.read(PROGRESS), CUT, "doctor only looks");

    room.run("track javascript");
    let output = room.command(["doctor"]).output().unwrap();
    room.note("$ runner doctor").show(&redacted(output)).golden("doctor_missing");
}

/// The free memory is this computer's own.
fn redacted(mut output: std::process::Output) -> std::process::Output {
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<_> = text.lines().filter(|line| !line.contains("MiB free")).collect();
    output.stdout = (lines.join("\n") + "\n").into_bytes();
    output
}

#[test]
fn help() {
    let mut room = Classroom::new();
    room.run("--help");
    for command in [
        "watch",
        "check",
        "list",
        "hint",
        "explain",
        "solution",
        "reset",
        "play",
        "wire",
        "progress",
        "progress report",
        "progress export",
        "progress import",
        "track",
        "doctor",
        "verify",
        "report",
        "completions",
    ] {
        room.run(&format!("{command} --help"));
    }
    room.golden("help");
}

#[test]
fn wrong_usage() {
    let mut room = Classroom::new();
    room.run("chekc").run("check --frobnicate").run("check --all first_push").run("list --color blue");
    room.run("check first_push --answer mistake:").run("check --url http://127.0.0.1:1 -- python3 server.py");
    room.run("explain a b").run("verify --repeat 0").run("--course nowhere list").golden("wrong_usage");
}

#[test]
fn a_course_that_is_wrong() {
    let mut room = Classroom::new();
    room.write(
        "exercises/07_rooms/members_only/exercise.yaml",
        "title: Members only\nrole: sever\nhints: 3\n",
    );
    room.run("hint members_only").note("# the list still works").run("list");
    room.write("exercises/07_rooms/order.txt", "# order\nmember_only\n");
    room.run("list").golden("wrong_course");
}

#[test]
fn progress_that_cannot_be_used_is_set_aside() {
    let mut room = Classroom::new();
    for (text, when) in [
        ("{ \"version\": 1, \"exer", "# cut in the middle"),
        ("\u{0}\u{0}\u{0}", "# zeros after a power cut"),
        ("{ \"version\": 3, \"places\": [] }", "# from a newer runner"),
    ] {
        room.write(PROGRESS, text);
        room.note(when).run("track").run("track rust").run("track");
        let kept = kept_aside(room.root());
        assert!(kept.iter().any(|kept| kept == text), "{text} is in none of {kept:?}");
    }
    assert_eq!(kept_aside(room.root()).len(), 3);
    room.golden("set_aside");
}

fn kept_aside(root: &Path) -> Vec<String> {
    fs::read_dir(root.join(".socketlings"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|has| has == "json") && !path.ends_with("progress.json"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}
