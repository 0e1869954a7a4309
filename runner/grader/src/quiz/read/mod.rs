//! YAML text → questions, or every problem with its place.
//!
//! `question` reads what all questions have, then hands the rest to its kind: `choices`, `order` and `short` (in
//! `answers`), `decode`, `hears`, `open`. Nothing stops at the first problem. Next: `question`.

use std::collections::BTreeMap;

use super::model::Question;
use crate::yaml::{Problem, Reads, problem::Problems, tree};

mod answers;
mod choices;
mod decode;
mod hears;
mod open;
mod prose;
mod question;

const QUIZ: tree::Dialect =
    tree::Dialect { file: "a quiz", instead_of_anchors: "write the value out where it is needed" };

/// The state of reading one file.
struct Reader<'l> {
    problems: Problems,
    /// The lesson that the file belongs to; none: `section` names one.
    lesson: Option<&'l str>,
    /// The ids so far, with their lines.
    ids: BTreeMap<String, u32>,
}

impl Reads for Reader<'_> {
    fn problems(&mut self) -> &mut Problems {
        &mut self.problems
    }
}

/// Reads one file of questions. `lesson` is the lesson that it belongs to (`07_rooms`); the questions of a file that
/// belongs to none say which lesson they rest on.
///
/// # Errors
/// All problems of the file, sorted by place. A file that is no YAML has one problem.
pub fn quiz(text: &str, lesson: Option<&str>) -> Result<Vec<Question>, Vec<Problem>> {
    let root = tree::parse(text, QUIZ)?;
    let mut reader = Reader { problems: Problems::default(), lesson, ids: BTreeMap::new() };
    match reader.questions(&root) {
        Some(questions) if reader.problems.is_empty() => Ok(questions),
        _ => Err(reader.problems.into_sorted()),
    }
}

/// The file as plain JSON: what an editor's JSON Schema sees of it.
///
/// # Errors
/// The problems of a file that is no YAML.
pub fn untagged(text: &str) -> Result<serde_json::Value, Vec<Problem>> {
    tree::parse(text, QUIZ).map(|root| root.untagged())
}
