//! What is kept of answers, and when they come back. Next: `looks.rs`.

use std::{
    io::{BufRead, BufReader, Write},
    process::Stdio,
};

use serde_json::json;

use crate::room::{DAY, Room, golden};

#[test]
fn an_answer_is_kept_before_anything_is_said_about_it() {
    let room = Room::new();
    let mut child = room
        .command("quiz rooms --plain --seed 0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    input.write_all(b"2\n3\n").unwrap();
    // Two verdicts have been told; then it is killed in the middle of the third question.
    let mut told = 0;
    while told < 2 {
        let mut line = String::new();
        assert_ne!(out.read_line(&mut line).unwrap(), 0, "the quiz ended too early");
        told += usize::from(line.starts_with("Right.") || line.starts_with("Wrong."));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(room.kept("who_keeps_the_rooms")["right"], 1);
    assert_eq!(room.kept("how_a_label_goes")["wrong"], 1);
}

#[test]
fn quizzes_at_the_same_time_lose_nothing() {
    let room = Room::new();
    let start = |_| {
        let mut command = room.command("quiz interview --plain --seed 0");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(b"1\n").unwrap();
        child
    };
    let running: Vec<_> = (0..6).map(start).collect();
    for mut child in running {
        assert!(child.wait().unwrap().success());
    }
    let kept = room.kept("one_thing_to_look_at");
    assert_eq!((&kept["right"], &kept["card"]["reps"]), (&json!(6), &json!(6)), "{kept}");
}

#[test]
fn what_others_have_written_stays() {
    let room = Room::new();
    let foreign = json!({
        "version": 1, "track": "rust", "later": [1],
        "questions": {
            "from_the_future": { "shape": "unknown" },
            "who_keeps_the_rooms": { "right": 3, "wrong": 0, "starred": true },
            "how_a_label_goes": "a text"
        }
    });
    room.write(".socketlings/progress.json", &foreign.to_string());
    room.run("quiz rooms --plain --seed 0", "2\n1 2\n").done();
    let kept = room.progress();
    assert_eq!(kept["later"], foreign["later"]);
    assert_eq!(kept["questions"]["from_the_future"], foreign["questions"]["from_the_future"]);
    assert_eq!(kept["questions"]["how_a_label_goes"], "a text");
    let mine = &kept["questions"]["who_keeps_the_rooms"];
    assert_eq!((&mine["right"], &mine["starred"]), (&json!(4), &json!(true)));
    assert!(mine["card"]["due"].is_u64(), "{mine}");
}

#[test]
fn the_second_answer_in_a_quiz_counts_and_says_nothing_of_memory() {
    let room = Room::new();
    room.run("quiz interview --plain --seed 0", "2\n1\n").done();
    let kept = room.kept("one_thing_to_look_at");
    assert_eq!((&kept["right"], &kept["wrong"], &kept["last_right"]), (&json!(1), &json!(1), &json!(true)));
    assert_eq!(kept["card"]["reps"], 1);
    let days = (kept["card"]["due"].as_u64().unwrap() - kept["card"]["reviewed_at"].as_u64().unwrap()) / DAY;
    assert_eq!(days, 1, "what was wrong comes back tomorrow");
}

#[test]
fn a_mark_of_ones_own_takes_the_place_of_the_programs() {
    let answer = "I check in the handler who may speak, by socket.rooms.\n\n";
    for (mark, right, wrong) in [("1\n", 1, 0), ("3\n", 0, 1), ("", 1, 0)] {
        let room = Room::new();
        room.run("quiz rooms --plain --seed 0 --topic security", &format!("{answer}{mark}")).done();
        let kept = room.kept("rooms_and_rights");
        assert_eq!((&kept["right"], &kept["wrong"]), (&json!(right), &json!(wrong)), "{mark:?}");
        assert_eq!(kept["card"]["reps"], 1, "one answer, one review: {kept}");
    }
}

#[test]
fn what_is_due_comes_back_and_what_is_not_stays_away() {
    let room = Room::new();
    assert_eq!(
        room.run("quiz review", "").done().lines().next(),
        Some("Nothing is due. What you answer in a quiz comes back here when it is time.")
    );
    room.run("quiz rooms --plain --seed 0", "1\n1 2\n").done();
    assert!(room.run("quiz review", "").done().starts_with("Nothing is due."));
    assert!(!room.run("", "").done().contains("due for review"));

    room.pass(DAY);
    let overview = room.run("", "").done();
    assert!(overview.contains("  1 question is due for review\n"), "{overview}");
    assert!(overview.contains("cargo run -p runner quiz review "), "{overview}");
    let out = room.run("quiz review --plain --seed 0", "2\n").done();
    assert!(out.starts_with("Review: 1 question  seed 0\n") && out.contains("Who keeps the list"), "{out}");
    assert!(room.run("quiz review", "").done().starts_with("Nothing is due."), "it was known this time");

    room.pass(400 * DAY);
    let out = room.run("quiz review --plain --seed 0", "").done();
    assert!(out.starts_with("Review: 2 questions"), "{out}");
}

#[test]
fn a_failed_cause_comes_back_as_something_to_explain() {
    let room = Room::new();
    let failed = json!({ "version": 1, "track": "rust", "questions": {
        "cause:shake_hands/wrong-type": { "wrong": 1, "last_right": false, "answered_at": 1_764_000_000, "card":
            { "due": 1_764_086_400, "reviewed_at": 1_764_000_000, "stability": 0.4, "difficulty": 7.2, "reps": 1, "lapses": 0 } },
        "cause:gone/away": { "card":
            { "due": 1_764_086_400, "reviewed_at": 1_764_000_000, "stability": 0.4, "difficulty": 7.2, "reps": 1, "lapses": 0 } }
    }});
    room.write(".socketlings/progress.json", &failed.to_string());
    let out = room.run("quiz review --plain --seed 0", "The first digit was wrong.\n\n1\n").done();
    golden("cause", &out);
    let kept = room.kept("cause:shake_hands/wrong-type");
    assert_eq!((&kept["right"], &kept["card"]["reps"]), (&json!(1), &json!(2)), "{kept}");
}

/// A check that fails for a named reason is something to come back to; a general reason is not.
#[test]
fn a_failed_check_is_kept_as_a_cause() {
    let room = Room::new();
    let frames = "exercises/04_on_the_wire/shake_hands/frames.txt";
    let exercise = "exercises/04_on_the_wire/shake_hands/exercise.yaml";
    room.write(
        exercise,
        &room.read(exercise).replace("{ different: frame, to: server }", "{ different: frame }"),
    );
    room.write(frames, "41\n");
    for _ in 0..2 {
        assert_eq!(room.run("check shake_hands", "").exit, 1);
    }
    room.write(frames, "# nothing\n");
    assert_eq!(room.run("check shake_hands", "").exit, 1);
    assert_eq!(
        room.progress()["questions"].as_object().unwrap().len(),
        1,
        "a general cause is none to learn"
    );
    let kept = room.kept("cause:shake_hands/wrong-type");
    assert_eq!((&kept["wrong"], &kept["card"]["reps"]), (&json!(1), &json!(1)), "{}", room.progress());
}
