//! A project: each of its stages is proved like an exercise, and what belongs to none of them is found. Next: `statics.rs`.

use std::env;

use crate::small_course::{POLITE, Problem, SmallCourse, node_is_here};

const YAML: &str = "exercises/23_what_you_learn/polite/exercise.yaml";

fn answer(name: &str) -> String {
    format!("{POLITE}/answers/{name}")
}

/// Breaks the project, and tells what is found. `None` without Node.
fn problems(break_it: impl Fn(&SmallCourse)) -> Option<Vec<Problem>> {
    if !node_is_here() {
        return None;
    }
    let course = SmallCourse::project();
    break_it(&course);
    let mut command = course.command(&["--json"]);
    let said = crate::small_course::Said::of(command.env("PATH", env::var_os("PATH").unwrap_or_default()));
    Some(said.problems())
}

fn only(break_it: impl Fn(&SmallCourse)) -> Option<Problem> {
    let mut found = problems(break_it)?;
    assert_eq!(found.len(), 1, "{found:#?}");
    Some(found.remove(0))
}

#[test]
fn every_stage_is_proved() {
    if !node_is_here() {
        return;
    }
    let course = SmallCourse::project();
    let mut command = course.command(&["--json", "--repeat", "2"]);
    let said = crate::small_course::Said::of(command.env("PATH", env::var_os("PATH").unwrap_or_default()));
    assert_eq!((said.exit, said.problems(), said.counts()), (0, Vec::new(), [3, 4, 6]), "{}", said.json);
    assert_eq!(said.json["exercises"], 1);
}

#[test]
fn a_later_starter_that_breaks_a_stage_before() {
    let Some((file, _, _, message)) = only(|course| {
        course.edit(&answer("bye/starter.js"), "ack({ ok: true, count: ++count })", "ack({ ok: false })");
    }) else {
        return;
    };
    assert_eq!(file, answer("bye/starter.js"));
    let wanted = "it must pass the stages before, but `counted` of `thanks` failed";
    assert!(message.starts_with(wanted), "{message}");
}

#[test]
fn a_later_starter_that_is_left_out_is_the_solution_before() {
    let found = problems(|course| course.remove(&answer("bye/starter.js")));
    assert!(found.is_none_or(|found| found.is_empty()));
}

#[test]
fn a_mistake_that_belongs_to_another_stage() {
    let moved = answer("bye/mistakes/one-for-all.js");
    let Some(found) = problems(|course| {
        course.write(&moved, &course.read(&answer("thanks/mistakes/one-for-all.js")));
    }) else {
        return;
    };
    let unnamed = found.iter().any(|(file, .., message)| {
        *file == moved && message.starts_with("no mistake `one-for-all` is named")
    });
    assert!(unnamed, "{found:#?}");
}

#[test]
fn what_is_missing_is_named_with_its_stage() {
    let Some((file, line, _, message)) =
        only(|course| course.remove(&answer("thanks/mistakes/one-for-all.js")))
    else {
        return;
    };
    let wanted = "there is no mistake `one-for-all` in javascript: add it under `answers/thanks/`";
    assert_eq!((file.as_str(), message.as_str()), (YAML, wanted));
    assert_eq!(line, SmallCourse::project().place(YAML, "- id: one-for-all").0);
}

#[test]
fn answers_of_no_stage() {
    for stray in ["answers/solution.js", "answers/farewell/solution.js", "answers/also/other.js"] {
        let stray = format!("{POLITE}/{stray}");
        let Some((file, _, _, message)) = only(|course| course.write(&stray, "// mine\n")) else { return };
        assert_eq!(
            (file.as_str(), message.starts_with("no exercise needs this file")),
            (stray.as_str(), true)
        );
    }
}

#[test]
fn a_stage_needs_a_reason_and_two_mistakes() {
    let Some(found) = problems(|course| {
        course.edit(
            YAML,
            "      - \"Count in a variable of the connection handler.\"\n    starter: no-answer\n",
            "      - \"Count in a variable of the connection handler.\"\n",
        );
        let text = course.read(YAML);
        let cut = text.find("      - id: slams-the-door").unwrap();
        course.write(YAML, &text[..cut]);
        course.remove(&answer("bye/mistakes/slams-the-door.js"));
    }) else {
        return;
    };
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
    let Some((file, _, _, message)) = only(|course| course.remove(&answer("bye/also/rest.js"))) else {
        return;
    };
    let wanted = "there is no right program in another style: add one under `answers/bye/also/`";
    assert_eq!((file.as_str(), message.as_str()), (YAML, wanted));
}

#[test]
fn the_edited_file_is_the_first_starter() {
    let Some((file, _, _, message)) = only(|course| course.write(&format!("{POLITE}/main.js"), "// mine\n"))
    else {
        return;
    };
    assert_eq!(file, format!("{POLITE}/main.js"));
    assert!(message.starts_with(&format!("differs from `{}`", answer("hello/starter.js"))), "{message}");
}
