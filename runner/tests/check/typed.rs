//! One command at a time: what it prints and how it ends. Next: `programs.rs`.

use crate::{
    Done,
    small_course::{HANDS, PUSH, SmallCourse},
};

fn check(course: &SmallCourse, args: &[&str]) -> Done {
    Done::of(course.runner(&["check"]).args(args))
}

/// A course whose frames are right.
fn solved() -> SmallCourse {
    let course = SmallCourse::hands();
    course.write(&format!("{HANDS}/frames.txt"), &course.read(&format!("{HANDS}/answers/solution.txt")));
    course
}

#[test]
fn a_pass_is_0_and_a_failure_is_1() {
    let Done { exit, out, err } = check(&solved(), &["shake_hands"]);
    assert_eq!((exit, err.as_str()), (0, ""), "{out}");
    assert!(
        out.contains("Well done: Shake hands is solved.") && out.contains("3 of 3 scenarios passed"),
        "{out}"
    );

    let Done { exit, out, err } = check(&SmallCourse::hands(), &["shake_hands"]);
    assert_eq!((exit, err.as_str()), (1, ""), "{out}");
    assert!(
        out.contains("Explain       cargo run -p runner explain shake_hands/event-before-connect\n"),
        "{out}"
    );
    assert!(out.contains("0 of 3 scenarios passed"), "{out}");
}

#[test]
fn the_line_of_a_frame_is_the_line_of_the_file() {
    let course = SmallCourse::hands();
    let (line, _) = course.place(&format!("{HANDS}/frames.txt"), "42[\"hello\"");
    let out = check(&course, &["shake_hands"]).out;
    assert!(out.contains(&format!("\n    {HANDS}/frames.txt:{line}\n")), "{out}");
    assert!(out.contains("actual    42[\"hello\",{\"name\":\"Asha\"}]\n"), "{out}");
}

#[test]
fn what_this_computer_lacks_is_2() {
    let course = SmallCourse::of(&[PUSH]);
    let Done { exit, out, err } = check(&course, &["first_push", "--track", "javascript"]);
    assert_eq!(exit, 2, "{out}");
    assert!(err.starts_with("error: Node.js was not found; install Node 20 or newer"), "{err}");
    let Done { exit, err, .. } = check(&course, &["first_push", "--track", "rust"]);
    assert_eq!(exit, 2);
    assert!(err.starts_with("error: cargo was not found; "), "{err}");
    let Done { exit, err, .. } = check(&course, &["first_push", "--", "python4", "server.py"]);
    assert_eq!(exit, 2);
    assert!(err.starts_with("error: the command `python4` was not found; "), "{err}");
    let Done { exit, err, .. } = check(&solved(), &["shake_hands", "--junit", "no/such/folder.xml"]);
    assert_eq!(exit, 2);
    assert!(err.starts_with("error: cannot write `no/such/folder.xml`; choose another file"), "{err}");
}

#[test]
fn a_course_that_is_wrong_is_3() {
    let course = SmallCourse::hands();
    course.edit(&format!("{HANDS}/exercise.yaml"), "role: frames", "role: frame");
    let Done { exit, out, err } = check(&course, &["shake_hands"]);
    assert_eq!((exit, out.as_str()), (3, ""));
    assert!(err.contains(&format!("{HANDS}/exercise.yaml:3:7")), "{err}");
}

#[test]
fn what_does_not_exist_is_64() {
    let course = SmallCourse::hands();
    for (args, wanted) in [
        (&["shake_hand"][..], "error: no exercise is called `shake_hand`; did you mean `shake_hands`?\n"),
        (
            &["--answer", "solutions"],
            "error: invalid value 'solutions' for '--answer <ANSWER>': write `starter`",
        ),
        (
            &["shake_hands", "--answer", "mistake:ping-back"],
            "error: `04_on_the_wire/shake_hands` has no mistake `ping-back`; it has `starter`, `solution`, ",
        ),
        (
            &["shake_hands", "--", "node", "x.js"],
            "error: `shake_hands` is solved in `frames.txt`, there is no program to grade; ",
        ),
        (
            &["shake_hands", "--url", "http://127.0.0.1:9"],
            "error: `shake_hands` is solved in `frames.txt`, there is no program to grade; ",
        ),
        (
            &["shake_hands", "--url", "127.0.0.1:9"],
            "error: `--url 127.0.0.1:9`: it must begin with http://; ",
        ),
    ] {
        let Done { exit, out, err } = check(&course, args);
        assert_eq!((exit, out.as_str()), (64, ""), "{args:?}: {err}");
        assert!(err.starts_with(wanted), "{args:?}: {err}");
    }
    assert!(!course.path(".socketlings").exists(), "nothing was checked, so nothing is remembered");
}

#[test]
fn an_answer_of_the_course_is_no_progress() {
    let course = SmallCourse::hands();
    for (answer, exit, wanted) in [
        ("solution", 0, "The course's `solution` passes (nothing is recorded)."),
        ("starter", 1, "explain shake_hands/event-before-connect"),
        ("mistake:pings-back", 1, "explain shake_hands/pings-back"),
    ] {
        let done = check(&course, &["shake_hands", "--answer", answer]);
        assert_eq!((done.exit, done.err.as_str()), (exit, ""), "{answer}");
        assert!(done.out.contains(wanted), "{answer}: {}", done.out);
    }
    assert!(!course.path(".socketlings").exists());
}

#[test]
fn plain_has_no_signs_and_the_same_verdict() {
    let Done { exit, out, .. } = check(&SmallCourse::hands(), &["shake_hands", "--plain"]);
    assert_eq!(exit, 1);
    assert!(!out.contains(['✓', '✗', '│', '─', '·', '◀', '\u{1b}']), "{out}");
    assert!(out.starts_with("Exercise 04_on_the_wire/shake_hands.\nfailed: says hello"), "{out}");
    assert!(
        out.contains("Your frames send hello {name:\"Asha\"} to the server. Here it goes wrong."),
        "{out}"
    );
    assert!(out.contains("\nLikely cause: The first frame is an event"), "{out}");
}

#[test]
fn all_is_a_line_for_each_exercise_and_the_totals() {
    let course = solved();
    let other = "exercises/04_on_the_wire/shake_again";
    let copied = ["exercise.yaml", "answers/starter.txt", "answers/solution.txt"];
    for file in copied {
        course.write(&format!("{other}/{file}"), &course.read(&format!("{HANDS}/{file}")));
    }
    course.write(&format!("{other}/frames.txt"), &course.read(&format!("{HANDS}/answers/starter.txt")));
    let Done { exit, out, err } = check(&course, &["--all"]);
    assert_eq!((exit, err.as_str()), (1, ""), "{out}");
    let lines: Vec<_> = out.lines().collect();
    assert!(lines[0].starts_with("  ✗ 04_on_the_wire/shake_again") && lines[0].contains("0 of 3"), "{out}");
    assert!(lines[0].contains("shake_again/event-before"), "{out}");
    assert!(lines[1].starts_with("  ✓ 04_on_the_wire/shake_hands") && lines[1].contains("3 of 3"), "{out}");
    assert!(lines[3].starts_with("1 of 2 exercises solved in ") && lines[3].ends_with(" · 1 to go"), "{out}");

    let lesson = check(&course, &["04_on_the_wire", "--plain"]);
    assert_eq!(lesson.exit, 1);
    assert!(lesson.out.starts_with("failed: 04_on_the_wire/shake_again, 0 of 3 scenarios"), "{}", lesson.out);
    assert!(lesson.out.contains("\n1 of 2 exercises solved in "), "{}", lesson.out);
    assert!(lesson.out.ends_with(", 1 to go.\n"), "{}", lesson.out);

    course.write(&format!("{other}/frames.txt"), &course.read(&format!("{HANDS}/answers/solution.txt")));
    let done = check(&course, &["--all"]);
    assert_eq!(done.exit, 0);
    assert!(done.out.trim_end().ends_with(" · all solved"), "{}", done.out);
}

#[test]
fn a_whole_lesson_in_one_track() {
    let course = SmallCourse::of(&[PUSH, HANDS]);
    let done = check(&course, &["--all", "--track", "javascript"]);
    assert_eq!(done.exit, 2, "what cannot run here ends the run: {}", done.err);
}
