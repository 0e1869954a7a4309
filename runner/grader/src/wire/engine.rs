//! Engine.IO v4 packets (Engine.IO protocol v4, "Packet encoding").

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a server says about the session when it opens (Engine.IO protocol v4, "Handshake"). Times in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Handshake {
    /// The session's id. It is a credential: whoever knows it can speak in the session.
    pub sid: String,
    /// The transports the session can move to.
    pub upgrades: Vec<String>,
    /// Milliseconds between two pings of the server.
    pub ping_interval: u64,
    /// Milliseconds the server waits for a pong.
    pub ping_timeout: u64,
    /// Bytes that a body or a message may have.
    pub max_payload: u64,
}

/// One Engine.IO packet. `Ping`, `Pong` and `Noop` may carry text (`2probe`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Packet {
    /// `0` + handshake as JSON: the server opens a session.
    Open(Handshake),
    /// `1`: the session ends.
    Close,
    /// `2`: heartbeat; in v4 the server asks.
    Ping(String),
    /// `3`: the answer to a ping.
    Pong(String),
    /// `4` + text: a message of the layer above.
    Message(String),
    /// Binary data: a whole WebSocket frame, or `b` + base64 over polling.
    Binary(Vec<u8>),
    /// `5`: the client moves to the new transport.
    Upgrade,
    /// `6`: nothing; lets a pending GET go.
    Noop(String),
}

/// What crosses the wire: one WebSocket frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// A text frame.
    Text(String),
    /// A binary frame.
    Binary(Vec<u8>),
}

/// Why some text is not an Engine.IO packet.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// Nothing at all.
    #[error("an Engine.IO packet has at least one character")]
    Empty,
    /// The first character is no packet type.
    #[error("`{0}` is no Engine.IO packet type (0 to 6)")]
    UnknownType(char),
    /// The handshake is no JSON, or lacks something.
    #[error("the handshake cannot be read: {0}")]
    Handshake(String),
    /// `b` without valid base64 (polling).
    #[error("the base64 of a binary packet cannot be read")]
    Base64,
    /// More packets or bytes than allowed.
    #[error("the payload is over its limit of {0}")]
    TooLarge(usize),
}
