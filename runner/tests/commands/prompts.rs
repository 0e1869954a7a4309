//! A person at a terminal: questions, and narrow windows. The commands are called with buffers in the terminal's place.

use std::io::Cursor;

use grader::scenario::model::Track;
use runner::{
    commands::{Context, Terminal, hint, list, overview, track},
    exit::{Exit, Failure},
    progress::Store,
};

use unicode_width::UnicodeWidthStr;

use crate::classroom::Classroom;

/// Asks with this input; returns the answer and all that was printed.
fn asked(input: &str, node: Option<&str>) -> (Result<Track, Failure>, String) {
    let room = Classroom::new();
    at_terminal(&room, input, 80, |ctx| track::ask_track(ctx, node))
}

fn at_terminal<T>(
    room: &Classroom,
    input: &str,
    width: usize,
    act: impl FnOnce(&mut Context<'_>) -> T,
) -> (T, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut input = Cursor::new(input.to_owned());
    let mut ctx = Context {
        out: &mut out,
        err: &mut err,
        input: &mut input,
        terminal: Terminal { interactive: true, plain: false, width: Some(width) },
        course: Some(room.root().to_path_buf()),
        here: room.root().to_path_buf(),
    };
    let result = act(&mut ctx);
    let printed = [err, out].concat();
    (result, anstream::adapter::strip_str(&String::from_utf8(printed).unwrap()).to_string())
}

#[test]
fn a_number_or_a_name_chooses() {
    for (input, wanted) in [
        ("1\n", Track::JavaScript),
        ("2\n", Track::Rust),
        ("Rust\n", Track::Rust),
        ("what?\n js \n", Track::JavaScript),
        ("2", Track::Rust),
    ] {
        assert_eq!(asked(input, None).0.unwrap(), wanted, "{input:?}");
    }
}

#[test]
fn enter_takes_javascript_when_node_is_here_and_rust_when_not() {
    let (track, printed) = asked("\n", Some("v20.20.2"));
    assert_eq!(track.unwrap(), Track::JavaScript);
    assert!(printed.contains("1  JavaScript  Node v20.20.2 is here"), "{printed}");
    let (track, printed) = asked("\n", None);
    assert_eq!(track.unwrap(), Track::Rust);
    assert!(printed.contains("(Enter: Rust)?"), "{printed}");
}

#[test]
fn the_end_of_input_changes_nothing_and_says_so() {
    let room = Classroom::new();
    let (result, _) = at_terminal(&room, "", 80, overview::execute);
    let failure = result.unwrap_err();
    assert_eq!(failure.exit, Exit::Usage);
    assert_eq!(
        failure.error.to_string(),
        "the input ended before an answer, so nothing was changed; \
         choose with `cargo run -p runner track javascript`"
    );
    assert!(!room.path(".socketlings").exists());
}

#[test]
fn unclear_answers_are_asked_about_three_times() {
    let (result, printed) = asked("a\nb\nc\n1\n", None);
    assert_eq!(result.unwrap_err().exit, Exit::Usage);
    assert_eq!(printed.matches("Type 1 or 2.").count(), 3, "{printed}");
}

#[test]
fn the_first_answer_is_kept_and_never_asked_for_again() {
    let room = Classroom::new();
    let (exit, printed) = at_terminal(&room, "1\n", 80, overview::execute);
    assert_eq!(exit.unwrap(), Exit::Passed);
    assert!(printed.contains("Which language"), "{printed}");
    assert!(printed.contains("edit  exercises/01_why_real_time/first_push/main.js"), "{printed}");
    assert_eq!(Store::at(room.root()).read().progress.track, Some(Track::JavaScript));

    let (exit, printed) = at_terminal(&room, "", 80, overview::execute);
    assert_eq!(exit.unwrap(), Exit::Passed);
    assert!(!printed.contains("Which language"), "{printed}");
}

#[test]
fn a_narrow_window_gets_less_and_nothing_is_cut() {
    let room = Classroom::new();
    let rows = |width| {
        let (exit, printed) =
            at_terminal(&room, "", width, |ctx| list::execute(&list::ListArgs { json: false }, ctx));
        assert_eq!(exit.unwrap(), Exit::Passed);
        let rows: Vec<_> =
            printed.lines().filter(|line| line.starts_with("    ")).map(str::to_owned).collect();
        assert!(rows.iter().all(|row| row.width() <= width), "{width}: {printed}");
        rows
    };
    assert_eq!(rows(80)[0], "    ▶ first_push      Say it first       javascript, rust");
    assert_eq!(rows(50)[0], "    ▶ first_push      Say it first");
    assert_eq!(rows(30)[0], "    ▶ first_push");
}

#[test]
fn prose_is_wrapped_to_the_window() {
    let room = Classroom::new();
    room.write(".socketlings/progress.json", r#"{ "version": 1, "track": "rust" }"#);
    let args = hint::HintArgs { exercise: Some("members_only".to_owned()), stage: None, track: None };
    let (exit, printed) = at_terminal(&room, "", 30, |ctx| hint::execute(&args, ctx));
    assert_eq!(exit.unwrap(), Exit::Passed);
    assert!(printed.contains("\n  Which call addresses a room?\n"), "{printed}");
    let (_, printed) = at_terminal(&room, "", 24, |ctx| hint::execute(&args, ctx));
    assert!(printed.contains("\n  Which call addresses a\n  room?\n"), "{printed}");
}
