//! `report`: the results of a class. Next: `files.rs`.

use std::path::Path;

use grader::scenario::model::Track;
use serde_json::{Value, json};

use crate::{
    room::{Ran, Room, golden},
    work::{MONDAY, PUSH, ROOMS, Work, asha, ravi},
};

const DAY: u64 = 24 * 60 * 60;
/// A name that would be a formula, markup, and a column of its own.
const MALLORY: &str = "=HYPERLINK(\"x\"),<img src=x onerror=alert(1)>";

/// A folder as a teacher has it at the end of a week.
fn classroom() -> Room {
    let room = Room::new();
    let mark = || room.mark();
    let put = |name: &str, text: &str| room.write(&format!("bundles/{name}"), text);
    put("asha.json", &asha().bundle("Asha Rao", mark(), MONDAY + DAY));
    let monday = Work::in_track(Track::JavaScript).passes(PUSH);
    put("asha-monday.json", &monday.bundle("asha rao", mark(), MONDAY));
    put("ravi.json", &ravi().bundle("Ravi", mark(), MONDAY + DAY));
    put(
        "meera.json",
        &Work::in_track(Track::JavaScript)
            .passes(PUSH)
            .passes(ROOMS)
            .answers("who_keeps_the_rooms", &[false, true])
            .bundle("小明 Meera", mark(), MONDAY),
    );
    let mut old = mark();
    old.sha256 = "1".repeat(64);
    put("mallory.JSON", &Work::in_track(Track::Rust).passes(PUSH).bundle(MALLORY, old, MONDAY));
    put("cut.json", "{\"format\": \"socketlings-bundle\", \"version\": 1,");
    put("newer.json", "{\"format\": \"socketlings-bundle\", \"version\": 2}");
    put("package.json", "{}");
    put("notes.txt", "Ravi was ill on Tuesday");
    put(".hidden.json", "{}");
    put("late/tim.json", &Work::in_track(Track::Rust).bundle("Tim", mark(), MONDAY));
    room
}

/// The day on which the test runs.
fn without_today(text: &str) -> String {
    let Some((before, after)) = text.split_once("Made on ") else { return text.to_owned() };
    format!("{before}Made on [DAY]{}", &after["2025-11-24".len()..])
}

#[test]
fn it_fits_a_wide_terminal_a_narrow_one_and_a_screen_reader() {
    let room = classroom();
    for (name, args, columns) in [
        ("class_120.txt", "report bundles", "120"),
        ("class_80.txt", "report bundles", "80"),
        ("class_60.txt", "report bundles", "60"),
        ("class_plain.txt", "report bundles --plain", "80"),
    ] {
        let mut command = room.command(&args.split(' ').collect::<Vec<_>>());
        golden(name, &Ran::of(&command.env("COLUMNS", columns).output().unwrap()).done());
    }
}

#[test]
fn one_page_that_asks_for_nothing_and_runs_nothing() {
    let room = classroom();
    let said = room.typed("report bundles --html class.html").done();
    golden("class_files.txt", &said);
    let page = room.read("class.html");
    golden("class.html", &without_today(&page));
    for never in ["http:", "https:", "@import", "url("] {
        assert!(!page.contains(never), "{never}");
    }
    // What strangers wrote is escaped, so each `<` begins a tag of ours.
    let tags: Vec<&str> = page.split('<').skip(1).filter_map(|tag| tag.split('>').next()).collect();
    for tag in &tags {
        let name = tag.split([' ', '/']).next().unwrap();
        assert!(!["script", "img", "link", "iframe", "form", "object", "base"].contains(&name), "{tag}");
        assert!(!tag.contains(" on") && !tag.contains("src="), "{tag}");
    }
    assert!(tags.len() > 100 && page.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assert!(page.contains("default-src 'none'"));
    assert_eq!(page.matches("<table>").count(), page.matches("<caption").count());
    assert_eq!(
        page.matches("<th scope=").count(),
        page.matches("<th").count() - page.matches("<thead").count()
    );
}

#[test]
fn a_spreadsheet_gets_rows_and_no_formula() {
    let room = classroom();
    room.typed("report bundles --csv learners.csv --csv-items items.csv").done();
    golden("learners.csv", &room.read("learners.csv"));
    golden("items.csv", &room.read("items.csv"));
    assert!(room.read("learners.csv").contains("\"'=HYPERLINK(\"\"x\"\"),<img src=x onerror=alert(1)>\","));
}

#[test]
fn a_program_gets_all_of_it_as_json() {
    let room = classroom();
    let ran = room.typed("report bundles --json -");
    assert_eq!(ran.exit, 0);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert!(ran.err.contains("refused: cut.json: it is damaged"), "{}", ran.err);
    assert_eq!((&report["format"], &report["version"]), (&json!("socketlings-report"), &json!(1)));
    let names: Vec<_> =
        report["learners"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, [MALLORY, "Asha Rao", "Ravi", "小明 Meera"]);
    let hardest = &report["exercises"][0];
    assert_eq!(
        (&hardest["id"], &hardest["solved"]),
        (&json!("23_what_you_learn/polite"), &json!({ "part": 0, "of": 1 }))
    );
    let rooms = report["exercises"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == "07_rooms/members_only")
        .unwrap();
    assert_eq!(
        rooms,
        &json!({ "id": "07_rooms/members_only", "stage": null, "title": "Members only", "solved": { "part": 2, "of": 3 },
            "checks_until_pass": 3.0, "hints": 5, "solutions_seen": 1 })
    );
    assert_eq!(
        report["questions"][0],
        json!({ "id": "how_a_label_goes", "lesson": "07_rooms", "ask": "When does a socket lose the label `physics`?",
            "answered": 2, "first_right": { "part": 0, "of": 2 } })
    );
    assert_eq!(report["mistakes"][0], json!({ "name": "members_only/echo-to-all", "learners": 2 }));
    assert_eq!(report["other_files"], 1);
}

#[test]
fn folders_in_it_are_read_when_that_is_said() {
    let room = classroom();
    let learners = |args: &str| {
        let ran = room.typed(args);
        let report: Value = serde_json::from_str(&ran.out).unwrap();
        report["learners"].as_array().unwrap().len()
    };
    assert_eq!(learners("report bundles --json -"), 4);
    assert_eq!(learners("report bundles --json - --recursive"), 5);
}

#[test]
fn strict_says_by_its_exit_code_that_a_file_was_refused() {
    let room = classroom();
    assert_eq!(room.typed("report bundles --strict").exit, 1);
    for file in ["cut.json", "newer.json", "package.json"] {
        std::fs::remove_file(room.path(&format!("bundles/{file}"))).unwrap();
    }
    let out = room.typed("report bundles --strict").done();
    assert!(out.contains("old: asha-monday.json: Asha Rao is in `asha.json`, too, which is newer"), "{out}");
}

#[test]
fn a_report_of_ours_beside_the_bundles_is_no_stranger() {
    let room = classroom();
    room.typed("report bundles --json bundles/report.json").done();
    let out = room.typed("report bundles").done();
    assert!(!out.contains("report.json"), "{out}");
}

#[test]
fn a_folder_without_a_bundle() {
    let room = Room::new();
    std::fs::create_dir(room.path("bundles")).unwrap();
    let refused = room.typed("report bundles").refused(1);
    assert!(refused.contains("`bundles` holds no bundle that can be read; learners make one with `cargo run -p runner progress export`"), "{refused}");
    room.write("bundles/a.json", "{}");
    let refused = room.typed("report bundles --html class.html").refused(1);
    assert!(refused.contains("refused: a.json: it is no bundle"), "{refused}");
    assert!(!room.path("class.html").exists());
    let refused = room.typed("report nowhere").refused(64);
    assert!(refused.contains("`nowhere` is no folder"), "{refused}");
}

/// As many as a large course has. The bundles are made by the library, so that the report is what takes the time.
#[test]
fn five_hundred_bundles() {
    let room = Room::new();
    let mark = room.mark();
    for number in 0..500 {
        room.write(
            &format!("bundles/{number}.json"),
            &asha().bundle(&format!("Learner {number:03}"), mark.clone(), MONDAY),
        );
    }
    let out = room.typed("report bundles --html class.html --json class.json --csv class.csv").done();
    assert_eq!(out, "500 learners. Written: `class.csv`, `class.json`, `class.html`\n");
    assert!(Path::new(&room.path("class.html")).metadata().unwrap().len() < 2_000_000);
}
