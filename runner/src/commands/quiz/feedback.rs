//! What is said after an answer: right or wrong, why, what would have been right, and where to read. Next: `session.rs`.

use std::fmt::Write as _;

use grader::{
    quiz::{
        judge::Outcome,
        model::{Choice, Kind, Question},
    },
    scenario::model::Track,
};

use super::{
    super::{Context, look, prose::wrap, typed},
    ask,
    item::Cause,
};
use crate::{course::Course, exit::Failure};

/// Prints what is right in an answer to a question.
pub(super) fn print(
    question: &Question,
    outcome: &Outcome,
    track: Track,
    course: &Course,
    ctx: &mut Context<'_>,
) -> Result<(), Failure> {
    verdict(question, outcome, ctx)?;
    let plain = ctx.terminal.plain;
    let mut text = String::new();
    match &question.kind {
        Kind::Choice { choices } => choice(choices, outcome, &mut text),
        Kind::Choices { choices } => several(choices, outcome, plain, &mut text),
        Kind::Short { answers, .. } => short(answers, outcome, &mut text),
        Kind::Order { steps } => order(steps, outcome, &mut text),
        Kind::Decode { answer, .. } => {
            for ((part, wanted), judged) in answer.iter().zip(&outcome.parts) {
                let mark = mark(judged.right, plain);
                let _ = writeln!(text, "- {mark} {}: `{wanted}`", ask::name(*part));
            }
        }
        Kind::Hears(hears) => {
            let who = hears.key(track);
            let names = if who.is_empty() { "nobody".to_owned() } else { who.join(", ") };
            let _ = writeln!(text, "Who hears `{}`: {names}.", hears.event);
            let (node, rust) = (list(&hears.answer), hears.rust.as_deref().map(list));
            if let (Some(rust), Some(why)) = (rust, &hears.differs) {
                let _ = writeln!(text, "\nsocket.io on Node: {node}; socketioxide: {rust}. {why}");
            }
        }
        Kind::Open { model, .. } => {
            for point in &outcome.parts {
                let _ = writeln!(text, "- {} {}", mark(point.right, plain), point.name);
            }
            let _ = writeln!(text, "\nOne good answer:\n\n{model}");
        }
    }
    let _ = write!(text, "\n{}\n", question.explain);
    write!(ctx.out, "{}", wrap(&text, ctx.terminal.prose(), 2))?;
    read(question, course, ctx)
}

/// Prints what the course says of a cause, beside what the learner said.
pub(super) fn print_cause(cause: &Cause, ctx: &mut Context<'_>) -> Result<(), Failure> {
    let (quiet, shown) = (look::QUIET, look::TYPED);
    let width = ctx.terminal.prose();
    writeln!(ctx.out)?;
    write!(ctx.out, "{}", wrap(&format!("The course says:\n\n{}", cause.mistake.says), width, 2))?;
    let explain = typed(&format!("explain {}", cause.name));
    writeln!(ctx.out, "\n  {quiet}More:{quiet:#} {shown}{explain}{shown:#}")?;
    Ok(())
}

/// The first word of all feedback.
fn verdict(question: &Question, outcome: &Outcome, ctx: &mut Context<'_>) -> Result<(), Failure> {
    let (style, word) = if outcome.right { (look::RIGHT, "Right.") } else { (look::WRONG, "Wrong.") };
    let sign = if ctx.terminal.plain { String::new() } else { format!("{} ", mark(outcome.right, false)) };
    let right = outcome.parts.iter().filter(|part| part.right).count();
    let all = outcome.parts.len();
    let partly = match question.kind {
        Kind::Decode { .. } if right < all => format!(" {right} of {all} parts are right."),
        Kind::Order { .. } if right < all => format!(" {right} of {all} steps are in their place."),
        Kind::Open { .. } => format!(" {right} of {all} points count."),
        _ => String::new(),
    };
    writeln!(ctx.out, "\n{style}{sign}{word}{style:#}{partly}")?;
    Ok(())
}

/// Where the lesson answers it.
fn read(question: &Question, course: &Course, ctx: &mut Context<'_>) -> Result<(), Failure> {
    let quiet = look::QUIET;
    let text = wrap(&format!("Read: {}", place(question, course)), ctx.terminal.prose(), 2);
    write!(ctx.out, "\n{quiet}{}{quiet:#}\n", text.trim_end())?;
    Ok(())
}

/// `lesson 7, "A room is a label"`, or a page that is no lesson.
pub(super) fn place(question: &Question, course: &Course) -> String {
    let section = &question.section;
    let lesson = course.lessons().iter().find(|lesson| lesson.id == section.lesson);
    let page = match lesson {
        Some(lesson) => format!("lesson {}", lesson.number),
        None => section.lesson.replace('_', " "),
    };
    format!("{page}, \"{}\"", section.title)
}

const fn mark(right: bool, plain: bool) -> &'static str {
    match (right, plain) {
        (true, false) => "✓",
        (false, false) => "✗",
        (true, true) => "right:",
        (false, true) => "wrong:",
    }
}

fn list(names: &[String]) -> String {
    if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
}

fn choice(choices: &[Choice], outcome: &Outcome, text: &mut String) {
    if let Some(why) = &outcome.why {
        let _ = writeln!(text, "{why}");
    }
    if let Some(right) = choices.iter().find(|choice| choice.right && !outcome.right) {
        let _ = writeln!(text, "\nRight is: {}", right.text);
    }
}

/// Every choice with what it is, those that were taken for something else first.
fn several(choices: &[Choice], outcome: &Outcome, plain: bool, text: &mut String) {
    for (choice, judged) in choices.iter().zip(&outcome.parts) {
        if choice.right {
            let missed = if judged.right { "" } else { " (you left it out)" };
            let _ = writeln!(text, "- {} {}{missed}", mark(true, plain), choice.text);
        } else if let Some(why) = &judged.why {
            let _ = writeln!(text, "- {} {}: {why}", mark(false, plain), choice.text);
        }
    }
}

fn short(answers: &[String], outcome: &Outcome, text: &mut String) {
    if let Some(why) = &outcome.why {
        let _ = writeln!(text, "{why}");
    }
    if !outcome.right
        && let Some(first) = answers.first()
    {
        let _ = writeln!(text, "\nRight is: {first}");
    }
}

fn order(steps: &[Vec<String>], outcome: &Outcome, text: &mut String) {
    if outcome.right {
        return;
    }
    let _ = writeln!(text, "The right order:\n");
    for (number, group) in (1..).zip(steps) {
        let either = if group.len() > 1 { " (in any order)" } else { "" };
        let _ = writeln!(text, "{number}. {}{either}", group.join("; "));
    }
}
