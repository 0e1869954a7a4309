//! What a learner reads for each cause, named or general, against golden files: the failure text is the product.
//!
//! `course` checks the wrong programs of the real course, `provoke` brings about each general cause with a small
//! course of its own, `redact` makes the reports alike from run to run. Programs run for real, several at once.
//!
//! `SNAPSHOTS=overwrite cargo test -p runner --test causes` writes the files anew: then read them as a learner would.
//! Next: `course.rs`.

mod course;
mod provoke;
mod redact;

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use grader::{diagram::shorten::width, event::Event, verdict::Verdict};
use runner::report::{ExerciseView, Report, style::Style, terminal::Terminal};
use snapbox::{Assert, Data};

/// A report that is to be looked at: its golden file's name and its text.
type Shown = (String, String);

/// The course whose causes these are.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the runner lies in the course").to_path_buf()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/causes")
}

/// `members_only/echo-to-all` → `members_only.echo-to-all.txt`
fn file(cause: &str) -> String {
    format!("{}.txt", cause.replace('/', "."))
}

/// Whether Node and the packages are here. Without them a test says so and passes, unless `REQUIRE_ALL` is 1.
fn node_is_here() -> bool {
    let node = Command::new("node").arg("--version").output();
    if node.is_ok_and(|node| node.status.success())
        && root().join("exercises/node_modules/socket.io").is_dir()
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

/// The report of a failed check as it stands in a terminal of 80 columns without colour.
fn report(view: &ExerciseView, verdict: Verdict) -> String {
    let verdict = redact::alike(verdict);
    let started = Event::CheckStarted {
        exercise: verdict.exercise.clone(),
        title: view.title.clone(),
        stage: verdict.stage.clone(),
        track: verdict.track,
        seed: verdict.seed,
        scenarios: verdict.scenarios.len(),
    };
    let ids = redact::ids(&verdict);
    let mut out = Vec::new();
    let mut terminal = Terminal::new(&mut out, Style { width: 80, ..Style::default() });
    terminal.about(view.clone());
    for event in [started, Event::CheckEnded(verdict)] {
        terminal.event(&event).expect("a vector takes everything");
    }
    drop(terminal);
    let text = redact::text(&String::from_utf8(out).expect("a report is text"), &ids);
    for line in text.lines() {
        assert!(width(line) <= 80, "{} columns: {line}", width(line));
    }
    text
}

/// The causes whose reports are not what their golden files say, each with the difference.
fn different(shown: &[Shown]) -> Vec<(&str, String)> {
    let assert = Assert::new().action_env("SNAPSHOTS").normalize_paths(false);
    let compared = shown.iter().filter_map(|(cause, text)| {
        let name = file(cause);
        let golden = Data::read_from(&folder().join(&name), None).raw();
        let error = assert.try_eq(Some(&name), Data::text(text.clone()).raw(), golden).err()?;
        Some((cause.as_str(), error.to_string()))
    });
    compared.collect()
}

/// Compares all, and only then complains: one run shows everything that has changed.
fn compare(shown: &[Shown]) {
    let different: Vec<_> = different(shown).into_iter().map(|(_, how)| how).collect();
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn every_named_mistake_of_the_course() {
    if node_is_here() {
        let shown = course::reports(|_| true);
        // On a busy machine two packets of two lines may come in the other order: what differs is made once more, alone.
        for (cause, _) in different(&shown) {
            compare(&course::reports(|id| id == cause));
        }
    }
}

#[test]
fn every_general_cause() {
    if node_is_here() {
        compare(&provoke::reports());
    }
}

/// A cause without a golden file has not been read by anybody; a file without a cause misleads.
#[test]
fn each_cause_has_its_golden_file_and_each_file_its_cause() {
    let mut wanted: BTreeSet<String> = course::causes().iter().map(|cause| file(cause)).collect();
    wanted.extend(course::general().iter().map(|cause| file(&cause.id)));
    let there: BTreeSet<String> = fs::read_dir(folder())
        .expect("the folder of the golden files")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    let missing: Vec<_> = wanted.difference(&there).collect();
    let orphans: Vec<_> = there.difference(&wanted).collect();
    assert!(missing.is_empty(), "run with SNAPSHOTS=overwrite and read: {missing:?}");
    assert!(orphans.is_empty(), "no cause has these golden files, delete them: {orphans:?}");
}

/// Two causes that say the same help nobody to tell them apart.
#[test]
fn no_two_causes_say_the_same() {
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for (id, says) in course::sayings() {
        if let Some(other) = said.insert(says.clone(), id.clone()) {
            panic!("{other} and {id} both say: {says}");
        }
    }
}
