//! One's own summary in the terminal. Next: `class.rs`.

use std::io::{self, Write};

use grader::diagram::Charset;

use super::{
    table::{self, number, text},
    words::{count, done, language, percent},
};
use crate::{
    report::{
        sheet::{Ink, Sheet},
        style::Style,
    },
    results::{Done, Learner, Outline},
};

/// Columns of a bar.
const BAR: usize = 10;
/// So many of the exercises that took the most checks are named.
const NAMED: usize = 5;
/// From so many checks on it says something.
const MANY: u64 = 3;

/// What is known of a learner besides what was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Onward {
    /// Questions that are due for review.
    pub due: usize,
    /// What can be typed next, and what it does.
    pub commands: Vec<(String, &'static str)>,
}

/// Writes it.
pub fn write(
    out: &mut dyn Write,
    style: Style,
    learner: &Learner,
    outline: &Outline,
    onward: &Onward,
) -> io::Result<()> {
    let mut sheet = Sheet::new(style.columns(), style.charset());
    let who = if learner.name.is_empty() { "Your progress" } else { &learner.name };
    sheet.line(0, &[(who, Ink::Strong), (&format!("  {}", language(learner.track)), Ink::Faint)]);
    sheet.blank();
    totals(&mut sheet, learner, onward);
    sheet.blank();
    lessons(&mut sheet, learner, outline, style);
    hardest(&mut sheet, learner);
    sheet.blank();
    let gap = onward.commands.iter().map(|(_, what)| what.len() + 3).max().unwrap_or_default();
    for (command, what) in &onward.commands {
        sheet.command((0, what, gap), command);
    }
    sheet.write(out, style.colour)
}

fn totals(sheet: &mut Sheet, learner: &Learner, onward: &Onward) {
    let mut lines = vec![format!("{} exercises passed", done(learner.exercises))];
    let taken = [(learner.checks, "check"), (learner.hints, "hint"), (learner.solutions_seen, "solution")];
    let taken: Vec<String> =
        taken.iter().filter(|(number, _)| *number > 0).map(|(number, one)| count(*number, one)).collect();
    if !taken.is_empty() {
        let seen = if learner.solutions_seen > 0 { " seen before a pass" } else { "" };
        lines.push(format!("{}{seen}", taken.join(", ")));
    }
    if learner.questions.of > 0 {
        let right =
            learner.questions.percent().map_or(String::new(), |share| format!(", {share} % right at once"));
        lines.push(format!(
            "{} of {} questions answered{right}",
            learner.questions.answered, learner.questions.of
        ));
    }
    if onward.due > 0 {
        lines.push(format!("{} due for review", count(onward.due as u64, "question")));
    }
    for line in lines {
        sheet.paragraph(2, &line, Ink::Plain);
    }
}

fn lessons(sheet: &mut Sheet, learner: &Learner, outline: &Outline, style: Style) {
    let mut columns =
        vec![text("lesson", 0), number("exercises", 0), number("questions", 1), number("right at once", 2)];
    if !style.plain {
        columns.insert(1, text("", 3));
    }
    let row = |lesson: &crate::results::LessonDone| {
        let taught = outline.lessons.iter().find(|taught| taught.id == lesson.id)?;
        let questions = lesson.questions;
        let answered = if questions.of == 0 {
            String::new()
        } else {
            format!("{} of {}", questions.answered, questions.of)
        };
        let exercises = if lesson.exercises.of == 0 { String::new() } else { done(lesson.exercises) };
        let right = questions.percent().map_or(String::new(), |share| percent(Some(share)));
        let mut row = vec![format!("{:>2}  {}", taught.number, taught.title), exercises, answered, right];
        if !style.plain {
            row.insert(1, bar(lesson.exercises, style.charset()));
        }
        Some(row)
    };
    let rows: Vec<_> = learner.lessons.iter().filter_map(row).collect();
    table::write(sheet, &columns, &rows, style.plain);
}

fn bar(done: Done, charset: Charset) -> String {
    let (full, empty) = if charset == Charset::Unicode { ("█", "░") } else { ("#", ".") };
    let Some(part) = (done.passed * BAR).checked_div(done.of) else { return String::new() };
    // Who has begun sees it.
    let part = if done.passed > 0 { part.max(1) } else { 0 };
    full.repeat(part) + &empty.repeat(BAR - part)
}

fn hardest(sheet: &mut Sheet, learner: &Learner) {
    let mut tried: Vec<_> = learner.each.iter().filter(|exercise| exercise.done.checks >= MANY).collect();
    // Sorting is stable: what took as many stays in the order of the course.
    tried.sort_by_key(|exercise| std::cmp::Reverse(exercise.done.checks));
    if tried.is_empty() {
        return;
    }
    sheet.blank();
    sheet.line(0, &[("What took the most checks", Ink::Strong)]);
    for exercise in tried.into_iter().take(NAMED) {
        let checks = count(exercise.done.checks, "check");
        let state = if exercise.done.passed { "passed" } else { "not yet" };
        sheet.paragraph(2, &format!("{}: {checks}, {state}", exercise.id), Ink::Plain);
    }
}
