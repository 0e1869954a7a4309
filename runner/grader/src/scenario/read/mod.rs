//! YAML text → [`Exercise`], or every problem with its place.
//!
//! The way of a file: [`crate::yaml`] reads YAML into nodes that keep their tag and place; `exercise`, `step`, `act` and
//! their neighbours make the model from the nodes; `check` then looks at the whole: names, connections, silences,
//! mistakes. Nothing stops at the first problem. Next: `exercise`.

use super::model::{Exercise, Mistake, Scenario};
use crate::{
    value::Value,
    yaml::{fields, node, problem, suggest, tree},
};

mod act;
mod amount;
mod cast;
mod check;
mod connect;
mod emit;
mod exercise;
mod hear;
mod http;
mod made;
mod mistake;
mod page;
mod pattern;
mod pattern_tag;
mod program;
mod reader;
mod scenario;
mod servers;
mod spoken;
mod stage;
mod step;
mod text;

pub use problem::Problem;
pub(crate) use text::split as template;

use reader::Reader;

const EXERCISE: tree::Dialect = tree::Dialect {
    file: "an exercise",
    instead_of_anchors: "write the value out where it is needed, or give it a name in `vars`",
};

/// Reads one `exercise.yaml`.
///
/// # Errors
/// All problems of the file, sorted by place. A file that is no YAML has one problem.
pub fn exercise(text: &str) -> Result<Exercise, Vec<Problem>> {
    let root = tree::parse(text, EXERCISE)?;
    let mut reader = Reader::default();
    let exercise = reader.exercise(&root);
    reader.finish(exercise)
}

/// Reads one `demo.yaml` of the book: the scenarios that one of its programs passes.
///
/// # Errors
/// All problems of the file, sorted by place.
pub fn demo(text: &str) -> Result<Exercise, Vec<Problem>> {
    let root = tree::parse(text, EXERCISE)?;
    let mut reader = Reader::default();
    let demo = reader.demo(&root);
    reader.finish(demo)
}

/// Reads `exercises/causes.yaml`: a list of mistakes that any exercise may show. Here a subject may be `*`.
///
/// # Errors
/// All problems of the file, sorted by place.
pub fn causes(text: &str) -> Result<Vec<Mistake>, Vec<Problem>> {
    let root = tree::parse(text, EXERCISE)?;
    let mut reader = Reader::default();
    let causes = reader.causes(&root);
    reader.finish(causes)
}

/// Reads the scenarios that a learner wrote for an exercise of role `tests`: a list.
///
/// # Errors
/// All problems of the file, sorted by place.
pub fn scenarios(text: &str, exercise: &Exercise) -> Result<Vec<Scenario>, Vec<Problem>> {
    let root = tree::parse(text, EXERCISE)?;
    let mut reader = Reader::default();
    let scenarios = reader.learners_scenarios(&root, exercise);
    reader.finish(scenarios)
}

/// Reads values as a person types them at a prompt, separated by commas: `{ roomId: physics }, 5, !bytes 3B`.
///
/// # Errors
/// All problems of the text, sorted by place.
pub fn spoken(text: &str) -> Result<Vec<Value>, Vec<Problem>> {
    let root = tree::parse(&format!("[{text}\n]"), EXERCISE)?;
    let mut reader = Reader::default();
    let values = reader.spoken(&root);
    reader.finish(values)
}

/// The file as plain JSON, without its tags: what an editor's JSON Schema sees of it.
///
/// # Errors
/// The problems of a file that is no YAML.
pub fn untagged(text: &str) -> Result<serde_json::Value, Vec<Problem>> {
    tree::parse(text, EXERCISE).map(|root| root.untagged())
}

#[cfg(test)]
mod tests {
    /// An editor that does not know a tag underlines every use of it.
    #[test]
    fn editors_know_every_tag() {
        let settings = include_str!("../../../../../.vscode/settings.json");
        let settings: serde_json::Value = serde_json::from_str(settings).expect("json");
        let known: Vec<&str> = settings["yaml.customTags"]
            .as_array()
            .expect("tags")
            .iter()
            .filter_map(|tag| tag.as_str())
            .collect();
        for tag in super::made::TAGS.iter().chain(super::pattern_tag::TAGS) {
            let start = format!("!{tag} ");
            assert!(known.iter().any(|known| known.starts_with(&start)), "{tag}");
        }
    }
}
