//! `server: accept` and `server: refuse`: a client program knocks at our door.

use std::time::Duration;

use super::words;
use crate::{
    scenario::{
        model::{Made, Pattern},
        play::{
            line::Door,
            matching,
            script::{Played, Turn},
            wait::{self, Clock, Shared, until},
        },
    },
    value::Value,
    verdict::{Kind, Mismatch},
    wire::socket::{self, Kind as PacketKind},
};

/// How long a program may take to start and connect, or to come back. The official client waits up to 1.5 s
/// before its first attempt to come back (`reconnectionDelay` 1000, `randomizationFactor` 0.5).
const COMING: Duration = Duration::from_secs(8);

/// A CONNECT that waits for an answer: line, arrival, namespace, its payload.
struct Knock {
    line: usize,
    arrival: usize,
    namespace: String,
    auth: Option<Value>,
}

async fn knock(world: &Shared, turn: &Turn) -> Result<Knock, Box<Mismatch>> {
    let wanted =
        turn.namespace.as_ref().map_or_else(|| "/".to_owned(), |text| world.borrow().names.render(text));
    let patience = turn.within.unwrap_or(COMING).max(COMING);
    let came = until(world, Clock::AtRest, patience, |world| {
        for (line, connection) in world.lines.iter().enumerate() {
            if !connection.is_open() {
                continue;
            }
            for (arrival, came) in connection.arrivals.iter().enumerate() {
                let Some(packet) = came.socket.as_ref().filter(|_| !came.read) else { continue };
                if packet.kind == PacketKind::Connect && packet.namespace == wanted {
                    let (namespace, auth) = (wanted.clone(), packet.data.clone());
                    return Some(Knock { line, arrival, namespace, auth });
                }
            }
        }
        None
    });
    let seen_before =
        world.borrow().lines.iter().any(|line| line.doors.values().any(|door| *door != Door::Asked));
    came.await.map_err(|cut| {
        let missing = || Mismatch {
            actor: None,
            expected: "the program connects".to_owned(),
            actual: if seen_before { "it did not come back" } else { "it never connected" }.to_owned(),
            ..turn.mismatch(Kind::Missing, "connection")
        };
        let mismatch = turn.cut(cut, missing);
        // A program that has nothing left to do ends: that it did not come back is what a reader has to know.
        if mismatch.kind == Kind::Exited && seen_before {
            return Box::new(Mismatch { actual: "it ended instead of coming back".to_owned(), ..missing() });
        }
        mismatch
    })
}

/// Lets the program's next connection in. `server` means this connection from now on.
pub(in super::super) async fn accept(world: &Shared, turn: &Turn, auth: Option<&Pattern>) -> Played {
    let knock = knock(world, turn).await?;
    {
        let mut guard = world.borrow_mut();
        let world = &mut *guard;
        if let Some(pattern) = auth
            && let Err(difference) =
                matching::matches(pattern, &knock.auth.clone().unwrap_or_default(), &mut world.names)
        {
            let entry = world.lines[knock.line].arrivals[knock.arrival].entry;
            world.transcript.entries[entry].marked = true;
            let actual = match &knock.auth {
                Some(saw) => format!("CONNECT with {saw}"),
                None => "CONNECT without `auth`".to_owned(),
            };
            let saw = knock.auth.unwrap_or_default();
            return Err(Box::new(Mismatch {
                actor: None,
                at: Some(difference.at),
                expected: format!("CONNECT with {}", words::pattern(pattern, &world.names)),
                actual,
                saw: Some(saw),
                ..turn.mismatch(Kind::Different, "connection")
            }));
        }
        let sid = world.maker.fresh("sid");
        let line = &mut world.lines[knock.line];
        line.arrivals[knock.arrival].read = true;
        line.doors.insert(knock.namespace.clone(), Door::In);
        let welcome = [("sid".to_owned(), Value::String(sid))].into_iter().collect();
        line.peer.say(&socket::Packet::connect(&knock.namespace, Some(Value::Object(welcome))));
        world.current.insert(turn.actor.clone(), knock.line);
        world.spoke(knock.line);
        world.flush();
    }
    let passed = wait::fence_round(world, wait::Who::Only(knock.line)).await;
    passed.map_err(|cut| turn.cut(cut, || turn.mismatch(Kind::Stuck, "program")))
}

/// Refuses the program's next connection.
pub(in super::super) async fn refuse(
    world: &Shared,
    turn: &Turn,
    message: &Made,
    data: Option<&Made>,
) -> Played {
    let knock = knock(world, turn).await?;
    let mut guard = world.borrow_mut();
    let world = &mut *guard;
    let message = world.maker.make(message, &world.names);
    let message = message.as_str().map_or_else(|| message.to_string(), str::to_owned);
    let data = data.map(|made| world.maker.make(made, &world.names));
    let line = &mut world.lines[knock.line];
    line.arrivals[knock.arrival].read = true;
    line.doors.insert(knock.namespace.clone(), Door::Refused(Value::from(message.as_str())));
    line.peer.say(&socket::Packet::connect_error(&knock.namespace, &message, data));
    world.spoke(knock.line);
    world.flush();
    Ok(())
}
