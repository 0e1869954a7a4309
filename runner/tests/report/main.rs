//! What a person reads, against golden files: every kind of verdict, wide and narrow, in colour and in words.
//!
//! `SNAPSHOTS=overwrite cargo test -p runner --test report` writes the files anew: then read them.
//! `SHOW=80 cargo test -p runner --test report shown` writes the coloured reports to `target/tmp/reports.txt`, to look at.

#[path = "../../grader/tests/diagram_script/mod.rs"]
mod diagram_script;

mod any;
mod asked;
mod cases;

use std::time::Duration;

use cases::Case;
use grader::{diagram::shorten::width, event::Event, verdict::Kind};
use runner::report::{Report, json::Json, junit, style::Style, summary::Summary, terminal::Terminal};
use snapbox::{Data, assert_data_eq};

const PROGRAM_LEVEL: [Kind; 8] = [
    Kind::BuildFailed,
    Kind::NeverListened,
    Kind::WrongPort,
    Kind::NotSocketIo,
    Kind::Exited,
    Kind::Crashed,
    Kind::Stuck,
    Kind::TooMuchMemory,
];

fn all() -> Vec<(String, Case)> {
    let named = [
        ("fail", cases::outside_the_room()),
        ("pass", cases::solved()),
        ("answer_passes", cases::of_the_course("solution", cases::solved())),
        ("answer_fails", cases::of_the_course("mistake:echo-to-all", cases::outside_the_room())),
        ("stage_passes", cases::stage_passes()),
        ("stage_fails", cases::stage_fails()),
        ("stage_before_fails", cases::stage_before_fails()),
        ("stage_fails_later", cases::stage_fails_later()),
        ("other_track", asked::in_the_other_track(cases::stage_fails_later())),
        ("other_track_passes", asked::in_the_other_track(cases::stage_passes())),
        ("long_step", asked::long_step()),
        ("over_http", asked::over_http()),
        ("two_nodes", asked::two_nodes()),
        ("several", cases::several_failures()),
        ("skipped", cases::skipped()),
        ("series", cases::series()),
        ("polling", cases::polling()),
        ("refused", cases::refused()),
        ("client", cases::client()),
        ("frames", cases::frames()),
        ("crashed_in_a_scenario", cases::crashed_in_a_scenario()),
        ("prepared", cases::prepared()),
    ];
    let program = PROGRAM_LEVEL.map(|kind| (format!("program_{kind}"), cases::program_level(kind)));
    named.map(|(name, case)| (name.to_owned(), case)).into_iter().chain(program).collect()
}

fn report(case: &Case, style: Style) -> String {
    let mut out = Vec::new();
    let mut terminal = Terminal::new(&mut out, style);
    terminal.about(case.view.clone());
    case.events.iter().for_each(|event| terminal.event(event).expect("a vector takes everything"));
    drop(terminal);
    String::from_utf8(out).expect("a report is text")
}

fn golden(name: &str) -> Data {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/report/");
    Data::read_from(std::path::Path::new(&format!("{folder}{name}")), None).raw()
}

fn at(width: usize) -> Style {
    Style { width, ..Style::default() }
}

#[test]
fn every_verdict_at_eighty_sixty_and_forty_columns() {
    for (name, case) in all() {
        for columns in [80, 60, 40] {
            let shown = report(&case, at(columns));
            // A command stays whole, however narrow it is: it is there to be copied.
            for line in shown.lines().filter(|line| !line.trim_start().starts_with("cargo run")) {
                assert!(width(line) <= columns, "{name}: {} columns in {columns}: {line}", width(line));
            }
            assert_data_eq!(shown, golden(&format!("{name}.{columns}.txt")));
        }
    }
}

#[test]
fn every_verdict_in_words() {
    for (name, case) in all() {
        let shown = report(&case, at(80).plain());
        assert!(!shown.contains(['\u{1b}', '│', '─', '┤', '✗', '✓', '▶', '◀', '·']), "{name}: {shown}");
        assert_data_eq!(shown, golden(&format!("{name}.plain.txt")));
    }
}

#[test]
fn every_verdict_in_ascii() {
    for (name, case) in all() {
        let shown = report(&case, Style { unicode: false, ..at(80) });
        assert!(shown.is_ascii(), "{name}: {shown}");
        assert_data_eq!(shown, golden(&format!("{name}.ascii.txt")));
    }
}

#[test]
fn colours_add_escape_codes_and_nothing_else() {
    for (name, case) in all() {
        let coloured = report(&case, Style { colour: true, ..at(80) });
        let stripped = anstream::adapter::strip_str(&coloured).to_string();
        assert_eq!(stripped, report(&case, at(80)), "{name}");
    }
    let coloured = report(&cases::outside_the_room(), Style { colour: true, ..at(80) });
    assert_data_eq!(coloured, golden("fail.colour.txt"));
}

#[test]
fn verbose_shows_every_packet_and_all_output() {
    let shown = report(&cases::outside_the_room(), Style { verbose: true, ..at(100) });
    assert_data_eq!(shown, golden("fail.verbose.txt"));
}

#[test]
fn a_live_line_is_rewritten_and_taken_away() {
    let live = Style { live: true, ..at(60) };
    let shown = report(&cases::prepared(), live);
    assert!(!shown.contains('\u{1b}'), "a live line needs no escape codes: {shown:?}");
    let (_, end) = shown.rsplit_once('\r').expect("the line is rewritten with carriage returns");
    let still = report(&cases::solved(), at(60));
    let (_, story) = still.split_once("\n\n").expect("a heading and a story");
    assert_eq!(end, story, "nothing of it is left when the story begins");
    assert_data_eq!(shown.replace('\r', "<CR>\n"), golden("prepared.live.txt"));
}

#[test]
fn one_json_object_a_line() {
    for (name, case) in all() {
        let mut out = Vec::new();
        let mut json = Json::new(&mut out);
        case.events.iter().for_each(|event| json.event(event).expect("a vector takes everything"));
        let shown = String::from_utf8(out).expect("JSON is text");
        for line in shown.lines() {
            let line: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
            assert!(line["event"].is_string(), "{name}: {line}");
        }
        assert_eq!(shown.lines().count(), case.events.len(), "{name}");
        if name == "fail" || name == "program_build_failed" {
            assert_data_eq!(shown, golden(&format!("{name}.json.txt")));
        }
    }
}

fn verdicts() -> Vec<grader::verdict::Verdict> {
    let last = |case: Case| match case.events.into_iter().last() {
        Some(Event::CheckEnded(verdict)) => verdict,
        other => panic!("a check ends with its verdict, not with {other:?}"),
    };
    let mut verdicts: Vec<_> = all().into_iter().map(|(_, case)| last(case)).collect();
    "14_scaling/a_very_long_exercise_name_that_takes_its_room".clone_into(&mut verdicts[1].exercise);
    verdicts
}

#[test]
fn junit_for_continuous_integration() {
    let mut out = Vec::new();
    junit::write(&verdicts(), &mut out).expect("a vector takes everything");
    let shown = String::from_utf8(out).expect("XML is text");
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{7}'), "XML has no place for control characters");
    assert_data_eq!(shown, golden("all.junit.xml"));
}

#[test]
fn a_summary_of_many_exercises() {
    let mut shown = Vec::new();
    for style in [at(100), at(80), at(60), at(40), at(80).plain(), Style { unicode: false, ..at(80) }] {
        let mut out = Vec::new();
        let mut summary = Summary::new(&mut out, style);
        for verdict in &verdicts() {
            summary.add(verdict).expect("a vector takes everything");
        }
        summary.finish(Duration::from_millis(2345)).expect("a vector takes everything");
        let text = String::from_utf8(out).expect("a summary is text");
        assert!(text.lines().all(|line| width(line) <= style.width), "{text}");
        let Style { width, plain, unicode, .. } = style;
        shown.push(format!("== {width} columns, plain {plain}, unicode {unicode}\n{text}\n"));
    }
    assert_data_eq!(shown.concat(), golden("summary.txt"));
}

#[test]
fn shown_when_asked_for() {
    let Some(columns) = std::env::var("SHOW").ok().and_then(|columns| columns.parse().ok()) else { return };
    let all: Vec<_> = all()
        .iter()
        .map(|(name, case)| format!("{name}\n{}\n", report(case, Style { colour: true, ..at(columns) })))
        .collect();
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/reports.txt"), all.concat())
        .expect("a file to look at");
}
