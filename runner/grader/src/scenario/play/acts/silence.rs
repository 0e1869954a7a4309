//! `hear: nothing`, `connections`, and the silence at the end: nothing goes unnoticed.

use std::time::Duration;

use super::words;
use crate::{
    scenario::{
        model::{Place, Role},
        play::{
            arrival::{Arrival, Question},
            line::{Line, Stage},
            script::{Played, Turn},
            wait::{self, Shared},
            world::World,
        },
    },
    value::Value,
    verdict::{Also, Kind, Mismatch},
    wire::{
        engine,
        socket::{self, Kind as PacketKind},
    },
};

/// Nothing unread of any name, after silence.
pub(in super::super) async fn hear_nothing(world: &Shared, turn: &Turn, during: Option<Duration>) -> Played {
    wait::settle(world, during.unwrap_or_default())
        .await
        .map_err(|cut| turn.cut(cut, || turn.mismatch(Kind::Stuck, "program")))?;
    let mut guard = world.borrow_mut();
    let world = &mut *guard;
    let Some(&line) = world.current.get(&turn.actor) else { return Ok(()) };
    let namespace = turn.namespace.as_ref().map(|_| turn.namespace_in(world, line));
    let found = unread(world, line).into_iter().find(|&index| {
        let packet = world.lines[line].arrivals[index].socket.as_ref();
        namespace.as_ref().is_none_or(|wanted| packet.is_none_or(|packet| packet.namespace == *wanted))
    });
    match found {
        None => Ok(()),
        Some(index) => {
            let mut mismatch = unexpected(world, line, index, turn.place);
            if let Some(time) = during.filter(|_| mismatch.kind == Kind::Unexpected) {
                mismatch.expected = format!("{} for {}", mismatch.expected, words::span(time));
            }
            Err(mismatch)
        }
    }
}

/// So many connections are open.
pub(in super::super) async fn connections(world: &Shared, turn: &Turn, wanted: u32) -> Played {
    wait::settle(world, Duration::ZERO)
        .await
        .map_err(|cut| turn.cut(cut, || turn.mismatch(Kind::Stuck, "program")))?;
    let open = world.borrow().lines.iter().filter(|line| line.is_open()).count();
    if u32::try_from(open) == Ok(wanted) {
        return Ok(());
    }
    let kind =
        if u32::try_from(open).is_ok_and(|open| open > wanted) { Kind::Unexpected } else { Kind::Missing };
    Err(Box::new(Mismatch {
        saw: i64::try_from(open).ok().map(Value::from),
        expected: format!("open connections: {wanted}"),
        actual: format!("open connections: {open}"),
        ..turn.mismatch(kind, "connection")
    }))
}

/// Every scenario ends with a silence for all actors.
pub(in super::super) async fn end(shared: &Shared, place: Place) -> Played {
    let last = Turn { actor: "server".to_owned(), place, namespace: None, within: None };
    wait::settle(shared, Duration::ZERO)
        .await
        .map_err(|cut| last.cut(cut, || last.mismatch(Kind::Stuck, "program")))?;
    let Some(closed) = look_around(&mut shared.borrow_mut(), &last)? else {
        return in_good_health(shared, &last).await;
    };
    let turn = Turn { actor: shared.borrow().lines[closed].actor.clone(), ..last };
    Err(super::leave::died(shared, &turn, closed).await)
}

/// When a server has hung up on everybody, as the steps wanted, nobody is left to ask; it may have fallen over instead.
async fn in_good_health(shared: &Shared, last: &Turn) -> Played {
    let hung_up = |line: &Line| line.stage == Stage::Closed && !line.ended_by_us;
    let nobody_left = {
        let world = shared.borrow();
        world.role == Role::Server
            && world.lines.iter().any(hung_up)
            && !world.lines.iter().any(Line::is_open)
    };
    if !nobody_left {
        return Ok(());
    }
    match super::leave::program_ends_soon(shared).await {
        Some(mut ended) => {
            ended.place = last.place;
            Err(ended)
        }
        None => Ok(()),
    }
}

/// What went unnoticed: an unread packet or a stranger is a mismatch at once; a line that ended is handed back,
/// because the program's own end may be the reason.
fn look_around(world: &mut World, last: &Turn) -> Result<Option<usize>, Box<Mismatch>> {
    if let Some((line, index)) = first_unread(world) {
        let original = original_of(&world.lines[line].arrivals, index);
        let read_by = original.and_then(|original| world.lines[line].arrivals[original].read_by);
        // Of a copy it is told at the step that has read the first one: that is where it is expected once.
        return Err(unexpected(world, line, index, read_by.unwrap_or(last.place)));
    }
    let stranger = world.lines.iter().find(|line| is_stranger(line));
    if let Some(line) = stranger.filter(|_| world.role != Role::Server) {
        return Err(Box::new(Mismatch {
            expected: "no further connection".to_owned(),
            actual: if line.doors.is_empty() {
                format!("one more connection is open (number {})", line.conn)
            } else {
                format!("connection number {} asks to be let in once more", line.conn)
            },
            ..last.mismatch(Kind::Unexpected, "connection")
        }));
    }
    // A client may hang up when it likes; a server must not, unless a step expects it.
    Ok(world.lines.iter().position(|line| world.role == Role::Server && line.ended_unnoticed()))
}

/// A connection that the program left open and that no step has let in or refused; or one more namespace of another.
fn is_stranger(line: &Line) -> bool {
    line.is_open()
        && (line.doors.is_empty() || line.arrivals.iter().any(|arrival| knocks(arrival) && !arrival.read))
}

/// Whether it asks to be let in.
fn knocks(arrival: &Arrival) -> bool {
    arrival.socket.as_ref().is_some_and(|packet| packet.kind == PacketKind::Connect)
}

/// What came on this line and no step has read, without what may come unread.
fn unread(world: &World, line: usize) -> Vec<usize> {
    let arrivals = &world.lines[line].arrivals;
    let counts = |index: &usize| {
        let arrival = &arrivals[*index];
        !arrival.read
            && !is_knock(world, arrival)
            && !is_ignored(world, arrival)
            && !is_repeated_state(world, arrivals, *index)
    };
    (0..arrivals.len()).filter(counts).collect()
}

/// A program's CONNECT that nobody answered is told as a connection, not as a frame.
fn is_knock(world: &World, arrival: &Arrival) -> bool {
    world.role != Role::Server && knocks(arrival)
}

fn is_ignored(world: &World, arrival: &Arrival) -> bool {
    let name = arrival.event().and_then(|packet| packet.event_name());
    name.is_some_and(|name| world.ignores.iter().any(|ignored| ignored == name))
}

fn is_repeated_state(world: &World, arrivals: &[Arrival], index: usize) -> bool {
    let name = arrivals[index].event().and_then(|packet| packet.event_name());
    name.is_some_and(|name| world.states.iter().any(|state| state == name))
        && super::state::is_no_news(arrivals, index)
}

/// The first unread packet of all, in the order of arrival.
fn first_unread(world: &World) -> Option<(usize, usize)> {
    let lines = 0..world.lines.len();
    let all = lines.flat_map(|line| unread(world, line).into_iter().map(move |index| (line, index)));
    all.min_by_key(|&(line, index)| world.lines[line].arrivals[index].entry)
}

/// The mismatch for a packet that should not have come. A repetition of one already read is `copies`.
fn unexpected(world: &mut World, line: usize, index: usize, place: Place) -> Box<Mismatch> {
    let actor = world.lines[line].actor.clone();
    let turn = Turn { actor: actor.clone(), place, namespace: None, within: None };
    let arrival = world.lines[line].arrivals[index].clone();
    world.transcript.entries[arrival.entry].marked = true;
    world.lines[line].arrivals[index].read = true;
    if let Some(late) = late_answer(&world.lines[line], &arrival, &turn) {
        return late;
    }
    let arrivals = &world.lines[line].arrivals;
    let Some(name) = arrival.event().and_then(socket::Packet::event_name) else {
        let frame = frame_text(&arrival.packet);
        let actual = arrival.illegal.map_or_else(|| frame.clone(), |why| format!("{frame} ({why})"));
        return Box::new(Mismatch {
            saw: Some(Value::from(frame)),
            expected: words::hears(&actor, "nothing more"),
            actual: words::heard(&actor, &actual),
            ..turn.mismatch(Kind::Unexpected, "frame")
        });
    };
    let copy = original_of(arrivals, index).is_some();
    let kind = if copy { Kind::Copies } else { Kind::Unexpected };
    let expected = if copy { format!("{name} once") } else { "nothing more".to_owned() };
    let actual = words::heard(&actor, &words::event(name, arrival.event_args()));
    Box::new(Mismatch {
        saw: Some(Value::Array(arrival.event_args().to_vec())),
        expected: words::hears(&actor, &expected),
        actual: if copy { format!("{actual} again") } else { actual },
        ..turn.mismatch(kind, name)
    })
}

/// The event, read by a step, of which this one is a copy.
fn original_of(arrivals: &[Arrival], index: usize) -> Option<usize> {
    let packet = arrivals[index].event()?;
    let is_same = |other: &socket::Packet| other.namespace == packet.namespace && other.data == packet.data;
    (0..arrivals.len())
        .find(|&place| place != index && arrivals[place].read && arrivals[place].event().is_some_and(is_same))
}

/// The answer that `ack: nothing` forbids; it came when the step was over.
fn late_answer(line: &Line, arrival: &Arrival, turn: &Turn) -> Option<Box<Mismatch>> {
    let packet = arrival.socket.as_ref().filter(|packet| packet.kind == PacketKind::Ack)?;
    let asked = |question: &&Question| {
        question.forbidden && Some(question.id) == packet.id && question.namespace == packet.namespace
    };
    let question = line.questions.iter().find(asked)?;
    Some(Box::new(Mismatch {
        saw: Some(Value::Array(packet.args().to_vec())),
        expected: format!("no acknowledgement of {}", question.event),
        actual: words::values(packet.args()),
        ..turn.mismatch(Kind::WrongAck, &question.event)
    }))
}

/// A packet as it is on the wire; binary as its length.
pub(super) fn frame_text(packet: &engine::Packet) -> String {
    match packet.to_frame() {
        engine::Frame::Text(text) => text,
        engine::Frame::Binary(bytes) => format!("<{} bytes>", bytes.len()),
    }
}

/// What else was unread or closed when a scenario ended.
pub(in super::super) fn also(world: &World) -> Vec<Also> {
    let mut found = Vec::new();
    for (index, line) in world.lines.iter().enumerate() {
        for arrival in unread(world, index) {
            let arrival = &line.arrivals[arrival];
            let subject = arrival.event().and_then(|packet| packet.event_name()).unwrap_or("frame");
            let actor = Some(line.actor.clone());
            let also = Also { kind: Kind::Unexpected, subject: subject.to_owned(), actor };
            if !found.contains(&also) {
                found.push(also);
            }
        }
        if world.role != Role::Server && is_stranger(line) {
            found.push(Also { kind: Kind::Unexpected, subject: "connection".to_owned(), actor: None });
        }
        if line.ended_unnoticed() {
            found.push(Also {
                kind: Kind::Closed,
                subject: line.actor.clone(),
                actor: Some(line.actor.clone()),
            });
        }
    }
    found
}
