//! `quiz` as a program meets it: lines of JSON, and counts. Next: `export.rs`.

use serde_json::{Value, json};

use crate::room::{Room, golden};

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn questions_out_answers_in_results_out() {
    let room = Room::new();
    let input = "{\"choice\":0}\nwhat?\n{\"choice\":7}\n{\"choices\":[0,1]}\n";
    let out = lines(&room.run("quiz rooms --json --seed 3", input).done());
    let types: Vec<&str> = out.iter().map(|line| line["type"].as_str().unwrap()).collect();
    assert_eq!(
        types,
        ["quiz", "question", "result", "question", "error", "error", "result", "question", "summary"]
    );
    assert_eq!(
        out[0],
        json!({ "type": "quiz", "title": "Lesson 7, Rooms", "questions": 8, "seed": 3, "track": "javascript" })
    );
    assert_eq!(out[1]["question"]["id"], "who_keeps_the_rooms");
    assert_eq!(out[1]["question"]["section"]["title"], "A room is a label");
    assert_eq!(out[2]["outcome"]["why"], "A client is never told which rooms it is in.");
    assert_eq!(out[5]["message"], "this is no answer to the question `how_a_label_goes` of kind `choices`");
    assert_eq!(out[6]["outcome"]["right"], true);
    assert_eq!(out[8], json!({ "type": "summary", "answered": 2, "right": 1 }));
    assert_eq!(room.kept("who_keeps_the_rooms")["wrong"], 1);
    assert_eq!(room.kept("how_a_label_goes")["right"], 1);
}

#[test]
fn nobody_is_asked_twice_and_nothing_is_no_error_for_a_program() {
    let out = lines(&Room::new().run("quiz review --json", "").done());
    assert_eq!(out.len(), 2);
    assert_eq!((&out[0]["questions"], &out[1]["answered"]), (&json!(0), &json!(0)));
}

#[test]
fn the_counts_are_those_of_the_files() {
    let room = Room::new();
    golden("list", &room.run("quiz --list", "").done());
    let counts: Value = serde_json::from_str(&room.run("quiz --list --json", "").done()).unwrap();
    let none = json!({ "questions": 0, "kinds": 0 });
    assert_eq!(
        counts,
        json!({
            "lesson_questions": 8, "interview_questions": 1, "computed": 3,
            "kinds": { "choice": 2, "choices": 1, "short": 1, "order": 1, "decode": 1, "hears": 2, "open": 1 },
            "levels": { "junior": 5, "mid": 3, "senior": 1 },
            "lessons": {
                "01_why_real_time": none, "02_first_round_trip": none, "04_on_the_wire": none,
                "07_rooms": { "questions": 8, "kinds": 7 }, "15_client_lifecycle": none,
            }
        })
    );
    std::fs::remove_dir_all(room.root().join("quiz")).unwrap();
    let counts: Value = serde_json::from_str(&room.run("quiz --list --json", "").done()).unwrap();
    assert_eq!((&counts["lesson_questions"], &counts["interview_questions"]), (&json!(0), &json!(0)));
}
