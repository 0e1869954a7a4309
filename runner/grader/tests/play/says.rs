//! What a scripted program says.

use std::time::Duration;

use grader::{
    scenario::play::drive::Conn,
    value::Value,
    wire::{engine, socket::Packet},
};

/// What the scripted program says: to whom, after how long, what.
#[derive(Clone)]
pub(crate) struct Says(pub(crate) Conn, pub(crate) Duration, pub(crate) Speech);

/// One thing it can do.
#[derive(Clone)]
pub(crate) enum Speech {
    /// Send a packet.
    Packet(Packet),
    /// Send an Engine.IO packet as it is.
    Raw(engine::Packet),
    /// Open a connection (a client program).
    Open,
    /// End the connection.
    Close,
    /// Show these lines on its page.
    Shows(&'static [&'static str]),
    /// Take its page down by an error.
    Fall,
    /// Print a line.
    Print(&'static str),
    /// End by itself with this code.
    Exit(i32),
    /// Fall over.
    Crash,
    /// Be ended because of its memory.
    Burst,
    /// One node of several falls over.
    NodeCrash(u8),
}

/// Says something at once.
pub(crate) fn now(conn: Conn, packet: Packet) -> Says {
    Says(conn, Duration::ZERO, Speech::Packet(packet))
}

/// Says something later.
pub(crate) fn later(conn: Conn, millis: u64, packet: Packet) -> Says {
    Says(conn, Duration::from_millis(millis), Speech::Packet(packet))
}

/// An event of the main namespace.
pub(crate) fn event(name: &str, json: &str) -> Packet {
    event_in("/", name, json)
}

/// An event of a namespace.
pub(crate) fn event_in(namespace: &str, name: &str, json: &str) -> Packet {
    let mut args = vec![Value::from(name)];
    args.extend(serde_json::from_str::<Vec<Value>>(json).expect("a JSON array of arguments"));
    Packet::event(namespace, None, args)
}

/// The answer to an event.
pub(crate) fn ack(question: &Packet, json: &str) -> Packet {
    let args = serde_json::from_str(json).expect("a JSON array of arguments");
    Packet::ack(&question.namespace, question.id.expect("an ack is asked for"), args)
}

/// The answer to CONNECT.
pub(crate) fn welcome(namespace: &str) -> Packet {
    Packet::connect(namespace, serde_json::from_str(r#"{"sid":"s"}"#).ok())
}
