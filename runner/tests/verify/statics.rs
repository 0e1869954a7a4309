//! What is wrong with the files: found without running anything. Next: `programs.rs`.

use std::fs;

use crate::small_course::{HANDS, PUSH, SmallCourse};

const YAML: &str = "exercises/04_on_the_wire/shake_hands/exercise.yaml";

fn in_hands(name: &str) -> String {
    format!("{HANDS}/{name}")
}

#[test]
fn a_right_course_has_no_problems() {
    let said = SmallCourse::hands().verify(&[]);
    assert_eq!((said.exit, said.problems(), said.counts()), (0, Vec::new(), [1, 2, 8]), "{}", said.json);
}

#[test]
fn two_mistakes_with_the_same_when() {
    let course = SmallCourse::hands();
    let pings = r#"{ different: frame, in: whole-talk, saw: "2" }"#;
    course.edit(YAML, r#"{ different: frame, in: whole-talk, saw: "1" }"#, pings);
    let (file, line, _, message) = course.problem();
    assert_eq!(
        (file.as_str(), message.as_str()),
        (
            YAML,
            "`pings-back` says the same, so `closes-the-transport` is never named; the first mistake that fits wins: say more here"
        )
    );
    let (named, _) = course.place(YAML, "- id: closes-the-transport");
    assert_eq!(line, named + 1, "the place is the second `when`");
}

#[test]
fn two_mistakes_with_a_bare_missing() {
    let course = SmallCourse::hands();
    let two = "  - id: first\n    when: { missing: frame }\n    says: \"One.\"\n  - id: second\n    when: [{ missing: frame, line: 2 }, { missing: frame }]\n    says: \"Two.\"\n";
    course.write(YAML, &(course.read(YAML).trim_end().to_owned() + "\n" + two));
    let problems = course.problems(&[]);
    let (file, line, column, message) = &problems[0];
    assert_eq!(
        (file.as_str(), message.as_str()),
        (
            YAML,
            "`first` says the same, so `second` is never named; the first mistake that fits wins: say more here"
        )
    );
    let (wanted, _) = course.place(YAML, "- id: second");
    assert_eq!((*line, *column), (wanted + 1, 41));
}

#[test]
fn another_style_is_missing_or_is_none() {
    let course = SmallCourse::hands();
    let also = in_hands("answers/also/main_namespace.txt");
    course.write(&also, &course.read(&in_hands("answers/solution.txt")).replace("# Leave.", "# Goodbye."));
    let (file, _, _, message) = course.problem();
    let wanted = "is the solution with other names or another layout; write it in another style";
    assert_eq!((file, message.as_str()), (also.clone(), wanted));
    course.remove(&also);
    let (file, _, _, message) = course.problem();
    let wanted = "there is no right program in another style: add one under `answers/also/`";
    assert_eq!((file.as_str(), message.as_str()), (YAML, wanted));
}

#[test]
fn two_mistakes_are_too_few() {
    let course = SmallCourse::hands();
    let text = course.read(YAML);
    let (before, mistakes) = text.split_once("mistakes:\n").unwrap();
    let two: Vec<_> = mistakes.split_inclusive("\n  - id:").take(2).collect();
    course.write(YAML, &format!("{before}mistakes:\n{}\n", two.concat().trim_end_matches("\n  - id:")));
    let (line, column) = course.place(YAML, "mistakes:");
    let wanted = "names too few mistakes, 2 of 3: add what learners get wrong most".to_owned();
    let problems = course.problems(&[]);
    assert!(problems.contains(&(YAML.to_owned(), line, column, wanted)), "{problems:#?}");
}

#[test]
fn a_file_without_a_meaning() {
    let course = SmallCourse::hands();
    course.write(&in_hands("answers/notes.md"), "remember\n");
    let (file, line, column, message) = course.problem();
    assert_eq!((file, line, column), (in_hands("answers/notes.md"), 0, 0));
    assert_eq!(message, "no exercise needs this file; delete it, or put it where it belongs");
}

#[test]
fn an_answer_in_a_language_that_the_exercise_has_not() {
    let course = SmallCourse::hands();
    course.write(&in_hands("answers/mistakes/pings-back.js"), "// no\n");
    assert_eq!(course.problem().0, in_hands("answers/mistakes/pings-back.js"));
}

#[test]
fn answers_that_are_missing() {
    for (answer, wanted) in [
        ("starter.txt", "there is no starter: add it under `answers/`"),
        ("solution.txt", "there is no solution: add it under `answers/`"),
    ] {
        let course = SmallCourse::hands();
        course.remove(&in_hands(&format!("answers/{answer}")));
        assert_eq!(course.problem(), (YAML.to_owned(), 1, 1, wanted.to_owned()));
    }
}

#[test]
fn a_mistake_without_a_program() {
    let course = SmallCourse::hands();
    course.remove(&in_hands("answers/mistakes/pings-back.txt"));
    let (named, _) = course.place(YAML, "- id: pings-back");
    let wanted = "there is no mistake `pings-back`: add it under `answers/`";
    let (file, line, _, message) = course.problem();
    assert_eq!((file.as_str(), line, message.as_str()), (YAML, named, wanted));
}

#[test]
fn a_program_without_a_mistake() {
    let course = SmallCourse::hands();
    course.write(&in_hands("answers/mistakes/nobody-names-me.txt"), "1\n");
    let problems = course.problems(&[]);
    let wanted = format!("no mistake `nobody-names-me` is named in {YAML}; name it, or delete the file");
    let unnamed = problems.iter().find(|problem| problem.3 == wanted);
    assert!(
        unnamed.is_some_and(|problem| problem.0 == in_hands("answers/mistakes/nobody-names-me.txt")),
        "{problems:?}"
    );
}

#[test]
fn hints_that_are_missing() {
    let course = SmallCourse::hands();
    let text = course.read(YAML);
    let (before, rest) = text.split_once("hints:\n").unwrap();
    let (_, after) = rest.split_once("starter:").unwrap();
    course.write(YAML, &format!("{before}starter:{after}"));
    let (file, line, _, message) = course.problem();
    assert_eq!((file.as_str(), line), (YAML, 2), "{message}");
    assert!(message.contains("hints"), "{message}");
}

#[test]
fn a_file_that_is_no_longer_the_starter() {
    let course = SmallCourse::hands();
    course.write(&in_hands("frames.txt"), "40\n");
    let (file, line, _, message) = course.problem();
    assert_eq!((file, line), (in_hands("frames.txt"), 0));
    let wanted = format!("differs from `{}`", in_hands("answers/starter.txt"));
    assert!(message.starts_with(&wanted), "{message}");
    assert_eq!(course.problems(&["--mine"]), [], "a learner's own work is left alone");
}

#[test]
fn a_starter_whose_reason_is_not_stated() {
    let course = SmallCourse::hands();
    course.edit(YAML, "starter: event-before-connect\n", "");
    let problems = course.problems(&[]);
    assert!(
        problems.iter().any(|problem| problem.0 == YAML && problem.3.contains("starter")),
        "{problems:?}"
    );
}

#[test]
fn a_starter_with_a_reason_that_no_mistake_has() {
    for (reason, advice) in [
        ("event-before-conect", "did you mean `event-before-connect`?"),
        ("did-not-compil", "did you mean `did-not-compile`?"),
        ("whatever", "known: `"),
    ] {
        let course = SmallCourse::hands();
        course.edit(YAML, "starter: event-before-connect", &format!("starter: {reason}"));
        let problems = course.problems(&["--static"]);
        assert_eq!(problems.len(), 1, "{problems:#?}");
        let (file, line, column, message) = &problems[0];
        assert_eq!((file.as_str(), (*line, *column)), (YAML, course.place(YAML, reason)));
        let wanted = format!("the starter fails for `{reason}`, and no mistake has this name; {advice}");
        assert!(message.starts_with(&wanted), "{message}");
    }
    // A general cause is a reason, too. And without the list of them nobody knows.
    let course = SmallCourse::hands();
    course.edit(YAML, "starter: event-before-connect", "starter: did-not-compile");
    assert_eq!(course.problems(&["--static"]), []);
    course.edit("exercises/causes.yaml", "- id: did-not-compile\n  when:", "- id: did-not-compile\n  wenn:");
    assert!(course.problems(&["--static"]).iter().all(|problem| problem.0 != YAML));
}

#[test]
fn a_short_lesson_may_have_exercises_with_one_mistake() {
    let course = SmallCourse::hands();
    let text = course.read(YAML);
    let (before, mistakes) = text.split_once("mistakes:\n").unwrap();
    let first = mistakes.split("\n  - id:").next().unwrap();
    course.write(YAML, &format!("{before}mistakes:\n{first}\n"));
    let page = "book/src/04_on_the_wire.md";
    let message = |front: &str| {
        course.write(page, &format!("---\n{front}\n---\n"));
        let problems = course.problems(&["--static"]).into_iter().map(|problem| problem.3);
        problems.filter(|message| message.contains("too few")).collect::<Vec<_>>()
    };
    let wanted = "names too few mistakes, 1 of 3: add what learners get wrong most";
    assert_eq!(message("minutes: 20"), [wanted]);
    assert_eq!(message("minutes: 10"), [""; 0]);
    assert_eq!(message("minutes: 20\nunfinished: true"), [""; 0]);
}

#[test]
fn the_servers_of_learners_scenarios() {
    const WRITE: &str = "exercises/20_testing_and_debugging/write_the_test";
    let manifest = "exercises/Cargo.toml";
    let bin = "[[bin]]\nname = \"write_the_test\"\npath = \"20_testing_and_debugging/write_the_test/servers/main.rs\"\n";
    let found = |break_it: &dyn Fn(&SmallCourse)| {
        let course = SmallCourse::of(&[WRITE]);
        course.write(manifest, bin);
        break_it(&course);
        let said = course.verify(&[]);
        // No cargo is here, so nothing can be played.
        assert_eq!(said.json["skipped"].as_array().map(Vec::len), Some(1), "{}", said.json);
        said.problems()
    };
    assert_eq!(found(&|_| {}), []);
    let missing = found(&|course| course.remove(&format!("{WRITE}/servers/echo-to-all.rs")));
    assert_eq!((missing.len(), missing[0].0.as_str()), (1, &*format!("{WRITE}/servers/echo-to-all.rs")));
    let stray = found(&|course| course.write(&format!("{WRITE}/servers/helper.rs"), ""));
    assert!(stray[0].3.starts_with("no exercise needs this file"), "{stray:?}");
    let unlisted = found(&|course| course.write(manifest, ""));
    assert_eq!(unlisted[0].0, manifest);
    assert!(unlisted[0].3.contains("write_the_test/servers/main.rs"), "{unlisted:?}");
}

#[test]
fn two_exercises_of_one_name() {
    let course = SmallCourse::hands();
    let other = "exercises/05_acknowledgements/shake_hands";
    let also = "answers/also/main_namespace.txt";
    for file in ["exercise.yaml", "frames.txt", "answers/starter.txt", "answers/solution.txt", also] {
        course.write(&format!("{other}/{file}"), &course.read(&in_hands(file)));
    }
    fs::create_dir_all(course.path(&format!("{other}/answers/mistakes"))).unwrap();
    for entry in fs::read_dir(course.path(&in_hands("answers/mistakes"))).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), course.path(&format!("{other}/answers/mistakes")).join(entry.file_name()))
            .unwrap();
    }
    let (file, line, _, message) = course.problem();
    assert_eq!((file, line), (format!("{other}/exercise.yaml"), 0));
    assert!(
        message.starts_with("`04_on_the_wire/shake_hands` has the name `shake_hands` already"),
        "{message}"
    );
    // Also when only the second one is looked at: the causes of both are called `shake_hands/…`.
    assert_eq!(course.problems(&["05_acknowledgements"]).len(), 1);
}

#[test]
fn yaml_that_cannot_be_read() {
    let course = SmallCourse::hands();
    course.edit(YAML, "role: frames", "role: [frames");
    let problems = course.problems(&[]);
    assert!(
        problems.iter().all(|problem| problem.0 == YAML && problem.1 >= 3 && problem.2 >= 1),
        "{problems:?}"
    );
    assert_eq!(course.verify(&[]).json["exercises"], 0, "what cannot be read is not counted as proved");
}

#[test]
fn every_problem_of_a_file_is_told_at_once() {
    let course = SmallCourse::hands();
    course.edit(YAML, "role: frames", "role: frame");
    course.edit(YAML, "title: \"Shake hands\"", "titel: \"Shake hands\"");
    let lines: Vec<_> = course.problems(&[]).into_iter().map(|problem| (problem.1, problem.2)).collect();
    assert!(lines.contains(&(2, 1)) && lines.contains(&(3, 7)), "{lines:?}");
}

#[test]
fn general_causes_that_cannot_be_read() {
    let course = SmallCourse::hands();
    course.edit("exercises/causes.yaml", "- id: did-not-compile\n  when:", "- id: did-not-compile\n  wenn:");
    let (line, column) = course.place("exercises/causes.yaml", "wenn:");
    let problems = course.problems(&[]);
    let here = ("exercises/causes.yaml", line, column);
    assert!(
        problems.iter().any(|problem| (problem.0.as_str(), problem.1, problem.2) == here),
        "{problems:?}"
    );
}

#[test]
fn rust_programs_and_the_manifest_say_the_same() {
    let manifest = "exercises/Cargo.toml";
    let course = SmallCourse::of(&[PUSH]);
    let right = course.read(manifest);
    let wanted =
        "add `[[bin]]` with `name = \"first_push\"` and `path = \"01_why_real_time/first_push/main.rs\"`";

    course.write(manifest, "");
    assert_eq!(course.problem(), (manifest.to_owned(), 0, 0, wanted.to_owned()));

    course.write(manifest, &right.replace("main.rs", "mein.rs"));
    let messages: Vec<_> = course.problems(&[]).into_iter().map(|problem| problem.3).collect();
    let gone = "`01_why_real_time/first_push/mein.rs` is not there; take the `[[bin]]` `first_push` out";
    assert_eq!(messages, [gone, wanted]);

    course.write(manifest, &(right + "[[bin]]\nname = \"old\"\npath = \"02_old/main.rs\"\n"));
    let orphan = "`02_old/main.rs` is not there; take the `[[bin]]` `old` out";
    assert_eq!(course.problem(), (manifest.to_owned(), 0, 0, orphan.to_owned()));

    course.write(manifest, "[[bin]\n");
    assert!(course.problem().3.starts_with("cannot be read: "));
}
