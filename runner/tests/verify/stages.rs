//! A project: each of its stages is proved like an exercise, and what belongs to none of them is found. Next: `statics.rs`.

use std::env;

use crate::small_course::{POLITE, Problem, Said, SmallCourse, node_is_here};

const YAML: &str = "exercises/23_what_you_learn/polite/exercise.yaml";

fn answer(name: &str) -> String {
    format!("{POLITE}/answers/{name}")
}

/// `verify` with Node.
fn with_node(course: SmallCourse, args: &[&str]) -> Said {
    let course = course.with_node();
    Said::of(course.command(args).arg("--json").env("PATH", env::var_os("PATH").unwrap_or_default()))
}

/// What is found in a broken project without running anything: there is no Node.
fn problems(break_it: impl Fn(&SmallCourse)) -> Vec<Problem> {
    let course = SmallCourse::project();
    break_it(&course);
    course.problems(&[])
}

fn only(break_it: impl Fn(&SmallCourse)) -> Problem {
    let mut found = problems(break_it);
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

#[test]
fn every_stage_is_proved() {
    if !node_is_here() {
        return;
    }
    let course = SmallCourse::project();
    // It may be left out, because it is the solution of the stage before.
    course.remove(&answer("bye/starter.js"));
    let said = with_node(course, &[]);
    assert_eq!((said.exit, said.problems(), said.counts()), (0, Vec::new(), [3, 4, 6]), "{}", said.json);
    assert_eq!(said.json["exercises"], 1);
}

#[test]
fn a_later_starter_that_breaks_a_stage_before() {
    if !node_is_here() {
        return;
    }
    let course = SmallCourse::project();
    course.edit(&answer("bye/starter.js"), "ack({ ok: true, count: ++count })", "ack({ ok: false })");
    let found = with_node(course, &[]).problems();
    assert_eq!((found.len(), found[0].0.as_str()), (1, &*answer("bye/starter.js")), "{found:#?}");
    let wanted = "it must pass the stages before, but `counted` of `thanks` failed";
    assert!(found[0].3.starts_with(wanted), "{found:#?}");
}

#[test]
fn a_mistake_that_belongs_to_another_stage() {
    let moved = answer("bye/mistakes/one-for-all.js");
    let found = problems(|course| {
        course.write(&moved, &course.read(&answer("thanks/mistakes/one-for-all.js")));
    });
    let unnamed = found.iter().any(|(file, .., message)| {
        *file == moved && message.starts_with("no mistake `one-for-all` is named")
    });
    assert!(unnamed, "{found:#?}");
}

#[test]
fn what_is_missing_is_named_with_its_stage() {
    let (file, line, _, message) = only(|course| course.remove(&answer("thanks/mistakes/one-for-all.js")));
    let wanted = "there is no mistake `one-for-all` in javascript: add it under `answers/thanks/`";
    assert_eq!((file.as_str(), message.as_str()), (YAML, wanted));
    assert_eq!(line, SmallCourse::project().place(YAML, "- id: one-for-all").0);
}

#[test]
fn answers_of_no_stage() {
    for stray in ["answers/solution.js", "answers/farewell/solution.js", "answers/also/other.js"] {
        let stray = format!("{POLITE}/{stray}");
        let (file, _, _, message) = only(|course| course.write(&stray, "// mine\n"));
        assert_eq!(
            (file.as_str(), message.starts_with("no exercise needs this file")),
            (stray.as_str(), true)
        );
    }
}

#[test]
fn a_stage_needs_a_reason_and_two_mistakes() {
    let found = problems(|course| {
        course.edit(
            YAML,
            "      - \"Count in a variable of the connection handler.\"\n    starter: no-answer\n",
            "      - \"Count in a variable of the connection handler.\"\n",
        );
        let text = course.read(YAML);
        let cut = text.find("      - id: slams-the-door").unwrap();
        course.write(YAML, &text[..cut]);
        course.remove(&answer("bye/mistakes/slams-the-door.js"));
    });
    let messages: Vec<&str> = found.iter().map(|(.., message)| message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "say why the program fails that this stage begins with: `starter: CAUSE`",
            "the stage `bye` names too few mistakes, 1 of 2: add what learners get wrong most",
        ]
    );
}

#[test]
fn the_last_stage_is_right_in_another_style_too() {
    let (file, _, _, message) = only(|course| course.remove(&answer("bye/also/rest.js")));
    let wanted = "there is no right program in another style: add one under `answers/bye/also/`";
    assert_eq!((file.as_str(), message.as_str()), (YAML, wanted));
}

#[test]
fn the_edited_file_is_the_first_starter() {
    let (file, _, _, message) = only(|course| course.write(&format!("{POLITE}/main.js"), "// mine\n"));
    assert_eq!(file, format!("{POLITE}/main.js"));
    assert!(message.starts_with(&format!("differs from `{}`", answer("hello/starter.js"))), "{message}");
}
