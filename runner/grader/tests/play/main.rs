//! Plays against a scripted program, in time that passes only when nothing else happens: what is a pass, what
//! is which mismatch, and how long it takes to say so.

mod basics;
mod client;
mod ending;
mod frames;
mod hearing;
mod matching;
mod namespaces;
mod naming;
mod nodes;
mod opening;
mod outside;
mod page;
mod patience;
mod program;
mod reported;
mod says;
mod sending;
mod stages;

use grader::{
    scenario::play::{Finished, drive::Conn},
    verdict::{Mismatch, Outcome},
    wire::socket::Packet,
};
use program::Program;
use says::Says;

/// An exercise of role `server` with one scenario.
pub(crate) fn exercise(steps: &str) -> String {
    exercise_of("role: server\nvars: { room: !fresh room }", steps)
}

/// An exercise with these keys at the top, and one scenario.
pub(crate) fn exercise_of(top: &str, steps: &str) -> String {
    let steps = steps.lines().fold(String::new(), |all, line| format!("{all}      {line}\n"));
    format!(
        "title: Test\n{top}\ngoal: \"A goal.\"\nhints: [\"one\", \"two\", \"three\"]\nscenarios:\n  - id: only\n    \
         title: the only one\n    why: \"It is a test.\"\n    steps:\n{steps}\
         mistakes:\n  - id: m\n    when: {{ KIND }}\n    says: \"It fell over.\"\n"
    )
    .replace("KIND", if top.contains("frames") { "different: frame" } else { "crashed: program" })
}

/// What came of it, in the words of a `when`: `missing receiveMessage asha`, or `passed`.
pub(crate) fn told(finished: &Finished) -> String {
    match &finished.result.outcome {
        Outcome::Passed => "passed".to_owned(),
        Outcome::Failed(mismatch) => {
            let actor = mismatch.actor.as_deref().unwrap_or("-");
            format!("{} {} {actor}", mismatch.kind, mismatch.subject)
        }
        Outcome::Skipped(why) => format!("skipped: {why}"),
    }
}

/// Plays twice, with packets one by one and in batches: a verdict must not depend on it.
pub(crate) fn both<F: FnMut(Conn, &Packet) -> Vec<Says>>(
    make: impl Fn() -> Program<F>,
    yaml: &str,
) -> String {
    let [one_by_one, in_batches] = [false, true].map(|batched| make().in_batches(batched).play(yaml));
    assert_eq!(told(&one_by_one), told(&in_batches), "one by one, and in batches");
    told(&one_by_one)
}

pub(crate) fn mismatch(finished: &Finished) -> &Mismatch {
    match &finished.result.outcome {
        Outcome::Failed(mismatch) => mismatch,
        other => panic!("it should have failed: {other:?}"),
    }
}

pub(crate) fn assert_passes(finished: &Finished) {
    assert_eq!(finished.result.outcome, Outcome::Passed, "{:#?}", finished.result.transcript);
}
