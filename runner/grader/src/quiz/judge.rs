//! An answer → what is right in it. Pure, and the same on the page: see `tests/quiz/verdicts.json`.
//! Next: [`super::normalise`].

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use super::{
    decode::NONE,
    model::{Choice, Hears, Kind, Part, Point, Question, WrongAnswer},
    normalise::{has_word, normalise, plain},
};
use crate::scenario::model::Track;

/// What somebody answered. As JSON: `{"choice": 2}`, `{"hears": ["asha"]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// The index of a choice, from 0, in the order of the file.
    Choice(usize),
    /// The indexes of choices.
    Choices(BTreeSet<usize>),
    /// What was typed.
    Short(String),
    /// The indexes of all steps, counted through the groups of the file from 0, in the order that was chosen.
    Order(Vec<usize>),
    /// What was chosen or typed for each part.
    Decode(IndexMap<Part, String>),
    /// Names of actors.
    Hears(BTreeSet<String>),
    /// What was typed.
    Open(String),
}

/// What is right in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Whether the answer counts as right.
    pub right: bool,
    /// Its parts. `choices`: each choice of the file. `order`: each step, in the order that was chosen. `decode`: each
    /// part that is asked for. `hears`: each actor. `open`: each point. Other kinds have none.
    pub parts: Vec<PartOutcome>,
    /// Why this wrong answer is wrong, where that is known of it.
    pub why: Option<String>,
}

/// What is right in a part of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartOutcome {
    /// Which part.
    pub name: String,
    /// Whether it is right: a choice or an actor was picked if and only if it had to be.
    pub right: bool,
    /// `decode`: what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wanted: Option<String>,
    /// `choices`: why a picked one is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// The answer is none to this question: a mistake of the program that asks, never of a learner.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("this is no answer to the question `{question}` of kind `{kind}`")]
pub struct Unfit {
    /// The question's id.
    pub question: String,
    /// Its kind.
    pub kind: &'static str,
}

/// Judges an answer. `track` decides where socketioxide does otherwise than Node.
///
/// # Errors
/// When the answer is one to another kind of question, or names what is not there.
pub fn judge(question: &Question, answer: &Answer, track: Track) -> Result<Outcome, Unfit> {
    let outcome = match (&question.kind, answer) {
        (Kind::Choice { choices }, Answer::Choice(picked)) => choices.get(*picked).map(choice),
        (Kind::Choices { choices: all }, Answer::Choices(picked)) => choices(all, picked),
        (Kind::Short { answers, wrong }, Answer::Short(typed)) => Some(short(answers, wrong, typed)),
        (Kind::Order { steps }, Answer::Order(chosen)) => order(steps, chosen),
        (Kind::Decode { answer: key, .. }, Answer::Decode(given)) => Some(decode(key, given)),
        (Kind::Hears(hears), Answer::Hears(picked)) => heard(hears, picked, track),
        (Kind::Open { points, .. }, Answer::Open(typed)) => Some(open(points, typed)),
        _ => None,
    };
    outcome.ok_or_else(|| Unfit { question: question.id.clone(), kind: question.kind.name() })
}

fn choice(picked: &Choice) -> Outcome {
    Outcome { right: picked.right, parts: Vec::new(), why: picked.why.clone() }
}

fn choices(all: &[Choice], picked: &BTreeSet<usize>) -> Option<Outcome> {
    let parts = all.iter().enumerate().map(|(index, choice)| {
        let is_picked = picked.contains(&index);
        let why = choice.why.clone().filter(|_| is_picked);
        PartOutcome { why, ..part(&choice.text, is_picked == choice.right) }
    });
    let fits = picked.iter().all(|index| *index < all.len());
    fits.then(|| all_of(parts.collect()))
}

fn short(answers: &[String], wrong: &[WrongAnswer], typed: &str) -> Outcome {
    let typed = normalise(typed);
    let right = answers.iter().any(|answer| normalise(answer) == typed);
    let known = wrong.iter().find(|wrong| !right && normalise(&wrong.answer) == typed);
    Outcome { right, parts: Vec::new(), why: known.map(|wrong| wrong.why.clone()) }
}

fn order(steps: &[Vec<String>], chosen: &[usize]) -> Option<Outcome> {
    let flat: Vec<(usize, &String)> = steps
        .iter()
        .enumerate()
        .flat_map(|(group, steps)| steps.iter().map(move |step| (group, step)))
        .collect();
    let is_each_once = chosen.len() == flat.len() && (0..flat.len()).all(|index| chosen.contains(&index));
    if !is_each_once {
        return None;
    }
    // A place belongs to a group; any step of that group may stand there.
    let parts = chosen.iter().zip(&flat).map(|(index, (group, _))| {
        let (of, step) = flat[*index];
        part(step, of == *group)
    });
    Some(all_of(parts.collect()))
}

fn decode(key: &IndexMap<Part, String>, given: &IndexMap<Part, String>) -> Outcome {
    let parts = key.iter().map(|(asked, wanted)| {
        let given = given.get(asked).map(String::as_str).unwrap_or_default();
        let right = is_same(*asked, wanted, given);
        PartOutcome { wanted: Some(wanted.clone()), ..part(asked.as_str(), right) }
    });
    all_of(parts.collect())
}

/// Whether a part that was typed or chosen is the right one.
fn is_same(asked: Part, wanted: &str, given: &str) -> bool {
    let given = given.trim();
    match asked {
        Part::Engine | Part::Type => given.eq_ignore_ascii_case(wanted),
        Part::Namespace => given == wanted,
        Part::Ack | Part::Attachments => or_none(given) == wanted,
        Part::Event => unquoted(or_none(given)) == wanted,
        Part::Arguments => match (list(wanted), list(given).or_else(|| list(&format!("[{given}]")))) {
            (Some(wanted), Some(given)) => alike(&wanted, &given),
            _ => false,
        },
    }
}

/// Nothing is `none`, in any capitals.
fn or_none(given: &str) -> &str {
    if given.is_empty() || given.eq_ignore_ascii_case(NONE) { NONE } else { given }
}

fn unquoted(given: &str) -> &str {
    let inside = |quote: char| given.strip_prefix(quote).and_then(|given| given.strip_suffix(quote));
    ['"', '\'', '`'].into_iter().find_map(inside).unwrap_or(given)
}

fn list(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().filter(Value::is_array)
}

/// Equal as JavaScript sees them: `1` is `1.0`, and the order of keys does not count.
fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let same = |(key, one): (&String, &Value)| other.get(key).is_some_and(|other| alike(one, other));
            one.len() == other.len() && one.iter().all(same)
        }
        _ => one == other,
    }
}

fn heard(hears: &Hears, picked: &BTreeSet<String>, track: Track) -> Option<Outcome> {
    let key = hears.key(track);
    let parts = hears.actors.iter().map(|actor| part(actor, picked.contains(actor) == key.contains(actor)));
    let fits = picked.iter().all(|actor| hears.actors.contains(actor));
    fits.then(|| all_of(parts.collect()))
}

pub(super) fn open(points: &[Point], typed: &str) -> Outcome {
    let typed = plain(typed);
    let counts = |point: &Point| {
        point.words.iter().any(|words| words.iter().all(|word| has_word(&typed, &plain(word))))
    };
    let parts: Vec<PartOutcome> = points.iter().map(|point| part(&point.point, counts(point))).collect();
    let counted = parts.iter().filter(|part| part.right).count();
    Outcome { right: counted * 3 >= parts.len() * 2, parts, why: None }
}

fn part(name: &str, right: bool) -> PartOutcome {
    PartOutcome { name: name.to_owned(), right, wanted: None, why: None }
}

/// Right when every part is.
fn all_of(parts: Vec<PartOutcome>) -> Outcome {
    Outcome { right: parts.iter().all(|part| part.right), parts, why: None }
}
