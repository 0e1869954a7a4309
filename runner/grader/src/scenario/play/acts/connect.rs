//! `connect:` and `open:`: into the server, or refused at its door.

use std::time::Duration;

use super::words;
use crate::{
    scenario::{
        model::{Connect, Pattern, Refused, Transport},
        play::{
            drive::{Fence, OpenFailure, OpenRequest},
            line::{Door, Line, Stage},
            matching,
            script::{Played, Turn},
            wait::{self, Clock, Shared, until},
            world::World,
        },
    },
    transcript::{Direction, Entry, What},
    value::Value,
    verdict::{Kind, Mismatch},
    wire::socket,
};

/// How long a handshake may take in wall time before the carrier's own deadline ends it.
const HANDSHAKE: Duration = Duration::from_secs(15);

/// Opens the transport and sends no CONNECT.
pub(in super::super) async fn open(world: &Shared, turn: &Turn, wish: &Connect) -> Played {
    let index = begin(world, turn, wish);
    let failure = transport(world, turn, index).await?;
    match failure {
        None => Ok(()),
        Some(failure) => Err(not_open(world, turn, &failure).await),
    }
}

/// Opens a connection, or one more namespace of it. Ends when CONNECT is answered and one fence has passed.
pub(in super::super) async fn connect(world: &Shared, turn: &Turn, wish: &Connect) -> Played {
    let namespace =
        wish.namespace.as_ref().map_or_else(|| "/".to_owned(), |text| world.borrow().names.render(text));
    let existing = {
        let world = world.borrow();
        let index = world.current.get(&turn.actor).copied();
        index.filter(|&index| world.lines[index].may_knock(&namespace))
    };
    let index = match existing {
        Some(index) => index,
        None => begin(world, turn, wish),
    };
    if let Some(failure) = transport(world, turn, index).await? {
        return turned_away(world, turn, wish, &failure).await;
    }
    knock(world, turn, index, &namespace, wish);
    let door = namespace.clone();
    let answered = until(world, Clock::Answered(Some(index)), turn.patience(), move |world| {
        let line = &world.lines[index];
        match line.doors.get(&door) {
            Some(Door::Asked) if line.stage != Stage::Closed => None,
            other => Some(other.cloned().unwrap_or(Door::Asked)),
        }
    });
    let door = answered.await.map_err(|cut| {
        turn.cut(cut, || Mismatch {
            expected: format!("an answer to CONNECT {namespace}"),
            actual: "no answer".to_owned(),
            ..turn.mismatch(Kind::Unanswered, &turn.actor)
        })
    })?;
    answer(world, turn, wish, index, &namespace, door).await
}

fn begin(world: &Shared, turn: &Turn, wish: &Connect) -> usize {
    let mut guard = world.borrow_mut();
    let world = &mut *guard;
    let position = world.current.get_index_of(&turn.actor).unwrap_or(world.current.len());
    let transport = wish.transport.unwrap_or(if position.is_multiple_of(2) {
        Transport::Websocket
    } else {
        Transport::Polling
    });
    let mut texts = |entries: &indexmap::IndexMap<String, _>| -> Vec<(String, String)> {
        let made = world.maker.make_entries(entries, &world.names);
        made.into_iter().map(|(key, value)| (key, plain(&value))).collect()
    };
    let (query, headers) = (texts(&wish.query), texts(&wish.headers));
    let before = world.current.get(&turn.actor).map(|&index| world.lines[index].sessions.clone());
    let index =
        world.open(&turn.actor, OpenRequest { transport, query, headers, node: wish.node.unwrap_or(1) });
    if let Some(sessions) = before.filter(|_| wish.resume) {
        world.lines[index].sessions = sessions;
    }
    index
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Waits for the transport; `Some` when it can not be opened.
async fn transport(world: &Shared, turn: &Turn, index: usize) -> Result<Option<OpenFailure>, Box<Mismatch>> {
    let opened = until(world, Clock::Wall, HANDSHAKE, move |world| match &world.lines[index].stage {
        Stage::Opening => None,
        Stage::Failed(why) => Some(Some(why.clone())),
        Stage::Open | Stage::Closed => Some(None),
    });
    opened.await.or_else(|cut| match cut {
        wait::Cut::TimedOut => Ok(Some(OpenFailure::NoAnswer)),
        program @ wait::Cut::Program(_) => Err(turn.cut(program, || turn.mismatch(Kind::Stuck, "program"))),
    })
}

/// Sends CONNECT, with `pid` and `offset` when a session is resumed (Socket.IO protocol v5, "Connection to a
/// namespace"; the two keys are documented under connection state recovery).
fn knock(world: &Shared, turn: &Turn, index: usize, namespace: &str, wish: &Connect) {
    let mut guard = world.borrow_mut();
    let world = &mut *guard;
    turn.becomes_me(world);
    let mut auth = wish.auth.as_ref().map(|made| world.maker.make(made, &world.names));
    let line = &mut world.lines[index];
    if wish.resume
        && let Some((pid, offset)) = line.sessions.get(namespace).cloned()
    {
        let mut entries = match auth.take() {
            Some(Value::Object(entries)) => entries,
            _ => indexmap::IndexMap::new(),
        };
        entries.insert("pid".to_owned(), pid.into());
        if let Some(offset) = offset {
            entries.insert("offset".to_owned(), offset.into());
        }
        auth = Some(Value::Object(entries));
    }
    line.doors.insert(namespace.to_owned(), Door::Asked);
    line.peer.say(&socket::Packet::connect(namespace, auth));
    if world.fence == Fence::Hosted {
        world.lines[index].join_host();
    }
    world.spoke(index);
}

async fn answer(
    world: &Shared,
    turn: &Turn,
    wish: &Connect,
    index: usize,
    namespace: &str,
    door: Door,
) -> Played {
    if matches!(door, Door::In | Door::PutOut { .. })
        && world.borrow().lines[index].was_let_in_as_of_old(namespace)
    {
        let actual = format!("the server let {} in without a `sid`", turn.actor);
        let subject = world.borrow().program_name(Some(world.borrow().lines[index].node));
        return Err(Box::new(Mismatch {
            actor: None,
            saw: Some(Value::from(actual.as_str())),
            expected: format!("CONNECT {namespace} is answered with a `sid`"),
            actual,
            ..turn.mismatch(Kind::NotSocketIo, &subject)
        }));
    }
    match (door, &wish.refused) {
        // Who is put out right after the welcome was in: the next step, or the silence at the end, sees it.
        (Door::In | Door::PutOut { .. }, None) => {
            let passed = wait::fence_round(world, wait::Who::Only(index)).await;
            passed.map_err(|cut| turn.cut(cut, || turn.mismatch(Kind::Unanswered, &turn.actor)))?;
            if wish.transport == Some(Transport::Upgrade) {
                has_moved(world, turn, index).await?;
            }
            Ok(())
        }
        (Door::In | Door::PutOut { .. }, Some(refused)) => {
            mark_welcome(&mut world.borrow_mut(), &turn.actor, namespace);
            let names = &world.borrow().names;
            Err(Box::new(Mismatch {
                expected: format!("CONNECT {namespace} is refused{}", refusal_in_words(refused, names)),
                actual: format!("the server let {} in", turn.actor),
                ..turn.mismatch(Kind::NotRefused, &turn.actor)
            }))
        }
        (Door::Refused(data), Some(refused)) => check_refusal(world, turn, refused, data),
        (Door::Refused(data), None) => Err(Box::new(Mismatch {
            expected: format!("CONNECT {namespace} is accepted"),
            actual: format!("refused: {data}"),
            saw: Some(data),
            ..turn.mismatch(Kind::Refused, &turn.actor)
        })),
        (Door::Asked | Door::Left, _) => Err(super::leave::died(world, turn, index).await),
    }
}

/// Gives the move to WebSocket its time, so that the next step always meets the same transport. One that fails leaves the
/// session on polling, and is no fault by itself.
async fn has_moved(world: &Shared, turn: &Turn, index: usize) -> Played {
    let moved = until(world, Clock::Answered(Some(index)), wait::PATIENCE, move |world| {
        let line = &world.lines[index];
        (line.moved.is_some() || !line.is_open()).then_some(())
    });
    match moved.await {
        Ok(()) | Err(wait::Cut::TimedOut) => Ok(()),
        Err(cut) => Err(turn.cut(cut, || turn.mismatch(Kind::Stuck, "program"))),
    }
}

/// Marks the CONNECT that should not have come: the host's own may have come after it.
fn mark_welcome(world: &mut World, actor: &str, namespace: &str) {
    let is_welcome = |entry: &&mut Entry| match &entry.what {
        What::Packet { direction: Direction::FromProgram, socket: Some(packet), .. } => {
            entry.actor == actor && packet.kind == socket::Kind::Connect && packet.namespace == namespace
        }
        _ => false,
    };
    if let Some(entry) = world.transcript.entries.iter_mut().rev().find(is_welcome) {
        entry.marked = true;
    }
}

fn refusal_in_words(refused: &Refused, names: &crate::scenario::play::names::Names) -> String {
    let parts = [("message", &refused.message), ("data", &refused.data)];
    let in_words = |(label, pattern): (&str, &Option<Pattern>)| {
        let pattern = pattern.as_ref()?;
        Some(format!(", {label} {}", words::pattern(pattern, names)))
    };
    parts.into_iter().filter_map(in_words).collect()
}

fn check_refusal(world: &Shared, turn: &Turn, refused: &Refused, data: Value) -> Played {
    let mut world = world.borrow_mut();
    turn.becomes_me(&mut world);
    let mut entries = indexmap::IndexMap::new();
    for (key, pattern) in [("message", &refused.message), ("data", &refused.data)] {
        if let Some(pattern) = pattern {
            entries.insert(key.to_owned(), pattern.clone());
        }
    }
    if entries.is_empty() {
        return Ok(());
    }
    let Err(difference) = matching::matches(&Pattern::Object(entries), &data, &mut world.names) else {
        return Ok(());
    };
    Err(Box::new(Mismatch {
        expected: format!("refused{}", refusal_in_words(refused, &world.names)),
        actual: format!("refused: {data}"),
        at: Some(difference.at),
        saw: Some(data),
        ..turn.mismatch(Kind::WrongRefusal, &turn.actor)
    }))
}

/// The transport itself was not opened: a refusal over HTTP counts where a refusal is wanted.
async fn turned_away(world: &Shared, turn: &Turn, wish: &Connect, failure: &OpenFailure) -> Played {
    if let (Some(data), Some(refused)) = (refusal_over_http(failure), &wish.refused) {
        return check_refusal(world, turn, refused, data);
    }
    Err(not_open(world, turn, failure).await)
}

/// What Engine.IO says of a request that does not suit the server; nobody is refused by it.
const MISFITS: [&str; 4] =
    ["Transport unknown", "Session ID unknown", "Bad handshake method", "Unsupported protocol version"];

/// What an HTTP answer says when it refuses: the Engine.IO error (`{"code":4,"message":…}`), or what a program in front
/// of it says. A page that is not there (404) refuses nobody.
///
/// Node answers a WebSocket handshake that `allowRequest` refuses with 400 and the bare words (engine.io 6.6,
/// `abortUpgrade`).
fn refusal_over_http(failure: &OpenFailure) -> Option<Value> {
    let OpenFailure::Http { status, body } = failure else { return None };
    let json = serde_json::from_str::<Value>(body).ok();
    let engine_io = json.as_ref().is_some_and(|json| json.get("code").is_some());
    let is_page = body.trim_start().starts_with('<');
    let bare_words = *status == 400 && !body.is_empty() && !is_page && !MISFITS.contains(&body.as_str());
    let refuses = matches!(status, 401 | 403 | 429)
        || ((400..500).contains(status) && engine_io)
        || (json.is_none() && bare_words);
    let message =
        || Value::Object([("message".to_owned(), Value::from(body.as_str()))].into_iter().collect());
    refuses.then(|| json.unwrap_or_else(message))
}

async fn not_open(world: &Shared, turn: &Turn, failure: &OpenFailure) -> Box<Mismatch> {
    world.borrow_mut().failing = true;
    if let Some(mut ended) = super::leave::program_ends_soon(world).await {
        ended.place = turn.place;
        return ended;
    }
    // A program that answers nobody else either is stuck.
    if *failure == OpenFailure::NoAnswer
        && let Err(cut @ wait::Cut::Program(_)) = wait::fence_round(world, wait::Who::All).await
    {
        return turn.cut(cut, || turn.mismatch(Kind::Stuck, "program"));
    }
    let actual = match failure {
        OpenFailure::Refused(why) => format!("nobody answers: {why}"),
        OpenFailure::Http { status, body } => format!("HTTP {status}: {body}"),
        OpenFailure::NotEngineIo(what) => what.clone(),
        OpenFailure::NoAnswer => "no answer".to_owned(),
    };
    let refusal = refusal_over_http(failure);
    let subject = {
        let world = world.borrow();
        world.program_name(world.current.get(&turn.actor).map(|&index| world.lines[index].node))
    };
    let saw = Some(Value::from(actual.as_str()));
    let base = match failure {
        _ if refusal.is_some() => Mismatch { saw: refusal, ..turn.mismatch(Kind::Refused, &turn.actor) },
        OpenFailure::NoAnswer if world.borrow().lines.iter().any(Line::is_open) => {
            turn.mismatch(Kind::Unanswered, &turn.actor)
        }
        OpenFailure::Refused(_) => {
            Mismatch { actor: None, saw, ..turn.mismatch(Kind::NeverListened, &subject) }
        }
        _ => Mismatch { actor: None, saw, ..turn.mismatch(Kind::NotSocketIo, &subject) },
    };
    Box::new(Mismatch { expected: "an Engine.IO handshake".to_owned(), actual, ..base })
}
