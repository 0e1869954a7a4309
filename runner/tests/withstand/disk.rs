//! Folders and disks: awkward names, nothing to write to, no room, two runners at once.

use std::{
    fs,
    os::unix::{
        fs::{PermissionsExt, symlink},
        process::CommandExt,
    },
    process::Stdio,
};

use serde_json::Value;

use crate::desk::{Desk, Ended, ROOMS, end, finish, skip};

const OPTIONS: [&str; 5] = ["check", ROOMS, "--json", "--track", "javascript"];

/// A desk whose learner has solved it.
fn solved() -> Option<Desk> {
    let desk = Desk::with_node()?;
    desk.write(ROOMS, "main.js", &desk.solution_and(""));
    Some(desk)
}

fn attempts(desk: &Desk) -> Value {
    let text = fs::read_to_string(desk.course.join(".socketlings/progress.json")).unwrap();
    let progress: Value = serde_json::from_str(&text).unwrap();
    progress["exercises"][ROOMS]["javascript"]["attempts"].clone()
}

fn assert_passed_with_a_warning(ended: &Ended) {
    ended.assert_passed();
    assert!(ended.err.starts_with("warning: progress was not saved: cannot"), "{ended:?}");
    assert_eq!(ended.err.lines().count(), 1, "{ended:?}");
}

#[test]
fn a_folder_with_every_awkward_letter() {
    let Some(mut desk) = solved() else { return };
    let awkward = desk.course.with_file_name("50% #1? [a]*{b} 'c' \"d\" & $HOME; — 課程\u{1f600}");
    fs::rename(&desk.course, &awkward).unwrap();
    desk.course = awkward;
    fs::write(desk.path(ROOMS, "state.js"), "export const state = new Map();\n").unwrap();
    desk.grade(&format!("import {{ state }} from './state.js';\n{}", desk.solution_and("state.clear();\n")))
        .assert_passed();
    desk.grade("throw new Error('no luck');").assert_failed("crashed", "no luck");
    desk.grade("}").assert_failed("did-not-compile", "SyntaxError");
}

#[test]
fn a_course_named_from_elsewhere() {
    let Some(desk) = solved() else { return };
    let mut command = desk.runner(OPTIONS);
    command.current_dir("/").args(["--course".as_ref(), desk.course.as_os_str()]);
    end(command).assert_passed();
    desk.assert_empty();
}

#[test]
fn progress_that_cannot_be_written() {
    let Some(desk) = solved() else { return };
    let folder = desk.course.join(".socketlings");
    // `/sys` refuses even root.
    if rustix::process::geteuid().is_root() {
        symlink("/sys", &folder).unwrap();
    } else {
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    }
    assert_passed_with_a_warning(&desk.run(OPTIONS));
}

#[test]
fn a_course_that_nobody_may_write() {
    const NOBODY: u32 = 65_534;
    let Some(desk) = solved() else { return };
    let folder = desk.course.parent().unwrap();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&desk.course, fs::Permissions::from_mode(0o555)).unwrap();
    let as_reader = |args: &[&str]| {
        let mut command = desk.runner(args);
        if rustix::process::geteuid().is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map(finish)
    };
    match as_reader(&["list"]) {
        Ok(ended) if ended.code == Some(0) => {
            assert_passed_with_a_warning(&as_reader(&OPTIONS).unwrap());
            desk.assert_empty();
        }
        other => skip(&format!("a runner that everybody may start: {other:?}")),
    }
    fs::set_permissions(&desk.course, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_full_disk() {
    let Some(desk) = solved() else { return };
    desk.run(OPTIONS).assert_passed();
    assert_eq!(attempts(&desk), 1);
    // The kernel refuses every byte of every file, as a full disk does; pipes stay as they are.
    let full = |more: &[&str]| {
        let script = "trap '' XFSZ; ulimit -f 0; exec \"$@\"";
        let before = ["-c", script, "sh", env!("CARGO_BIN_EXE_runner")];
        let ended = end(desk.command("/bin/sh", before.iter().chain(&OPTIONS).chain(more)));
        desk.assert_empty();
        ended
    };
    assert_passed_with_a_warning(&full(&[]));
    assert_eq!(attempts(&desk), 1, "the old file is whole");

    let junit = full(&["--junit", "results.xml"]);
    assert_eq!(junit.code, Some(2), "{junit:?}");
    assert!(junit.err.contains("cannot write `results.xml`; choose another file for `--junit`"), "{junit:?}");

    desk.write(ROOMS, "main.js", "process.exit(0);");
    full(&[]).assert_failed("ended-early", "exit code 0");
    desk.run(OPTIONS).assert_failed("ended-early", "exit code 0");
    assert_eq!(attempts(&desk), 2);
}

#[test]
fn two_checks_at_once() {
    let Some(desk) = solved() else { return };
    let start = || desk.runner(OPTIONS).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    for ended in [start(), start()].map(finish) {
        ended.assert_passed();
        assert_eq!(ended.err, "");
    }
    desk.assert_empty();
    assert_eq!(attempts(&desk), 2);
}

#[test]
fn a_file_that_is_not_there() {
    let Some(desk) = Desk::with_node() else { return };
    fs::remove_file(desk.path(ROOMS, "main.js")).unwrap();
    let ended = desk.run(OPTIONS);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(
        ended.err.contains(
            "main.js` is not there; `cargo run -p runner reset members_only --track javascript` brings"
        ),
        "{ended:?}"
    );
}
