//! Ctrl-C at many moments: exit code 130, one message, and nothing is left.

use std::{
    fs::{self, File},
    io::Write,
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Instant,
};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::desk::{Desk, Ended, FAR, ROOMS, finish, real, skip};

/// A runner in a process group of its own, as a shell starts it.
pub(crate) struct Started {
    child: Child,
    out: PathBuf,
    err: PathBuf,
}

impl Started {
    /// Its outputs go to files, so that they can be read while it runs.
    pub(crate) fn new(desk: &Desk, mut command: Command) -> Self {
        let folder = desk.course.parent().unwrap();
        let (out, err) = (folder.join("out"), folder.join("err"));
        command.process_group(0).stdout(File::create(&out).unwrap()).stderr(File::create(&err).unwrap());
        Self { child: command.spawn().unwrap(), out, err }
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process_group(Pid::from_raw(self.child.id().cast_signed()).unwrap(), signal).unwrap();
    }

    pub(crate) fn end(self) -> Ended {
        let ended = finish(self.child);
        let read = |path: &Path| fs::read_to_string(path).unwrap();
        Ended { out: read(&self.out), err: read(&self.err), ..ended }
    }

    /// Ctrl-C, and all that is promised for it.
    fn interrupt(self, desk: &Desk) -> Ended {
        self.signal(Signal::INT);
        let ended = self.end();
        assert_eq!(ended.code, Some(130), "{ended:?}");
        assert_eq!(ended.err.matches("error: stopped; nothing is left running").count(), 1, "{ended:?}");
        assert!(ended.events().iter().all(|event| event["event"] != "check_ended"), "{ended:?}");
        desk.assert_empty();
        ended
    }
}

/// Whether this process, and so what it starts, was started to ignore the signal.
pub(crate) fn is_ignored(signal: Signal) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    (ignored >> (signal.as_raw() - 1)) & 1 == 1
}

/// Waits until a file has this text; an empty text: until it is there.
pub(crate) fn wait_for(file: &Path, text: &str) {
    let began = Instant::now();
    while !fs::read_to_string(file).is_ok_and(|found| found.contains(text)) {
        assert!(began.elapsed() < FAR, "`{text}` never came in {}", file.display());
        thread::yield_now();
    }
}

/// A program in a folder of tools that says in the file `here` that it runs, and stays.
fn tool_that_stays(desk: &Desk, name: &str) -> PathBuf {
    let folder = desk.course.join("tools");
    fs::create_dir_all(&folder).unwrap();
    let tool = folder.join(name);
    let here = here(desk);
    fs::write(&tool, format!("#!/bin/sh\ntrap '' TERM\necho here > \"{}\"\nsleep 1000\n", here.display()))
        .unwrap();
    fs::set_permissions(&tool, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn first_on_path(folder: &Path) -> std::ffi::OsString {
    let path = std::env::var_os("PATH").unwrap();
    std::env::join_paths(std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&path))).unwrap()
}

/// The file by which a program says that it has come to its moment.
fn here(desk: &Desk) -> PathBuf {
    desk.course.parent().unwrap().join("here")
}

/// JavaScript that says so.
fn say_here(desk: &Desk) -> String {
    format!("(await import('node:fs')).writeFileSync({:?}, 'here\\n');", here(desk).to_str().unwrap())
}

fn check(desk: &Desk) -> Command {
    desk.runner(["check", ROOMS, "--json", "--track", "javascript"])
}

#[test]
fn as_soon_as_the_check_begins() {
    let Some(desk) = Desk::with_node() else { return };
    let started = Started::new(&desk, check(&desk));
    wait_for(&started.out, "check_started");
    started.interrupt(&desk);
}

#[test]
fn while_node_is_asked_for_its_version() {
    let desk = Desk::bare();
    let tools = tool_that_stays(&desk, "node");
    let mut command = check(&desk);
    command.env("PATH", first_on_path(&tools));
    let started = Started::new(&desk, command);
    wait_for(&here(&desk), "here");
    started.interrupt(&desk);
}

#[test]
fn while_npm_installs() {
    let Some(desk) = Desk::with_node() else { return };
    fs::remove_file(desk.course.join("exercises/node_modules")).unwrap();
    let lock = "exercises/package-lock.json";
    fs::copy(real().join(lock), desk.course.join(lock)).unwrap();
    let tools = tool_that_stays(&desk, "npm");
    let mut command = check(&desk);
    command.env("PATH", first_on_path(&tools));
    let started = Started::new(&desk, command);
    wait_for(&here(&desk), "here");
    started.interrupt(&desk);
}

#[test]
fn while_another_runner_installs() {
    let Some(desk) = Desk::with_node() else { return };
    fs::remove_file(desk.course.join("exercises/node_modules")).unwrap();
    let lock = "exercises/package-lock.json";
    fs::copy(real().join(lock), desk.course.join(lock)).unwrap();
    fs::create_dir(desk.course.join(".socketlings")).unwrap();
    let other = File::create(desk.course.join(".socketlings/npm.lock")).unwrap();
    other.lock().unwrap();
    let started = Started::new(&desk, check(&desk));
    wait_for(&started.out, "another runner installs the packages");
    started.interrupt(&desk);
}

#[test]
fn while_cargo_builds() {
    let desk = Desk::bare();
    let tools = tool_that_stays(&desk, "cargo");
    let mut command = desk.runner(["check", ROOMS, "--json", "--track", "rust"]);
    command.env("CARGO", tools.join("cargo"));
    let started = Started::new(&desk, command);
    wait_for(&here(&desk), "here");
    started.interrupt(&desk);
}

#[test]
fn while_the_program_starts() {
    let Some(desk) = Desk::with_node() else { return };
    desk.write(ROOMS, "main.js", &format!("{}\nawait new Promise(() => {{}});", say_here(&desk)));
    let started = Started::new(&desk, check(&desk));
    wait_for(&here(&desk), "here");
    started.interrupt(&desk);
}

#[test]
fn in_the_middle_of_a_scenario() {
    for act in ["return;", "for (;;);"] {
        let Some(desk) = Desk::with_node() else { return };
        let source = desk
            .solution_with("socket.join(roomId);", &format!("{} {act}", say_here(&desk)))
            .replace("({ roomId }, ack) =>", "async ({ roomId }, ack) =>");
        desk.write(ROOMS, "main.js", &source);
        let started = Started::new(&desk, check(&desk));
        wait_for(&here(&desk), "here");
        started.interrupt(&desk);
    }
}

#[test]
fn while_a_command_does_not_listen() {
    let desk = Desk::bare();
    let script = "trap '' TERM INT; setsid sh -c 'sleep 1000; :' & echo here > ../here; sleep 1000";
    let started = Started::new(&desk, desk.runner(["check", ROOMS, "--json", "--", "sh", "-c", script]));
    wait_for(&here(&desk), "here");
    started.interrupt(&desk);
}

#[test]
fn twice() {
    let desk = Desk::bare();
    let script = "echo here > ../here; sleep 1000";
    let started = Started::new(&desk, desk.runner(["check", ROOMS, "--json", "--", "sh", "-c", script]));
    wait_for(&here(&desk), "here");
    started.signal(Signal::INT);
    started.interrupt(&desk);
}

#[test]
fn between_several_exercises_what_was_checked_is_kept() {
    let Some(desk) = Desk::with_node() else { return };
    let stays = format!("{}\nawait new Promise(() => {{}});", say_here(&desk));
    desk.write(ROOMS, "main.js", &stays);
    let both = ["check", "ack_every_path", "members_only", "--track", "javascript"];
    let started = Started::new(&desk, desk.runner(both));
    wait_for(&here(&desk), "here");
    started.signal(Signal::INT);
    let ended = started.end();
    assert_eq!(ended.code, Some(130), "{ended:?}");
    desk.assert_empty();
    let progress = fs::read_to_string(desk.course.join(".socketlings/progress.json")).unwrap();
    assert!(progress.contains("ack_every_path") && !progress.contains("members_only"), "{progress}");
}

#[test]
fn while_the_course_is_proved() {
    let Some(desk) = Desk::with_node() else { return };
    let started = Started::new(&desk, desk.runner(["verify", "members_only", "--track", "javascript"]));
    wait_for(&desk.witness(), "socket:");
    started.signal(Signal::INT);
    let ended = started.end();
    assert_eq!(ended.code, Some(130), "{ended:?}");
    assert!(ended.err.contains("error: stopped"), "{ended:?}");
    desk.assert_empty();
}

#[test]
fn at_a_question() {
    let desk = Desk::bare();
    let mine = desk.write(ROOMS, "main.js", "// mine\n");
    let mut command = desk.runner(["reset", "members_only", "--track", "javascript"]);
    command.stdin(Stdio::piped());
    let started = Started::new(&desk, command);
    wait_for(&started.err, "(y/N)");
    started.signal(Signal::INT);
    let ended = started.end();
    // Nothing runs while a question waits, so the system's own way is good enough; a shell shows it as 130. A shell
    // that starts us in the background has us ignore it: then the end of the input decides.
    let wanted = if is_ignored(Signal::INT) { (Some(64), None) } else { (None, Some(2)) };
    assert_eq!((ended.code, ended.signal), wanted, "{ended:?}");
    assert_eq!(fs::read_to_string(mine).unwrap(), "// mine\n");
    desk.assert_empty();
}

#[test]
fn the_end_of_input_at_a_question() {
    let desk = Desk::bare();
    let mine = desk.write(ROOMS, "main.js", "// mine\n");
    let ended = desk.run(["reset", "members_only", "--track", "javascript"]);
    assert_eq!(ended.code, Some(64), "{ended:?}");
    assert!(ended.err.contains("the input ended before an answer, so nothing was changed"), "{ended:?}");
    assert_eq!(fs::read_to_string(mine).unwrap(), "// mine\n");
}

/// The runner at a terminal of its own, made by `script`.
fn at_a_terminal(desk: &Desk, typed: &str) -> Option<Command> {
    if !Path::new("/usr/bin/script").exists() || !cfg!(target_os = "linux") {
        skip("script, of util-linux");
        return None;
    }
    let line = format!("'{}' {typed}", env!("CARGO_BIN_EXE_runner"));
    let mut command = desk.command("script", ["-qefc", &line, "/dev/null"]);
    command.env("TERM", "xterm").env("SHELL", "/bin/sh");
    Some(command)
}

#[test]
fn the_key_at_a_real_terminal() {
    let Some(desk) = Desk::with_node() else { return };
    desk.write(ROOMS, "main.js", &format!("{}\nawait new Promise(() => {{}});", say_here(&desk)));
    let Some(mut command) = at_a_terminal(&desk, "check members_only --track javascript") else { return };
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut keys = child.stdin.take().unwrap();
    wait_for(&here(&desk), "here");
    keys.write_all(b"\x03").unwrap();
    let ended = finish(child);
    assert_eq!(ended.code, Some(130), "{ended:?}");
    let shown = ended.out.replace("^C", "");
    assert!(shown.contains("stopped; nothing is left running"), "{ended:?}");
    desk.assert_empty();
}

#[test]
fn the_end_of_input_at_the_first_question() {
    let desk = Desk::bare();
    let Some(mut command) = at_a_terminal(&desk, "check members_only") else { return };
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Ctrl-D at the beginning of a line: the end of what a terminal has to say.
    child.stdin.take().unwrap().write_all(b"\x04").unwrap();
    let ended = finish(child);
    assert_eq!(ended.code, Some(64), "{ended:?}");
    assert!(ended.out.contains("the input ended before an answer"), "{ended:?}");
    assert!(!desk.course.join(".socketlings").exists());
    desk.assert_empty();
}
