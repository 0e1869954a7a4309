//! Engine.IO v4 packets: how bytes travel (Engine.IO protocol v4, "Packet encoding").
//!
//! A [`Packet`] crosses a WebSocket as one [`Frame`] each, or HTTP long-polling as one body for many
//! ([`encode_payload`]). Next: [`super::socket`], what a `4` and the binary packets mean.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use super::payload::{decode_payload, encode_payload};
use crate::value::Value;

/// What a server says about the session when it opens (Engine.IO protocol v4, "Handshake"). Times in
/// milliseconds.
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
    /// Bytes that a body may have. It came with engine.io 6.1, and servers of other languages leave it out (netty-socketio);
    /// the official client then knows no limit (engine.io-client, `_getWritablePackets`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_payload: Option<u64>,
}

impl Handshake {
    /// In the order of the protocol's own example, because people read it in transcripts.
    fn to_json(&self) -> String {
        let upgrades: Vec<Value> = self.upgrades.iter().map(|name| Value::from(name.as_str())).collect();
        let entries = [
            ("sid", Value::from(self.sid.as_str())),
            ("upgrades", Value::from(upgrades)),
            ("pingInterval", Value::Number(self.ping_interval.into())),
            ("pingTimeout", Value::Number(self.ping_timeout.into())),
        ];
        let limit = self.max_payload.map(|bytes| ("maxPayload", Value::Number(bytes.into())));
        let entries: IndexMap<String, Value> =
            entries.into_iter().chain(limit).map(|(name, value)| (name.to_owned(), value)).collect();
        Value::Object(entries).to_string()
    }
}

/// One Engine.IO packet. `Ping`, `Pong` and `Noop` may carry text (`2probe`).
///
/// Engine.IO protocol v4, "Packet encoding" (who sends what: "Handshake", "Heartbeat", "Upgrade"):
///
/// | first character | packet | sent by | text after it |
/// |---|---|---|---|
/// | `0` | open | server | the [`Handshake`] as JSON |
/// | `1` | close | both | none |
/// | `2` | ping | server; `2probe`: client | none or `probe` |
/// | `3` | pong | client; `3probe`: server | none or `probe` |
/// | `4` | message | both | the message |
/// | `5` | upgrade | client | none |
/// | `6` | noop | server | none |
/// | `b` | binary message (polling) | both | the bytes as base64 |
/// | none: a binary frame | binary message (WebSocket) | both | |
///
/// ```text
/// packet  = type text | "b" base64          one WebSocket text frame, or one part of a polling body
/// payload = packet *( U+001E packet )       a polling body
/// ```
///
/// Text after `1` and `5` is read and dropped: engine.io-parser hands it on, but no side looks at it.
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

impl Packet {
    /// The packet as one WebSocket frame: binary data goes raw, everything else as text.
    pub fn to_frame(&self) -> Frame {
        match self {
            Self::Binary(bytes) => Frame::Binary(bytes.clone()),
            other => Frame::Text(other.to_text()),
        }
    }

    /// The packet as text: a WebSocket text frame, or its part of a polling body (binary data as `b` + base64).
    pub fn to_text(&self) -> String {
        match self {
            Self::Open(handshake) => format!("0{}", handshake.to_json()),
            Self::Close => "1".to_owned(),
            Self::Ping(text) => format!("2{text}"),
            Self::Pong(text) => format!("3{text}"),
            Self::Message(text) => format!("4{text}"),
            Self::Binary(bytes) => super::payload::to_base64(bytes),
            Self::Upgrade => "5".to_owned(),
            Self::Noop(text) => format!("6{text}"),
        }
    }

    /// Reads one packet from text. Like engine.io-parser it takes `b` + base64 on every transport.
    pub fn from_text(text: &str) -> Result<Self, DecodeError> {
        let mut rest = text.chars();
        let kind = rest.next().ok_or(DecodeError::Empty)?;
        let rest = rest.as_str();
        match kind {
            '0' => serde_json::from_str(rest)
                .map(Self::Open)
                .map_err(|problem| DecodeError::Handshake(problem.to_string())),
            '1' => Ok(Self::Close),
            '2' => Ok(Self::Ping(rest.to_owned())),
            '3' => Ok(Self::Pong(rest.to_owned())),
            '4' => Ok(Self::Message(rest.to_owned())),
            '5' => Ok(Self::Upgrade),
            '6' => Ok(Self::Noop(rest.to_owned())),
            'b' => super::payload::from_base64(rest).map(Self::Binary),
            other => Err(DecodeError::UnknownType(other)),
        }
    }

    /// Reads one packet from a WebSocket frame.
    pub fn from_frame(frame: &Frame) -> Result<Self, DecodeError> {
        match frame {
            Frame::Text(text) => Self::from_text(text),
            Frame::Binary(bytes) => Ok(Self::Binary(bytes.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_protocols_own_handshake() {
        let text = r#"0{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#;
        let handshake = Handshake {
            sid: "lv_VI97HAXpY6yYWAAAC".to_owned(),
            upgrades: vec!["websocket".to_owned()],
            ping_interval: 25_000,
            ping_timeout: 20_000,
            max_payload: Some(1_000_000),
        };
        assert_eq!(Packet::from_text(text), Ok(Packet::Open(handshake.clone())));
        assert_eq!(Packet::Open(handshake).to_frame(), Frame::Text(text.to_owned()));
    }

    #[test]
    fn a_handshake_without_a_limit_is_whole() {
        for (said, kept) in [("", ""), (r#","maxPayload":null"#, "")] {
            let text = |limit: &str| {
                format!(r#"0{{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":60000{limit}}}"#)
            };
            let packet = Packet::from_text(&text(said)).expect("the official client takes it");
            assert!(matches!(&packet, Packet::Open(handshake) if handshake.max_payload.is_none()));
            assert_eq!(packet.to_text(), text(kept));
        }
    }

    #[test]
    fn probes_keep_their_text() {
        assert_eq!(Packet::from_text("2probe"), Ok(Packet::Ping("probe".to_owned())));
        assert_eq!(Packet::Pong("probe".to_owned()).to_text(), "3probe");
    }

    #[test]
    fn what_is_no_packet_says_why() {
        assert_eq!(Packet::from_text(""), Err(DecodeError::Empty));
        assert_eq!(Packet::from_text("7"), Err(DecodeError::UnknownType('7')));
        assert_eq!(Packet::from_text("b@"), Err(DecodeError::Base64));
        let problem = Packet::from_text(r#"0{"sid":"a"}"#).expect_err("a handshake needs more");
        assert!(problem.to_string().starts_with("the handshake cannot be read: missing field `upgrades`"));
    }

    #[test]
    fn a_binary_frame_has_no_type() {
        let frame = Frame::Binary(vec![52, 1]);
        let packet = Packet::from_frame(&frame).expect("any bytes are a packet");
        assert_eq!(packet, Packet::Binary(vec![52, 1]));
        assert_eq!(packet.to_frame(), frame);
    }
}
