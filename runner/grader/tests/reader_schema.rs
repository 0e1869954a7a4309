//! The JSON Schema for editors says the same as the reader, as far as a schema can.
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures from files")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use grader::{scenario::read, verdict::Kind};
use jsonschema::Validator;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn schema() -> Value {
    let text = fs::read_to_string(root().join("exercises/exercise.schema.json")).expect("schema");
    serde_json::from_str(&text).expect("json")
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&schema()).expect("a schema")
}

/// Exercises of a folder: file name without its end, and text.
fn exercises(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reader").join(folder);
    let mut found: Vec<(String, String)> = fs::read_dir(folder)
        .expect("fixtures")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .map(|path| {
            let name = path.file_stem().expect("name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("text"))
        })
        // The schema is that of an exercise; demos of the book have none.
        .filter(|(name, _)| !name.starts_with("causes") && !name.starts_with("demo_"))
        .collect();
    found.sort();
    found
}

#[test]
fn valid_exercises_are_valid_for_editors() {
    let validator = validator();
    for (name, text) in exercises("valid") {
        let json = read::untagged(&text).expect("yaml");
        let errors: Vec<String> =
            validator.iter_errors(&json).map(|error| format!("{} {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {}", errors.join("\n"));
    }
}

#[test]
fn broken_exercises_are_refused_by_the_reader_or_the_schema() {
    let validator = validator();
    let mut by_schema = Vec::new();
    for (name, text) in exercises("invalid") {
        let refused = read::untagged(&text).is_ok_and(|json| !validator.is_valid(&json));
        assert!(refused || read::exercise(&text).is_err(), "{name} is refused by nobody");
        if refused {
            by_schema.push(name);
        }
    }
    // What an editor must show by itself: keys, kinds of values, words of a fixed list.
    for name in [
        "action_keys",
        "action_needs_value",
        "closed",
        "durations_and_sizes",
        "emit",
        "empty_steps",
        "few_hints",
        "http",
        "missing_misspelt_key",
        "missing_top_keys",
        "mistake_keys",
        "mistake_when",
        "needs",
        "no_why",
        "not_a_map",
        "page_steps",
        "repeat",
        "step_two_keys",
        "together_misspelt",
        "tracks",
        "unknown_action",
        "unknown_role",
        "unknown_top_keys",
        "wrong_types",
    ] {
        assert!(by_schema.iter().any(|refused| refused == name), "{name} is not refused by the schema");
    }
}

#[test]
fn the_schema_is_one_and_knows_every_kind() {
    let schema = schema();
    assert!(jsonschema::meta::is_valid(&schema));
    let known = &schema["$defs"]["when"]["properties"];
    for kind in Kind::ALL {
        assert!(known[kind.as_str()]["description"].is_string(), "{kind} is not described");
    }
}

/// A hover in the editor teaches: each key of an exercise, scenario, action and mistake says what it is for.
#[test]
fn every_key_is_described() {
    let schema = schema();
    let mut bare = Vec::new();
    undescribed(&schema, "", &mut bare);
    assert!(bare.is_empty(), "{bare:?}");
}

fn undescribed(node: &Value, path: &str, bare: &mut Vec<String>) {
    for (key, value) in node.as_object().into_iter().flatten() {
        let here = format!("{path}/{key}");
        if key == "properties" {
            for (name, property) in value.as_object().into_iter().flatten() {
                let described = property["description"].is_string() || property["$ref"].is_string();
                if !described && name != "when" {
                    bare.push(format!("{here}/{name}"));
                }
            }
        }
        undescribed(value, &here, bare);
    }
}

/// The schema of demos, with what it takes from that of exercises put into it: nothing here fetches files.
fn demo_validator() -> Validator {
    let text = fs::read_to_string(root().join("book/demo.schema.json")).expect("schema");
    let text = text.replace("../exercises/exercise.schema.json#/properties/", "#/$defs/exercise/properties/");
    let mut demo: Value = serde_json::from_str(&text).expect("json");
    let exercise = schema();
    demo["$defs"] = exercise["$defs"].clone();
    demo["$defs"]["exercise"] = serde_json::json!({ "properties": exercise["properties"] });
    jsonschema::draft202012::new(&demo).expect("a schema")
}

#[test]
fn every_demo_of_the_book_is_valid_for_editors_and_broken_ones_are_not() {
    let validator = demo_validator();
    let folders = |folder: PathBuf| {
        let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("entry").path());
        entries.filter(|path| path.is_dir() && !path.ends_with("node_modules"))
    };
    let demos: Vec<PathBuf> = folders(root().join("book/demos")).flat_map(folders).collect();
    assert!(demos.len() > 50, "{}", demos.len());
    for demo in demos {
        let text = fs::read_to_string(demo.join("demo.yaml")).expect("a demo");
        let json = read::untagged(&text).expect("yaml");
        let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {}", demo.display(), errors.join("\n"));
    }
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reader");
    let of =
        |file: &str| read::untagged(&fs::read_to_string(fixtures.join(file)).expect("text")).expect("yaml");
    assert!(validator.is_valid(&of("valid/demo_client.yaml")));
    assert!(!validator.is_valid(&of("invalid/demo_bare.yaml")));
}
