//! What can be seen of the quizzes without running anything. Next: `hears.rs`, which runs what their keys say.

use std::collections::{BTreeMap, BTreeSet};

use grader::quiz::model::{Choice, Kind, Question};

use super::{Problem, Size};
use crate::course::{Course, CourseError, Inspected, Quiz};

/// The right choice is the longest one in at most so many of a hundred `choice` questions.
const LONGEST: usize = 40;
/// With fewer questions a share says nothing.
const ENOUGH: usize = 20;

/// Looks at the quizzes of a course: at all of them, or at those that are `chosen`. What is wrong in a file by itself stands
/// in [`Inspected::wrong`].
pub fn inspect_quizzes(
    course: &Course,
    quizzes: &[Inspected],
    chosen: Option<&[Quiz]>,
) -> Result<Vec<Problem>, CourseError> {
    let mut problems = Vec::new();
    let is_chosen = |one: &Inspected| chosen.is_none_or(|chosen| chosen.contains(&one.loaded.quiz));
    for one in quizzes.iter().filter(|one| is_chosen(one)) {
        small(course, one, &mut problems);
    }
    // The second of two is wrong, and who looks at some quizzes has them last.
    let (some, others): (Vec<_>, Vec<_>) = quizzes.iter().partition(|one| is_chosen(one));
    twins(course, &others, &some, &mut problems);
    if chosen.is_none() {
        whole(course, quizzes, &mut problems)?;
    }
    problems.sort();
    Ok(problems)
}

/// What can be said of all quizzes together only.
fn whole(course: &Course, quizzes: &[Inspected], problems: &mut Vec<Problem>) -> Result<(), CourseError> {
    for stray in course.stray_quizzes()? {
        let message = "no lesson has this name; a quiz is `NN_slug.yaml` of a lesson, or `interview.yaml`";
        problems.push(Problem::of_file(course.shown(&stray), message));
    }
    let questions = quizzes.iter().flat_map(|one| &one.loaded.questions);
    let choices: Vec<(&Question, &[Choice])> = questions
        .filter_map(|question| match &question.kind {
            Kind::Choice { choices } => Some((question, choices.as_slice())),
            _ => None,
        })
        .collect();
    longest(&choices, problems);
    positions(&choices, problems);
    Ok(())
}

/// A lesson's quiz has enough questions and is not all of one kind.
fn small(course: &Course, inspected: &Inspected, problems: &mut Vec<Problem>) {
    let Inspected { loaded, written, wrong } = inspected;
    let Some(size) = loaded.quiz.lesson().and_then(|lesson| Size::of_lesson(course, lesson)) else { return };
    let file = course.shown(loaded.quiz.path());
    // A file that cannot be read at all has other problems.
    if (1..size.questions).contains(written) {
        let message = format!("too few questions, {written} of {}{}", size.questions, size.why());
        problems.push(Problem::of_file(file.clone(), message));
    }
    let kinds: BTreeSet<&str> = loaded.questions.iter().map(|question| question.kind.name()).collect();
    if wrong.is_empty() && kinds.len() < size.kinds {
        let message = format!("too few kinds of questions, {} of {}{}", kinds.len(), size.kinds, size.why());
        problems.push(Problem::of_file(file, message));
    }
}

/// An id is one question's in the whole course: what is known of the learner is kept under it.
fn twins(course: &Course, others: &[&Inspected], some: &[&Inspected], problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<&str, (String, u32)> = BTreeMap::new();
    for (is_other, Inspected { loaded, .. }) in
        others.iter().map(|one| (true, *one)).chain(some.iter().map(|one| (false, *one)))
    {
        let file = course.shown(loaded.quiz.path());
        for question in &loaded.questions {
            let place = question.places.question;
            if is_other {
                seen.insert(&question.id, (file.clone(), place.line));
            } else if let Some((other, line)) = seen.get(question.id.as_str()) {
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
