//! What a learner sees when a tool is not on this computer: exit code 2, and a way out.

use std::os::unix::fs::symlink;

use crate::desk::{Desk, ROOMS, end};

/// A check with a `PATH` on which only these are.
fn check_with(tools: &[&str], track: &str) -> crate::desk::Ended {
    let desk = Desk::bare();
    let path = desk.course.join("tools");
    std::fs::create_dir(&path).unwrap();
    for tool in tools {
        let folders = std::env::var_os("PATH").unwrap();
        let found =
            std::env::split_paths(&folders).map(|folder| folder.join(tool)).find(|file| file.is_file());
        symlink(found.unwrap(), path.join(tool)).unwrap();
    }
    let mut command = desk.runner(["check", ROOMS, "--track", track]);
    command.env("PATH", &path).env_remove("CARGO");
    let ended = end(command);
    desk.assert_empty();
    assert_eq!(ended.code, Some(2), "{ended:?}");
    ended
}

#[test]
fn without_node() {
    let ended = check_with(&["sh"], "javascript");
    let wanted = "error: Node.js was not found; install Node 20 or newer from https://nodejs.org, or choose the Rust track";
    assert!(ended.err.starts_with(wanted), "{ended:?}");
}

#[test]
fn without_cargo() {
    let ended = check_with(&["sh"], "rust");
    let wanted =
        "error: cargo was not found; install Rust from https://rustup.rs, or choose the JavaScript track";
    assert!(ended.err.starts_with(wanted), "{ended:?}");
}

#[test]
fn a_check_that_could_not_begin_is_no_attempt() {
    let desk = Desk::bare();
    let mut command = desk.runner(["check", ROOMS, "--track", "javascript"]);
    command.env("PATH", &desk.course);
    assert_eq!(end(command).code, Some(2));
    assert!(!desk.course.join(".socketlings/progress.json").exists());
}
