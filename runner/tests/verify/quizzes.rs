//! What is wrong with quizzes: seen in the files, and by running the demos that their keys rest on. Next: `stages.rs`.

use std::{env, fmt::Write as _, fs, path::Path};

use crate::small_course::{Said, SmallCourse, copy, node_is_here};

const QUIZ: &str = "quiz/07_rooms.yaml";
const INTERVIEW: &str = "quiz/interview.yaml";

/// A course with the questions of `fixtures/questions`, and no exercises.
fn course() -> SmallCourse {
    let course = SmallCourse::of(&[]);
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/questions");
    copy(&fixtures, &course.path(""));
    fs::create_dir_all(course.path("exercises/07_rooms")).unwrap();
    course
}

/// The only problem that is seen in the files.
fn problem(course: &SmallCourse) -> (String, u64, u64, String) {
    let mut problems = course.problems(&["--static"]);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems.remove(0)
}

#[test]
fn right_quizzes_have_no_problems_and_are_counted() {
    for args in [&["--quiz", "--static"][..], &["--static"]] {
        let said = course().verify(args);
        assert_eq!((said.exit, said.problems()), (0, Vec::new()), "{}", said.json);
        assert_eq!(said.json["questions"], 9);
        assert_eq!(said.json["questions_computed"], 1, "nothing was run, so only `decode` is computed");
    }
}

#[test]
fn a_course_without_quizzes_has_no_questions() {
    let said = SmallCourse::hands().verify(&["--static"]);
    assert_eq!((said.exit, &said.json["questions"]), (0, &0.into()), "{}", said.json);
}

#[test]
fn every_problem_of_a_file_is_told_at_its_place() {
    let course = course();
    course.edit(QUIZ, "kind: choices", "kind: choises");
    course.edit(QUIZ, "ack: 1", "ack: 2");
    let problems = course.problems(&["--quiz", "--static"]);
    let told: Vec<_> = problems.iter().map(|one| (one.0.as_str(), one.1, one.3.as_str())).collect();
    let (kind, _) = course.place(QUIZ, "choises");
    let (ack, _) = course.place(QUIZ, "ack: 2");
    assert_eq!(
        told,
        [
            (
                QUIZ,
                kind,
                "unknown kind `choises`; did you mean `choices`? (known: `choice`, `choices`, `short`, `order`, `decode`, `hears` or `open`)"
            ),
            (QUIZ, ack, "`ack` of this packet is `1`, not `2`"),
        ]
    );
}

#[test]
fn what_a_question_rests_on_must_be_there() {
    for (from, to, wanted) in [
        (
            "section: who-may-speak",
            "section: who-may-talk",
            "`book/src/07_rooms.md` has no heading with the id `who-may-talk`; did you mean `who-may-speak`?",
        ),
        (
            "section: who-may-speak",
            "section: this-is-no-heading",
            "has no heading with the id `this-is-no-heading`",
        ),
        (
            "section: appendix_packets#events",
            "section: appendix_pockets#events",
            "the book has no page `appendix_pockets`",
        ),
        (
            "demo: 07_rooms/take_a_seat",
            "demo: 07_rooms/take_a_sit",
            "there is no demo `07_rooms/take_a_sit` under `book/demos`; did you mean `07_rooms/take_a_seat`?",
        ),
        (
            "scenario: bell",
            "scenario: ball",
            "the demo `07_rooms/take_a_seat` has no scenario `ball`; did you mean `bell`?",
        ),
        ("show: bell", "show: ring", "`main.js` of `07_rooms/take_a_seat` has no region `ring`"),
        (
            "answer: [asha, ravi]",
            "answer: [asha, rawi]",
            "`rawi` does not act in the scenario `bell`; did you mean `ravi`?",
        ),
    ] {
        let course = course();
        course.edit(QUIZ, from, to);
        let (file, line, column, message) = problem(&course);
        assert!(message.contains(wanted), "{message}");
        let (wanted, key) = course.place(QUIZ, to);
        assert_eq!((file.as_str(), line), (QUIZ, wanted), "{message}");
        assert!(column > key, "it is the value that is wrong: {message}");
    }
}

#[test]
fn one_problem_hides_no_other() {
    let course = course();
    course.edit(QUIZ, "kind: choices", "kind: choises");
    course.edit(QUIZ, "section: who-may-speak", "section: nowhere-at-all");
    course.edit(QUIZ, "answer: [asha, ravi]", "answer: [asha, rawi]");
    course.edit(QUIZ, "level: mid", "level: experienced");
    let problems = course.problems(&["--quiz", "--static"]);
    let said = |wanted: &str| problems.iter().any(|one| one.0 == QUIZ && one.3.contains(wanted));
    for wanted in [
        "unknown kind `choises`; did you mean `choices`? (known: `choice`, `choices`, ",
        "has no heading with the id `nowhere-at-all`; it has `",
        "`rawi` does not act in the scenario `bell`",
        "unknown level `experienced`; known: `junior`, `mid` or `senior`",
    ] {
        assert!(said(wanted), "{wanted}: {problems:#?}");
    }
}

#[test]
fn a_demo_that_cannot_be_read_is_told_once_and_nothing_that_follows_from_it() {
    let course = course();
    let demo = "book/demos/07_rooms/take_a_seat/demo.yaml";
    course.edit(demo, "role: server", "role: servant");
    course.edit(QUIZ, "section: who-may-speak", "section: nowhere-at-all");
    let problems = course.problems(&["--quiz", "--static"]);
    let told: Vec<_> =
        problems.iter().map(|one| (one.0.as_str(), one.3.split(';').next().unwrap())).collect();
    let heading = "`book/src/07_rooms.md` has no heading with the id `nowhere-at-all`";
    assert_eq!(told, [(demo, "unknown role `servant`"), (QUIZ, heading)]);
}

#[test]
fn the_quiz_of_a_lesson_is_looked_at_alone() {
    let course = course();
    course.write("quiz/notes.md", "");
    course.edit(INTERVIEW, "kind: choice", "kind: chioce");
    for name in ["7", "rooms", "07_rooms"] {
        let said = course.verify(&["--quiz", "--static", name]);
        assert_eq!((said.exit, said.problems()), (0, Vec::new()), "{name}: {}", said.json);
        assert_eq!(said.json["questions"], 8, "{name}");
    }
    assert_eq!(course.problems(&["--quiz", "--static", "interview"]).len(), 1);
    assert_eq!(course.problems(&["--quiz", "--static"]).len(), 2, "all of them, and the stray file");
    // An id that another quiz has is wrong in the one that is looked at, whichever comes first.
    course.edit(INTERVIEW, "kind: chioce", "kind: choice");
    course.edit(INTERVIEW, "one_thing_to_look_at", "bell_in_physics");
    for (name, file) in [("7", QUIZ), ("interview", INTERVIEW)] {
        let problems = course.problems(&["--quiz", "--static", name]);
        assert_eq!(problems.len(), 1, "{problems:#?}");
        assert!(problems[0].0 == file && problems[0].3.contains("ids are unique"), "{problems:#?}");
    }
}

#[test]
fn a_lesson_without_questions_is_named_with_the_next_step() {
    let course = course();
    fs::create_dir_all(course.path("exercises/24_office_hours")).unwrap();
    let refused = |name: &str| {
        let output = course.command(&["--quiz", name]).output().unwrap();
        assert_eq!(output.status.code(), Some(64));
        String::from_utf8(output.stderr).unwrap()
    };
    assert_eq!(
        refused("24"),
        "error: the lesson `24_office_hours` has no questions yet; `cargo run -p press -- new quiz 24_office_hours` writes some\n"
    );
    assert!(refused("25").contains("no lesson is called `25`"), "{}", refused("25"));
}

#[test]
fn a_short_lesson_needs_fewer_questions_and_one_that_is_being_written_none() {
    let course = course();
    let page = course.read("book/src/07_rooms.md");
    let text = course.read(QUIZ);
    let at = text.match_indices("\n  - id: ").nth(2).unwrap().0;
    course.write(QUIZ, &format!("{}\n", &text[..at]));
    let with = |front: &str| {
        course.write("book/src/07_rooms.md", &page.replacen("---\n", &format!("---\n{front}\n"), 1));
        let problems = course.problems(&["--quiz", "--static"]);
        problems.into_iter().map(|one| one.3).collect::<Vec<_>>()
    };
    assert_eq!(with("minutes: 20"), ["too few kinds of questions, 2 of 4", "too few questions, 2 of 8"]);
    assert_eq!(with("minutes: 10"), ["too few questions, 2 of 5 for a lesson of 10 minutes"]);
    assert_eq!(with("minutes: 4"), [""; 0]);
    assert_eq!(with("minutes: 20\nunfinished: true"), [""; 0]);
}

#[test]
fn strays_twins_and_small_quizzes() {
    let course = course();
    course.write("quiz/08_namespace.yaml", "questions: []\n");
    course.write("quiz/notes.md", "");
    course.edit(INTERVIEW, "one_thing_to_look_at", "bell_in_physics");
    let text = course.read(QUIZ);
    let cut = text.find("  - id: the_call_for_a_room").unwrap();
    let (_, rest) = text.split_at(text.find("  - id: bell_in_physics").unwrap());
    course.write(QUIZ, &(text[..cut].to_owned() + rest.split("  - id: rooms_and_rights").next().unwrap()));
    let problems = course.problems(&["--quiz", "--static"]);
    let told: Vec<String> = problems.iter().map(|one| format!("{}: {}", one.0, one.3)).collect();
    let (line, _) = course.place(QUIZ, "bell_in_physics");
    assert_eq!(
        told,
        [
            format!("{QUIZ}: too few kinds of questions, 3 of 4"),
            format!("{QUIZ}: too few questions, 4 of 8"),
            "quiz/08_namespace.yaml: no lesson has this name; a quiz is `NN_slug.yaml` of a lesson, or `interview.yaml`".to_owned(),
            format!("{INTERVIEW}: the id `bell_in_physics` stands in {QUIZ}:{line} too; ids are unique"),
            "quiz/notes.md: no lesson has this name; a quiz is `NN_slug.yaml` of a lesson, or `interview.yaml`".to_owned(),
        ]
    );
}

/// An interview of so many `choice` questions, whose right choice stands there and is so long.
fn interview(questions: impl Iterator<Item = (usize, usize)>) -> String {
    let mut text = "questions:\n".to_owned();
    for (number, (place, length)) in questions.enumerate() {
        let _ = write!(
            text,
            "  - id: q{number}\n    kind: choice\n    level: mid\n    topic: rooms\n    section: 07_rooms#who-may-speak\n    \
             ask: \"?\"\n    explain: \"!\"\n    choices:\n"
        );
        for at in 0..4 {
            let _ = if at == place {
                writeln!(text, "      - right: \"{}\"", "r".repeat(length))
            } else {
                writeln!(text, "      - {{ wrong: \"{}{at}\", why: x }}", "w".repeat(9))
            };
        }
    }
    text
}

#[test]
fn the_right_choice_does_not_give_itself_away_by_its_length() {
    let course = course();
    // With that of the lesson there are 31; 12 of them are 39 %, 13 are 42 %.
    for (long, fair) in [(12, true), (13, false)] {
        let questions = (0..30).map(|number| (number % 4, if number < long { 12 } else { 5 }));
        course.write(INTERVIEW, &interview(questions));
        let problems = course.problems(&["--quiz", "--static"]);
        assert_eq!(problems.is_empty(), fair, "{problems:#?}");
        if let Some((file, _, _, message)) = problems.first() {
            assert_eq!(file, "quiz");
            let wanted = "the right choice is the longest one in 13 of 31 questions, and at most 40 % are fair: q0, q1, ";
            assert!(message.starts_with(wanted), "{message}");
        }
    }
}

#[test]
fn the_right_choice_does_not_give_itself_away_by_its_place() {
    let course = course();
    let uneven = (0..30).map(|number| (if number < 14 { 0 } else { number % 4 }, 5));
    course.write(INTERVIEW, &interview(uneven));
    let (file, _, _, message) = problem(&course);
    assert_eq!(file, "quiz");
    let wanted =
        "the right one of 4 choices stands unevenly: 18, 5, 4, 4 times in places 1 to 4, of 31 questions";
    assert_eq!(message, wanted);
    // Too few to say anything.
    course.write(INTERVIEW, &interview((0..18).map(|_| (0, 5))));
    assert_eq!(course.problems(&["--quiz", "--static"]), []);
}

#[test]
fn without_node_and_cargo_what_is_heard_is_skipped() {
    let said = course().verify(&["--quiz"]);
    assert_eq!((said.exit, said.problems()), (0, Vec::new()), "{}", said.json);
    let skipped: Vec<_> =
        said.json["skipped"].as_array().unwrap().iter().map(|one| &one["exercise"]).collect();
    let about = "questions about 07_rooms/take_a_seat";
    assert_eq!(skipped, [&format!("{about} (javascript)"), &format!("{about} (rust)")]);
    assert_eq!(said.json["questions_computed"], 1);
}

#[test]
fn who_hears_is_computed_on_node() {
    if !node_is_here() {
        return;
    }
    let course = course().with_node();
    std::os::unix::fs::symlink(course.path("exercises/node_modules"), course.path("book/demos/node_modules"))
        .unwrap();
    let verify = |course: &SmallCourse| {
        let mut command = course.command(&["--quiz", "--track", "javascript", "--json"]);
        Said::of(command.env("PATH", env::var_os("PATH").unwrap()))
    };
    let said = verify(&course);
    assert_eq!((said.exit, said.problems()), (0, Vec::new()), "{}", said.json);
    assert_eq!(said.json["questions_computed"], 3);

    course.edit(QUIZ, "answer: [asha, ravi]", "answer: [asha, ravi, teacher]");
    course.edit(QUIZ, "event: bell\n    answer: [ravi]", "event: ball\n    answer: []");
    let problems = verify(&course).problems();
    let told: Vec<_> = problems.iter().map(|one| (one.1, one.3.as_str())).collect();
    let (first, _) = course.place(QUIZ, "answer: [asha, ravi, teacher]");
    let (second, _) = course.place(QUIZ, "answer: []");
    assert_eq!(
        told,
        [
            (first, "from socket.io on Node `bell` is heard by asha and ravi, not by asha, ravi and teacher"),
            (second, "no program of `07_rooms/take_a_seat` says `ball`: nobody could ever hear it"),
        ]
    );

    let program = "book/demos/07_rooms/take_a_seat/main.js";
    course.edit(program, "io.to(subject).emit('bell', subject)", "io.emit('bell', subject)");
    let problems = verify(&course).problems();
    assert!(
        problems[0].3.starts_with("this demo must pass, because questions rest on it [{ "),
        "{problems:?}"
    );
    assert_eq!(problems[0].0, program);
}
