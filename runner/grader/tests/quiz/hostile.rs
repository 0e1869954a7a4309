//! Hostile files: the reader never panics, never hangs, and always says something. Next: `schema.rs`.

use std::fmt::Write as _;

use grader::quiz::read;
use proptest::prelude::*;

use crate::fixtures;

/// Reads a text and renders every problem, as the runner would.
fn survive(text: &str) -> usize {
    let mut count = 0;
    for lesson in [Some("07_rooms"), None] {
        for problem in read::quiz(text, lesson).err().unwrap_or_default() {
            let told = problem.render("hostile.yaml", text);
            assert!(told.len() < 2000, "a problem fits a screen: {} bytes", told.len());
            assert!(!told.chars().any(|letter| letter.is_control() && letter != '\n'), "{told:?}");
            assert!(problem.place.line >= 1 && problem.place.column >= 1 && problem.place.len >= 1);
            count += 1;
        }
    }
    count
}

fn first_problem(text: &str) -> String {
    read::quiz(text, None).expect_err("hostile")[0].message.clone()
}

#[test]
fn depth_size_and_aliases_are_limited() {
    for open in ["[", "{a: ", "- ", "? ", "!x [", "questions: [{a: "] {
        for depth in [60, 1_000, 20_000] {
            assert!(survive(&open.repeat(depth)) > 0, "{open} {depth}");
        }
    }
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let row = vec![format!("*a{}", level - 1); 10].join(", ");
        let _ = writeln!(bomb, "a{level}: &a{level} [{row}]");
    }
    let problems = read::quiz(&bomb, None).expect_err("a bomb");
    assert!(problems.len() <= 100 && problems.iter().all(|problem| problem.message.contains("not part of")));
    assert!(first_problem(&"x".repeat(10_000_000)).contains("larger than"));
    let many = format!("questions: [{}]", "{ id: a }, ".repeat(15_000));
    assert!(first_problem(&many).contains("too many nodes for a quiz"), "{}", first_problem(&many));
    let strange =
        format!("questions: [{{ kind: decode, packet: '42{}', answer: {{}} }}]", "[".repeat(100_000));
    assert!(survive(&strange) > 0);
}

#[test]
fn what_a_terminal_or_a_page_would_obey_is_refused() {
    let (_, text, _) = fixtures("valid").remove(0);
    for (from, to, wanted) in [
        ("The browser\"", "The \\e]0;owned\\a browser\"", "control character U+001B"),
        ("The browser\"", "The <img src=x onerror=alert(1)>\"", "holds HTML: `<img src=x onerror=alert(1)>`"),
        ("The browser\"", "The \\u009b31m browser\"", "control character U+009B"),
        ("They carry the label.", "</script><script>alert(1)</script>", "holds HTML: `</script>`"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        let problems = read::quiz(&changed, Some("07_rooms")).expect_err(to);
        assert!(problems.iter().any(|problem| problem.message.contains(wanted)), "{problems:?}");
    }
}

/// A change to a file: cut a piece out, put a piece in.
fn change(text: &str, at: usize, len: usize, piece: &str) -> String {
    let edge = |index: usize| {
        (0..=index.min(text.len())).rev().find(|&index| text.is_char_boundary(index)).unwrap_or(0)
    };
    let (start, end) = (edge(at), edge(at + len));
    format!("{}{piece}{}", &text[..start], &text[end.max(start)..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_survived(text in "\\PC{0,200}") {
        survive(&text);
    }

    #[test]
    fn changed_files_are_survived(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..30, prop::sample::select(PIECES)), 1..6),
    ) {
        let (_, mut text, _) = fixtures("valid").remove(0);
        for (at, len, piece) in changes {
            let at = at.index(text.len().max(1));
            text = change(&text, at, len, piece);
        }
        survive(&text);
    }
}

const PIECES: &[&str] = &[
    "",
    "\n",
    " ",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    "\"",
    "#",
    " #",
    "!any ",
    "*a ",
    "&a ",
    "<<: ",
    "null",
    "true",
    "-1",
    "1e99",
    "kind: open",
    "right: ",
    "wrong: ",
    "words: [[]]",
    "answer: {}",
    "packet: 4",
    "`",
    "```",
    "<",
    "\u{1b}",
    "日本",
    "\t",
    "\u{feff}",
    "…",
];
