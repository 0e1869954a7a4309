//! What ends a play whatever its step waits for: the program's end, its silence, a flood.

use std::time::Duration;

use super::{arrival::Arrival, drive::ProgramEnd, world::World};
use crate::{
    scenario::model::{Place, Role},
    value::Value,
    verdict::{Kind, Mismatch},
    wire::socket,
};

/// More packets than this on one line are a flood: no scenario asks for so many, and they would fill the memory.
pub(super) const MOST_PACKETS: usize = 20_000;
/// So are more bytes than this in one scenario. Each is held up to four times: as packet and as what it says, for the
/// step that reads it and for the report.
pub(super) const MOST_BYTES: usize = 64_000_000;
/// So are more connections than this of a client program.
pub(super) const MOST_LINES: usize = 2_000;
/// What a packet takes besides its bytes.
pub(super) const ENTRY: usize = 200;

/// Of what there was too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flood {
    /// Packets on one line.
    Packets,
    /// Bytes on all lines.
    Bytes,
    /// Connections.
    Connections,
}

/// A mismatch about the whole program, if it has ended and no step expects that.
pub(super) fn program_end(world: &World) -> Option<Mismatch> {
    let end = world.end.as_ref().filter(|_| !world.end_is_known)?;
    Some(Mismatch { subject: world.program_name(world.ended_node), ..ended(end, world.role) })
}

/// How it ended.
pub(super) fn ended(end: &ProgramEnd, role: Role) -> Mismatch {
    let kind = match end {
        ProgramEnd { out_of_memory: true, .. } => Kind::TooMuchMemory,
        ProgramEnd { code: Some(0), .. } => Kind::Exited,
        _ => Kind::Crashed,
    };
    let expected = match role {
        Role::Client => "a program that keeps going",
        Role::Page => "a page that stays up",
        _ => "a server that keeps listening",
    };
    let words = end.last_words.join("\n");
    let actual = format!("{}\n{words}", describe_end(end)).trim_end().to_owned();
    // Without last words the end itself is all that was seen.
    let saw = if words.is_empty() { actual.clone() } else { words };
    program_mismatch(kind, expected, actual, Some(Value::String(saw)))
}

/// It is still running, and nothing comes from it any more.
pub(super) fn stuck(world: &World) -> Mismatch {
    let since = world.doubt.as_ref().map_or(Duration::ZERO, |doubt| doubt.since);
    let seconds = world.now.saturating_sub(since).as_secs();
    let actual = format!("it is still running, and has answered nothing for {seconds} seconds");
    // Of several nodes it is the one that owes the oldest answer.
    let owing = world.doubt.as_ref().and_then(|doubt| {
        world.lines.iter().find(|line| line.fences.since == Some(doubt.since)).map(|line| line.node)
    });
    let subject = world.program_name(owing);
    Mismatch { subject, ..program_mismatch(Kind::Stuck, "a program that answers", actual, None) }
}

/// A mismatch about the whole program.
pub(super) fn program_mismatch(kind: Kind, expected: &str, actual: String, saw: Option<Value>) -> Mismatch {
    Mismatch {
        kind,
        subject: "program".to_owned(),
        actor: None,
        at: None,
        saw,
        expected: expected.to_owned(),
        actual,
        place: Place::default(),
        line: None,
        also: Vec::new(),
    }
}

/// A program that sends in a loop.
pub(super) fn flood(world: &World) -> Option<Mismatch> {
    let (index, flood) = world.flooded?;
    let line = &world.lines[index];
    let last = line.arrivals.last().and_then(Arrival::event).and_then(socket::Packet::event_name);
    let name = last.unwrap_or("frame");
    let (subject, actual) = match flood {
        Flood::Packets => (name, format!("more than {MOST_PACKETS} packets; the last one: {name}")),
        Flood::Bytes => (name, format!("more than {} MB; the last packet: {name}", MOST_BYTES / 1_000_000)),
        Flood::Connections => ("connection", format!("more than {MOST_LINES} connections")),
    };
    Some(Mismatch {
        kind: Kind::Unexpected,
        subject: subject.to_owned(),
        actor: Some(line.actor.clone()),
        ..program_mismatch(Kind::Unexpected, "an end", actual, None)
    })
}

/// The program's end in words.
pub(super) fn describe_end(end: &ProgramEnd) -> String {
    match end {
        ProgramEnd { out_of_memory: true, .. } => "ended by the runner: too much memory".to_owned(),
        ProgramEnd { code: Some(code), .. } => format!("ended with exit code {code}"),
        ProgramEnd { signal: Some(signal), .. } => format!("ended by signal {signal}"),
        // A page has no code of its own: it falls over.
        _ => "ended by an error".to_owned(),
    }
}
