//! Valid files and broken ones. Next: `hostile.rs`.

use grader::{
    quiz::{
        model::{Kind, Level, Part, Topic},
        read,
    },
    yaml::Place,
};

use crate::{fixtures, lesson_of};

fn problems(name: &str, text: &str) -> Option<String> {
    let problems = read::quiz(text, lesson_of(name)).err()?;
    let told: Vec<String> =
        problems.iter().map(|problem| problem.render(&format!("{name}.yaml"), text)).collect();
    Some(told.join("\n"))
}

#[test]
fn valid_files_are_read() {
    for (name, text, _) in fixtures("valid") {
        assert_eq!(problems(&name, &text), None, "{name}");
    }
}

#[test]
fn every_problem_is_told_with_its_place() {
    let files = fixtures("invalid");
    assert!(files.len() >= 20, "{}", files.len());
    let assert = snapbox::Assert::new().action_env("SNAPSHOTS");
    for (name, text, path) in files {
        let told = problems(&name, &text).unwrap_or_else(|| panic!("{name} is valid"));
        let golden = snapbox::Data::read_from(&path.with_extension("txt"), None);
        assert.eq(told, golden.raw());
    }
}

#[test]
fn every_kind_is_read_as_it_is_written() {
    let (_, text, _) = fixtures("valid").remove(0);
    let questions = read::quiz(&text, Some("07_rooms")).expect("it is valid");
    let kinds: Vec<&str> = questions.iter().map(|question| question.kind.name()).collect();
    assert!(Kind::NAMES.iter().all(|name| kinds.contains(name)), "{kinds:?}");
    let first = &questions[0];
    assert_eq!(
        (first.id.as_str(), first.level, first.topic),
        ("room_lives_on_the_server", Level::Junior, Topic::Rooms)
    );
    assert_eq!(
        (first.section.lesson.as_str(), first.section.heading.as_str()),
        ("07_rooms", "a-room-is-a-label")
    );
    assert_eq!(first.places.question, Place { line: 3, column: 9, len: 24 });
    let elsewhere = &questions[2].section;
    assert_eq!((elsewhere.lesson.as_str(), elsewhere.heading.as_str()), ("06_who_receives_it", "everyone"));
    let Kind::Decode { packet, answer } = &questions[4].kind else { panic!("{:?}", questions[4]) };
    assert_eq!(packet, "42/admin,7[\"x\",1,{\"a\":[null]}]");
    assert_eq!(answer[&Part::Arguments], "[1,{\"a\":[null]}]");
    assert_eq!(answer.keys().next(), Some(&Part::Engine), "in the order of the wire");
    let Kind::Order { steps } = &questions[3].kind else { panic!("{:?}", questions[3]) };
    assert_eq!(steps.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 2]);
    let Kind::Hears(hears) = &questions[8].kind else { panic!("{:?}", questions[8]) };
    assert_eq!((hears.answer.len(), hears.rust.as_deref()), (0, Some(&["ravi".to_owned()][..])));
}

/// What a page gets: one flat object for each question, without places.
#[test]
fn a_question_as_json() {
    let (_, text, _) = fixtures("valid").remove(0);
    let questions = read::quiz(&text, Some("07_rooms")).expect("it is valid");
    let json = serde_json::to_value(&questions[7]).expect("json");
    assert_eq!(
        json,
        serde_json::json!({
            "id": "bell_in_physics", "kind": "hears", "level": "junior", "topic": "rooms",
            "section": { "lesson": "07_rooms", "heading": "a-room-is-a-label", "title": "" },
            "ask": "The teacher rings the bell for physics. Who hears `bell`?",
            "demo": "07_rooms/take_a_seat", "scenario": "bell", "event": "bell", "actors": [],
            "answer": ["asha", "ravi"], "show": "ring", "explain": "They carry the label.",
        })
    );
    let json = serde_json::to_value(&questions[0]).expect("json");
    assert_eq!(json["kind"], "choice");
    assert_eq!(json["choices"][1], serde_json::json!({ "text": "The server's adapter", "right": true }));
}
