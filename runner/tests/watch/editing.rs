//! `o`: the learner's editor, in our place or in a pane beside us.

use std::{fs, os::unix::fs::PermissionsExt as _};

use crate::{
    desk::{Desk, ROOMS},
    left,
    session::{desk, solution},
    terminal::Terminal,
};

/// An editor that says which file it has, and ends with Enter.
fn editor(desk: &Desk) -> String {
    let path = desk.course.parent().unwrap().join("editor");
    fs::write(&path, "#!/bin/sh\necho \"editing $(basename \"$1\")\"\nread line\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.display().to_string()
}

fn watch(desk: &Desk, environment: &str, size: (u16, u16)) -> Option<Terminal> {
    let editor = editor(desk);
    let runner = env!("CARGO_BIN_EXE_runner");
    let shell = format!("{environment} EDITOR='{editor}' '{runner}' watch members_only");
    Terminal::open(desk, "one", &shell, size)
}

#[test]
fn an_editor_without_panes_takes_our_place_and_saves_are_seen_meanwhile() {
    let Some(desk) = desk() else { return };
    let Some(terminal) = watch(&desk, "env -u TMUX", (80, 24)) else { return };
    terminal.shows(&["✗ not yet"]);
    terminal.press(&["o"]);
    terminal.until("the editor", |screen| screen.contains("editing main.js") && !screen.contains("q quit"));
    desk.write(ROOMS, "main.js", &solution(&desk));
    terminal.press(&["Enter"]);
    terminal.shows(&["✓ passed", "q quit"]);
    terminal.press(&["q"]);
    assert_eq!(terminal.ended(), 0);
    drop(terminal);
    left::wait_for_nothing(&desk.mark);
}

/// `o` twice: the file is opened once, and gone to the second time.
fn inside_tmux(columns: u16, list: &str) {
    let Some(desk) = desk() else { return };
    let Some(terminal) = watch(&desk, "", (columns, 24)) else { return };
    let count = || terminal.tmux(&[list]).lines().count();
    terminal.shows(&["✗ not yet"]);
    terminal.press(&["o"]);
    let began = std::time::Instant::now();
    while count() < 2 {
        assert!(began.elapsed().as_secs() < 60, "nothing was opened:\n{}", terminal.screen());
    }
    terminal.shows(&["editing main.js"]);
    terminal.tmux(&["last-pane"]);
    terminal.tmux(&["last-window"]);
    terminal.shows(&["main.js is open: editor, in a"]);
    terminal.press(&["o"]);
    terminal.shows(&["editing main.js"]);
    assert_eq!(count(), 2);
    terminal.press(&["Enter"]);
    terminal.shows(&["q quit"]);
    desk.write(ROOMS, "main.js", &solution(&desk));
    terminal.until("the news", |screen| screen.contains("✓ passed") && !screen.contains("main.js is open"));
    terminal.press(&["q"]);
    assert_eq!(terminal.ended(), 0);
    drop(terminal);
    left::wait_for_nothing(&desk.mark);
}

#[test]
fn inside_a_wide_tmux_it_gets_a_pane() {
    inside_tmux(130, "list-panes");
}

#[test]
fn inside_a_narrow_tmux_it_gets_a_window() {
    inside_tmux(80, "list-windows");
}
