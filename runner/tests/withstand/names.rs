//! The same seed gives the same names, another seed gives others.

use serde_json::Value;

use crate::desk::{Desk, Ended, ROOMS};

/// All that the runner said to the program, scenario by scenario; questions in between are left out.
fn said(ended: &Ended) -> Vec<String> {
    ended.assert_passed();
    let mut said = Vec::new();
    for event in ended.events().iter().filter(|event| event["event"] == "scenario_ended") {
        for packet in event["packets"].as_array().unwrap() {
            let to_program = packet["direction"] == "to_program" && packet["quiet"] != Value::Bool(true);
            if let Some(frame) = packet["frame"].as_str().filter(|_| to_program) {
                // Questions in between are numbered too, and how many there are depends on the time that it takes.
                let content = frame.find(['[', '{']).map_or(frame, |at| &frame[at..]);
                said.push(format!("{} {} {content}", event["id"], packet["actor"]));
            }
        }
    }
    said
}

#[test]
fn a_seed_repeats_all_that_is_said() {
    let Some(desk) = Desk::with_node() else { return };
    let check = |seed: &str| {
        let options = ["--track", "javascript", "--answer", "solution", "--seed", seed];
        said(&desk.check(ROOMS, &options))
    };
    let (one, again, other) = (check("7"), check("7"), check("8"));
    assert_eq!(one, again);
    assert!(one.iter().any(|frame| frame.contains("joinRoom") && frame.contains("physics")), "{one:#?}");
    assert_eq!(one.len(), other.len());
    assert_ne!(one, other);
}

#[test]
fn a_seed_that_was_drawn_is_told() {
    let Some(desk) = Desk::with_node() else { return };
    let options = ["--track", "javascript", "--answer", "solution"];
    let drawn = desk.check(ROOMS, &options);
    let seed = drawn.verdict()["seed"].to_string();
    let again = desk.check(ROOMS, &[&options[..], &["--seed", &seed]].concat());
    assert_eq!(said(&drawn), said(&again));
}
