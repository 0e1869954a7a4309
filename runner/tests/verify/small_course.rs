//! A course of one or two exercises that may be broken, and the runner in it. The tests of `check` use it too.
//!
//! `shake_hands` needs neither Node nor Rust. `first_push` needs both, and shows what happens without them.
//! Next: `statics.rs`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) const HANDS: &str = "exercises/04_on_the_wire/shake_hands";
pub(crate) const POLITE: &str = "exercises/23_what_you_learn/polite";
pub(crate) const PUSH: &str = "exercises/01_why_real_time/first_push";

/// A copy of a part of the real course.
pub(crate) struct SmallCourse {
    _folder: TempDir,
    root: PathBuf,
}

/// What `verify --json` said.
pub(crate) struct Said {
    pub(crate) exit: i32,
    pub(crate) json: Value,
}

/// A problem: file, line, column, message.
pub(crate) type Problem = (String, u64, u64, String);

impl SmallCourse {
    /// With these exercises.
    pub(crate) fn of(exercises: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for exercise in exercises {
            copy(&real().join(exercise), &root.join(exercise));
        }
        fs::create_dir_all(root.join("exercises")).unwrap();
        fs::copy(real().join("exercises/causes.yaml"), root.join("exercises/causes.yaml")).unwrap();
        let course = Self { _folder: folder, root };
        course.write("Cargo.toml", "[workspace]\n");
        let bin = |exercise: &&str| {
            let path = format!("{}/main.rs", exercise.trim_start_matches("exercises/"));
            format!("[[bin]]\nname = {:?}\npath = {path:?}\n", exercise.rsplit('/').next().unwrap())
        };
        let in_rust =
            exercises.iter().filter(|exercise| course.root.join(exercise).join("main.rs").is_file());
        let bins: Vec<String> = in_rust.map(bin).collect();
        course.write("exercises/Cargo.toml", &bins.concat());
        course
    }

    /// A project in three stages (JavaScript).
    pub(crate) fn project() -> Self {
        let course = Self::of(&[]);
        copy(&real().join("runner/tests/fixtures/project/exercises"), &course.path("exercises"));
        course
    }

    /// The course that most tests break.
    pub(crate) fn hands() -> Self {
        Self::of(&[HANDS])
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    pub(crate) fn read(&self, inside: &str) -> String {
        fs::read_to_string(self.path(inside)).unwrap()
    }

    pub(crate) fn write(&self, inside: &str, text: &str) {
        fs::create_dir_all(self.path(inside).parent().unwrap()).unwrap();
        fs::write(self.path(inside), text).unwrap();
    }

    pub(crate) fn remove(&self, inside: &str) {
        fs::remove_file(self.path(inside)).unwrap();
    }

    /// Replaces a text that must be there, once.
    pub(crate) fn edit(&self, inside: &str, from: &str, to: &str) {
        let text = self.read(inside);
        assert!(text.contains(from), "{inside} has no {from:?}");
        self.write(inside, &text.replacen(from, to, 1));
    }

    /// The line on which a text stands, from 1, and its column.
    pub(crate) fn place(&self, inside: &str, wanted: &str) -> (u64, u64) {
        let text = self.read(inside);
        let (at, line) = text
            .lines()
            .enumerate()
            .find(|(_, line)| line.contains(wanted))
            .unwrap_or_else(|| panic!("{inside} has no {wanted:?}"));
        let column = line[..line.find(wanted).unwrap()].chars().count();
        (at as u64 + 1, column as u64 + 1)
    }

    /// `runner ARGS` in the course, with nothing on the `PATH`.
    pub(crate) fn runner(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_runner"));
        command.args(args).current_dir(&self.root).env_clear().env("PATH", self.path("nothing"));
        command
    }

    /// `runner verify ARGS`.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.runner(&["verify"]);
        command.args(args);
        command
    }

    /// `runner verify --json ARGS`.
    pub(crate) fn verify(&self, args: &[&str]) -> Said {
        Said::of(self.command(args).arg("--json"))
    }

    /// The problems, sorted by place; and the exit code must say the same.
    pub(crate) fn problems(&self, args: &[&str]) -> Vec<Problem> {
        let said = self.verify(args);
        let problems = said.problems();
        assert_eq!(said.exit, if problems.is_empty() { 0 } else { 3 }, "{}", said.json);
        problems
    }

    /// The only problem.
    pub(crate) fn problem(&self) -> Problem {
        let mut problems = self.problems(&[]);
        assert_eq!(problems.len(), 1, "{problems:#?}");
        problems.remove(0)
    }

    /// The same packages as the real course. Call it only when Node is here.
    pub(crate) fn with_node(self) -> Self {
        for shared in ["package.json", "package-lock.json"] {
            fs::copy(real().join("exercises").join(shared), self.path("exercises").join(shared)).unwrap();
        }
        let packages = real().join("exercises/node_modules");
        std::os::unix::fs::symlink(packages, self.path("exercises/node_modules")).unwrap();
        self
    }
}

impl Said {
    pub(crate) fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        assert_eq!(stdout.lines().count(), 1, "one object on one line: {stdout}");
        let json = serde_json::from_str(&stdout).unwrap();
        // On a busy computer `verify` says how far it is.
        let stderr = String::from_utf8(output.stderr).unwrap();
        let told: Vec<_> = stderr.lines().filter(|line| !line.contains(" programs after ")).collect();
        assert!(told.is_empty(), "{told:?} {json}");
        Self { exit: output.status.code().unwrap(), json }
    }

    pub(crate) fn problems(&self) -> Vec<Problem> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let number = |value: &Value| value.as_u64().unwrap();
        let problems = self.json["problems"].as_array().unwrap().iter();
        problems
            .map(|one| {
                (text(&one["file"]), number(&one["line"]), number(&one["column"]), text(&one["message"]))
            })
            .collect()
    }

    /// The counts that `verify` is about: starters, solutions, mistakes.
    pub(crate) fn counts(&self) -> [u64; 3] {
        ["starters_failing", "solutions_passing", "mistakes_named"]
            .map(|key| self.json[key].as_u64().unwrap())
    }
}

/// Whether Node and the packages are here. Without them a test says so and passes, unless `REQUIRE_ALL` is 1.
pub(crate) fn node_is_here() -> bool {
    let node = Command::new("node").arg("--version").output();
    if node.is_ok_and(|node| node.status.success())
        && real().join("exercises/node_modules/socket.io").is_dir()
    {
        return true;
    }
    assert!(env::var_os("REQUIRE_ALL").is_none_or(|all| all != "1"), "needs Node and npm ci in exercises/");
    skipped();
    false
}

#[expect(clippy::print_stderr, reason = "a skip must be seen")]
fn skipped() {
    eprintln!("skipped: needs Node and npm ci in exercises/");
}

fn real() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

pub(crate) fn copy(from: &Path, to: &Path) {
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
