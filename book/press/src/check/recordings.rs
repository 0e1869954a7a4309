//! Whether everything is recorded, and whether the recordings still say what happens.

use std::collections::BTreeSet;

use runner::verify::{Problem, Skipped};

use super::{Scope, Summary, wanted};
use crate::{
    material::Material,
    recording::{Came, Program, Recording, Wanted},
};

/// Compares; answers which programs are proved, by the paths of their recordings.
pub(super) fn compare(
    material: &Material,
    wanted: &[Wanted],
    came: Option<&[Came]>,
    summary: &mut Summary,
) -> BTreeSet<String> {
    let mut proved = BTreeSet::new();
    for (place, wanted) in wanted.iter().enumerate() {
        let recorded = material.recording(&wanted.program);
        let recorded = match recorded {
            Ok(recorded) => recorded,
            Err(lacks) => {
                summary.problems.push(asked(wanted, format!("`{}`: {lacks}", wanted.program)));
                if let Some(Came::Wrong(problem)) = came.and_then(|came| came.get(place)) {
                    summary.problems.push(problem.clone());
                }
                continue;
            }
        };
        match came.and_then(|came| came.get(place)) {
            Some(Came::Recorded(new)) => match difference(&recorded, new) {
                None => {
                    proved.insert(wanted.program.path());
                }
                Some(difference) => summary.problems.push(changed(&wanted.program, &difference)),
            },
            Some(Came::Wrong(problem)) => summary.problems.push(problem.clone()),
            Some(Came::Lacks(needs)) => {
                let (exercise, needs) = (wanted.program.to_string(), needs.clone());
                summary.skipped.push(Skipped { exercise, needs });
                // A skip is never a pass, but the recording was made where it could be run.
                proved
                    .extend(is_current(material, wanted, &recorded, summary).then(|| wanted.program.path()));
            }
            None => {
                proved
                    .extend(is_current(material, wanted, &recorded, summary).then(|| wanted.program.path()));
            }
        }
    }
    proved
}

/// Recordings that no chapter shows any more.
pub(super) fn unasked(material: &Material, asked: &[Wanted], scope: &Scope, summary: &mut Summary) {
    for path in wanted::unasked(material, asked) {
        if !scope.has_file(&path) {
            continue;
        }
        let lesson = path.split('/').nth(1).unwrap_or_default();
        if !material.store().is_recording(&path) {
            let message = "this is no recording, and here are only recordings; move it elsewhere";
            summary.problems.push(Problem::of_file(format!("book/recordings/{path}"), message));
            continue;
        }
        let message =
            format!("no chapter shows it any more; `cargo run -p press -- record {lesson}` removes it");
        summary.problems.push(Problem::of_file(format!("book/recordings/{path}"), message));
    }
}

/// Whether a run came to what is recorded of it. What cannot be run here, or was never recorded, is not for a second run to say.
pub fn is_as_recorded(material: &Material, wanted: &Wanted, came: &Came) -> bool {
    match (came, material.recording(&wanted.program)) {
        (Came::Lacks(_), _) | (_, Err(_)) => true,
        (Came::Wrong(_), Ok(_)) => false,
        (Came::Recorded(new), Ok(old)) => old.sources != new.sources || difference(&old, new).is_none(),
    }
}

/// Whether a recording was made from the files as they are.
fn is_current(material: &Material, wanted: &Wanted, recorded: &Recording, summary: &mut Summary) -> bool {
    let Ok(found) = material.find(&wanted.program) else { return false };
    let now = found.hashes(wanted, &material.course);
    // Of those that are there now, and of those that were there.
    let mut files = now.keys().chain(recorded.sources.keys());
    let Some(file) = files.find(|file| recorded.sources.get(*file) != now.get(*file)) else {
        return true;
    };
    let lesson = wanted.program.lesson();
    let message =
        format!("it has changed since it was recorded; run `cargo run -p press -- record {lesson}`");
    summary.problems.push(Problem { file: file.clone(), line: 1, column: 1, message });
    false
}

fn asked(wanted: &Wanted, message: String) -> Problem {
    let (file, line, column) = wanted.asked.clone();
    Problem { file, line, column, message }
}

fn changed(program: &Program, difference: &str) -> Problem {
    let file = format!("book/recordings/{}", program.path());
    let lesson = program.lesson();
    let message = format!(
        "what is on the wire is not what was recorded: {difference}; if that is right, run \
         `cargo run -p press -- record {lesson}` and read the diff"
    );
    Problem::of_file(file, message)
}

/// The first difference between two recordings, in words.
fn difference(old: &Recording, new: &Recording) -> Option<String> {
    if old == new {
        return None;
    }
    if old.sources != new.sources {
        let changed = |file: &&String| old.sources.get(*file) != new.sources.get(*file);
        let file = new.sources.keys().chain(old.sources.keys()).find(changed);
        return Some(format!("`{}` has changed since", file.map_or("a file", String::as_str)));
    }
    let (old_text, new_text) = (old.to_json(), new.to_json());
    let lines = old_text.lines().zip(new_text.lines()).zip(1..);
    let first = lines.into_iter().find(|((old, new), _)| old != new);
    Some(match first {
        Some(((old, new), line)) => format!("line {line} was `{}` and is `{}`", old.trim(), new.trim()),
        None => "one of them is longer".to_owned(),
    })
}
