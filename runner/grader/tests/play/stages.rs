//! An exercise in stages, seen at each of them, and what a mismatch is called there.

use grader::{
    cause::{self, Seen},
    scenario::{
        model::{Exercise, Place},
        play::names::Names,
        read,
    },
    verdict::{Kind, Mismatch},
};

const STAGES: &str = include_str!("../fixtures/reader/valid/stages.yaml");

fn whole() -> Exercise {
    read::exercise(STAGES).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn ids<T>(items: &[T], id: impl Fn(&T) -> &str) -> Vec<&str> {
    items.iter().map(id).collect()
}

#[test]
fn the_whole_has_all_scenarios_and_mistakes() {
    let whole = whole();
    assert_eq!(ids(&whole.scenarios, |scenario| &scenario.id), ["greeted", "seen-off"]);
    assert_eq!(ids(&whole.mistakes, |mistake| &mistake.id), ["rude", "silent", "rude-now", "fell-over"]);
    assert_eq!(ids(&whole.stages, |stage| &stage.id), ["hello", "bye"]);
    assert_eq!((whole.stage.as_ref(), whole.starter.as_ref(), whole.hints.len()), (None, None, 0));
}

#[test]
fn a_stage_is_an_ordinary_exercise() {
    let first = whole().at_stage(0).unwrap();
    assert_eq!(ids(&first.scenarios, |scenario| &scenario.id), ["greeted"]);
    assert_eq!(ids(&first.mistakes, |mistake| &mistake.id), ["rude"]);
    assert_eq!(first.goal, "Be polite.\n\nStage 1 of 2: Say hello\n\n`hello` is answered.\n");
    assert_eq!((first.starter.as_deref(), first.hints.len()), (Some("no-answer"), 3));
    assert!(first.stages.is_empty() && first.vars.contains_key("word") && first.ignores == ["noise"]);
    let at = first.stage.unwrap();
    assert_eq!((at.id.as_str(), at.number, at.of, at.is_last()), ("hello", 1, 2, false));

    let last = whole().at_stage(1).unwrap();
    assert_eq!(ids(&last.scenarios, |scenario| &scenario.id), ["greeted", "seen-off"]);
    assert_eq!(ids(&last.mistakes, |mistake| &mistake.id), ["silent", "rude-now", "fell-over", "rude"]);
    assert!(last.stage.is_some_and(|stage| stage.is_last()));
    assert!(whole().at_stage(2).is_none());
    assert!(first_of_an_ordinary_one().is_none());
}

fn first_of_an_ordinary_one() -> Option<Exercise> {
    whole().at_stage(0)?.at_stage(0)
}

/// The cause, at the last stage, of one mismatch in this scenario.
fn cause_of(kind: Kind, subject: &str, scenario: (usize, &str)) -> String {
    let exercise = whole().at_stage(1).unwrap();
    let mismatch = Mismatch {
        kind,
        subject: subject.to_owned(),
        actor: None,
        at: None,
        saw: None,
        expected: "this".to_owned(),
        actual: "that".to_owned(),
        place: Place::default(),
        line: None,
        also: Vec::new(),
    };
    let names = Names::default();
    let seen = Seen { mismatch: &mismatch, scenario: Some(scenario), names: &names };
    cause::name(&exercise, &[], "ex", None, &[seen]).unwrap().id
}

#[test]
fn a_mistake_speaks_of_its_own_stage_unless_it_names_a_scenario() {
    let (first, second) = ((0, "greeted"), (1, "seen-off"));
    assert_eq!(cause_of(Kind::NoAck, "bye", second), "ex/silent");
    assert_eq!(cause_of(Kind::NoAck, "hello", second), "ex/rude-now");
    // The later stage says `in: greeted`, and goes before the stage itself.
    assert_eq!(cause_of(Kind::NoAck, "hello", first), "ex/rude-now");
    assert_eq!(cause_of(Kind::NoAck, "bye", first), "no-ack-bye");
    assert_eq!(cause_of(Kind::Crashed, "program", second), "ex/fell-over");
    assert_eq!(cause_of(Kind::Crashed, "program", first), "crashed-program");
}
