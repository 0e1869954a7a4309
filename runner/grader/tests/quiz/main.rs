//! Questions: files that are read, broken files with their messages, hostile files, the editors' schema, and the table
//! of answers and verdicts that the page is held to as well.
//!
//! `SNAPSHOTS=overwrite cargo test -p grader --test quiz` writes the messages anew: then read them.
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures from files")]

mod hostile;
mod reader;
mod schema;
mod verdicts;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The files of a folder of fixtures: name without its end, and text.
fn fixtures(folder: &str) -> Vec<(String, String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/quiz").join(folder);
    let mut found: Vec<(String, String, PathBuf)> = fs::read_dir(folder)
        .expect("fixtures")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .map(|path| {
            let name = path.file_stem().expect("name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("text"), path)
        })
        .collect();
    found.sort();
    found
}

/// The lesson that a fixture belongs to: an interview belongs to none.
fn lesson_of(name: &str) -> Option<&'static str> {
    (!name.starts_with("interview")).then_some("07_rooms")
}
