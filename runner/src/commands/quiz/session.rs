//! A quiz from its first question to its summary. Each answer is recorded before anything is said about it, so that
//! leaving at any moment loses nothing. Next: `summary.rs`.

use grader::{
    quiz::{judge::judge, model::Question},
    scenario::model::Track,
};

use super::{
    super::{Context, look, now},
    ask::{self, Ask, Length, Said},
    chosen::Chosen,
    feedback,
    item::{Cause, Item},
    order, sheet,
    summary::{self, Done},
};
use crate::{
    course::Course,
    exit::Failure,
    progress::{Answered, Change},
    review::Rating,
};

/// What the learner says of an answer in their own words.
const MARKS: [(&str, Rating); 3] = [
    ("I said what matters", Rating::Good),
    ("I said a part of it", Rating::Hard),
    ("I did not know it", Rating::Again),
];

/// What a quiz needs besides its questions.
pub(super) struct Setting<'c> {
    pub(super) course: &'c Course,
    pub(super) track: Track,
    pub(super) seed: u64,
}

/// How asking one item ended.
enum Ended {
    Judged(bool),
    Skipped,
    End,
}

/// Asks everything, then once more what was wrong, then says how it went.
pub(super) fn run(
    chosen: &Chosen,
    setting: &Setting<'_>,
    asker: &mut dyn Ask,
    ctx: &mut Context<'_>,
) -> Result<(), Failure> {
    let all = chosen.items.len();
    let mut done: Vec<Done<'_>> = Vec::new();
    let mut skipped = 0;
    let mut ended = false;
    for (number, item) in (1..).zip(&chosen.items) {
        let place = format!("Question {number} of {all}");
        match one(item, &place, true, setting, asker, ctx)? {
            Ended::Judged(right) => done.push(Done { item, right }),
            Ended::Skipped => skipped += 1,
            Ended::End => {
                ended = true;
                break;
            }
        }
    }
    let wrong: Vec<&Item> = done.iter().filter(|done| !done.right).map(|done| done.item).collect();
    if !ended && !wrong.is_empty() {
        let strong = look::STRONG;
        let again = if wrong.len() == 1 { "the one that was" } else { "those that were" };
        writeln!(ctx.out, "\n{strong}Once more {again} wrong{strong:#}")?;
        for (number, item) in (1..).zip(&wrong) {
            let place = format!("Again {number} of {}", wrong.len());
            if let Ended::End = one(item, &place, false, setting, asker, ctx)? {
                break;
            }
        }
    }
    summary::print(&done, skipped, setting.course, ctx)
}

/// Asks one item. Only the `first` answer says something of memory.
fn one(
    item: &Item,
    place: &str,
    first: bool,
    setting: &Setting<'_>,
    asker: &mut dyn Ask,
    ctx: &mut Context<'_>,
) -> Result<Ended, Failure> {
    sheet::print(item, place, setting.course, setting.track, ctx)?;
    match item {
        Item::Question(question) => ask_question(question, first, setting, asker, ctx),
        Item::Cause(cause) => ask_cause(cause, first, setting, asker, ctx),
    }
}

fn ask_question(
    question: &Question,
    first: bool,
    setting: &Setting<'_>,
    asker: &mut dyn Ask,
    ctx: &mut Context<'_>,
) -> Result<Ended, Failure> {
    // The second time the choices stand elsewhere: their place must not be what is remembered.
    let seed = if first || setting.seed == 0 { setting.seed } else { setting.seed.wrapping_add(1) };
    let order = order::shown(question, seed);
    let answer = match ask::answer(asker, ctx, question, &order)? {
        Said::Answer(answer) => answer,
        Said::Skip => return Ok(Ended::Skipped),
        Said::End => return Ok(Ended::End),
    };
    let outcome = judge(question, &answer, setting.track).map_err(Failure::course)?;
    let rating = Rating::of(outcome.right);
    record(&question.id, outcome.right, first.then_some(rating), false, setting, ctx);
    feedback::print(question, &outcome, setting.track, setting.course, ctx)?;
    if question.kind.name() == "open" {
        return mark(&question.id, rating, first, setting, asker, ctx);
    }
    Ok(Ended::Judged(outcome.right))
}

fn ask_cause(
    cause: &Cause,
    first: bool,
    setting: &Setting<'_>,
    asker: &mut dyn Ask,
    ctx: &mut Context<'_>,
) -> Result<Ended, Failure> {
    match asker.text(ctx, "", Length::Long)? {
        Said::Answer(_) => {}
        Said::Skip => return Ok(Ended::Skipped),
        Said::End => return Ok(Ended::End),
    }
    // Nobody but the learner can judge it. Until they do it counts as known in part, which is wrong.
    record(&cause.id, false, first.then_some(Rating::Hard), false, setting, ctx);
    feedback::print_cause(cause, ctx)?;
    mark(&cause.id, Rating::Hard, first, setting, asker, ctx)
}

/// Lets the learner mark an answer in their own words. Without an answer the mark stays as it is.
fn mark(
    id: &str,
    given: Rating,
    first: bool,
    setting: &Setting<'_>,
    asker: &mut dyn Ask,
    ctx: &mut Context<'_>,
) -> Result<Ended, Failure> {
    let counted = if given == Rating::Good { "right" } else { "wrong" };
    writeln!(ctx.out, "\nIt counts as {counted}. How do you mark it yourself?\n")?;
    let marks = MARKS.map(|(words, _)| words.to_owned());
    let rating = match asker.one(ctx, &marks)? {
        Said::Answer(picked) => MARKS[picked].1,
        Said::Skip => given,
        Said::End => return Ok(Ended::End),
    };
    let right = rating == Rating::Good;
    if rating != given {
        record(id, right, first.then_some(rating), true, setting, ctx);
    }
    Ok(Ended::Judged(right))
}

pub(super) fn record(
    id: &str,
    right: bool,
    rating: Option<Rating>,
    instead: bool,
    setting: &Setting<'_>,
    ctx: &mut Context<'_>,
) {
    let answered = Answered { at: now(), right, rating, instead };
    ctx.record(setting.course, &[Change::Answered { question: id.to_owned(), answered }]);
}
