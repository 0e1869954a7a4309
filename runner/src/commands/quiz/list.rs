//! `quiz --list`: how many questions there are, of which kinds and levels. Next: `../verify.rs`.

use std::collections::BTreeSet;

use anyhow::Context as _;
use grader::quiz::model::{Kind, Level, Question};
use indexmap::IndexMap;
use serde::Serialize;

use super::super::{Context, look};
use crate::{
    course::{Course, LoadedQuiz},
    exit::{Exit, Failure},
};

#[derive(Debug, Serialize)]
struct Counts {
    lesson_questions: usize,
    interview_questions: usize,
    /// Whose key is computed: by the codec, or by a run.
    computed: usize,
    kinds: IndexMap<&'static str, usize>,
    levels: IndexMap<&'static str, usize>,
    lessons: IndexMap<String, OfLesson>,
}

#[derive(Debug, Serialize)]
struct OfLesson {
    questions: usize,
    kinds: usize,
}

pub(super) fn execute(course: &Course, json: bool, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let counts = count(course, &course.questions()?);
    if json {
        let json = serde_json::to_string(&counts)
            .context("cannot write the counts as JSON")
            .map_err(Failure::environment)?;
        writeln!(ctx.out, "{json}")?;
    } else {
        print(&counts, ctx)?;
    }
    Ok(Exit::Passed)
}

fn count(course: &Course, quizzes: &[LoadedQuiz]) -> Counts {
    let all = || quizzes.iter().flat_map(|loaded| &loaded.questions);
    let of_lessons = quizzes.iter().filter(|loaded| loaded.quiz.lesson().is_some());
    let lesson_questions = of_lessons.map(|loaded| loaded.questions.len()).sum();
    let of_kind = |name: &str| all().filter(|question| question.kind.name() == name).count();
    let of_level = |level: Level| all().filter(|question| question.level == level).count();
    let lessons = course.lessons().iter().map(|lesson| {
        let loaded = quizzes.iter().find(|loaded| loaded.quiz.lesson() == Some(&lesson.id));
        let questions: &[Question] = loaded.map_or(&[], |loaded| &loaded.questions);
        let kinds: BTreeSet<&str> = questions.iter().map(|question| question.kind.name()).collect();
        (lesson.id.clone(), OfLesson { questions: questions.len(), kinds: kinds.len() })
    });
    Counts {
        lesson_questions,
        interview_questions: all().count() - lesson_questions,
        computed: all().filter(|question| question.kind.is_computed()).count(),
        kinds: Kind::NAMES.iter().map(|name| (*name, of_kind(name))).collect(),
        levels: Level::ALL.iter().map(|level| (level.as_str(), of_level(*level))).collect(),
        lessons: lessons.collect(),
    }
}

fn print(counts: &Counts, ctx: &mut Context<'_>) -> Result<(), Failure> {
    let strong = look::STRONG;
    writeln!(ctx.out, "Questions\n")?;
    let width = counts.lessons.keys().map(String::len).max().unwrap_or_default();
    for (lesson, of) in &counts.lessons {
        writeln!(ctx.out, "{lesson:width$}  {:>3} of {} kinds", of.questions, of.kinds)?;
    }
    writeln!(ctx.out, "{:width$}  {:>3}\n", "interview", counts.interview_questions)?;
    let all = counts.lesson_questions + counts.interview_questions;
    writeln!(ctx.out, "{strong}{all} questions{strong:#}, {} with a computed key", counts.computed)?;
    writeln!(ctx.out, "by kind:  {}", in_words(&counts.kinds))?;
    writeln!(ctx.out, "by level: {}", in_words(&counts.levels))?;
    Ok(())
}

fn in_words(counts: &IndexMap<&'static str, usize>) -> String {
    counts.iter().map(|(name, count)| format!("{count} {name}")).collect::<Vec<_>>().join(", ")
}
