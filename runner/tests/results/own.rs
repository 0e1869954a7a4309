//! `progress`, and `progress report`. Next: `exported.rs`.

use serde_json::{Value, json};

use crate::{
    room::{PROGRESS, Room, golden},
    work::asha,
};

fn worked() -> Room {
    let room = Room::new();
    room.write(PROGRESS, &serde_json::to_string(&asha().progress()).unwrap());
    room
}

#[test]
fn it_fits_a_wide_terminal_a_narrow_one_and_a_screen_reader() {
    let room = worked();
    for (name, args, columns) in [
        ("own_80.txt", "progress", "80"),
        ("own_60.txt", "progress report", "60"),
        ("own_plain.txt", "progress --plain", "80"),
    ] {
        let mut command = room.command(&args.split(' ').collect::<Vec<_>>());
        let out = crate::room::Ran::of(&command.env("COLUMNS", columns).output().unwrap()).done();
        let width = |line: &str| line.chars().count();
        assert!(out.lines().all(|line| width(line) <= columns.parse().unwrap()), "{out}");
        golden(name, &out);
    }
}

#[test]
fn nothing_done_is_no_error_and_no_hole() {
    golden("own_nothing.txt", &Room::new().typed("progress").done());
}

#[test]
fn a_program_gets_the_same_as_json() {
    let room = worked();
    let own: Value = serde_json::from_str(&room.typed("progress --json").done()).unwrap();
    assert_eq!(own["exercises"], json!({ "passed": 3, "of": 6 }));
    assert_eq!(own["questions"], json!({ "answered": 3, "of": 9, "first_known": 3, "first_right": 2 }));
    assert_eq!([&own["checks"], &own["hints"], &own["solutions_seen"]], [&json!(11), &json!(3), &json!(1)]);
    let rooms =
        own["each"].as_array().unwrap().iter().find(|one| one["id"] == "07_rooms/members_only").unwrap();
    assert_eq!(
        (&rooms["passed_after"], &rooms["checks"], &rooms["hints"]),
        (&json!(5), &json!(5), &json!(2))
    );
    let same: Value = serde_json::from_str(&room.typed("progress report --json").done()).unwrap();
    assert_eq!(same["each"], own["each"]);
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let room = worked();
    for args in [&["progress"][..], &["progress", "--json"], &["progress", "export", "-", "--name", "Asha"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = room.command(args).stdout(writer).stderr(std::process::Stdio::piped()).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.len()), (Some(141), 0), "{args:?}");
    }
}
