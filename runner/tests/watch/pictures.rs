//! Every screen as a golden picture, from ratatui's test backend: 80 × 24, 60 × 20, and wide.

use std::fmt::Write as _;

use ratatui_core::{backend::TestBackend, buffer::Buffer, style::Color, terminal::Terminal};
use runner::watch::{
    Answer, Errand,
    model::{Event, Model},
    view,
};
use snapbox::{Assert, Data};

use crate::{
    cases,
    hall::{Hall, ROOMS, told},
};

const SIZES: [(u16, u16); 3] = [(80, 24), (60, 20), (130, 32)];

fn picture(model: &Model) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(model.size.0, model.size.1)).unwrap();
    terminal.draw(|frame| view::draw(model, frame.buffer_mut())).unwrap();
    terminal.backend().buffer().clone()
}

fn text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let row: String = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect();
        writeln!(text, "{}", row.trim_end()).unwrap();
    }
    text
}

/// Compares a screen at all sizes with `golden/NAME.txt`.
fn golden(name: &str, at: &str, act: impl Fn(&mut Hall, u64)) {
    let mut seen = String::new();
    for size in SIZES {
        let (mut hall, effects) = Hall::at(at, size);
        act(&mut hall, Hall::run(&effects));
        writeln!(seen, "{} x {}\n{}", size.0, size.1, text(&picture(&hall.model))).unwrap();
    }
    let file = format!("{}/tests/watch/golden/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let assert = Assert::new().action_env("SNAPSHOTS").normalize_paths(false);
    assert.eq(seen, Data::read_from(std::path::Path::new(&file), None).raw());
}

fn ended(hall: &mut Hall, run: u64, case: cases::Case) {
    hall.take(Event::Ended { run, told: told(case) });
}

fn answered(hall: &mut Hall, errand: Errand, answer: Result<Answer, String>) {
    let exercise = hall.model.entry().id.clone();
    hall.take(Event::Told { errand, exercise, answer });
}

#[test]
fn while_the_first_check_runs() {
    golden("checking", ROOMS, |hall, run| {
        hall.take(Event::Progress { run, line: "1 of 2 scenarios played".to_owned() });
    });
}

#[test]
fn a_goal_before_anything_was_written() {
    golden("goal", ROOMS, |hall, run| {
        let goal = "07_rooms/members_only  Members only\n\n  Deliver a message to its room.\n".to_owned();
        answered(hall, Errand::Begin, Ok(Answer::Begin { goal, untouched: true }));
        ended(hall, run, cases::outside_the_room());
    });
}

#[test]
fn a_failure() {
    golden("failure", ROOMS, |hall, run| ended(hall, run, cases::outside_the_room()));
}

#[test]
fn a_failure_after_a_save() {
    golden("saved", ROOMS, |hall, run| {
        ended(hall, run, cases::outside_the_room());
        hall.take(Event::Saved { whole: false });
    });
}

#[test]
fn a_program_that_does_not_build() {
    golden("does_not_build", ROOMS, |hall, run| {
        ended(hall, run, cases::program_level(grader::verdict::Kind::BuildFailed));
    });
}

#[test]
fn a_pass_with_the_solution_beside_it() {
    golden("pass", ROOMS, |hall, run| {
        ended(hall, run, cases::solved());
        let yours = "export default (io) => {\n  io.on('connection', (socket) => {\n    socket.join('a');\n  });\n};\n";
        let ours = yours.replace("'a'", "room");
        let path = "exercises/07_rooms/members_only/answers/solution.js".to_owned();
        answered(hall, Errand::Solution, Ok(Answer::Compare { yours: yours.to_owned(), ours, path }));
        hall.key(runner::watch::model::Key::End);
    });
}

#[test]
fn a_stage_that_passed() {
    golden("stage", "23_what_you_learn/tic_tac_toe", |hall, run| ended(hall, run, cases::stage_passes()));
}

#[test]
fn a_hint() {
    golden("hint", ROOMS, |hall, run| {
        ended(hall, run, cases::outside_the_room());
        let hint =
            "\u{1b}[1m07_rooms/members_only\u{1b}[0m  Members only\n\n  hint 1 of 3\n  Who is in the room?\n";
        answered(hall, Errand::Hint, Ok(Answer::Text(hint.to_owned())));
    });
}

#[test]
fn a_solution_that_is_kept_back() {
    golden("kept_back", ROOMS, |hall, run| {
        ended(hall, run, cases::outside_the_room());
        let why = "`07_rooms/members_only` has not passed yet; try `cargo run -p runner hint members_only`, or \
                   look anyway with `cargo run -p runner solution members_only --spoil`";
        answered(hall, Errand::Solution, Err(why.to_owned()));
    });
}

#[test]
fn what_cannot_be_checked() {
    golden("refused", ROOMS, |hall, run| {
        let why = "Node.js was not found; get version 20 or newer from https://nodejs.org".to_owned();
        hall.take(Event::Refused { run, why });
    });
}

#[test]
fn the_list() {
    golden("list", ROOMS, |hall, run| {
        ended(hall, run, cases::outside_the_room());
        hall.press('l');
    });
}

#[test]
fn the_list_narrowed() {
    golden("list_narrowed", ROOMS, |hall, _| {
        hall.press('l');
        for letter in "rooms wait".chars() {
            hall.press(letter);
        }
    });
}

#[test]
fn the_list_with_nothing_left() {
    golden("list_empty", ROOMS, |hall, _| {
        hall.press('l');
        hall.press('#');
    });
}

#[test]
fn the_keys() {
    golden("keys", ROOMS, |hall, _| {
        hall.press('?');
    });
}

#[test]
fn the_question_before_a_reset() {
    golden("reset", ROOMS, |hall, run| {
        ended(hall, run, cases::outside_the_room());
        hall.press('x');
    });
}

#[test]
fn without_the_side() {
    golden("without_side", ROOMS, |hall, run| {
        ended(hall, run, cases::outside_the_room());
        hall.key(runner::watch::model::Key::Tab);
    });
}

#[test]
fn a_window_that_is_too_small() {
    for size in [(59, 20), (60, 19), (20, 3), (1, 1)] {
        let (mut hall, effects) = Hall::at(ROOMS, size);
        ended(&mut hall, Hall::run(&effects), cases::outside_the_room());
        let seen = text(&picture(&hall.model));
        let begins = format!("This window has {} columns and {} rows.", size.0, size.1);
        let first = seen.lines().next().unwrap();
        assert_eq!(first, begins.chars().take(usize::from(size.0)).collect::<String>().trim_end());
    }
}

#[test]
fn without_colours_there_is_none_and_the_words_are_the_same() {
    let (mut hall, effects) = Hall::at(ROOMS, SIZES[0]);
    ended(&mut hall, Hall::run(&effects), cases::outside_the_room());
    let coloured = picture(&hall.model);
    hall.model.style.colour = false;
    let plain = picture(&hall.model);
    let colours = |buffer: &Buffer| buffer.content.iter().filter(|cell| cell.fg != Color::Reset).count();
    assert_eq!(text(&coloured), text(&plain));
    assert!(colours(&coloured) > 0);
    assert_eq!(colours(&plain), 0);
}

#[test]
fn a_terminal_without_unicode_gets_ascii() {
    let (mut hall, effects) = Hall::at(ROOMS, SIZES[0]);
    hall.model.style.unicode = false;
    ended(&mut hall, Hall::run(&effects), cases::outside_the_room());
    let seen = text(&picture(&hall.model));
    assert!(seen.is_ascii(), "{seen}");
    assert!(seen.contains("Likely cause"), "{seen}");
}
