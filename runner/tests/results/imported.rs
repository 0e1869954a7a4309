//! `progress import`. Next: `merged.rs`.

use serde_json::{Value, json};

use crate::{
    room::{PROGRESS, Ran, Room, golden},
    work::{MONDAY, asha, ravi},
};

#[test]
fn another_computer_knows_all_of_it() {
    let (here, there) = (Room::new(), Room::new());
    here.write(PROGRESS, &serde_json::to_string(&asha().progress()).unwrap());
    here.run(&["progress", "export", "asha.json", "--name", "Asha"], "").done();
    there.write("asha.json", &here.read("asha.json"));
    let said = there.typed("progress import asha.json").done();
    golden("import.txt", &without_day(&said));

    let (mut ours, mut theirs) = (here.progress(), there.progress());
    for progress in [&mut ours, &mut theirs] {
        // What is said of the last check, and of the last answer's mark, is of one computer only.
        progress.as_object_mut().unwrap().remove("last_checked");
        for (_, record) in progress["exercises"].as_object_mut().unwrap() {
            record.as_object_mut().unwrap().remove("last_cause");
        }
        for (_, record) in progress["questions"].as_object_mut().unwrap() {
            record.as_object_mut().unwrap().remove("before");
        }
    }
    assert_eq!(theirs, ours);
    assert_eq!(there.typed("list").done(), here.typed("list").done());
}

#[test]
fn a_second_time_changes_nothing() {
    let room = Room::new();
    room.write("asha.json", &asha().bundle("Asha", room.mark(), MONDAY));
    room.typed("progress import asha.json").done();
    let before = room.read(PROGRESS);
    let said = room.typed("progress import asha.json").done();
    assert_eq!(
        said,
        "The results of Asha, taken on 2025-11-24\nAll of it was here already. Nothing was changed.\n"
    );
    assert_eq!(room.read(PROGRESS), before);
}

#[test]
fn what_is_here_is_not_lost() {
    let room = Room::new();
    room.write(PROGRESS, &serde_json::to_string(&ravi().progress()).unwrap());
    room.write("asha.json", &asha().bundle("Asha", room.mark(), MONDAY));
    room.typed("progress import asha.json").done();
    let progress = room.progress();
    let rooms = &progress["exercises"]["07_rooms/members_only"];
    assert_eq!((&rooms["rust"]["attempts"], &rooms["javascript"]["attempts"]), (&json!(6), &json!(5)));
    assert_eq!((&rooms["hints_shown"], rooms["solution_seen_at"].is_u64()), (&json!(3), true));
    assert_eq!(progress["track"], "rust", "the language is the one that is written here");
    let question = &progress["questions"]["how_a_label_goes"];
    assert_eq!(
        (&question["right"], &question["wrong"]),
        (&json!(1), &json!(2)),
        "the larger counts, not their sum"
    );
}

#[test]
fn from_the_input_too() {
    let room = Room::new();
    let bundle = asha().bundle("Asha", room.mark(), MONDAY);
    let said = room.run(&["progress", "import", "-"], &bundle).done();
    assert!(said.starts_with("The results of Asha"), "{said}");
    let refused = room.run(&["progress", "import", "-"], "").refused(64);
    assert!(
        refused.contains("`-` was not brought in, and nothing was changed: it is no bundle"),
        "{refused}"
    );
}

#[test]
fn the_results_of_somebody_else_are_not_mixed_in_by_accident() {
    let room = Room::new();
    room.run(&["progress", "export", "mine.json", "--name", "Ravi"], "").done();
    room.write("asha.json", &asha().bundle("asha", room.mark(), MONDAY));
    let before = room.read(PROGRESS);
    let refused = room.typed("progress import asha.json").refused(64);
    assert!(refused.contains("these are the results of asha, and here are those of Ravi"), "{refused}");
    assert_eq!(room.read(PROGRESS), before);
    room.typed("progress import asha.json --force").done();
    assert_eq!(room.progress()["learner"], "Ravi");
}

#[test]
fn a_file_that_cannot_be_read_says_so() {
    let room = Room::new();
    let missing = room.typed("progress import nowhere.json").refused(2);
    assert!(
        missing.contains("cannot read `nowhere.json`; name the file that `progress export` wrote"),
        "{missing}"
    );
    let folder = room.typed("progress import exercises").refused(64);
    assert!(folder.contains("`exercises` is a folder; name the file in it"), "{folder}");
}

/// Git on Windows writes other line ends.
#[test]
fn the_course_is_the_same_with_other_line_ends() {
    let room = Room::new();
    let (yaml, before) = ("exercises/07_rooms/members_only/exercise.yaml", room.mark());
    room.write(yaml, &room.read(yaml).replace('\n', "\r\n"));
    assert_eq!(room.mark(), before);
    room.write(yaml, &room.read(yaml).replace("Members only", "Members"));
    assert_ne!(room.mark(), before);
}

/// A teacher's clone may be newer than the learner's.
#[test]
fn an_exercise_that_this_course_does_not_have_is_kept_all_the_same() {
    let room = Room::new();
    let work = asha().passes("07_rooms/gone");
    room.write("asha.json", &work.bundle("Asha", room.mark(), MONDAY));
    room.typed("progress import asha.json").done();
    let progress: Value = room.progress();
    assert!(progress["exercises"]["07_rooms/gone"]["javascript"]["passed_at"].is_u64(), "{progress}");
}

#[cfg(unix)]
#[test]
fn a_disk_without_room_keeps_the_old_progress() {
    let room = Room::new();
    room.write("asha.json", &asha().bundle("Asha", room.mark(), MONDAY));
    room.typed("track rust").done();
    let before = room.read(PROGRESS);
    let import = room.command(&["progress", "import", "asha.json"]);
    let mut full = std::process::Command::new("/bin/sh");
    full.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" progress import asha.json"])
        .arg(import.get_program())
        .current_dir(room.path(""));
    let refused = Ran::with_input(full, "").refused(2);
    assert!(refused.contains("progress was not saved: cannot write"), "{refused}");
    assert_eq!(room.read(PROGRESS), before);
}

fn without_day(text: &str) -> String {
    let (before, _) = text.split_once("taken on ").unwrap();
    let after = text.split_once('\n').unwrap().1;
    format!("{before}taken on [DAY]\n{after}")
}
