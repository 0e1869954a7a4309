//! YAML text → questions, or every problem with its place.
//!
//! `question` reads what all questions have, then hands the rest to its kind: `choices`, `order` and `short` (in
//! `answers`), `decode`, `hears`, `open`. Nothing stops at the first problem. Next: `question`.

use std::collections::BTreeMap;

use super::model::{Hears, Places, Question, Section};
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
    /// How many questions there are.
    written: usize,
    /// Of those that cannot be read in full.
    parts: Vec<Part>,
}

/// What could be read of a file.
#[derive(Debug, Default)]
pub struct Read {
    /// The questions that could be read in full.
    pub questions: Vec<Question>,
    /// What is known of the others, so that what they rest on can be looked up all the same.
    pub parts: Vec<Part>,
    /// How many there are of both.
    pub written: usize,
    /// Everything that is wrong, sorted by place.
    pub problems: Vec<Problem>,
}

/// What is known of a question that cannot be read in full.
#[derive(Debug)]
pub struct Part {
    /// The section that it rests on.
    pub section: Option<Section>,
    /// The demo that it asks about.
    pub hears: Option<Hears>,
    /// Where these stand.
    pub places: Places,
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
    let Read { questions, problems, .. } = parts(text, lesson);
    if problems.is_empty() { Ok(questions) } else { Err(problems) }
}

/// The same for who wants to look further: what can be read, beside all that is wrong.
pub fn parts(text: &str, lesson: Option<&str>) -> Read {
    let root = match tree::parse(text, QUIZ) {
        Ok(root) => root,
        Err(problems) => return Read { problems, ..Read::default() },
    };
    let mut reader =
        Reader { problems: Problems::default(), lesson, ids: BTreeMap::new(), written: 0, parts: Vec::new() };
    let questions = reader.questions(&root);
    Read { questions, parts: reader.parts, written: reader.written, problems: reader.problems.into_sorted() }
}

/// The file as plain JSON: what an editor's JSON Schema sees of it.
///
/// # Errors
/// The problems of a file that is no YAML.
pub fn untagged(text: &str) -> Result<serde_json::Value, Vec<Problem>> {
    tree::parse(text, QUIZ).map(|root| root.untagged())
}
