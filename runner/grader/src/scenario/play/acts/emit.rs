//! `emit:` and `acked:`: an event is sent, and its acknowledgement is what it should be.

use super::words;
use crate::{
    scenario::{
        model::{AckWish, Emit, Pattern, Text},
        play::{
            arrival::Question,
            assign::assign,
            matching,
            names::Names,
            script::{Played, Turn},
            wait::{self, Clock, Shared, until},
        },
    },
    value::Value,
    verdict::{Kind, Mismatch},
};

/// An event that was sent: whose turn, on which line, as which of its questions.
struct Sent<'a> {
    turn: &'a Turn,
    line: usize,
    question: Option<usize>,
}

/// All actors send (`times` each), then all acknowledgements are awaited.
pub(in super::super) async fn emit(world: &Shared, turns: &[Turn], emit: &Emit) -> Played {
    let mut sent = Vec::new();
    for round in 0..emit.times {
        if round > 0
            && let Some(pause) = emit.every
        {
            wait::pause(world, pause)
                .await
                .map_err(|cut| turns[0].cut(cut, || turns[0].mismatch(Kind::Stuck, "program")))?;
        }
        for turn in turns {
            sent.extend(send(world, turn, emit));
        }
    }
    let event = world.borrow().names.render(&emit.event);
    match &emit.ack {
        AckWish::NotAsked | AckWish::Later => Ok(()),
        AckWish::Nothing => no_answer_may_come(world, &sent, &event).await,
        AckWish::Any => {
            for sent in &sent {
                answer(world, sent, &event, "any answer".to_owned()).await?;
            }
            Ok(())
        }
        AckWish::Like(patterns) => {
            for sent in &sent {
                let expected = words::patterns(patterns, &world.borrow().names);
                let answer = answer(world, sent, &event, expected).await?;
                compare(world, sent.turn, &event, patterns, &answer)?;
            }
            Ok(())
        }
        AckWish::Counts { counted, rest } => {
            let mut answers = Vec::new();
            for sent in &sent {
                answers.push(answer(world, sent, &event, "an answer".to_owned()).await?);
            }
            count(world, &turns[0], &event, &Counts { counted, rest: rest.as_deref() }, &answers)
        }
    }
}

fn send<'a>(world: &Shared, turn: &'a Turn, emit: &Emit) -> Option<Sent<'a>> {
    let mut guard = world.borrow_mut();
    let world = &mut *guard;
    turn.becomes_me(world);
    let line = *world.current.get(&turn.actor)?;
    let event = world.names.render(&emit.event);
    let mut args = vec![Value::from(event.as_str())];
    args.extend(emit.args.iter().map(|made| world.maker.make(made, &world.names)));
    let namespace = turn.namespace_in(world, line);
    let wants_ack = emit.ack != AckWish::NotAsked;
    let peer_line = &mut world.lines[line];
    let id = peer_line.peer.emit(&namespace, args, wants_ack);
    let question = id.map(|id| {
        let (later, forbidden) = (emit.ack == AckWish::Later, emit.ack == AckWish::Nothing);
        let question = Question { id, namespace, event, answer: None, taken: false, later, forbidden };
        peer_line.questions.push(question);
        peer_line.questions.len() - 1
    });
    world.spoke(line);
    world.flush();
    Some(Sent { turn, line, question })
}

async fn answer(
    world: &Shared,
    sent: &Sent<'_>,
    event: &str,
    expected: String,
) -> Result<Vec<Value>, Box<Mismatch>> {
    let (line, question) = (sent.line, sent.question);
    let came = until(world, Clock::Answered(Some(line)), sent.turn.patience(), move |world| {
        let line = &mut world.lines[line];
        let place = question?;
        if let Some((answer, _)) = &line.questions[place].answer {
            let answer = answer.clone();
            line.questions[place].taken = true;
            return Some(Ok(answer));
        }
        super::leave::is_over(line, &line.questions[place].namespace).then_some(Err(()))
    });
    let came = came.await.map_err(|cut| {
        sent.turn.cut(cut, || Mismatch {
            expected: format!("an acknowledgement of {event}: {expected}"),
            actual: "no acknowledgement".to_owned(),
            ..sent.turn.mismatch(Kind::NoAck, event)
        })
    })?;
    match came {
        Ok(answer) => Ok(answer),
        Err(()) => Err(super::leave::died(world, sent.turn, line).await),
    }
}

fn compare(world: &Shared, turn: &Turn, event: &str, patterns: &[Pattern], answer: &[Value]) -> Played {
    let mut guard = world.borrow_mut();
    let world = &mut *guard;
    turn.becomes_me(world);
    let Err(difference) = matching::all(patterns, answer, &mut world.names) else { return Ok(()) };
    mark_answer(world, turn, event);
    Err(Box::new(Mismatch {
        at: Some(difference.at),
        saw: Some(Value::Array(answer.to_vec())),
        expected: format!("{event} is acknowledged with {}", words::patterns(patterns, &world.names)),
        actual: words::values(answer),
        ..turn.mismatch(Kind::WrongAck, event)
    }))
}

fn mark_answer(world: &mut crate::scenario::play::world::World, turn: &Turn, event: &str) {
    let Some(line) = world.line_of(&turn.actor) else { return };
    let entry = line.questions.iter().rev().find(|question| question.event == event && question.taken);
    if let Some((_, entry)) = entry.and_then(|question| question.answer.clone()) {
        world.transcript.entries[entry].marked = true;
    }
}

/// So many answers like this, and what all others must be.
struct Counts<'a> {
    counted: &'a [(u32, Vec<Pattern>)],
    rest: Option<&'a [Pattern]>,
}

/// So many answers like this, the rest like that, in any order.
fn count(world: &Shared, turn: &Turn, event: &str, wish: &Counts<'_>, answers: &[Vec<Value>]) -> Played {
    let mut world = world.borrow_mut();
    if wish.fit(answers, &mut world.names) {
        return Ok(());
    }
    let mut expected: Vec<String> = wish
        .counted
        .iter()
        .map(|(count, patterns)| format!("{count} × {}", words::patterns(patterns, &world.names)))
        .collect();
    if let Some(rest) = wish.rest {
        expected.push(format!("the rest {}", words::patterns(rest, &world.names)));
    }
    let tally = tally(answers);
    let actual: Vec<String> =
        tally.iter().map(|(answer, count)| format!("{count} × {}", words::values(answer))).collect();
    let saw = tally.iter().map(|(answer, count)| (count.to_string(), Value::Array(answer.clone()))).collect();
    Err(Box::new(Mismatch {
        saw: Some(Value::Object(saw)),
        expected: format!("{event}: {}", expected.join(", ")),
        actual: actual.join(", "),
        ..turn.mismatch(Kind::WrongAck, event)
    }))
}

impl Counts<'_> {
    /// Whether there are so many of each, and all others are like the rest. Binds names: those of the counted first.
    fn fit(&self, answers: &[Vec<Value>], names: &mut Names) -> bool {
        let room: Vec<usize> =
            self.counted.iter().map(|(count, _)| usize::try_from(*count).unwrap_or(usize::MAX)).collect();
        let places = assign(answers.len(), &room, |answer, kind| {
            matching::all(&self.counted[kind].1, &answers[answer], &mut names.clone()).is_ok()
        });
        let in_place = |wanted: Option<usize>| {
            answers.iter().zip(&places).filter(move |(_, place)| **place == wanted).map(|(answer, _)| answer)
        };
        let counted = self.counted.iter().enumerate().all(|(kind, (_, patterns))| {
            in_place(Some(kind)).count() == room[kind]
                && in_place(Some(kind)).all(|answer| matching::all(patterns, answer, names).is_ok())
        });
        let mut others = in_place(None);
        counted
            && others.all(|answer| self.rest.is_some_and(|rest| matching::all(rest, answer, names).is_ok()))
    }
}

/// Equal answers counted together, in the order in which each first came.
fn tally(answers: &[Vec<Value>]) -> Vec<(Vec<Value>, usize)> {
    let mut tally: Vec<(Vec<Value>, usize)> = Vec::new();
    for answer in answers {
        match tally.iter_mut().find(|(known, _)| known == answer) {
            Some((_, count)) => *count += 1,
            None => tally.push((answer.clone(), 1)),
        }
    }
    tally
}

async fn no_answer_may_come(world: &Shared, sent: &[Sent<'_>], event: &str) -> Played {
    let Some(first) = sent.first() else { return Ok(()) };
    wait::settle(world, std::time::Duration::ZERO)
        .await
        .map_err(|cut| first.turn.cut(cut, || first.turn.mismatch(Kind::Stuck, "program")))?;
    let mut world = world.borrow_mut();
    for sent in sent {
        let line = &mut world.lines[sent.line];
        let question = sent.question.map(|place| &line.questions[place]);
        if let Some((answer, entry)) = question.and_then(|question| question.answer.clone()) {
            if let Some(arrival) = line.arrivals.iter_mut().find(|arrival| arrival.entry == entry) {
                arrival.read = true;
            }
            world.transcript.entries[entry].marked = true;
            return Err(Box::new(Mismatch {
                saw: Some(Value::Array(answer.clone())),
                expected: format!("no acknowledgement of {event}"),
                actual: words::values(&answer),
                ..sent.turn.mismatch(Kind::WrongAck, event)
            }));
        }
    }
    Ok(())
}

/// The acknowledgement of the oldest `ack: later` of that event.
pub(in super::super) async fn acked(
    world: &Shared,
    turn: &Turn,
    event: &Text,
    patterns: &[Pattern],
) -> Played {
    let (line, event, question) = {
        let mut guard = world.borrow_mut();
        let event = guard.names.render(event);
        let line = turn.line(&guard)?;
        let namespace = turn.namespace_in(&guard, line);
        let questions = &mut guard.lines[line].questions;
        let place = questions.iter().position(|question| {
            question.later && !question.taken && question.event == event && question.namespace == namespace
        });
        if let Some(place) = place {
            questions[place].taken = true;
        }
        (line, event, place)
    };
    let expected = words::patterns(patterns, &world.borrow().names);
    let answer = answer(world, &Sent { turn, line, question }, &event, expected).await?;
    compare(world, turn, &event, patterns, &answer)
}
