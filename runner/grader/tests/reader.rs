//! The reader of exercises, seen from outside: valid files, broken files with their messages, hostile files.
//!
//! `SNAPSHOTS=overwrite cargo test -p grader --test reader` writes the messages anew: then read them.
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures from files")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use grader::scenario::read;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reader").join(name)
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("fixtures")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    files.sort();
    files
}

fn file_name(path: &Path) -> String {
    path.file_name().expect("name").to_string_lossy().into_owned()
}

/// What the reader says of a file. Files named `causes_…` are lists of general causes, `demo_…` are demos of the book.
fn problems(path: &Path, text: &str) -> Option<String> {
    let name = file_name(path);
    let result = if name.starts_with("causes") {
        read::causes(text).map(drop)
    } else if name.starts_with("demo") {
        read::demo(text).map(drop)
    } else {
        read::exercise(text).map(drop)
    };
    let problems = result.err()?;
    Some(problems.iter().map(|problem| problem.render(&name, text)).collect::<Vec<_>>().join("\n"))
}

#[test]
fn valid_files_are_read() {
    let files = yaml_files(&folder("valid"));
    assert!(files.len() >= 12, "{files:?}");
    let found: Vec<String> =
        files.iter().filter_map(|path| problems(path, &fs::read_to_string(path).expect("text"))).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_problem_is_told_with_its_place() {
    let files = yaml_files(&folder("invalid"));
    assert!(files.len() >= 40, "{files:?}");
    let assert = snapbox::Assert::new().action_env("SNAPSHOTS");
    for path in files {
        let text = fs::read_to_string(&path).expect("text");
        let told = problems(&path, &text).unwrap_or_else(|| panic!("{} is valid", path.display()));
        let golden = snapbox::Data::read_from(&path.with_extension("txt"), None);
        assert.eq(told, golden.raw());
    }
}

/// What learners write in role `tests` is read with the names of the exercise, and its slips are told like all others.
#[test]
fn the_scenarios_of_a_learner() {
    let exercise = fs::read_to_string(folder("valid").join("role_tests.yaml")).expect("text");
    let exercise = read::exercise(&exercise).expect("it is valid");
    let assert = snapbox::Assert::new().action_env("SNAPSHOTS");
    for path in yaml_files(&folder("learner")) {
        let (name, text) = (file_name(&path), fs::read_to_string(&path).expect("text"));
        match read::scenarios(&text, &exercise) {
            Ok(scenarios) => assert_eq!((name.as_str(), scenarios.len()), ("fine.yaml", 2)),
            Err(problems) => {
                let told: Vec<String> =
                    problems.iter().map(|problem| problem.render("main.yaml", &text)).collect();
                let golden = snapbox::Data::read_from(&path.with_extension("txt"), None);
                assert.eq(told.join("\n"), golden.raw());
            }
        }
    }
}
