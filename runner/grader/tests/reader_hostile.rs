//! Hostile files: the reader never panics, never hangs, and always says something.

use std::{fmt::Write, path::Path};

use grader::scenario::read;
use proptest::prelude::*;

/// Reads a text in both ways and renders every problem, as the runner would.
fn survive(text: &str) -> usize {
    let mut count = 0;
    for problems in [read::exercise(text).map(drop), read::causes(text).map(drop)] {
        for problem in problems.err().unwrap_or_default() {
            let told = problem.render("hostile.yaml", text);
            assert!(told.len() < 2000, "a problem fits a screen: {} bytes", told.len());
            assert!(problem.place.line >= 1 && problem.place.column >= 1 && problem.place.len >= 1);
            count += 1;
        }
    }
    count
}

fn first_problem(text: &str) -> String {
    read::exercise(text).expect_err("hostile")[0].message.clone()
}

#[test]
fn deep_nesting_ends_early() {
    for open in ["[", "{a: ", "- ", "? ", "!x [", "[{a: "] {
        for depth in [60, 1_000, 20_000] {
            assert!(survive(&open.repeat(depth)) > 0, "{open} {depth}");
        }
    }
    let closed = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    assert!(
        first_problem(&closed).contains("limit") || first_problem(&closed).contains("deep"),
        "{}",
        first_problem(&closed)
    );
    let mut steps = String::from("title: Deep\nsteps:\n");
    for depth in 0..200 {
        let _ = writeln!(steps, "{}- repeat:", " ".repeat(depth * 2));
    }
    assert!(survive(&steps) > 0);
}

#[test]
fn alias_bombs_do_not_grow() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let before = level - 1;
        let row = vec![format!("*a{before}"); 10].join(", ");
        let _ = writeln!(bomb, "a{level}: &a{level} [{row}]");
    }
    let problems = read::exercise(&bomb).expect_err("a bomb");
    assert!(problems.len() <= 100, "{}", problems.len());
    assert!(problems.iter().all(|problem| problem.message.contains("not part of the language")));
    assert!(first_problem("a: &a [*a]").contains("anchors"));
}

#[test]
fn size_is_limited() {
    assert!(first_problem(&"x".repeat(10_000_000)).contains("larger than"));
    assert!(first_problem(&format!("title: \"{}\"", "x".repeat(200_000))).contains("needs"));
    let many_keys = (0..15_000).map(|n| format!("key{n}: {n}\n")).collect::<Vec<_>>().concat();
    assert!(first_problem(&many_keys).contains("too many nodes"));
    let strange_keys = (0..5_000).map(|n| format!("k{n}: 1\n")).collect::<Vec<_>>().concat();
    assert!(survive(&strange_keys) <= 202);
    survive(&format!("{}: 1", "k".repeat(100_000)));
    survive(&format!("title: {}", "日".repeat(50_000)));
    survive(&format!("title: !{} x", "t".repeat(100_000)));
}

/// Shapes that invite a check to do the same work again and again.
/// Seconds for which this thread has been on a processor: what a busy machine does not make longer. 0 where it is not known.
fn processor_time() -> f64 {
    #[expect(clippy::disallowed_methods, reason = "the time is what is tested")]
    let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap_or_default();
    // Behind the name in brackets, which may hold anything: utime and stime, in hundredths of a second (proc(5)).
    let fields = stat.rsplit(')').next().unwrap_or_default().split_ascii_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

#[test]
fn large_files_end_quickly() {
    let head = "title: Large\nrole: server\ngoal: \"x\"\nhints: [\"a\", \"b\", \"c\"]\nscenarios:\n  - title: one\n    why: \"x\"\n    steps:\n      - asha: connect\n";
    let mut nested = "[{ asha: { emit: [a], ack: [$id] } }, { asha: { hear: nothing } }]".to_owned();
    for _ in 0..12 {
        nested = format!("[{{ repeat: {{ n: 1..2, steps: {nested} }} }}, {{ asha: {{ hear: nothing }} }}]");
    }
    let nested = format!("      - repeat: {{ n: 1..2, steps: {nested} }}\n");
    let branch = "[{ asha: { emit: [a], ack: [$id] } }, { asha: { hear: nothing } }], ";
    let branches = format!("      - together: [{}]\n", branch.repeat(49));
    let alternatives = format!("      - asha: {{ hear: [a, !one_of [{}]] }}\n", "$id, ".repeat(9_000));
    let steps = "      - asha: { emit: [a, $id, \"$id x\"], ack: [$id] }\n".repeat(900);
    let twins = (0..900)
        .map(|n| format!("  - id: m{n}\n    when: [{{ missing: a }}, {{ copies: b{n} }}]\n    says: \"x\"\n"))
        .collect::<Vec<_>>()
        .concat();
    for body in [nested, branches.repeat(20), alternatives, steps, format!("mistakes:\n{twins}")] {
        let text = format!("{head}{body}");
        let start = processor_time();
        survive(&text);
        let took = processor_time() - start;
        assert!(took < 5.0, "{took} s for {}", &body[..60]);
    }
}

#[test]
fn strange_texts_are_survived() {
    for text in [
        "",
        " ",
        "\n",
        "\r",
        "\u{feff}",
        "\u{feff}title: x",
        "\u{0}",
        "\t",
        "---",
        "...",
        "--- a\n--- b",
        "%YAML 1.2\n---\na",
        "%TAG ! tag:x,1:\n---\n!a b",
        "*",
        "&",
        "!",
        "!!",
        "|",
        ">",
        "'",
        "\"",
        "? ",
        ": ",
        "- - -",
        "{,}",
        "[,]",
        "{a, b: }",
        "a: \"\\uD800\"",
        "a: \"\\x\"",
        "a: 1e999",
        "a: -1e999",
        "a: .nan",
        "a: 99999999999999999999999",
        "\r\ntitle: x\r\nrole: y\r",
        "steps: [{ : }]",
        "scenarios: [{ steps: [{ ? [a] : b }] }]",
        "mistakes: [{ when: { null: null } }]",
        "\u{85}a: \u{2028}b",
    ] {
        survive(text);
    }
}

fn valid_files() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reader/valid");
    #[expect(clippy::disallowed_methods, reason = "tests read their fixtures from files")]
    let texts = std::fs::read_dir(folder)
        .expect("fixtures")
        .map(|entry| std::fs::read_to_string(entry.expect("entry").path()).expect("text"))
        .collect();
    texts
}

/// A change to a file: cut a piece out, put a piece in, or copy a piece to another place.
fn change(text: &str, at: usize, len: usize, piece: &str) -> String {
    let edge = |index: usize| {
        (0..=index.min(text.len())).rev().find(|&index| text.is_char_boundary(index)).unwrap_or(0)
    };
    let (start, end) = (edge(at), edge(at + len));
    format!("{}{piece}{}", &text[..start], &text[end.max(start)..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_survived(text in "\\PC{0,200}") {
        survive(&text);
    }

    #[test]
    fn any_yaml_like_text_is_survived(text in "([a-z$!&*]{1,6}|[\\[\\]{},:#|>'\"?% -]|\n|\n  |: |- |, ){0,80}") {
        survive(&text);
    }

    #[test]
    fn changed_files_are_survived(
        file in 0_usize..100,
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..30, prop::sample::select(PIECES)), 1..6),
    ) {
        let files = valid_files();
        let mut text = files[file % files.len()].clone();
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
    "!fresh ",
    "!each ",
    "$",
    "$x",
    "$me",
    "*a ",
    "&a ",
    "<<: ",
    "null",
    "true",
    "-1",
    "1e99",
    "999999999999",
    "1..10",
    "99..1",
    "80ms",
    "20kB",
    "asha",
    "server",
    "asha 2",
    "20 bidders",
    "together",
    "repeat",
    "hear",
    "nothing",
    "steps: []",
    "when: ",
    "日本",
    "\t",
    "\u{feff}",
    "…",
];
