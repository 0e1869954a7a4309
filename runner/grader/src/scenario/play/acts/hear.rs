//! `hear:` and `reply:`: what comes is what should come.

use super::words;
use crate::{
    scenario::{
        model::{EventPattern, Hear, Made, Text},
        play::{
            line::Arrival,
            matching,
            script::{Played, Turn},
            wait::{self, Clock, Cut, Shared, until},
            world::World,
        },
    },
    value::Value,
    verdict::{Kind, Mismatch},
    wire::socket,
};

/// Where a turn listens.
#[derive(Debug, Clone)]
struct Ear {
    line: usize,
    namespace: String,
}

impl Ear {
    fn of(world: &World, turn: &Turn) -> Self {
        let line = world.current.get(&turn.actor).copied().unwrap_or_default();
        Self { line, namespace: turn.namespace_in(world, line) }
    }

    fn arrivals<'w>(&self, world: &'w World, event: &str) -> Vec<(usize, &'w Arrival)> {
        let arrivals = world.lines[self.line].arrivals.iter().enumerate();
        arrivals.filter(|(_, arrival)| arrival.is_event(&self.namespace, event)).collect()
    }

    fn unread<'w>(&self, world: &'w World, event: &str) -> Vec<(usize, &'w Arrival)> {
        self.arrivals(world, event).into_iter().filter(|(_, arrival)| !arrival.read).collect()
    }

    fn over(&self, world: &World) -> bool {
        super::leave::is_over(&world.lines[self.line], &self.namespace)
    }
}

/// Reads events.
pub(in super::super) async fn hear(world: &Shared, turn: &Turn, hear: &Hear) -> Played {
    let ear = Ear::of(&world.borrow(), turn);
    if let Some((name, from, to)) = &hear.series {
        return series(world, turn, &ear, &hear.events[0], (name, *from, *to)).await;
    }
    if let [event] = hear.events.as_slice() {
        let name = world.borrow().names.render(&event.name);
        if world.borrow().states.contains(&name) {
            return state(world, turn, &ear, event, &name).await;
        }
        let arrival = next(world, turn, &ear, event, &name).await?;
        return match &hear.reply {
            Some(answer) => reply(world, turn, &ear, arrival, &name, answer),
            None => Ok(()),
        };
    }
    any_order(world, turn, &ear, &hear.events).await
}

/// The next unread event of that name.
async fn next(
    world: &Shared,
    turn: &Turn,
    ear: &Ear,
    event: &EventPattern,
    name: &str,
) -> Result<usize, Box<Mismatch>> {
    let came = until(world, Clock::Answered(Some(ear.line)), turn.patience(), |world| {
        match ear.unread(world, name).first() {
            Some((index, _)) => Some(Some(*index)),
            None => ear.over(world).then_some(None),
        }
    });
    let index = match came.await {
        Ok(Some(index)) => index,
        Ok(None) => return Err(super::leave::died(world, turn, ear.line).await),
        Err(cut) => return Err(missing(world, turn, event, name, cut).await),
    };
    let difference = {
        let mut guard = world.borrow_mut();
        let world = &mut *guard;
        turn.becomes_me(world);
        let args = world.lines[ear.line].arrivals[index].event_args().to_vec();
        match compare(event, &args, world) {
            Ok(()) => {
                world.lines[ear.line].arrivals[index].read = true;
                return Ok(index);
            }
            Err(difference) => difference,
        }
    };
    wait::settle(world, std::time::Duration::ZERO)
        .await
        .map_err(|cut| turn.cut(cut, || turn.mismatch(Kind::Stuck, "program")))?;
    Err(name_difference(world, turn, ear, event, (index, difference.at)))
}

fn compare(event: &EventPattern, args: &[Value], world: &mut World) -> Result<(), matching::Difference> {
    match &event.args {
        None => Ok(()),
        Some(patterns) => matching::all(patterns, args, &mut world.names),
    }
}

async fn missing(world: &Shared, turn: &Turn, event: &EventPattern, name: &str, cut: Cut) -> Box<Mismatch> {
    let expected = words::event_pattern(event, &world.borrow().names);
    let draft = turn.cut(cut, || Mismatch {
        expected,
        actual: "nothing".to_owned(),
        ..turn.mismatch(Kind::Missing, name)
    });
    if draft.kind != Kind::Missing {
        return draft;
    }
    match wait::settle(world, std::time::Duration::ZERO).await {
        Ok(()) => draft,
        Err(cut) => turn.cut(cut, || *draft),
    }
}

/// Settled before it is named: equal to one already read is `copies`; the expected one present later is
/// `out_of_order`; otherwise `different`.
fn name_difference(
    world: &Shared,
    turn: &Turn,
    ear: &Ear,
    event: &EventPattern,
    (index, at): (usize, String),
) -> Box<Mismatch> {
    let mut guard = world.borrow_mut();
    let world = &mut *guard;
    let name = world.names.render(&event.name);
    let args = world.lines[ear.line].arrivals[index].event_args().to_vec();
    let entry = world.lines[ear.line].arrivals[index].entry;
    world.transcript.entries[entry].marked = true;
    world.lines[ear.line].arrivals[index].read = true;
    let seen = ear.arrivals(world, &name);
    let copy = seen.iter().any(|(other, arrival)| {
        *other != index && *other < index && arrival.read && arrival.event_args() == args
    });
    let later: Vec<Vec<Value>> = ear
        .unread(world, &name)
        .iter()
        .filter(|(other, _)| *other > index)
        .map(|(_, arrival)| arrival.event_args().to_vec())
        .collect();
    let kind = if copy {
        Kind::Copies
    } else if later.iter().any(|args| compare(event, args, world).is_ok()) {
        Kind::OutOfOrder
    } else {
        Kind::Different
    };
    Box::new(Mismatch {
        at: Some(at),
        expected: words::event_pattern(event, &world.names),
        actual: words::event(&name, &args),
        saw: Some(Value::Array(args)),
        ..turn.mismatch(kind, &name)
    })
}

/// An event that carries a whole state: waits until the newest matches.
async fn state(world: &Shared, turn: &Turn, ear: &Ear, event: &EventPattern, name: &str) -> Played {
    let came = until(world, Clock::Answered(Some(ear.line)), turn.patience(), |world| {
        let newest = ear.arrivals(world, name).last().map(|(_, arrival)| arrival.event_args().to_vec());
        turn.becomes_me(world);
        if newest.is_some_and(|args| compare(event, &args, world).is_ok()) {
            for arrival in &mut world.lines[ear.line].arrivals {
                if arrival.is_event(&ear.namespace, name) {
                    arrival.read = true;
                }
            }
            return Some(true);
        }
        ear.over(world).then_some(false)
    });
    let cut = match came.await {
        Ok(true) => return Ok(()),
        Ok(false) => return Err(super::leave::died(world, turn, ear.line).await),
        Err(cut) => cut,
    };
    let newest = {
        let world = world.borrow();
        ear.arrivals(&world, name).last().map(|(index, arrival)| (*index, arrival.event_args().to_vec()))
    };
    match (newest, cut) {
        (Some((index, args)), Cut::TimedOut) => {
            let at = compare(event, &args, &mut world.borrow_mut()).err().map(|difference| difference.at);
            Err(name_difference(world, turn, ear, event, (index, at.unwrap_or_default())))
        }
        (_, cut) => Err(missing(world, turn, event, name, cut).await),
    }
}

/// A series, judged as a whole once settled: `copies` before `missing` before `out_of_order`.
async fn series(
    world: &Shared,
    turn: &Turn,
    ear: &Ear,
    event: &EventPattern,
    (number, from, to): (&str, i64, i64),
) -> Played {
    let name = world.borrow().names.render(&event.name);
    let wanted = usize::try_from(to - from + 1).unwrap_or_default();
    let mut seen = 0;
    loop {
        let came = until(world, Clock::Answered(Some(ear.line)), turn.patience(), |world| {
            let count = ear.unread(world, &name).len();
            (count > seen || ear.over(world)).then_some(count)
        });
        match came.await {
            Ok(count) if count > seen && count < wanted => seen = count,
            Ok(count) if count <= seen => return Err(super::leave::died(world, turn, ear.line).await),
            Ok(_) | Err(Cut::TimedOut) => break,
            Err(cut) => return Err(turn.cut(cut, || turn.mismatch(Kind::Stuck, "program"))),
        }
    }
    wait::settle(world, std::time::Duration::ZERO)
        .await
        .map_err(|cut| turn.cut(cut, || turn.mismatch(Kind::Stuck, "program")))?;
    let mut guard = world.borrow_mut();
    let world = &mut *guard;
    let came: Vec<(usize, Vec<Value>)> =
        ear.unread(world, &name).iter().map(|(index, a)| (*index, a.event_args().to_vec())).collect();
    for (index, _) in &came {
        world.lines[ear.line].arrivals[*index].read = true;
    }
    let places: Vec<Option<usize>> = (from..=to)
        .map(|n| {
            world.names.bind(number, Value::from(n));
            came.iter().position(|(_, args)| matches_with(event, args, &world.names))
        })
        .collect();
    world.names.forget(number);
    judge_series(world, turn, ear, event, &Series { name, came, places, from })
}

/// What came of a series.
struct Series {
    name: String,
    /// Each event's place among the arrivals, and its arguments.
    came: Vec<(usize, Vec<Value>)>,
    /// For each number, which of them it was.
    places: Vec<Option<usize>>,
    /// The first number.
    from: i64,
}

fn judge_series(world: &mut World, turn: &Turn, ear: &Ear, event: &EventPattern, series: &Series) -> Played {
    let Series { name, came, places, from } = series;
    let expected = |what: &str| format!("{}, {what}", words::event(name, &[]).replace(" (no arguments)", ""));
    let copy =
        came.iter().enumerate().find(|(k, (_, args))| came[..*k].iter().any(|(_, other)| other == args));
    let (kind, guilty, expected, actual) = if let Some((k, (_, args))) = copy {
        (Kind::Copies, Some(k), expected("each once"), format!("{} twice", words::event(name, args)))
    } else if let Some(k) = places.iter().position(Option::is_none) {
        let number = from + i64::try_from(k).unwrap_or_default();
        let actual = format!("{} came, number {number} is missing", came.len());
        (Kind::Missing, None, words::event_pattern(event, &world.names), actual)
    } else if let Some(k) = places.windows(2).position(|pair| pair[0] > pair[1]) {
        let at = places[k + 1].unwrap_or_default();
        (Kind::OutOfOrder, Some(at), expected("in order"), words::event(name, &came[at].1))
    } else if let Some(k) = (0..came.len()).find(|k| !places.contains(&Some(*k))) {
        (Kind::Different, Some(k), expected("and no other"), words::event(name, &came[k].1))
    } else {
        return Ok(());
    };
    let saw = guilty.map(|k| Value::Array(came[k].1.clone()));
    if let Some(k) = guilty {
        let entry = world.lines[ear.line].arrivals[came[k].0].entry;
        world.transcript.entries[entry].marked = true;
    }
    Err(Box::new(Mismatch { saw, expected, actual, ..turn.mismatch(kind, name) }))
}

/// All of them, in any order.
async fn any_order(world: &Shared, turn: &Turn, ear: &Ear, events: &[EventPattern]) -> Played {
    let mut open: Vec<&EventPattern> = events.iter().collect();
    while !open.is_empty() {
        let came = until(world, Clock::Answered(Some(ear.line)), turn.patience(), |world| {
            turn.becomes_me(world);
            for (k, event) in open.iter().enumerate() {
                let name = world.names.render(&event.name);
                let unread: Vec<(usize, Vec<Value>)> =
                    ear.unread(world, &name).iter().map(|(i, a)| (*i, a.event_args().to_vec())).collect();
                for (index, args) in unread {
                    if compare(event, &args, world).is_ok() {
                        world.lines[ear.line].arrivals[index].read = true;
                        return Some(Some(k));
                    }
                }
            }
            ear.over(world).then_some(None)
        });
        match came.await {
            Ok(Some(k)) => {
                open.remove(k);
            }
            Ok(None) => return Err(super::leave::died(world, turn, ear.line).await),
            Err(cut) => return Err(not_all_came(world, turn, ear, open[0], cut).await),
        }
    }
    Ok(())
}

/// One of several did not come: if another of its name did, that is what was seen instead.
async fn not_all_came(
    world: &Shared,
    turn: &Turn,
    ear: &Ear,
    event: &EventPattern,
    cut: Cut,
) -> Box<Mismatch> {
    let name = world.borrow().names.render(&event.name);
    let instead = {
        let world = world.borrow();
        ear.unread(&world, &name).first().map(|(index, arrival)| (*index, arrival.event_args().to_vec()))
    };
    match (instead, cut) {
        (Some((index, args)), Cut::TimedOut) => {
            let at = compare(event, &args, &mut world.borrow_mut()).err().map(|difference| difference.at);
            name_difference(world, turn, ear, event, (index, at.unwrap_or_default()))
        }
        (_, cut) => missing(world, turn, event, &name, cut).await,
    }
}

fn reply(world: &Shared, turn: &Turn, ear: &Ear, index: usize, name: &str, answer: &[Made]) -> Played {
    let mut guard = world.borrow_mut();
    let world = &mut *guard;
    turn.becomes_me(world);
    let id = world.lines[ear.line].arrivals[index].event().and_then(|packet| packet.id);
    let Some(id) = id else {
        return Err(Box::new(Mismatch {
            expected: format!("{name} asks for an acknowledgement"),
            actual: "it was sent without an id: nobody waits for an answer".to_owned(),
            ..turn.mismatch(Kind::NotAsked, name)
        }));
    };
    let args = answer.iter().map(|made| world.maker.make(made, &world.names)).collect();
    world.lines[ear.line].arrivals[index].answered = true;
    world.lines[ear.line].peer.say(&socket::Packet::ack(&ear.namespace, id, args));
    world.spoke(ear.line);
    world.flush();
    Ok(())
}

/// Answers the oldest event of that name that was read and not answered.
pub(in super::super) fn reply_later(world: &Shared, turn: &Turn, event: &Text, answer: &[Made]) -> Played {
    let (ear, name, index) = {
        let world = world.borrow();
        let ear = Ear::of(&world, turn);
        let name = world.names.render(event);
        let arrivals = ear.arrivals(&world, &name);
        let index =
            arrivals.iter().find(|(_, arrival)| arrival.read && !arrival.answered).map(|(index, _)| *index);
        (ear, name, index)
    };
    match index {
        Some(index) => reply(world, turn, &ear, index, &name, answer),
        None => Err(Box::new(Mismatch {
            expected: format!("{name} to answer"),
            actual: "none that waits for an answer".to_owned(),
            ..turn.mismatch(Kind::NotAsked, &name)
        })),
    }
}

/// Whether an event of a whole state repeats the last one that was heard.
pub(super) fn is_no_news(arrivals: &[Arrival], index: usize) -> bool {
    let Some(packet) = arrivals[index].event() else { return false };
    let same = |other: &&Arrival| {
        other.read
            && other
                .event()
                .is_some_and(|o| o.namespace == packet.namespace && o.event_name() == packet.event_name())
    };
    arrivals[..index].iter().rfind(same).is_some_and(|last| last.event_args() == arrivals[index].event_args())
}

/// Whether it matches with these names; binds nothing.
fn matches_with(event: &EventPattern, args: &[Value], names: &crate::scenario::play::names::Names) -> bool {
    event.args.as_ref().is_none_or(|patterns| matching::all(patterns, args, &mut names.clone()).is_ok())
}
