//! Which questions are asked: of a lesson, of the interview, or those whose time has come. Next: `order.rs`.

use anyhow::anyhow;
use grader::scenario::model::Track;

use super::{
    super::{Context, next, now},
    QuizArgs, Which,
    item::{Cause, Item},
    order,
};
use crate::{
    course::{Course, LoadedQuiz, Quiz},
    exit::Failure,
    progress::{Progress, as_cause},
};

/// The questions of a quiz, in the order in which they are asked.
#[derive(Debug)]
pub(super) struct Chosen {
    /// What the quiz is about, for its first line.
    pub(super) title: String,
    /// What is asked.
    pub(super) items: Vec<Item>,
}

/// Chooses what is asked.
pub(super) fn choose(
    args: &QuizArgs,
    seed: u64,
    course: &Course,
    progress: &Progress,
    track: Track,
) -> Result<Chosen, Failure> {
    let which = match &args.which {
        Some(which) => which.clone(),
        None => Which::Lesson(lesson_of_learner(course, progress, track)?),
    };
    let mut chosen = match &which {
        Which::Review => review(course, progress)?,
        Which::Interview => {
            let mut items = of_quizzes(course, |quiz| quiz.lesson().is_none())?;
            if seed != 0 {
                order::shuffle(&mut items, seed, "interview");
            }
            Chosen { title: "Interview".to_owned(), items }
        }
        Which::Lesson(name) => {
            let lesson = course.lesson_named(name)?;
            let items = of_quizzes(course, |quiz| quiz.lesson() == Some(&lesson.id))?;
            Chosen { title: format!("Lesson {}, {}", lesson.number, lesson.title), items }
        }
    };
    chosen.items.retain(|item| fits(args, item));
    if let Some(count) = args.count {
        chosen.items = order::sample(chosen.items, usize::from(count), seed, which != Which::Review);
    }
    Ok(chosen)
}

/// Chooses what is exported: everything, unless a lesson or the interview is named.
pub(super) fn for_export(args: &QuizArgs, course: &Course) -> Result<Chosen, Failure> {
    let mut items = match &args.which {
        None => of_quizzes(course, |_| true)?,
        Some(Which::Interview) => of_quizzes(course, |quiz| quiz.lesson().is_none())?,
        Some(Which::Lesson(name)) => {
            let lesson = course.lesson_named(name)?;
            of_quizzes(course, |quiz| quiz.lesson() == Some(&lesson.id))?
        }
        Some(Which::Review) => {
            return Err(Failure::usage(anyhow!("Anki decides by itself what is due; leave `review` out")));
        }
    };
    items.retain(|item| fits(args, item));
    Ok(Chosen { title: String::new(), items })
}

/// The lesson of the exercise that was checked last; before any check, of the next one.
fn lesson_of_learner(course: &Course, progress: &Progress, track: Track) -> Result<String, Failure> {
    let checked = progress.last_checked.as_deref();
    let last = course.exercises().find(|exercise| Some(exercise.id()) == checked);
    let exercise = last.or_else(|| next(course, progress, track));
    let first = || course.lessons().first().map(|lesson| lesson.id.clone());
    exercise
        .map(|exercise| exercise.lesson().to_owned())
        .or_else(first)
        .ok_or_else(|| Failure::course(anyhow!("this course has no lessons")))
}

fn of_quizzes(course: &Course, wanted: impl Fn(&Quiz) -> bool) -> Result<Vec<Item>, Failure> {
    let mut items = Vec::new();
    for quiz in course.quizzes()?.iter().filter(|quiz| wanted(quiz)) {
        let LoadedQuiz { questions, .. } = course.load_quiz(quiz)?;
        items.extend(questions.into_iter().map(|question| Item::Question(Box::new(question))));
    }
    Ok(items)
}

/// What is due, longest first. What the course does not know any more is left out.
fn review(course: &Course, progress: &Progress) -> Result<Chosen, Failure> {
    let due = progress.due(now());
    Ok(Chosen { title: "Review".to_owned(), items: known(course, &due)? })
}

/// How many of what is due the course knows.
pub(in super::super) fn count_due(course: &Course, progress: &Progress) -> usize {
    let due = progress.due(now());
    // A course that is wrong has to say so elsewhere, not where a learner looks for the next step.
    if due.is_empty() { 0 } else { known(course, &due).map_or(0, |items| items.len()) }
}

fn known(course: &Course, due: &[String]) -> Result<Vec<Item>, Failure> {
    let questions =
        if due.iter().any(|id| as_cause(id).is_none()) { of_quizzes(course, |_| true)? } else { Vec::new() };
    let find = |id: &String| match as_cause(id) {
        None => questions.iter().find(|item| item.id() == id).cloned(),
        Some(cause) => find_cause(course, id, cause),
    };
    Ok(due.iter().filter_map(find).collect())
}

fn find_cause(course: &Course, id: &str, name: &str) -> Option<Item> {
    let (exercise, mistake) = name.split_once('/')?;
    let exercise = course.exercises().find(|other| other.name() == exercise)?;
    let loaded = exercise.load().ok()?.exercise;
    let mistake = loaded.mistakes.iter().find(|other| other.id == mistake)?.clone();
    Some(Item::Cause(Box::new(Cause {
        id: id.to_owned(),
        name: name.to_owned(),
        exercise: exercise.id().to_owned(),
        title: loaded.title,
        mistake,
    })))
}

fn fits(args: &QuizArgs, item: &Item) -> bool {
    match item {
        Item::Question(question) => {
            args.level.is_none_or(|level| question.level == level)
                && args.topic.is_none_or(|topic| question.topic == topic)
        }
        Item::Cause(_) => args.level.is_none() && args.topic.is_none(),
    }
}

/// What to say when there is nothing to ask.
pub(super) fn nothing(args: &QuizArgs, chosen: &Chosen, ctx: &mut Context<'_>) -> Result<(), Failure> {
    if args.level.is_some() || args.topic.is_some() {
        return Err(Failure::usage(anyhow!(
            "{}: no question of this level and topic; leave one of them out",
            chosen.title
        )));
    }
    if args.which == Some(Which::Review) {
        writeln!(ctx.out, "Nothing is due. What you answer in a quiz comes back here when it is time.")?;
        return Ok(());
    }
    Err(Failure::usage(anyhow!("{} has no questions; `quiz --list` shows which lessons have", chosen.title)))
}
