//! A small course with questions, and a way to take its quiz. Next: `lines.rs`.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use snapbox::{Assert, Data};
use tempfile::TempDir;

/// A day, in seconds.
pub(crate) const DAY: u64 = 24 * 60 * 60;

/// The fixture course with its questions, in a folder of its own.
pub(crate) struct Room {
    _folder: TempDir,
    root: PathBuf,
}

impl Room {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("course");
        for part in ["course", "questions"] {
            copy(&fixtures().join(part), &root);
        }
        fs::write(root.join("Cargo.toml"), "[workspace]\n").unwrap();
        let made = Self { _folder: folder, root };
        made.write(".socketlings/progress.json", "{ \"version\": 1, \"track\": \"javascript\" }\n");
        made
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn write(&self, inside: &str, text: &str) {
        let path = self.root.join(inside);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, inside: &str) -> String {
        fs::read_to_string(self.root.join(inside)).unwrap()
    }

    /// `runner ARGS` in the course, with nothing of our own environment.
    pub(crate) fn command(&self, args: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_runner"));
        command.args(args.split_whitespace()).current_dir(&self.root).env_clear().env("PATH", "");
        command
    }

    /// Types a command with this input.
    pub(crate) fn run(&self, args: &str, input: &str) -> Ran {
        let mut command = self.command(args);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A runner that reads nothing closes its end: that is no failure of the test.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        Ran::of(&child.wait_with_output().unwrap())
    }

    /// The progress file.
    pub(crate) fn progress(&self) -> Value {
        serde_json::from_str(&self.read(".socketlings/progress.json")).unwrap()
    }

    /// What is kept of a question.
    pub(crate) fn kept(&self, id: &str) -> Value {
        self.progress()["questions"][id].clone()
    }

    /// Lets time pass: everything that is kept was so long ago.
    pub(crate) fn pass(&self, seconds: u64) {
        let mut progress = self.progress();
        for (_, record) in progress["questions"].as_object_mut().unwrap() {
            for key in ["due", "reviewed_at"] {
                let at = record["card"][key].as_u64().unwrap();
                record["card"][key] = (at - seconds).into();
            }
        }
        self.write(".socketlings/progress.json", &progress.to_string());
    }
}

/// What came of a command.
pub(crate) struct Ran {
    pub(crate) exit: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { exit: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// The output, of a command that did what was asked.
    pub(crate) fn done(self) -> String {
        assert_eq!((self.exit, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }
}

/// Compares with `golden/NAME.txt`.
pub(crate) fn golden(name: &str, seen: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quiz/golden").join(format!("{name}.txt"));
    let assert = Assert::new().action_env("SNAPSHOTS").normalize_paths(false);
    assert.eq(seen, Data::read_from(&file, None).raw());
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
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
