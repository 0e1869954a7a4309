//! `progress export`. Next: `imported.rs`.

use serde_json::{Value, json};

use crate::{
    room::{PROGRESS, Room, golden},
    work::asha,
};

const FRAMES: &str = "exercises/04_on_the_wire/shake_hands/frames.txt";

/// All the way from the commands that a learner types: no file is made up.
#[test]
fn what_a_learner_does_is_in_the_bundle() {
    let room = Room::new();
    room.write(FRAMES, "41\n");
    for _ in 0..2 {
        assert_eq!(room.typed("check shake_hands").exit, 1);
    }
    assert_eq!(room.typed("hint shake_hands").exit, 0);
    assert_eq!(room.typed("solution shake_hands").exit, 1, "not without --spoil");
    assert_eq!(room.typed("solution shake_hands --spoil").exit, 0);
    room.write(FRAMES, "40\n");
    assert_eq!(room.typed("check shake_hands").exit, 0);
    assert_eq!(room.typed("check shake_hands").exit, 0);
    assert_eq!(room.typed("solution shake_hands --spoil").exit, 0);
    room.run(&["quiz", "rooms", "--plain", "--seed", "0"], "1\n1 2\n").done();
    room.run(&["quiz", "rooms", "--plain", "--seed", "0"], "2\n").done();

    let said = room.run(&["progress", "export", "--name", " Asha  Rao "], "").done();
    golden("export.txt", &said);
    let bundle: Value = serde_json::from_str(&room.read("socketlings-asha-rao.json")).unwrap();
    let hands = &bundle["exercises"]["04_on_the_wire/shake_hands"];
    assert_eq!(
        (&hands["other"]["checks"], &hands["other"]["passed_after"]),
        (&json!(4), &json!(3)),
        "{bundle}"
    );
    assert!(hands["other"]["passed_at"].is_u64() && hands["hints"] == 1, "{hands}");
    assert!(hands["solution_seen_at"].as_u64() <= hands["other"]["passed_at"].as_u64(), "{hands}");
    let question = &bundle["questions"]["who_keeps_the_rooms"];
    assert_eq!(
        (&question["right"], &question["wrong"], &question["first"]["right"]),
        (&json!(1), &json!(1), &json!(false))
    );
    assert_eq!(bundle["learner"], "Asha Rao");
    assert_eq!(bundle["course"]["exercises"].as_array().unwrap().len(), 6);
}

/// Whoever has solved it may look without being told on.
#[test]
fn a_solution_after_the_pass_is_none_that_was_seen_before() {
    let room = Room::new();
    room.write(FRAMES, "40\n");
    assert_eq!(room.typed("check shake_hands").exit, 0);
    room.typed("solution shake_hands --spoil");
    room.typed("solution shake_hands");
    assert!(room.progress()["exercises"]["04_on_the_wire/shake_hands"]["solution_seen_at"].is_null());
}

#[test]
fn nothing_of_this_computer_is_in_it() {
    let room = Room::new();
    room.write(PROGRESS, &serde_json::to_string(&asha().progress()).unwrap());
    room.run(&["progress", "export", "--name", "Asha"], "").done();
    let text = room.read("socketlings-asha.json");
    assert!(!text.contains(room.path("").to_str().unwrap()) && !text.contains("main.js"), "{text}");
    let bundle: Value = serde_json::from_str(&text).unwrap();
    let keys: Vec<&String> = bundle.as_object().unwrap().keys().collect();
    let said =
        ["course", "exercises", "format", "learner", "made_at", "questions", "sha256", "track", "version"];
    assert_eq!(keys, said);
}

#[test]
fn a_name_is_given_once_and_remembered() {
    let room = Room::new();
    let refused = room.typed("progress export").refused(64);
    assert!(
        refused.contains("say whose results they are, as in `progress export --name \"Asha Rao\"`"),
        "{refused}"
    );
    let refused = room.run(&["progress", "export", "--name", "a\u{1b}[2J"], "").refused(64);
    assert!(refused.contains("a name has no control characters; give another --name"), "{refused}");
    assert!(!room.names("").iter().any(|name| name.starts_with("socketlings")));

    room.run(&["progress", "export", "--name", "Asha"], "").done();
    assert_eq!(room.progress()["learner"], "Asha");
    room.typed("progress export again.json").done();
    assert!(room.read("again.json").contains("\"learner\": \"Asha\""));
}

#[test]
fn a_file_that_is_there_stays_unless_one_says_so() {
    let room = Room::new();
    room.write("asha.json", "precious");
    let refused = room.run(&["progress", "export", "asha.json", "--name", "Asha"], "").refused(64);
    assert!(refused.contains("`asha.json` is there already; `--force` replaces it"), "{refused}");
    assert_eq!(room.read("asha.json"), "precious");
    room.run(&["progress", "export", "asha.json", "--name", "Asha", "--force"], "").done();
    assert!(room.read("asha.json").starts_with("{\n  \"format\": \"socketlings-bundle\""));
}

#[test]
fn on_the_output_there_is_the_bundle_alone() {
    let room = Room::new();
    let out = room.run(&["progress", "export", "-", "--name", "Asha"], "").done();
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["learner"], "Asha");
    assert!(!room.names("").iter().any(|name| name.starts_with("socketlings")));
}

/// An empty bundle would be handed in as "nothing done".
#[test]
fn progress_that_cannot_be_read_is_not_exported_as_none() {
    let room = Room::new();
    room.write(PROGRESS, "{ \"version\": 2, \"track\"");
    let refused = room.run(&["progress", "export", "--name", "Asha"], "").refused(2);
    assert!(refused.contains("nothing was exported") && refused.contains("is damaged"), "{refused}");
    assert_eq!(room.read(PROGRESS), "{ \"version\": 2, \"track\"");
}
