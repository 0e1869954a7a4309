//! A small course in a folder of its own, and a way to type commands in it.

use std::{
    ffi::OsStr,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use snapbox::{Assert, Data};
use tempfile::TempDir;

/// A copy of the fixture course. Its path has spaces and letters beyond ASCII, as a learner's may.
pub(crate) struct Classroom {
    _folder: TempDir,
    root: PathBuf,
    session: String,
    tools: &'static str,
}

impl Classroom {
    pub(crate) fn new() -> Self {
        Self::of("course")
    }

    /// A copy of another course of the fixtures.
    pub(crate) fn of(course: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // The temporary folder itself may be a link (macOS); the runner prints what it is told.
        let root = folder.path().canonicalize().unwrap().join("Mein Kurs 部屋");
        copy(&fixtures().join(course), &root);
        fs::write(root.join("Cargo.toml"), "[workspace]\n").unwrap();
        Self { _folder: folder, root, session: String::new(), tools: "tools" }
    }

    /// The programs on the `PATH` are those of `fixtures/NAME`.
    pub(crate) fn with_tools(self, tools: &'static str) -> Self {
        Self { tools, ..self }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    pub(crate) fn read(&self, inside: &str) -> String {
        fs::read_to_string(self.path(inside)).unwrap()
    }

    pub(crate) fn write(&self, inside: &str, text: &str) {
        let path = self.path(inside);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The runner, in the course's root, with nothing of our own environment.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_runner"));
        command
            .args(args)
            .current_dir(&self.root)
            .env_clear()
            .env("PATH", fixtures().join(self.tools))
            .stdin(Stdio::null());
        command
    }

    /// Types a command; its whole effect becomes part of the session.
    pub(crate) fn run(&mut self, typed: &str) -> &mut Self {
        self.run_with_input(typed, "")
    }

    /// The same, with something on the input. The input ends after it.
    pub(crate) fn run_with_input(&mut self, typed: &str, input: &str) -> &mut Self {
        let mut command = self.command(typed.split_whitespace());
        let output = feed(&mut command, input);
        let given = if input.is_empty() { String::new() } else { format!(" <<< {:?}", input.trim_end()) };
        self.note(format!("$ runner {typed}").trim_end());
        self.session.insert_str(self.session.len() - 1, &given);
        self.show(&output);
        self
    }

    /// Adds a line to the session.
    pub(crate) fn note(&mut self, line: &str) -> &mut Self {
        self.session.push_str(line);
        self.session.push('\n');
        self
    }

    /// Adds what a command printed, and where, and its exit code.
    pub(crate) fn show(&mut self, output: &Output) -> &mut Self {
        self.session.push_str(&String::from_utf8(output.stdout.clone()).unwrap());
        for line in String::from_utf8(output.stderr.clone()).unwrap().lines() {
            self.note(format!("stderr| {line}").trim_end());
        }
        self.note(&format!("[exit {}]\n", output.status.code().unwrap()));
        self
    }

    /// Compares the session with `golden/NAME.txt`.
    pub(crate) fn golden(&self, name: &str) {
        let seen = self.session.replace(&self.root.display().to_string(), "[COURSE]");
        let seen = seen.replace(&fixtures().display().to_string(), "[FIXTURES]");
        let seen: String = seen.lines().map(without_reason).collect();
        let file =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commands/golden").join(format!("{name}.txt"));
        let assert = Assert::new().action_env("SNAPSHOTS").normalize_paths(false);
        assert.eq(seen, Data::read_from(&file, None));
    }
}

/// Why the system refuses something is the system's own choice of words.
fn without_reason(line: &str) -> String {
    match line.rsplit_once(": ") {
        Some((before, reason)) if reason.ends_with(')') && reason.contains("(os error ") => {
            format!("{before}: [REASON]\n")
        }
        _ => format!("{line}\n"),
    }
}

pub(crate) fn feed(command: &mut Command, input: &str) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A runner that reads nothing closes its end: that is no failure of the test.
    drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    child.wait_with_output().unwrap()
}

pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
