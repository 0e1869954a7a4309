//! A question as it is read: its text, the code that it shows, and what can be chosen. Next: `ask.rs`.

use std::fs;

use grader::{
    quiz::model::{Kind, Question},
    scenario::model::Track,
};

use super::{
    super::{Context, look, prose::wrap},
    item::{Cause, Item},
};
use crate::{
    course::{Course, regions},
    exit::Failure,
};

/// Prints what is asked, without what can be chosen.
pub(super) fn print(
    item: &Item,
    place: &str,
    course: &Course,
    track: Track,
    ctx: &mut Context<'_>,
) -> Result<(), Failure> {
    let (strong, quiet) = (look::STRONG, look::QUIET);
    let width = ctx.terminal.prose();
    match item {
        Item::Question(question) => {
            let (topic, level) = (question.topic.as_str(), question.level.as_str());
            writeln!(ctx.out, "\n{strong}{place}{strong:#}  {quiet}{topic}, {level}{quiet:#}\n")?;
            write!(ctx.out, "{}", wrap(&question.ask, width, 0))?;
            if let Kind::Choices { .. } = question.kind {
                writeln!(ctx.out, "Choose all that are right.")?;
            }
            if let Kind::Decode { packet, .. } = &question.kind {
                writeln!(ctx.out, "\n    {packet}")?;
            }
            if let Some(code) = code(question, course, track) {
                write!(ctx.out, "\n{}", indented(&code))?;
            }
        }
        Item::Cause(cause) => {
            writeln!(ctx.out, "\n{strong}{place}{strong:#}  {quiet}your own mistake{quiet:#}\n")?;
            write!(ctx.out, "{}", wrap(&asked(cause), width, 0))?;
        }
    }
    writeln!(ctx.out)?;
    Ok(())
}

fn asked(cause: &Cause) -> String {
    format!(
        "In the exercise `{}` ({}) your program once failed for `{}`. Explain in your own words: what went wrong, and \
         what has to be done instead?",
        cause.exercise, cause.title, cause.mistake.id
    )
}

/// The region of the demo that the question shows, in the learner's language or in the one that there is.
pub(super) fn code(question: &Question, course: &Course, track: Track) -> Option<String> {
    let Kind::Hears(hears) = &question.kind else { return None };
    let region = hears.show.as_ref()?;
    let demo = course.demo(&hears.demo)?;
    let tracks = [track, Track::JavaScript, Track::Rust];
    let file = tracks.into_iter().find_map(|track| demo.program(Some(track)).ok())?;
    let regions = regions::read(&fs::read_to_string(file).ok()?).ok()?;
    regions.get(region).map(str::to_owned)
}

fn indented(code: &str) -> String {
    let line = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") };
    code.lines().map(line).collect()
}

/// What can be chosen, in the order of the file; none where the answer is typed.
pub(super) fn options(question: &Question) -> Vec<String> {
    match &question.kind {
        Kind::Choice { choices } | Kind::Choices { choices } => {
            choices.iter().map(|choice| choice.text.clone()).collect()
        }
        Kind::Order { steps } => steps.iter().flatten().cloned().collect(),
        Kind::Hears(hears) => hears.actors.clone(),
        Kind::Short { .. } | Kind::Decode { .. } | Kind::Open { .. } => Vec::new(),
    }
}
