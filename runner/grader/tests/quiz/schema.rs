//! The JSON Schema for editors says the same as the reader, as far as a schema can. Next: `verdicts.rs`.

use std::{fs, path::Path};

use grader::quiz::{
    model::{Level, Part, Topic},
    read,
};
use jsonschema::Validator;
use serde_json::Value;

use crate::fixtures;

fn schema() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../quiz/quiz.schema.json");
    serde_json::from_str(&fs::read_to_string(path).expect("schema")).expect("json")
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&schema()).expect("a schema")
}

#[test]
fn valid_quizzes_are_valid_for_editors() {
    let validator = validator();
    for (name, text, _) in fixtures("valid") {
        let json = read::untagged(&text).expect("yaml");
        let errors: Vec<String> =
            validator.iter_errors(&json).map(|error| format!("{} {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {}", errors.join("\n"));
    }
}

/// What only the reader sees: keys that are computed, twins, words that count, texts that act, and YAML itself.
const ONLY_THE_READER: &[&str] = &[
    "anchors",
    "decode_wrong_key",
    "decode_no_packet",
    "interview_without_lesson",
    "tags",
    "texts_that_act",
];

#[test]
fn editors_refuse_what_a_schema_can_see() {
    let validator = validator();
    let accepted: Vec<String> = fixtures("invalid")
        .into_iter()
        .filter(|(_, text, _)| read::untagged(text).is_ok_and(|json| validator.is_valid(&json)))
        .map(|(name, ..)| name)
        .collect();
    let strangers: Vec<&String> =
        accepted.iter().filter(|name| !ONLY_THE_READER.contains(&name.as_str())).collect();
    assert!(strangers.is_empty(), "the schema accepts {strangers:?}");
}

#[test]
fn editors_know_every_word() {
    let schema = schema();
    let words = |value: &Value| -> Vec<String> {
        let all = value["enum"].as_array().expect("an enum");
        all.iter().map(|word| word.as_str().expect("a text").to_owned()).collect()
    };
    let question = &schema["$defs"]["question"];
    let known = &question["properties"];
    assert_eq!(words(&known["kind"]), grader::quiz::model::Kind::NAMES);
    assert_eq!(words(&known["level"]), Level::ALL.iter().map(|level| level.as_str()).collect::<Vec<_>>());
    assert_eq!(words(&known["topic"]), Topic::ALL.iter().map(|topic| topic.as_str()).collect::<Vec<_>>());
    let kinds = question["allOf"].as_array().expect("kinds");
    let decode =
        kinds.iter().find(|kind| kind["if"]["properties"]["kind"]["const"] == "decode").expect("decode");
    let parts = &decode["then"]["properties"]["answer"]["properties"];
    assert_eq!(words(&parts["engine"]), Part::ENGINE);
    assert_eq!(words(&parts["type"]), Part::TYPES);
}
