//! A person at a terminal: arrow keys, numbers, text, Ctrl-C, the end of input, another window size. Next: `looks.rs`.

use rustix::process::Signal;

use crate::{
    pty::Terminal,
    room::{Room, golden},
};

const DOWN: &str = "\x1b[B";
const UP: &str = "\x1b[A";
const LEFT: &str = "\x1b[D";

fn quiz(room: &Room, args: &str) -> Terminal {
    Terminal::start(room.command(&format!("quiz {args}")), 80, 50)
}

#[test]
fn a_whole_quiz_by_keys() {
    let room = Room::new();
    let mut at = quiz(&room, "rooms --seed 0");
    at.until("> 1. The client library").keys(DOWN).until("> 2. The server's adapter").keys("\r");
    at.until("Question 2 of 8")
        .until("> [ ] 1.")
        .keys(" ")
        .until("> [x] 1.")
        .keys("2")
        .until("> [x] 2.")
        .keys("\r");
    at.until("Question 3 of 8").until("Your answer:").keys("socket.too(r").keys(LEFT).keys(LEFT);
    at.keys("\x7f").until("socket.to(r").keys("\x05)\r");
    at.until("Question 4 of 8").until("> ( ) 1.").keys("312").until("(3) 2.").keys("\r");
    at.until("Socket.IO type:").keys("3").until("> 3. EVENT").keys("\r");
    at.until("Acknowledgement number").keys("1\r").until("Arguments").keys("[\"physics\"]\r");
    at.until("Question 6 of 8").until("> [ ] 1. asha").keys("12\r");
    at.until("Question 7 of 8").until("> [ ] 1. asha").keys(UP).keys(UP).keys(" \r");
    at.until("Question 8 of 8").until("an empty line ends it").keys("The handler checks socket.rooms.\r\r");
    at.until("How do you mark it yourself?").until("> 1. I said what matters").keys("\r");
    let (code, shown, _) = at.end();
    assert_eq!(code, 0);
    golden("keys", &shown);
    assert_eq!(room.progress()["questions"].as_object().unwrap().len(), 8);
}

#[test]
fn ctrl_c_loses_nothing_and_leaves_the_terminal_as_it_was() {
    let room = Room::new();
    for keys in ["\x03", "abc\x03"] {
        let mut at = quiz(&room, "rooms --seed 0 --count 3");
        at.until("> 1.").keys("2\r").until("Question 2 of 3").until("> [ ] 1.").keys("\r");
        at.until("Question 3 of 3").until("Your answer:");
        assert!(!at.is_usual(), "single keys are read");
        let (code, shown, _) = {
            at.keys(keys);
            at.end()
        };
        assert_eq!(code, 130);
        assert!(shown.trim_end().ends_with("error: stopped; every answer so far is kept"), "{shown}");
    }
    assert_eq!(room.kept("who_keeps_the_rooms")["right"], 2);
    assert_eq!(room.kept("how_a_label_goes")["wrong"], 2);
    assert!(room.kept("the_call_for_a_room").is_null());
}

#[test]
fn ctrl_c_in_a_menu() {
    let room = Room::new();
    let mut at = quiz(&room, "rooms --seed 0");
    at.until("> 1.").keys("\x03");
    assert_eq!(at.end().0, 130);
}

#[test]
fn the_end_of_input_ends_the_quiz_with_its_summary() {
    for keys in ["\x04", "q"] {
        let room = Room::new();
        let mut at = quiz(&room, "rooms --seed 0");
        at.until("> 1.").keys("2\r").until("Question 2 of 8").until("> [ ] 1.").keys(keys);
        let (code, shown, _) = at.end();
        assert_eq!(code, 0);
        assert!(shown.contains("1 of 1 right"), "{shown}");
    }
}

#[test]
fn s_leaves_a_question_out() {
    let room = Room::new();
    let mut at = quiz(&room, "rooms --seed 0 --count 1");
    at.until("> 1.").keys("s");
    let (code, shown, _) = at.end();
    assert_eq!(code, 0);
    assert!(shown.contains("No question was answered, 1 left out"), "{shown}");
}

#[test]
fn another_window_size_is_drawn_anew() {
    let room = Room::new();
    let mut at = quiz(&room, "rooms --seed 0 --count 1");
    at.until("> 1. The client library, which runs in the page of each member");
    at.resize(40, 30).until("> 1. The client library, which runs in\n     the page of each member\n");
    at.keys(DOWN).until("> 2.").keys("\r");
    let (code, shown, _) = at.end();
    assert_eq!(code, 0);
    assert!(shown.contains("1 of 1 right"), "{shown}");
}

#[test]
fn a_low_window_scrolls() {
    let room = Room::new();
    let mut at = Terminal::start(room.command("quiz rooms --seed 0 --count 1"), 30, 5);
    at.until("> 1. The client library,")
        .keys(DOWN)
        .until("> 2. The server's adapter")
        .keys(DOWN)
        .until("> 3. The browser");
    at.keys(UP).until("> 2. The server's adapter").keys("\r");
    let (code, shown, _) = at.end();
    assert_eq!(code, 0);
    assert!(shown.contains("1 of 1 right"), "{shown}");
    assert_eq!(
        shown.matches("Who keeps the list of rooms?").count(),
        1,
        "nothing above is drawn over: {shown}"
    );
}

#[test]
fn a_kill_in_the_middle_keeps_what_was_answered() {
    let room = Room::new();
    let mut at = quiz(&room, "rooms --seed 0");
    at.until("> 1.").keys("2\r").until("Question 2 of 8").until("> [ ] 1.").signal(Signal::KILL);
    drop(at);
    assert_eq!(room.kept("who_keeps_the_rooms")["right"], 1);
}

#[test]
fn no_color_means_no_colour_and_keys_all_the_same() {
    let colours = |raw: &[u8]| String::from_utf8_lossy(raw).matches("\x1b[1m").count();
    for (no_color, wanted) in [(true, false), (false, true)] {
        let room = Room::new();
        let mut command = room.command("quiz rooms --seed 0 --count 1");
        if no_color {
            command.env("NO_COLOR", "1");
        }
        let mut at = Terminal::start(command, 80, 50);
        at.until("> 1.").keys(DOWN).until("> 2.").keys("\r");
        let (code, shown, raw) = at.end();
        assert_eq!(code, 0);
        assert!(shown.contains("1 of 1 right"), "{shown}");
        assert_eq!(colours(&raw) > 0, wanted, "{}", String::from_utf8_lossy(&raw));
    }
}

#[test]
fn plain_reads_lines_on_a_terminal_too() {
    let room = Room::new();
    let mut at = quiz(&room, "rooms --seed 0 --count 1 --plain");
    at.until("Your answer, 1 to 4:");
    assert!(at.is_usual());
    at.keys("2\r");
    let (code, shown, _) = at.end();
    assert_eq!(code, 0);
    assert!(shown.contains("Right.") && !shown.contains('✓'), "{shown}");
}
