//! Transcripts written by hand: who says what, in few words. The tests of diagrams and of reports share it.

use std::time::Duration;

use grader::{
    transcript::{Direction, Entry, Transcript, What},
    value::Value,
    wire::{engine, socket},
};

/// A transcript that grows by a line for each thing that happens, a millisecond apart.
#[derive(Default)]
pub(crate) struct Script {
    transcript: Transcript,
}

#[allow(dead_code, reason = "each test binary uses its part of the script")]
impl Script {
    pub(crate) fn of(actors: &[&str]) -> Self {
        let actors = actors.iter().map(|&name| name.to_owned()).collect();
        Self { transcript: Transcript { actors, ..Transcript::default() } }
    }

    /// An event or an acknowledgement from an actor to the program: `frame` as on the wire, without the `4`.
    pub(crate) fn says(self, actor: &str, frame: &str) -> Self {
        self.packet(actor, Direction::ToProgram, frame)
    }

    /// The same from the program to an actor.
    pub(crate) fn hears(self, actor: &str, frame: &str) -> Self {
        self.packet(actor, Direction::FromProgram, frame)
    }

    /// Transport, handshake, CONNECT and its answer.
    pub(crate) fn connects(self, actor: &str) -> Self {
        self.opens(actor).says(actor, "0").hears(actor, r#"0{"sid":"vjOHi7eI2p3LqL1xAAAB"}"#)
    }

    pub(crate) fn opens(self, actor: &str) -> Self {
        let handshake = engine::Handshake {
            sid: "Rm4hkHRVbT3FzOYzAAAA".to_owned(),
            upgrades: Vec::new(),
            ping_interval: 25_000,
            ping_timeout: 20_000,
            max_payload: Some(1_000_000),
        };
        let packet = engine::Packet::Open(handshake);
        self.push(actor, What::Opened)
            .push(actor, What::Packet { direction: Direction::FromProgram, packet, socket: None })
    }

    /// An Engine.IO packet of its own.
    pub(crate) fn carries(self, actor: &str, direction: Direction, packet: engine::Packet) -> Self {
        self.push(actor, What::Packet { direction, packet, socket: None })
    }

    /// An event with one attachment: a text frame, then a binary one that completes it.
    pub(crate) fn says_bytes(self, actor: &str, name: &str, bytes: usize) -> Self {
        let direction = Direction::ToProgram;
        let header = engine::Packet::Message(format!(r#"51-["{name}",{{"_placeholder":true,"num":0}}]"#));
        let data = Value::Array(vec![Value::from(name), Value::Bytes(vec![7; bytes])]);
        let whole = socket::Packet {
            kind: socket::Kind::Event,
            namespace: "/".to_owned(),
            id: None,
            data: Some(data),
        };
        self.push(actor, What::Packet { direction, packet: header, socket: None }).push(
            actor,
            What::Packet { direction, packet: engine::Packet::Binary(vec![7; bytes]), socket: Some(whole) },
        )
    }

    pub(crate) fn push(mut self, actor: &str, what: What) -> Self {
        let at = Duration::from_millis(self.transcript.entries.len() as u64);
        self.transcript.entries.push(Entry {
            at,
            actor: actor.to_owned(),
            what,
            quiet: false,
            marked: false,
        });
        self
    }

    /// The mismatch is about the last entry.
    pub(crate) fn marked(mut self) -> Self {
        self.transcript.entries.last_mut().expect("an entry to mark").marked = true;
        self
    }

    /// The last entry is housekeeping.
    pub(crate) fn quiet(mut self) -> Self {
        self.transcript.entries.last_mut().expect("an entry to hide").quiet = true;
        self
    }

    pub(crate) fn end(self) -> Transcript {
        self.transcript
    }

    fn packet(self, actor: &str, direction: Direction, frame: &str) -> Self {
        let packet = engine::Packet::Message(frame.to_owned());
        let socket = read(frame);
        self.push(actor, What::Packet { direction, packet, socket })
    }
}

/// Reads `2/ns,7["event"]`; enough of the grammar for scripts.
fn read(frame: &str) -> Option<socket::Packet> {
    let kind = match frame.chars().next()? {
        '0' => socket::Kind::Connect,
        '1' => socket::Kind::Disconnect,
        '2' => socket::Kind::Event,
        '3' => socket::Kind::Ack,
        '4' => socket::Kind::ConnectError,
        _ => return None,
    };
    let rest = &frame[1..];
    let (namespace, rest) = match rest.split_once(',') {
        Some((namespace, rest)) if namespace.starts_with('/') => (namespace, rest),
        _ => ("/", rest),
    };
    let json = rest.trim_start_matches(|symbol: char| symbol.is_ascii_digit());
    let id = rest[..rest.len() - json.len()].parse().ok();
    let data = if json.is_empty() { None } else { Some(serde_json::from_str(json).ok()?) };
    Some(socket::Packet { kind, namespace: namespace.to_owned(), id, data })
}
