//! What can be seen of the quizzes without running anything. Next: `hears.rs`, which runs what their keys say.

use std::collections::{BTreeMap, BTreeSet};

use grader::quiz::model::{Choice, Kind, Question};

use super::Problem;
use crate::course::{Course, CourseError, LoadedQuiz};

/// A lesson's quiz asks at least so many questions …
const QUESTIONS: usize = 8;
/// … of so many kinds.
const KINDS: usize = 4;
/// The right choice is the longest one in at most so many of a hundred `choice` questions.
const LONGEST: usize = 40;
/// With fewer questions a share says nothing.
const ENOUGH: usize = 20;

/// Looks at all quizzes of a course.
pub fn inspect_quizzes(course: &Course, quizzes: &[LoadedQuiz]) -> Result<Vec<Problem>, CourseError> {
    let mut problems = Vec::new();
    for stray in course.stray_quizzes()? {
        let message = "no lesson has this name; a quiz is `NN_slug.yaml` of a lesson, or `interview.yaml`";
        problems.push(Problem::of_file(course.shown(&stray), message));
    }
    for loaded in quizzes.iter().filter(|loaded| loaded.quiz.lesson().is_some()) {
        small(course, loaded, &mut problems);
    }
    twins(course, quizzes, &mut problems);
    let questions = quizzes.iter().flat_map(|loaded| &loaded.questions);
    let choices: Vec<(&Question, &[Choice])> = questions
        .filter_map(|question| match &question.kind {
            Kind::Choice { choices } => Some((question, choices.as_slice())),
            _ => None,
        })
        .collect();
    longest(&choices, &mut problems);
    positions(&choices, &mut problems);
    problems.sort();
    Ok(problems)
}

/// A lesson's quiz has enough questions and is not all of one kind.
fn small(course: &Course, loaded: &LoadedQuiz, problems: &mut Vec<Problem>) {
    let file = course.shown(loaded.quiz.path());
    let count = loaded.questions.len();
    if count < QUESTIONS {
        let message = format!("too few questions, {count} of {QUESTIONS}");
        problems.push(Problem::of_file(file.clone(), message));
    }
    let kinds: BTreeSet<&str> = loaded.questions.iter().map(|question| question.kind.name()).collect();
    if kinds.len() < KINDS {
        let message = format!("too few kinds of questions, {} of {KINDS}", kinds.len());
        problems.push(Problem::of_file(file, message));
    }
}

/// An id is one question's in the whole course: what is known of the learner is kept under it.
fn twins(course: &Course, quizzes: &[LoadedQuiz], problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<&str, (String, u32)> = BTreeMap::new();
    for loaded in quizzes {
        let file = course.shown(loaded.quiz.path());
        for question in &loaded.questions {
            let place = question.places.question;
            if let Some((other, line)) = seen.get(question.id.as_str()) {
                let message =
                    format!("the id `{}` stands in {other}:{line} too; ids are unique", question.id);
                let file = file.clone();
                problems.push(Problem { file, line: place.line, column: place.column, message });
            } else {
                seen.insert(&question.id, (file.clone(), place.line));
            }
        }
    }
}

/// Who always takes the longest choice must not pass.
fn longest(choices: &[(&Question, &[Choice])], problems: &mut Vec<Problem>) {
    let length = |choice: &Choice| choice.text.chars().count();
    let is_longest = |(_, choices): &&(&Question, &[Choice])| {
        let right = choices.iter().filter(|choice| choice.right).map(length).max();
        let wrong = choices.iter().filter(|choice| !choice.right).map(length).max();
        right > wrong
    };
    let found: Vec<&str> =
        choices.iter().filter(is_longest).map(|(question, _)| question.id.as_str()).collect();
    if choices.len() < ENOUGH || found.len() * 100 <= choices.len() * LONGEST {
        return;
    }
    let message = format!(
        "the right choice is the longest one in {} of {} questions, and at most {LONGEST} % are fair: {}",
        found.len(),
        choices.len(),
        found.join(", ")
    );
    problems.push(Problem::of_file("quiz", message));
}

/// Who always takes the same place must not pass: each place holds between half and one and a half of its fair share.
fn positions(choices: &[(&Question, &[Choice])], problems: &mut Vec<Problem>) {
    let mut by_size: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (_, choices) in choices {
        let counts = by_size.entry(choices.len()).or_insert_with(|| vec![0; choices.len()]);
        if let Some(at) = choices.iter().position(|choice| choice.right) {
            counts[at] += 1;
        }
    }
    for (size, counts) in by_size {
        let all: usize = counts.iter().sum();
        let is_fair = |count: &usize| count * size * 2 >= all && count * size * 2 <= all * 3;
        if all < ENOUGH || counts.iter().all(is_fair) {
            continue;
        }
        let places: Vec<String> = counts.iter().map(usize::to_string).collect();
        let message = format!(
            "the right one of {size} choices stands unevenly: {} times in places 1 to {size}, of {all} questions",
            places.join(", ")
        );
        problems.push(Problem::of_file("quiz", message));
    }
}
