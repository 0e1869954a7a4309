//! The runner itself is ended, or its reader goes away: nothing is left all the same.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

use rustix::process::Signal;

use crate::{
    desk::{Desk, ROOMS, finish},
    interrupts::{Started, is_ignored, wait_for},
    left,
};

#[test]
fn a_runner_that_is_killed_leaves_nothing() {
    for signal in [Signal::TERM, Signal::HUP, Signal::KILL].into_iter().filter(|&signal| !is_ignored(signal))
    {
        let desk = Desk::bare();
        // An orphan in a session of its own, one that is deaf, and one that is known by its group alone.
        let script = "setsid sh -c 'sleep 1000; :' & (trap '' TERM HUP INT; sleep 1000; :) & \
                      env -i sleep 1000 & echo here > ../here; sleep 1000";
        let started = Started::new(&desk, desk.runner(["check", ROOMS, "--json", "--", "sh", "-c", script]));
        wait_for(&desk.course.join("../here"), "here");
        assert!(!left::living(&desk.mark).is_empty());
        started.signal(signal);
        let ended = started.end();
        assert_eq!(ended.signal, Some(signal.as_raw()), "{ended:?}");
        left::wait_for_nothing(&desk.mark);
    }
}

#[test]
fn a_killed_runner_leaves_no_hosted_program() {
    let Some(desk) = Desk::with_node() else { return };
    desk.write(ROOMS, "main.js", &desk.solution_with("ack({ ok: true });", ""));
    let started = Started::new(&desk, desk.runner(["check", ROOMS, "--json", "--track", "javascript"]));
    wait_for(&desk.witness(), "socket:");
    started.signal(Signal::KILL);
    started.end();
    left::wait_for_nothing(&desk.mark);
    left::assert_closed(&desk.witness());
}

#[test]
fn a_reader_that_goes_away_is_no_pass() {
    let Some(desk) = Desk::with_node() else { return };
    let mut command =
        desk.runner(["check", ROOMS, "--json", "--track", "javascript", "--answer", "solution"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("check_started"), "{line}");
    let ended = finish(child);
    assert_eq!(ended.code, Some(141), "{ended:?}");
    assert_eq!(ended.err, "");
    desk.assert_empty();
}
