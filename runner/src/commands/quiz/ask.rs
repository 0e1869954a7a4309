//! How an answer is had: four ways to ask, which a person's keys or lines of text fill. Next: `lines.rs`, `keys/`.

use std::collections::BTreeSet;

use grader::quiz::{
    judge::Answer,
    model::{Kind, Part, Question},
};
use indexmap::IndexMap;

use super::{super::Context, sheet};
use crate::exit::Failure;

/// What came instead of an answer, or the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said<T> {
    /// The answer.
    Answer(T),
    /// Not this one.
    Skip,
    /// No more questions: the end of input, or `quit`.
    End,
}

impl<T> Said<T> {
    pub(super) fn map<U>(self, make: impl FnOnce(T) -> U) -> Said<U> {
        match self {
            Self::Answer(answer) => Said::Answer(make(answer)),
            Self::Skip => Said::Skip,
            Self::End => Said::End,
        }
    }
}

/// What is typed when lines are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// One line.
    Short,
    /// Several lines.
    Long,
}

/// A way to ask. Indexes are those of the options as they are given.
pub(super) trait Ask {
    /// One of several.
    fn one(&mut self, ctx: &mut Context<'_>, options: &[String]) -> Result<Said<usize>, Failure>;
    /// Any number of several.
    fn many(&mut self, ctx: &mut Context<'_>, options: &[String]) -> Result<Said<BTreeSet<usize>>, Failure>;
    /// All of them, in an order.
    fn order(&mut self, ctx: &mut Context<'_>, options: &[String]) -> Result<Said<Vec<usize>>, Failure>;
    /// A text; `what` says of what, where several are asked for.
    fn text(&mut self, ctx: &mut Context<'_>, what: &str, length: Length) -> Result<Said<String>, Failure>;
}

/// Asks for the answer to a question, whose options are shown in this order.
pub(super) fn answer(
    asker: &mut dyn Ask,
    ctx: &mut Context<'_>,
    question: &Question,
    order: &[usize],
) -> Result<Said<Answer>, Failure> {
    let all = sheet::options(question);
    let options: Vec<String> = order.iter().map(|index| all[*index].clone()).collect();
    Ok(match &question.kind {
        Kind::Choice { .. } => asker.one(ctx, &options)?.map(|picked| Answer::Choice(order[picked])),
        Kind::Choices { .. } => asker
            .many(ctx, &options)?
            .map(|picked| Answer::Choices(picked.into_iter().map(|picked| order[picked]).collect())),
        Kind::Hears(_) => asker
            .many(ctx, &options)?
            .map(|picked| Answer::Hears(picked.into_iter().map(|picked| options[picked].clone()).collect())),
        Kind::Order { .. } => asker
            .order(ctx, &options)?
            .map(|chosen| Answer::Order(chosen.into_iter().map(|chosen| order[chosen]).collect())),
        Kind::Short { .. } => asker.text(ctx, "", Length::Short)?.map(Answer::Short),
        Kind::Open { .. } => asker.text(ctx, "", Length::Long)?.map(Answer::Open),
        Kind::Decode { answer, .. } => parts(asker, ctx, answer)?.map(Answer::Decode),
    })
}

/// One part after the other.
fn parts(
    asker: &mut dyn Ask,
    ctx: &mut Context<'_>,
    key: &IndexMap<Part, String>,
) -> Result<Said<IndexMap<Part, String>>, Failure> {
    let mut given = IndexMap::new();
    for part in key.keys() {
        let said = match part.known() {
            Some(known) => {
                writeln!(ctx.out, "{}:", name(*part))?;
                let options: Vec<String> = known.iter().map(|word| (*word).to_owned()).collect();
                asker.one(ctx, &options)?.map(|picked| options[picked].clone())
            }
            None => asker.text(ctx, &prompt(*part), Length::Short)?,
        };
        match said {
            Said::Answer(text) => given.insert(*part, text),
            Said::Skip => return Ok(Said::Skip),
            Said::End => return Ok(Said::End),
        };
    }
    Ok(Said::Answer(given))
}

/// A part, for people.
pub(super) const fn name(part: Part) -> &'static str {
    match part {
        Part::Engine => "Engine.IO type",
        Part::Type => "Socket.IO type",
        Part::Namespace => "Namespace",
        Part::Ack => "Acknowledgement number",
        Part::Event => "Event",
        Part::Arguments => "Arguments",
        Part::Attachments => "Attachments",
    }
}

/// How a part is asked for.
fn prompt(part: Part) -> String {
    let hint = match part {
        Part::Engine | Part::Type | Part::Namespace => "",
        Part::Ack => ", or none",
        Part::Event => ", its name or none",
        Part::Arguments => ", a JSON list without the event's name",
        Part::Attachments => ", how many",
    };
    format!("{}{hint}", name(part))
}
