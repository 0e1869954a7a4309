//! Where output goes: pipes that close, colours, other folders, folders and disks that take nothing.

use std::{
    fs, io,
    process::{Command, Output, Stdio},
};

use runner::course::Course;

use crate::classroom::Classroom;

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let room = Classroom::new();
    for args in [vec!["list"], vec!["completions", "bash"], vec!["hint"], vec![]] {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let output = room.command(&args).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(output.status.code(), Some(141), "{args:?}");
        assert_eq!(text(&output.stderr), "", "{args:?}");
    }
}

#[test]
fn a_closed_stderr_does_not_hide_the_answer() {
    let room = Classroom::new();
    room.write(".socketlings/progress.json", "damaged");
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let output = room.command(["track"]).stderr(writer).output().unwrap();
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "rust\n".to_owned()));
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let room = Classroom::new();
    let coloured = |args: &[&str], env: &[(&str, &str)]| {
        let output = room.command(args).envs(env.iter().copied()).output().unwrap();
        text(&output.stdout).contains('\u{1b}')
    };
    assert!(!coloured(&["list"], &[]));
    assert!(coloured(&["list", "--color", "always"], &[]));
    assert!(!coloured(&["list", "--color", "always", "--plain"], &[]));
    assert!(coloured(&["list"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&["list"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!coloured(&["list", "--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn colours_change_no_word() {
    let room = Classroom::new();
    let bare = room.command(["list"]).output().unwrap();
    let coloured = room.command(["list", "--color", "always"]).output().unwrap();
    assert_eq!(anstream::adapter::strip_str(&text(&coloured.stdout)).to_string(), text(&bare.stdout));
}

#[test]
fn the_course_is_found_from_within_and_by_name() {
    let room = Classroom::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let list = |command: &mut Command| text(&command.output().unwrap().stdout);
    let wanted = list(&mut room.command(["list"]));
    assert!(wanted.contains("members_only"), "{wanted}");

    let mut within = room.command(["list"]);
    assert_eq!(list(within.current_dir(room.path("exercises/07_rooms/members_only"))), wanted);
    let mut named = room.command(["list", "--course"]);
    assert_eq!(list(named.arg(room.root()).current_dir(elsewhere.path())), wanted);
    let mut by_variable = room.command(["list"]);
    by_variable.env("SOCKETLINGS_COURSE", room.root()).current_dir(elsewhere.path());
    assert_eq!(list(&mut by_variable), wanted);
}

/// A folder in which nobody may write, root included: `/sys` refuses even root.
#[cfg(target_os = "linux")]
#[test]
fn a_read_only_folder_costs_a_warning_and_no_more() {
    let mut room = Classroom::new();
    if rustix::process::geteuid().is_root() {
        std::os::unix::fs::symlink("/sys", room.path(".socketlings")).unwrap();
    } else {
        let mut closed = fs::metadata(room.root()).unwrap().permissions();
        fs::create_dir(room.path(".socketlings")).unwrap();
        closed.set_readonly(true);
        fs::set_permissions(room.path(".socketlings"), closed).unwrap();
    }
    room.run("hint").note("# nothing was remembered").run("hint").run("track rust");
    room.write("exercises/01_why_real_time/first_push/main.rs", "// mine\n");
    room.run("reset first_push --yes");
    assert_eq!(room.read("exercises/01_why_real_time/first_push/main.rs"), "// mine\n");
    room.golden("read_only");
}

/// The kernel refuses every byte of every file, as a full disk does.
#[cfg(unix)]
#[test]
fn a_full_disk_costs_a_warning_and_no_more() {
    let room = Classroom::new();
    room.command(["track", "javascript"]).output().unwrap();
    let before = room.read(".socketlings/progress.json");
    let runner = room.command(["hint", "first_push"]).get_program().to_owned();

    let output: Output = Command::new("/bin/sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" hint first_push"])
        .arg(runner)
        .current_dir(room.root())
        .stdin(Stdio::null())
        .output()
        .unwrap();

    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("hint 1 of 3"), "{}", text(&output.stdout));
    assert!(
        text(&output.stderr).starts_with("warning: progress was not saved: cannot write"),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(room.read(".socketlings/progress.json"), before);
    let left = fs::read_dir(room.path(".socketlings")).unwrap().count();
    assert_eq!(left, 2, "progress.json, progress.lock, and nothing half written");
}

#[test]
fn completions_name_every_command() {
    let room = Classroom::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = text(&room.command(["completions", shell]).output().unwrap().stdout);
        for command in ["check", "hint", "doctor"] {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
}

/// Eight runners at once, each with something else to remember.
#[test]
fn runners_at_once_lose_nothing() {
    let room = Classroom::new();
    let yaml = room.read("exercises/07_rooms/members_only/exercise.yaml");
    let names: Vec<_> = (1..=8).map(|number| format!("copy_{number}")).collect();
    for name in &names {
        room.write(&format!("exercises/07_rooms/{name}/exercise.yaml"), &yaml);
    }
    let runners: Vec<_> = names
        .iter()
        .map(|name| room.command(["hint", name]).stdout(Stdio::null()).spawn().unwrap())
        .collect();
    for mut runner in runners {
        assert!(runner.wait().unwrap().success());
    }
    let kept: serde_json::Value = serde_json::from_str(&room.read(".socketlings/progress.json")).unwrap();
    for name in &names {
        assert_eq!(kept["exercises"][format!("07_rooms/{name}")]["hints_shown"], 1, "{name}: {kept}");
    }
}

/// What the sessions show is worth something only while their course is one that a teacher could publish.
#[test]
fn the_fixture_course_is_right() {
    let room = Classroom::new();
    let course = Course::open(room.root()).unwrap();
    assert_eq!(course.exercises().count(), 5);
    for exercise in course.exercises() {
        let loaded = exercise.load().unwrap();
        assert_eq!(loaded.exercise.title, exercise.title(), "the cheap title is the real one");
        assert_eq!(loaded.path, exercise.yaml());
        assert_eq!(loaded.source, fs::read_to_string(exercise.yaml()).unwrap());
    }
    assert_eq!(course.causes().unwrap().len(), 1);
}
