//! The binary itself: what it removes, and that Ctrl-C ends it.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use crate::support::Small;

/// `press ARGUMENTS` in the course. Nothing is on the `PATH`, so that no program can be run: that is a skip, and exit code 2.
fn press(small: &Small, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_press"));
    command.args(arguments).current_dir(small.root()).env_clear().env("PATH", small.root().join("nothing"));
    command.output().expect("the binary starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn recordings_that_no_page_shows_are_removed_and_nothing_else() {
    let small = Small::new();
    let recording = small.read("book/recordings/demos/01_small/greeting.json");
    let at = |path: &str| small.root().join("book/recordings").join(path);
    let put = || {
        small.write("book/recordings/demos/01_small/old.json", &recording);
        small.write("book/recordings/exercises/01_small/gone/solution.json", &recording);
        small.write("book/recordings/demos/02_other/old.json", &recording);
        small.write("book/recordings/demos/01_small/notes.json", "{\"version\": 1}");
        small.write("book/recordings/demos/01_small/notes.md", "mine");
    };
    let there = |path: &str| at(path).is_file();
    put();
    // A slip in a directive, and nobody knows what its page would show.
    small.change("book/src/01_small.md", "{{#mistake say", "{{#mistaek say");
    press(&small, &["record", "1"]);
    assert!(there("demos/01_small/old.json") && there("exercises/01_small/say/mistake.sender-hears-it-too.json"));
    small.change("book/src/01_small.md", "{{#mistaek say", "{{#mistake say");
    let output = press(&small, &["record", "1"]);
    let said = text(&output.stdout);
    for removed in ["demos/01_small/old.json", "exercises/01_small/gone/solution.json"] {
        assert!(!there(removed) && said.contains(&format!("removed   book/recordings/{removed}\n")), "{said}");
    }
    assert!(!at("exercises/01_small/gone").exists(), "an empty folder is gone, too");
    for kept in [
        "demos/02_other/old.json",
        "demos/01_small/notes.json",
        "demos/01_small/notes.md",
        "demos/01_small/greeting.json",
        "exercises/01_small/say/mistake.sender-hears-it-too.json",
    ] {
        assert!(there(kept), "{kept}: {said}");
    }
    let said = text(&press(&small, &["record"]).stdout);
    assert!(said.contains("removed   book/recordings/demos/02_other/old.json\n"), "{said}");
    assert!(!there("demos/02_other/old.json") && there("demos/01_small/notes.json"));
}

#[test]
fn a_demo_that_cannot_be_read_is_told_once() {
    let small = Small::new();
    small.change("book/demos/01_small/greeting/demo.yaml", "role: server", "role: servant");
    let quiz = include_str!("../../../../runner/tests/fixtures/questions/quiz/07_rooms.yaml");
    let hears = &quiz[quiz.find("  - id: bell_in_physics").expect("a question")..];
    let hears = hears.replace("07_rooms/take_a_seat", "01_small/greeting");
    small.write("quiz/01_small.yaml", &format!("questions:\n{hears}"));
    for arguments in [&["demo"][..], &["demo", "1"], &["demo", "01_small/greeting"]] {
        let output = press(&small, arguments);
        let said = text(&output.stdout);
        assert_eq!(output.status.code(), Some(3), "{said}");
        assert_eq!(said.matches("unknown role `servant`").count(), 1, "{arguments:?}: {said}");
    }
}

/// Files and folders below a folder.
fn listing(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        found.push(entry.path().display().to_string());
        if entry.path().is_dir() {
            found.extend(listing(&entry.path()));
        }
    }
    found.sort();
    found
}
