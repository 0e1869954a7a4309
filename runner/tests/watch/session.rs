//! Whole sessions in a real terminal.

use std::{fs, path::Path};

use rustix::process::{Pid, Signal, kill_process};

use crate::{
    desk::{Desk, ROOMS},
    left,
    terminal::Terminal,
};

const SIZE: (u16, u16) = (80, 24);

/// A desk of somebody who writes JavaScript.
pub(crate) fn desk() -> Option<Desk> {
    let desk = Desk::with_node()?;
    fs::create_dir_all(desk.course.join(".socketlings")).unwrap();
    fs::write(desk.course.join(".socketlings/progress.json"), r#"{ "version": 1, "track": "javascript" }"#)
        .unwrap();
    Some(desk)
}

pub(crate) fn progress(desk: &Desk) -> serde_json::Value {
    let text = fs::read_to_string(desk.course.join(".socketlings/progress.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

pub(crate) fn solution(desk: &Desk) -> String {
    fs::read_to_string(desk.path(ROOMS, "answers/solution.js")).unwrap()
}

/// Everything that the desk's terminals started is gone, and with them the terminals.
fn assert_empty(desk: &Desk, terminals: Vec<Terminal>) {
    drop(terminals);
    left::wait_for_nothing(&desk.mark);
    left::assert_closed(&desk.witness());
}

#[test]
fn from_the_first_failure_to_the_next_exercise_and_back() {
    let Some(desk) = desk() else { return };
    let Some(terminal) = Terminal::watch(&desk, "one", "members_only", SIZE) else { return };
    terminal.shows(&["07_rooms/members_only", "✗ not yet", "Deliver a chat message"]);
    terminal.shows(&["▶✗ members_only", "0 of 5 passed"]);

    terminal.press(&["v"]);
    terminal.shows(&["Likely cause", "receiveMessage", "0 of 5 scenarios passed"]);
    terminal.press(&["h"]);
    terminal.shows(&["hint 1 of"]);
    terminal.press(&["h"]);
    terminal.shows(&["hint 2 of"]);
    terminal.press(&["s"]);
    terminal.shows(&["has not passed yet"]);
    terminal.press(&["e"]);
    terminal.shows(&["members_only/echo-to-all"]);
    terminal.press(&["z"]);
    terminal.shows(&["Lesson 7, Rooms has no questions", "Enter goes back to the watch."]);
    terminal.press(&["Enter"]);
    terminal.shows(&["members_only/echo-to-all", "q quit"]);
    let questions = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/questions");
    let demo = "book/demos/07_rooms/take_a_seat";
    for (folder, file) in [
        ("quiz", "07_rooms.yaml"),
        ("book/src", "07_rooms.md"),
        ("book/src", "appendix_packets.md"),
        (demo, "demo.yaml"),
        (demo, "main.js"),
        (demo, "main.rs"),
    ] {
        fs::create_dir_all(desk.course.join(folder)).unwrap();
        fs::copy(questions.join(folder).join(file), desk.course.join(folder).join(file)).unwrap();
    }
    terminal.press(&["z"]);
    terminal.until("a question", |screen| screen.contains("Question 1 of ") && !screen.contains("q quit"));
    terminal.press(&["C-c"]);
    terminal.shows(&["every answer so far is kept", "Enter goes back to the watch."]);
    terminal.press(&["Enter"]);
    terminal.shows(&["members_only/echo-to-all", "q quit"]);

    desk.write(ROOMS, "main.js", &(solution(&desk) + "// mine\n"));
    terminal.shows(&["✓ passed; n goes on", "Well done", "▶✓ members_only", "1 of 5 passed"]);
    terminal.press(&["End"]);
    terminal.shows(&["- // mine"]);

    terminal.press(&["n"]);
    terminal.shows(&["15_client_lifecycle/come_back"]);
    terminal.press(&["l"]);
    terminal.write("first");
    terminal.shows(&["find: first", "1 of 5"]);
    terminal.press(&["Enter"]);
    terminal.shows(&["01_why_real_time/first_push", "✗ not yet"]);

    terminal.press(&["l"]);
    terminal.write("members");
    terminal.press(&["Enter"]);
    terminal.shows(&["07_rooms/members_only", "✓ passed"]);
    terminal.press(&["x"]);
    terminal.shows(&["Put main.js back as it was?"]);
    terminal.press(&["n"]);
    terminal.shows(&["Nothing was changed."]);
    terminal.press(&["x", "y"]);
    terminal.shows(&["✗ not yet", "▶✗ members_only"]);
    assert!(!fs::read_to_string(desk.path(ROOMS, "main.js")).unwrap().contains("// mine"));
    let kept = desk.course.join(".socketlings/backups/07_rooms/members_only/main.1.js");
    assert!(fs::read_to_string(kept).unwrap().contains("// mine"));

    terminal.resize(60, 20);
    terminal.until("the side away", |screen| !screen.contains("▶✗") && screen.contains("q quit"));
    terminal.resize(50, 18);
    terminal.shows(&["This window has 50 columns and 18 rows."]);
    terminal.resize(100, 30);
    terminal.shows(&["▶✗ members_only", "q quit"]);

    terminal.press(&["q"]);
    assert_eq!(terminal.ended(), 0);
    let screen = terminal.screen();
    assert!(!screen.contains("q quit"), "the terminal is not as it was:\n{screen}");
    assert_empty(&desk, vec![terminal]);
}

#[test]
fn ctrl_c_in_the_middle_of_a_check_leaves_nothing() {
    let Some(desk) = desk() else { return };
    desk.write(ROOMS, "main.js", "await new Promise(() => {});\n");
    let Some(terminal) = Terminal::watch(&desk, "one", "members_only", SIZE) else { return };
    terminal.shows(&["checking"]);
    while !left::living(&desk.mark).iter().any(|process| process.contains("node ")) {
        std::thread::yield_now();
    }
    terminal.press(&["C-c"]);
    assert_eq!(terminal.ended(), 130);
    assert_empty(&desk, vec![terminal]);
}

#[test]
fn a_watch_that_is_told_to_end_gives_the_terminal_back() {
    for signal in [Signal::TERM, Signal::INT] {
        let Some(desk) = desk() else { return };
        let Some(terminal) = Terminal::watch(&desk, "one", "members_only", SIZE) else { return };
        terminal.shows(&["✗ not yet"]);
        let [runner] = terminal.runners()[..] else { panic!("{:?}", terminal.runners()) };
        kill_process(Pid::from_raw(runner).unwrap(), signal).unwrap();
        assert_eq!(terminal.ended(), 130);
        let screen = terminal.screen();
        assert!(!screen.contains("q quit"), "the terminal is not as it was:\n{screen}");
        assert_empty(&desk, vec![terminal]);
    }
}

#[test]
fn ctrl_z_goes_to_the_shell_and_fg_comes_back() {
    let Some(desk) = desk() else { return };
    let shell = "PS1='shell> ' ENV= sh -i";
    let Some(terminal) = Terminal::open(&desk, "one", shell, SIZE) else { return };
    terminal.shows(&["shell>"]);
    terminal.write(&format!("'{}' watch members_only", env!("CARGO_BIN_EXE_runner")));
    terminal.press(&["Enter"]);
    terminal.shows(&["✗ not yet", "q quit"]);
    terminal.press(&["C-z"]);
    terminal.until("the shell", |screen| screen.contains("Stopped") && !screen.contains("q quit"));
    desk.write(ROOMS, "main.js", &solution(&desk));
    terminal.write("fg");
    terminal.press(&["Enter"]);
    terminal.shows(&["✓ passed", "q quit"]);
    terminal.press(&["q"]);
    terminal.until("the shell again", |screen| !screen.contains("q quit"));
    terminal.write("exit");
    terminal.press(&["Enter"]);
    assert_eq!(terminal.ended(), 0);
    assert_empty(&desk, vec![terminal]);
}

#[test]
fn two_watches_at_once_lose_nothing() {
    let Some(desk) = desk() else { return };
    let Some(rooms) = Terminal::watch(&desk, "one", "members_only", SIZE) else { return };
    let Some(acks) = Terminal::watch(&desk, "two", "ack_every_path", SIZE) else { return };
    rooms.shows(&["✗ not yet"]);
    acks.shows(&["✗ not yet"]);
    let other = "05_acknowledgements/ack_every_path";
    let right = fs::read_to_string(desk.path(other, "answers/solution.js")).unwrap();
    desk.write(other, "main.js", &right);
    desk.write(ROOMS, "main.js", &solution(&desk));
    rooms.shows(&["✓ passed"]);
    acks.shows(&["✓ passed"]);
    for terminal in [&rooms, &acks] {
        terminal.press(&["q"]);
        assert_eq!(terminal.ended(), 0);
    }
    // A verdict is told before it is written down, so this is looked at when both have ended.
    let progress = progress(&desk);
    for id in [ROOMS, other] {
        let record = &progress["exercises"][id]["javascript"];
        assert!(record["passed_at"].is_u64() && record["attempts"] == 2, "{progress:#}");
    }
    assert_empty(&desk, vec![rooms, acks]);
}
