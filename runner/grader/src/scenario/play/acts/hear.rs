//! `hear:` and `reply:`: what comes is what should come. Several events, series and states: [`super::any_order`],
//! [`super::series`], [`super::state`].

use std::time::Duration;

use super::{
    any_order::any_order,
    ear::{Ear, compare},
    series::series,
    state::state,
    words,
};
use crate::{
    scenario::{
        model::{EventPattern, Hear, Made, Text},
        play::{
            arrival::Arrival,
            script::{Played, Turn},
            wait::{self, Clock, Cut, Shared, until},
        },
    },
    value::Value,
    verdict::{Kind, Mismatch},
    wire::socket,
};

/// Reads events.
pub(in super::super) async fn hear(world: &Shared, turn: &Turn, hear: &Hear) -> Played {
    let ear = Ear::of(&world.borrow(), turn)?;
    if let Some((name, from, to)) = &hear.series {
        return series(world, turn, &ear, &hear.events[0], (name, *from, *to)).await;
    }
    let [event] = hear.events.as_slice() else {
        return any_order(world, turn, &ear, &hear.events).await;
    };
    let name = world.borrow().names.render(&event.name);
    let is_state = world.borrow().states.contains(&name);
    let arrival = if is_state {
        state(world, turn, &ear, event).await?
    } else {
        next(world, turn, &ear, event, &name).await?
    };
    match &hear.reply {
        Some(answer) => reply(world, turn, &ear, arrival, &name, answer),
        None => Ok(()),
    }
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
            None => ear.is_over(world).then_some(None),
        }
    });
    let index = match came.await {
        Ok(Some(index)) => index,
        Ok(None) => return Err(super::leave::died(world, turn, ear.line).await),
        Err(cut) => return Err(missing(world, turn, event, cut).await),
    };
    {
        let mut guard = world.borrow_mut();
        let world = &mut *guard;
        turn.becomes_me(world);
        let args = ear.args(world, index);
        if compare(event, &args, &mut world.names).is_ok() {
            ear.read(world, index);
            return Ok(index);
        }
    }
    Err(name_difference(world, turn, ear, event, index).await)
}

/// It did not come; or the program is why.
pub(super) async fn missing(world: &Shared, turn: &Turn, event: &EventPattern, cut: Cut) -> Box<Mismatch> {
    let (name, expected, actual) = {
        let mut world = world.borrow_mut();
        world.failing = true;
        turn.becomes_me(&mut world);
        let name = world.names.render(&event.name);
        let before = Ear::of(&world, turn).is_ok_and(|ear| !ear.arrivals(&world, &name).is_empty());
        let other = if before { "no other" } else { "no" };
        let expected = words::hears(&turn.actor, &words::event_pattern(event, &world.names));
        let actual = words::heard(&turn.actor, &format!("{other} {name}"));
        (name, expected, actual)
    };
    let draft = turn.cut(cut, || Mismatch { expected, actual, ..turn.mismatch(Kind::Missing, &name) });
    if draft.kind != Kind::Missing {
        return draft;
    }
    match wait::settle(world, Duration::ZERO).await {
        Ok(()) => draft,
        Err(cut) => turn.cut(cut, || *draft),
    }
}

/// Settled before it is named: equal to one already read is `copies`; the expected one present later is
/// `out_of_order`; otherwise `different`.
pub(super) async fn name_difference(
    world: &Shared,
    turn: &Turn,
    ear: &Ear,
    event: &EventPattern,
    index: usize,
) -> Box<Mismatch> {
    world.borrow_mut().failing = true;
    if let Err(cut) = wait::settle(world, Duration::ZERO).await {
        return turn.cut(cut, || turn.mismatch(Kind::Stuck, "program"));
    }
    let mut guard = world.borrow_mut();
    let world = &mut *guard;
    turn.becomes_me(world);
    let name = world.names.render(&event.name);
    let args = ear.args(world, index);
    let at = compare(event, &args, &mut world.names.clone()).err().map(|difference| difference.at);
    ear.mark(world, index);
    ear.read(world, index);
    let seen = ear.arrivals(world, &name);
    let copy =
        seen.iter().any(|(other, arrival)| *other < index && arrival.read && arrival.event_args() == args);
    let mut later = seen.iter().filter(|(other, arrival)| *other > index && !arrival.read);
    let kind = if copy {
        Kind::Copies
    } else if later.any(|(_, a)| compare(event, a.event_args(), &mut world.names.clone()).is_ok()) {
        Kind::OutOfOrder
    } else {
        Kind::Different
    };
    let seen = words::heard(&turn.actor, &words::event(&name, &args));
    Box::new(Mismatch {
        at,
        expected: words::hears(&turn.actor, &words::event_pattern(event, &world.names)),
        actual: if copy { format!("{seen} again") } else { seen },
        saw: Some(Value::Array(args)),
        ..turn.mismatch(kind, &name)
    })
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
        let ear = Ear::of(&world, turn)?;
        let name = world.names.render(event);
        let arrivals = ear.arrivals(&world, &name);
        let mut open = arrivals.iter().filter(|(_, arrival)| arrival.read && !arrival.answered);
        // One that asks, if there is one: what asks for nothing is not waiting.
        let asks = |arrival: &&&(usize, &Arrival)| arrival.1.event().is_some_and(|event| event.id.is_some());
        let index = open.clone().find(|arrival| asks(&arrival)).or_else(|| open.next());
        let index = index.map(|(index, _)| *index);
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
