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

fn watch(desk: &Desk, environment: &str) -> Option<Terminal> {
    let editor = editor(desk);
    let runner = env!("CARGO_BIN_EXE_runner");
    let shell = format!("{environment} EDITOR='{editor}' '{runner}' watch members_only");
    Terminal::open(desk, "one", &shell, (80, 24))
}

#[test]
fn an_editor_without_panes_takes_our_place_and_saves_are_seen_meanwhile() {
    let Some(desk) = desk() else { return };
    let Some(terminal) = watch(&desk, "env -u TMUX") else { return };
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

#[test]
fn inside_tmux_it_gets_a_pane() {
    let Some(desk) = desk() else { return };
    let Some(terminal) = watch(&desk, "") else { return };
    terminal.shows(&["✗ not yet"]);
    terminal.press(&["o"]);
    let began = std::time::Instant::now();
    while terminal.tmux(&["list-panes"]).lines().count() < 2 {
        assert!(began.elapsed().as_secs() < 60, "no pane came:\n{}", terminal.screen());
    }
    terminal.shows(&["editing main.js"]);
    terminal.press(&["Enter"]);
    terminal.shows(&["q quit"]);
    terminal.press(&["q"]);
    assert_eq!(terminal.ended(), 0);
    drop(terminal);
    left::wait_for_nothing(&desk.mark);
}
