//! Answers in lines: a pipe, a screen reader. Next: `kept.rs`.

use crate::room::{Room, golden};

/// All questions of the lesson with their right answers, one line each (the model of the last one has two).
const RIGHT: &str = "2\n1 2\nsocket.to(r)\n3 1 2\n3\n1\n[\"physics\"]\nasha ravi\n2\n\
                     I check in the handler who may speak, by socket.rooms; a room is only for those who hear.\n\n1\n";

#[test]
fn everything_right() {
    let out = Room::new().run("quiz rooms --plain --seed 0", RIGHT).done();
    golden("all_right", &out);
}

#[test]
fn everything_wrong_is_explained_and_asked_again() {
    let wrong = "1\n3\nio.to(r)\n1 2 3\n1\nnone\n[]\n0\nasha\nI would ask the teacher.\n\n3\n";
    let out = Room::new().run("quiz rooms --plain --seed 0", &format!("{wrong}{wrong}")).done();
    golden("all_wrong", &out);
    assert_eq!(out.matches("Wrong.").count(), 16);
}

#[test]
fn numbers_letters_and_names_are_answers() {
    for answer in ["2", "b", "B", "The server's adapter"] {
        let out = Room::new().run("quiz rooms --plain --seed 0 --count 1", &format!("{answer}\n")).done();
        assert!(out.contains("1 of 1 right"), "{answer}: {out}");
    }
    for answer in ["1 2", "2, 1", "a b", "asha ravi", "Ravi,ASHA"] {
        let args = "quiz rooms --plain --seed 0 --topic rooms --level junior";
        let out = Room::new().run(args, &format!("skip\nskip\n{answer}\n")).done();
        assert!(out.contains("1 of 1 right, 2 left out"), "{answer}: {out}");
    }
}

#[test]
fn what_is_no_answer_is_asked_again() {
    let out = Room::new().run("quiz rooms --plain --seed 0 --count 1", "\n9\n0\nwhat?\n2\n").done();
    assert_eq!(
        out.matches("Type a number from 1 to 4; skip leaves this one out, quit ends the quiz.").count(),
        4
    );
    assert!(out.contains("1 of 1 right"), "{out}");
}

#[test]
fn the_end_of_input_and_quit_end_a_quiz_and_its_answers_stay() {
    for input in ["2\n", "2\nquit\n", "2\nq\n"] {
        let room = Room::new();
        let out = room.run("quiz rooms --plain --seed 0", input).done();
        assert!(out.contains("1 of 1 right"), "{out}");
        assert_eq!(room.kept("who_keeps_the_rooms")["right"], 1);
        assert_eq!(room.progress()["questions"].as_object().unwrap().len(), 1);
    }
    let out = Room::new().run("quiz rooms --seed 0", "").done();
    assert!(out.contains("No question was answered"), "{out}");
}

#[test]
fn a_text_may_be_a_word_that_would_leave_elsewhere() {
    let room = Room::new();
    let args = "quiz rooms --plain --seed 0 --topic broadcasting";
    let out = room.run(args, "skip\nquit\n").done();
    assert!(out.contains("0 of 1 right"), "both are answers here: {out}");
    assert!(room.run(args, ":skip\n").done().contains("No question was answered, 1 left out"));
    assert!(room.run(args, ":quit\n").done().contains("No question was answered"));
}

#[test]
fn the_same_seed_asks_the_same_and_another_one_something_else() {
    let room = Room::new();
    let quiz = |seed: u32| room.run(&format!("quiz rooms --plain --count 4 --seed {seed}"), "").done();
    assert_eq!(quiz(5), quiz(5));
    let orders: std::collections::BTreeSet<String> = (1..12)
        .map(|seed| room.run(&format!("quiz interview --plain --seed {seed}"), "quit\n").done())
        .map(|out| out.lines().skip(1).collect())
        .collect();
    assert!(orders.len() > 2, "choices are shuffled: {orders:?}");
}

#[test]
fn a_number_means_what_stands_beside_it() {
    let room = Room::new();
    for seed in 1..8 {
        let args = format!("quiz interview --plain --seed {seed}");
        let out = room.run(&args, "quit\n").done();
        let line = out.lines().find(|line| line.contains("The frames on the wire")).unwrap();
        let number = line.trim().split('.').next().unwrap();
        let out = room.run(&args, &format!("{number}\n")).done();
        assert!(out.contains("1 of 1 right"), "{out}");
    }
}

#[test]
fn without_a_name_it_is_the_lesson_where_the_learner_is() {
    let room = Room::new();
    room.write(
        ".socketlings/progress.json",
        "{ \"version\": 1, \"track\": \"rust\", \"last_checked\": \"07_rooms/members_only\" }",
    );
    let out = room.run("quiz --plain --seed 0", "").done();
    assert!(out.starts_with("Lesson 7, Rooms: 8 questions  seed 0\n"), "{out}");
    let there = Room::new().run("quiz --plain --seed 0", "");
    assert_eq!(there.exit, 64);
    assert_eq!(
        there.err,
        "error: Lesson 1, Why real time has no questions; `quiz --list` shows which lessons have\n"
    );
}

#[test]
fn what_is_shown_is_in_the_learners_language() {
    let room = Room::new();
    let args = "quiz rooms --plain --seed 0 --topic rooms --level junior";
    assert!(room.run(args, "skip\nskip\n").done().contains("io.to(subject).emit('bell', subject);"));
    room.write(".socketlings/progress.json", "{ \"version\": 1, \"track\": \"rust\" }");
    assert!(room.run(args, "skip\nskip\n").done().contains(".await"));
}

#[test]
fn names_that_are_not_there_are_wrong_usage() {
    let room = Room::new();
    let said = room.run("quiz romms", "");
    assert_eq!(
        (said.exit, said.err.as_str()),
        (64, "error: no lesson is called `romms`; did you mean `rooms`?\n")
    );
    let said = room.run("quiz rooms --topic react", "");
    assert_eq!(said.exit, 64, "{}", said.err);
    let said = room.run("quiz rooms --level expert", "");
    assert_eq!(said.exit, 64, "{}", said.err);
    assert!(said.err.contains("junior, mid, senior"), "{}", said.err);
}

#[test]
fn a_quiz_that_is_wrong_says_where() {
    let room = Room::new();
    let quiz = room.read("quiz/07_rooms.yaml").replacen("section: who-may-speak", "section: who-may-talk", 1);
    room.write("quiz/07_rooms.yaml", &quiz);
    let said = room.run("quiz rooms", "");
    assert_eq!(said.exit, 3);
    assert!(
        said.err.contains(
            "`book/src/07_rooms.md` has no heading with the id `who-may-talk`; did you mean `who-may-speak`?"
        ),
        "{}",
        said.err
    );
    assert!(said.err.contains("quiz/07_rooms.yaml:95:14"), "{}", said.err);
}
