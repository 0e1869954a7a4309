//! `verdicts.json`: questions, answers, and what has to be said of them. The page's tests read the same file.
//!
//! Each entry has the YAML of one question (`question`, an item of the list `questions` of a quiz), for `hears` also its
//! `actors`, the same as `model` (what a page gets), and `cases`: an `answer`, perhaps a `track` (else `javascript`), and either the `outcome` or `unfit: true`.

use std::{collections::BTreeSet, fs, path::Path};

use grader::{
    quiz::{
        judge::{Answer, judge},
        model::{Kind, Question},
        read,
    },
    scenario::model::Track,
};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Entry {
    question: String,
    #[serde(default)]
    actors: Vec<String>,
    model: Value,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    answer: Value,
    #[serde(default)]
    track: Option<Track>,
    #[serde(default)]
    outcome: Option<Value>,
    #[serde(default)]
    unfit: bool,
}

fn table() -> Vec<Entry> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quiz/verdicts.json");
    serde_json::from_str(&fs::read_to_string(path).expect("the table")).expect("json")
}

fn question(entry: &Entry) -> Question {
    let indented: Vec<String> = entry.question.lines().map(|line| format!("    {line}")).collect();
    let yaml = format!("questions:\n  -\n{}\n", indented.join("\n"));
    let mut questions = read::quiz(&yaml, Some("07_rooms")).unwrap_or_else(|problems| {
        let told: Vec<String> = problems.iter().map(|problem| problem.render("verdicts", &yaml)).collect();
        panic!("{}", told.join("\n"))
    });
    let mut question = questions.remove(0);
    if let Kind::Hears(hears) = &mut question.kind {
        hears.actors.clone_from(&entry.actors);
    }
    question
}

#[test]
fn every_verdict_is_the_one_of_the_table() {
    let mut wrong = Vec::new();
    for entry in table() {
        let question = question(&entry);
        for case in &entry.cases {
            let answer: Result<Answer, _> = serde_json::from_value(case.answer.clone());
            let came = answer
                .ok()
                .and_then(|answer| judge(&question, &answer, case.track.unwrap_or(Track::JavaScript)).ok());
            let came = came.map(|outcome| serde_json::to_value(outcome).expect("json"));
            assert!(case.unfit != case.outcome.is_some(), "{}: {}", question.id, case.answer);
            if came != case.outcome {
                let came = came.map_or_else(|| "unfit".to_owned(), |came| came.to_string());
                wrong.push(format!("{} {}\n  {came}", question.id, case.answer));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A page has no reader of YAML: its tests take the model.
#[test]
fn the_models_are_those_of_the_questions() {
    let models: Vec<Value> =
        table().iter().map(|entry| serde_json::to_value(question(entry)).expect("json")).collect();
    let written: Vec<Value> = table().into_iter().map(|entry| entry.model).collect();
    assert_eq!(written, models, "{}", serde_json::to_string(&models).expect("json"));
}

#[test]
fn the_table_has_every_kind_right_and_wrong() {
    let mut seen = BTreeSet::new();
    for entry in table() {
        let kind = question(&entry).kind.name();
        let outcomes = entry.cases.iter().filter_map(|case| case.outcome.as_ref());
        seen.extend(outcomes.map(|outcome| (kind, outcome["right"] == true)));
    }
    for name in Kind::NAMES {
        assert!(seen.contains(&(name, true)) && seen.contains(&(name, false)), "{name}: {seen:?}");
    }
}
