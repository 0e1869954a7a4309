//! A small course with exercises, a project and questions, and a way to type commands in it. Next: `work.rs`.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use runner::{bundle::CourseMark, course::Course};
use serde_json::Value;
use snapbox::{Assert, Data};
use tempfile::TempDir;

/// The fixture courses, put together, in a folder of their own.
pub(crate) struct Room {
    _folder: TempDir,
    root: PathBuf,
}

/// What came of a command.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) exit: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Room {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("course");
        for part in ["course", "questions", "project"] {
            copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(part), &root);
        }
        fs::write(root.join("Cargo.toml"), "[workspace]\n").unwrap();
        let made = Self { _folder: folder, root };
        made.write(PROGRESS, "{ \"version\": 2, \"track\": \"javascript\" }\n");
        made
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    pub(crate) fn write(&self, inside: &str, text: &str) {
        let path = self.path(inside);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, inside: &str) -> String {
        fs::read_to_string(self.path(inside)).unwrap()
    }

    /// Which course this is.
    pub(crate) fn mark(&self) -> CourseMark {
        CourseMark::of(&Course::open(&self.root).unwrap()).unwrap()
    }

    /// `runner ARGS` in the course, with nothing of our own environment.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_runner"));
        command.args(args).current_dir(&self.root).env_clear().env("PATH", "").stdin(Stdio::null());
        command
    }

    /// Types a command with this input.
    pub(crate) fn run(&self, args: &[&str], input: &str) -> Ran {
        Ran::with_input(self.command(args), input)
    }

    /// Types a command of plain words.
    pub(crate) fn typed(&self, typed: &str) -> Ran {
        self.run(&typed.split_whitespace().collect::<Vec<_>>(), "")
    }

    /// The progress file.
    pub(crate) fn progress(&self) -> Value {
        serde_json::from_str(&self.read(PROGRESS)).unwrap()
    }

    /// The names in a folder of the course, in order.
    pub(crate) fn names(&self, inside: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(inside)).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

pub(crate) const PROGRESS: &str = ".socketlings/progress.json";

impl Ran {
    pub(crate) fn with_input(mut command: Command, input: &str) -> Self {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A runner that reads nothing closes its end: that is no failure of the test.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        Self::of(&child.wait_with_output().unwrap())
    }

    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { exit: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// The output, of a command that did what was asked and warned of nothing.
    #[track_caller]
    pub(crate) fn done(self) -> String {
        assert_eq!((self.exit, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// The message of a command that refused.
    #[track_caller]
    pub(crate) fn refused(self, exit: i32) -> String {
        assert_eq!((self.exit, self.out.as_str()), (exit, ""), "{}", self.err);
        self.err
    }
}

/// Compares with `golden/NAME`.
#[track_caller]
pub(crate) fn golden(name: &str, seen: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/results/golden").join(name);
    let assert = Assert::new().action_env("SNAPSHOTS").normalize_paths(false);
    assert.eq(seen, Data::read_from(&file, None).raw());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
