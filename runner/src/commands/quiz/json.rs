//! `quiz --json`: questions and results as lines of JSON, for a program that asks in its own way. Next: `anki.rs`.
//!
//! Out: `{"type":"quiz",…}`, then for each question `{"type":"question","question":{…}}`; in: one answer, such as
//! `{"choice":1}`, with the indexes of the question as it was printed; out: `{"type":"result",…}`; at last
//! `{"type":"summary",…}`. The end of input ends the quiz.

use grader::quiz::judge::{Answer, Outcome, judge};
use grader::quiz::model::Question;
use serde::Serialize;

use super::{
    super::Context,
    chosen::Chosen,
    item::Item,
    session::{Setting, record},
};
use crate::{exit::Failure, review::Rating};

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'l> {
    Quiz { title: &'l str, questions: usize, seed: u64, track: &'static str },
    Question { number: usize, question: &'l Question },
    Result { id: &'l str, outcome: &'l Outcome },
    Error { id: &'l str, message: String },
    Summary { answered: usize, right: usize },
}

/// Asks every question once. Causes are left out: nobody but a person can judge what was said of them.
pub(super) fn run(chosen: &Chosen, setting: &Setting<'_>, ctx: &mut Context<'_>) -> Result<(), Failure> {
    let questions: Vec<&Question> = chosen
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Question(question) => Some(question.as_ref()),
            Item::Cause(_) => None,
        })
        .collect();
    let track = setting.track.as_str();
    say(ctx, &Line::Quiz { title: &chosen.title, questions: questions.len(), seed: setting.seed, track })?;
    let (mut answered, mut right) = (0, 0);
    for (number, question) in (1..).zip(questions) {
        say(ctx, &Line::Question { number, question })?;
        let Some(outcome) = answer(question, setting, ctx)? else { break };
        record(&question.id, outcome.right, Some(Rating::of(outcome.right)), false, setting, ctx);
        answered += 1;
        right += usize::from(outcome.right);
        say(ctx, &Line::Result { id: &question.id, outcome: &outcome })?;
    }
    say(ctx, &Line::Summary { answered, right })
}

/// Reads lines until one is an answer; `None` at the end of input.
fn answer(
    question: &Question,
    setting: &Setting<'_>,
    ctx: &mut Context<'_>,
) -> Result<Option<Outcome>, Failure> {
    loop {
        let mut line = String::new();
        if ctx.input.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let judged = serde_json::from_str::<Answer>(&line)
            .map_err(|error| error.to_string())
            .and_then(|answer| judge(question, &answer, setting.track).map_err(|error| error.to_string()));
        match judged {
            Ok(outcome) => return Ok(Some(outcome)),
            Err(message) => say(ctx, &Line::Error { id: &question.id, message })?,
        }
    }
}

fn say(ctx: &mut Context<'_>, line: &Line<'_>) -> Result<(), Failure> {
    serde_json::to_writer(&mut *ctx.out, line).map_err(std::io::Error::from)?;
    writeln!(ctx.out)?;
    ctx.out.flush()?;
    Ok(())
}
