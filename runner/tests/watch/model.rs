//! Events in, state and effects out: no terminal, no files, no clock.

use runner::{
    exit::Exit,
    watch::{
        Answer, Errand,
        model::{Effect, Event, Key, Over, State, Work},
    },
};

use crate::{
    cases,
    hall::{Hall, ROOMS, outline, told},
};

const SIZE: (u16, u16) = (80, 24);

/// At the rooms, with the first check's failure on the screen.
fn failed() -> Hall {
    let (mut hall, effects) = Hall::at(ROOMS, SIZE);
    let run = Hall::run(&effects);
    hall.take(Event::Ended { run, told: told(cases::outside_the_room()) });
    hall
}

#[test]
fn an_exercise_is_followed_before_it_is_checked() {
    let (_, effects) = Hall::at(ROOMS, SIZE);
    let rooms = || ROOMS.to_owned();
    assert_eq!(
        effects,
        [
            Effect::Cancel,
            Effect::Follow(rooms()),
            Effect::Run(Errand::Begin, rooms()),
            Effect::Check { run: 1, exercise: rooms() }
        ]
    );
}

#[test]
fn a_save_ends_the_running_check_at_once_and_is_checked_when_it_is_complete() {
    let mut hall = failed();
    assert_eq!(hall.take(Event::Saved { whole: false }), [Effect::Cancel, Effect::Warm(ROOMS.to_owned())]);
    assert_eq!(hall.wait(30), []);
    assert_eq!(hall.take(Event::Saved { whole: false }), [Effect::Cancel, Effect::Warm(ROOMS.to_owned())]);
    // 60 ms after the first, 30 ms after the second.
    assert_eq!(hall.wait(30), []);
    assert_eq!(Hall::runs(&hall.wait(20)), Some(4));
    assert_eq!(hall.model.due(), None);
    assert_eq!(hall.wait(1000), []);
}

#[test]
fn a_file_that_its_writer_has_closed_is_checked_sooner() {
    let mut hall = failed();
    hall.take(Event::Saved { whole: false });
    hall.take(Event::Saved { whole: true });
    assert_eq!(hall.wait(9), []);
    assert_eq!(Hall::runs(&hall.wait(1)), Some(4));
    // The second file of the same save is not closed yet.
    hall.take(Event::Saved { whole: true });
    hall.take(Event::Saved { whole: false });
    assert_eq!(hall.wait(10), []);
    assert_eq!(Hall::runs(&hall.wait(40)), Some(7));
}

#[test]
fn only_the_newest_check_is_believed() {
    let (mut hall, effects) = Hall::at(ROOMS, SIZE);
    let old = Hall::run(&effects);
    hall.take(Event::Saved { whole: false });
    hall.take(Event::Ended { run: old, told: told(cases::solved()) });
    assert_eq!(hall.model.work, Work::Saved);
    let new = Hall::run(&hall.wait(50));
    for event in [
        Event::Ended { run: old, told: told(cases::solved()) },
        Event::Progress { run: old, line: "old".to_owned() },
        Event::Refused { run: old, why: "old".to_owned() },
    ] {
        hall.take(event);
        assert_eq!(hall.model.work, Work::Running(String::new()));
    }
    hall.take(Event::Ended { run: new, told: told(cases::outside_the_room()) });
    assert_eq!(hall.model.work, Work::Done { passed: false });
    assert!(hall.text().contains("Likely cause"), "{}", hall.text());
}

#[test]
fn the_words_are_those_of_the_report_at_any_size() {
    let mut hall = failed();
    for columns in [60, 75, 80, 100, 130, 200] {
        hall.take(Event::Resized(columns, 30));
        let (room, _) = runner::watch::view::room(&hall.model);
        let mut out = Vec::new();
        let style = runner::report::style::Style { width: room, ..hall.model.style };
        let case = cases::outside_the_room();
        let mut report = runner::report::terminal::Terminal::new(&mut out, style);
        runner::report::Report::about(&mut report, case.view);
        for event in &case.events {
            runner::report::Report::event(&mut report, event).unwrap();
        }
        drop(report);
        let words = anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string();
        let line = |line: &str| line.trim_end().to_owned();
        let shown: Vec<String> = hall.text().lines().map(line).collect();
        assert_eq!(shown.join("\n"), words.lines().map(line).collect::<Vec<_>>().join("\n").trim_end());
    }
}

#[test]
fn the_goal_stands_first_until_something_is_saved() {
    let (mut hall, effects) = Hall::at(ROOMS, SIZE);
    let begin = Ok(Answer::Begin { goal: "What it asks".to_owned(), untouched: true });
    hall.take(Event::Told { errand: Errand::Begin, exercise: ROOMS.to_owned(), answer: begin });
    let run = Hall::run(&effects);
    hall.take(Event::Ended { run, told: told(cases::outside_the_room()) });
    assert!(hall.text().contains("What it asks"), "{}", hall.text());
    hall.press('v');
    assert!(hall.text().contains("Likely cause"));
    hall.press('g');
    let goal = Ok(Answer::Text("The goal".to_owned()));
    hall.take(Event::Told { errand: Errand::Goal, exercise: ROOMS.to_owned(), answer: goal });
    hall.take(Event::Saved { whole: false });
    let run = Hall::run(&hall.wait(50));
    hall.take(Event::Ended { run, told: told(cases::outside_the_room()) });
    assert!(hall.text().contains("Likely cause"), "a save shows its verdict");
}

#[test]
fn what_was_begun_shows_its_verdict_first() {
    let (mut hall, effects) = Hall::at(ROOMS, SIZE);
    let begin = Ok(Answer::Begin { goal: "What it asks".to_owned(), untouched: false });
    hall.take(Event::Told { errand: Errand::Begin, exercise: ROOMS.to_owned(), answer: begin });
    hall.take(Event::Ended { run: Hall::run(&effects), told: told(cases::outside_the_room()) });
    assert!(hall.text().contains("Likely cause"));
}

#[test]
fn an_answer_for_another_exercise_is_old() {
    let mut hall = failed();
    hall.press('h');
    hall.press('n');
    let hint = Ok(Answer::Text("a hint".to_owned()));
    hall.take(Event::Told { errand: Errand::Hint, exercise: ROOMS.to_owned(), answer: hint });
    assert!(!hall.text().contains("a hint"));
}

#[test]
fn a_failure_stands_at_its_end_and_a_pass_at_its_beginning() {
    let mut hall = failed();
    assert!(hall.model.pane.has_less() && !hall.model.pane.has_more());
    hall.take(Event::Resized(60, 20));
    assert!(!hall.model.pane.has_more(), "it stays there");
    hall.key(Key::Home);
    assert_eq!(hall.model.pane.top, 0);
    hall.key(Key::PageDown);
    assert_eq!(hall.model.pane.top, 15);
    hall.key(Key::Up);
    assert_eq!(hall.model.pane.top, 14);
    hall.key(Key::End);
    hall.key(Key::Down);
    assert!(!hall.model.pane.has_more());
    hall.take(Event::Saved { whole: false });
    let run = Hall::run(&hall.wait(50));
    hall.take(Event::Ended { run, told: told(cases::solved()) });
    assert_eq!(hall.model.pane.top, 0);
}

#[test]
fn after_a_pass_the_solution_stands_below_and_n_goes_to_what_is_open() {
    let mut hall = failed();
    hall.take(Event::Saved { whole: false });
    let run = Hall::run(&hall.wait(50));
    let effects = hall.take(Event::Ended { run, told: told(cases::solved()) });
    hall.key(Key::End);
    assert_eq!(effects, [], "the pass is not kept yet");
    let kept = || Event::Recorded { outline: outline(), notices: Vec::new() };
    assert_eq!(hall.take(kept()), [Effect::Run(Errand::Solution, ROOMS.to_owned())]);
    assert_eq!(hall.take(kept()), []);
    let (yours, ours) = ("a\nmine\n".to_owned(), "a\nours\n".to_owned());
    let answer = Ok(Answer::Compare { yours, ours, path: "solution.js".to_owned() });
    hall.take(Event::Told { errand: Errand::Solution, exercise: ROOMS.to_owned(), answer });
    let text = hall.text();
    assert!(text.contains("You saw") && text.contains("- mine\n+ ours"), "{text}");
    assert!(!hall.model.pane.has_more(), "who was at the end is there still");

    let mut outline = outline();
    outline.entries[1].state = State::Passed;
    outline.entries[2].state = State::Passed;
    hall.take(Event::Recorded { outline, notices: Vec::new() });
    let effects = hall.press('n');
    assert_eq!(effects[1], Effect::Follow("23_what_you_learn/tic_tac_toe".to_owned()));
}

#[test]
fn a_solution_that_may_not_be_shown_says_why() {
    let mut hall = failed();
    assert_eq!(hall.press('s'), [Effect::Run(Errand::Solution, ROOMS.to_owned())]);
    let answer = Err("it has not passed yet".to_owned());
    hall.take(Event::Told { errand: Errand::Solution, exercise: ROOMS.to_owned(), answer });
    assert_eq!(hall.text(), "Solution\n\nit has not passed yet");
}

#[test]
fn next_and_previous_leave_out_the_other_language() {
    let (mut hall, _) = Hall::at("07_rooms/count_the_room", SIZE);
    hall.press('n');
    assert_eq!(hall.model.entry().name, "tic_tac_toe");
    assert_eq!(hall.press('n'), []);
    assert_eq!(hall.model.note.as_deref(), Some("This is the last exercise."));
    hall.press('p');
    assert_eq!(hall.model.entry().name, "count_the_room");
    hall.press('p');
    hall.press('p');
    assert_eq!(hall.press('p'), []);
    assert_eq!(hall.model.note.as_deref(), Some("This is the first exercise."));
}

#[test]
fn a_stage_that_passed_leads_to_the_next_stage() {
    const GAME: &str = "23_what_you_learn/tic_tac_toe";
    let (mut hall, effects) = Hall::at(GAME, SIZE);
    hall.take(Event::Ended { run: Hall::run(&effects), told: told(cases::stage_passes()) });
    let effects = hall.press('n');
    assert_eq!(effects[1], Effect::Follow(GAME.to_owned()));
    assert!(Hall::runs(&effects).is_some());
}

#[test]
fn the_list_narrows_and_goes() {
    let mut hall = failed();
    hall.press('l');
    for letter in "rooms count".chars() {
        assert_eq!(hall.press(letter), []);
    }
    let Some(Over::List(list)) = &hall.model.over else { panic!("the list is open") };
    assert_eq!(list.left(&hall.model.outline), [2]);
    let effects = hall.key(Key::Enter);
    assert_eq!(effects[1], Effect::Follow("07_rooms/count_the_room".to_owned()));
    assert!(hall.model.over.is_none());

    hall.press('l');
    hall.press('q');
    assert!(hall.model.over.is_some(), "in the list a letter is a letter");
    assert_eq!(hall.key(Key::Enter), [], "nothing is left to go to");
    hall.key(Key::Back);
    hall.key(Key::End);
    hall.key(Key::Up);
    hall.key(Key::Enter);
    assert_eq!(hall.model.entry().name, "in_rust_only");
    hall.press('l');
    assert_eq!(hall.key(Key::Escape), []);
    assert!(hall.model.over.is_none());
}

#[test]
fn a_reset_needs_a_clear_yes() {
    let mut hall = failed();
    for key in [Key::Letter('n'), Key::Enter, Key::Escape, Key::Letter('x')] {
        assert_eq!(hall.press('x'), []);
        assert_eq!(hall.key(key), []);
        assert_eq!(hall.model.note.as_deref(), Some("Nothing was changed."));
    }
    hall.press('x');
    assert_eq!(hall.press('y'), [Effect::Run(Errand::Reset, ROOMS.to_owned())]);
}

#[test]
fn a_window_that_opens_and_closes_over_it_keeps_the_check_running() {
    let (mut hall, effects) = Hall::at(ROOMS, SIZE);
    hall.press('?');
    hall.take(Event::Ended { run: Hall::run(&effects), told: told(cases::solved()) });
    assert!(matches!(hall.model.over, Some(Over::Help)));
    hall.press('q');
    assert!(hall.model.over.is_none());
    assert_eq!(hall.model.work, Work::Done { passed: true });
}

#[test]
fn every_way_out_ends_the_check() {
    let mut hall = failed();
    assert_eq!(hall.press('q'), [Effect::Cancel, Effect::Leave(Exit::Passed)]);
    for over in ['l', 'x', '?'] {
        hall.press(over);
        assert_eq!(hall.key(Key::Interrupt), [Effect::Cancel, Effect::Leave(Exit::Interrupted)]);
        hall.key(Key::Escape);
    }
    assert_eq!(hall.key(Key::Suspend), [Effect::Cancel, Effect::Suspend]);
    let effects = hall.take(Event::Continued);
    assert_eq!(effects[0], Effect::Cancel);
    assert!(Hall::runs(&effects).is_some(), "what was broken off begins again");
}

#[test]
fn what_cannot_be_checked_says_why() {
    let (mut hall, effects) = Hall::at(ROOMS, SIZE);
    let why = "`main.js` is not there; `reset` brings it back".to_owned();
    hall.take(Event::Refused { run: Hall::run(&effects), why });
    assert_eq!(hall.model.work, Work::Refused);
    assert_eq!(hall.text(), "Not checked\n\n`main.js` is not there; `reset` brings it back");
}

#[test]
fn a_warning_stands_until_the_next_key() {
    let mut hall = failed();
    let notices = vec!["progress was not saved".to_owned()];
    hall.take(Event::Recorded { outline: outline(), notices });
    assert_eq!(hall.model.note.as_deref(), Some("progress was not saved"));
    hall.key(Key::Down);
    assert_eq!(hall.model.note, None);
}
