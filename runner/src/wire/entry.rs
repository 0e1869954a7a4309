//! One thing that passed, read, in words, with its secrets masked: what is shown and what is kept.
//! Next: [`super::client`].

use std::time::Duration;

use grader::transcript::{Direction, What};
use serde::Serialize;

/// What carried a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Carrier {
    /// HTTP long-polling.
    Polling,
    /// A WebSocket.
    WebSocket,
}

/// What kind of entry it is: what is shown depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// A packet, or the end of a transport.
    Packet,
    /// A part of a packet whose last attachment is still to come: that one tells the whole.
    Part,
    /// A heartbeat.
    Heartbeat,
    /// Plain HTTP.
    Http,
    /// What could not be read, or was not passed on.
    Problem,
}

/// One thing that passed.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Since the start.
    pub at: Duration,
    /// The number of the client; none for what belongs to no Socket.IO client.
    pub client: Option<u32>,
    /// What carried it.
    pub carrier: Option<Carrier>,
    /// Which way; none when nothing crossed.
    pub direction: Option<Direction>,
    /// What it is, as in the transcripts of the course.
    pub what: What,
    /// As it was on the wire; binary data as `<20 bytes>`.
    pub frame: Option<String>,
    /// Of a packet with attachments, where the last one comes: all of it, `451-[…] + <20 bytes>`.
    pub joined: Option<String>,
    /// In words.
    pub words: String,
    /// The namespace of a Socket.IO packet.
    pub namespace: Option<String>,
    /// The name of an event.
    pub event: Option<String>,
    /// What kind of entry it is.
    pub rank: Rank,
}

impl Entry {
    /// The actor of a transcript: `client 1`, or `http` for what belongs to no client.
    pub fn actor(&self) -> String {
        self.client.map_or_else(|| "http".to_owned(), |number| format!("client {number}"))
    }
}
