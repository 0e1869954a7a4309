//! A third language: each program of `fixtures/python` keeps its exercise's contract with `python-socketio`, and
//! passes through `-- CMD`. The file's name is the exercise's.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

/// Each takes one Python and one runner.
const AT_ONCE: usize = 4;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The Python that has the packages of `fixtures/python/requirements.txt`.
fn python() -> Option<PathBuf> {
    let built = root().join("target/python/bin/python");
    let candidates = [env::var_os("PYTHON").map(PathBuf::from), Some(built), Some("python3".into())];
    let has_packages = |python: &PathBuf| {
        let mut command = Command::new(python);
        command.args(["-c", "import socketio, aiohttp"]).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    candidates.into_iter().flatten().find(has_packages)
}

#[test]
fn right_programs_in_python_pass() {
    let folder = root().join("runner/tests/fixtures/python");
    let Some(python) = python() else {
        let words = "python-socketio is not here: python3 -m venv target/python, and its pip install -r \
                     runner/tests/fixtures/python/requirements.txt";
        assert!(env::var_os("REQUIRE_ALL").is_none(), "{words}");
        skipped(words);
        return;
    };
    let mut programs: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    programs.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
    programs.sort();
    assert!(programs.len() >= 10, "a third language is shown for ten exercises at least: {programs:?}");
    for some in programs.chunks(AT_ONCE) {
        thread::scope(|scope| {
            for program in some {
                scope.spawn(|| passes(&python, program));
            }
        });
    }
}

#[expect(clippy::print_stderr, reason = "a skip must be seen")]
fn skipped(words: &str) {
    eprintln!("skipped: {words}");
}

fn passes(python: &Path, program: &Path) {
    let exercise = program.file_stem().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_runner"));
    let course = tempfile::tempdir().unwrap();
    // Progress is kept in the course: this one is only read.
    for name in ["exercises", "Cargo.toml"] {
        std::os::unix::fs::symlink(root().join(name), course.path().join(name)).unwrap();
    }
    command.arg("--course").arg(course.path()).arg("check").arg(exercise).arg("--").arg(python).arg(program);
    let output = command.output().unwrap();
    let words = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {words}", exercise.display());
}
