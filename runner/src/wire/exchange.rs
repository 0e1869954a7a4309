//! What a reader tells: entries, and for those who keep them whole, HTTP exchanges and WebSocket messages.
//! Next: [`super::reader`].

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use grader::transcript::Direction;

use super::{
    client::Passage,
    entry::Entry,
    head::{AnswerHead, RequestHead},
};

/// What was read.
pub enum Told {
    /// Something passed.
    Entry(Box<Entry>),
    /// A request was answered, or will never be.
    Exchange(Box<Exchange>),
    /// A WebSocket message passed; the number is that of the exchange that opened it.
    Message(u64, Message),
}

/// A request and its answer, with their secrets masked.
pub struct Exchange {
    pub(super) id: u64,
    pub(super) started: Duration,
    pub(super) request: RequestHead,
    /// The request's body; none if it is not Socket.IO's, or could not be read.
    pub(super) body: Option<String>,
    pub(super) body_bytes: u64,
    /// When the answer began, and its head; none if there was none.
    pub(super) answer: Option<(Duration, AnswerHead)>,
    /// The answer's body, likewise.
    pub(super) text: Option<String>,
    pub(super) text_bytes: u64,
    pub(super) ended: Duration,
    pub(super) websocket: bool,
}

/// A WebSocket message, with its secrets masked.
pub struct Message {
    pub(super) at: Duration,
    pub(super) direction: Direction,
    /// 1: text, 2: binary.
    pub(super) opcode: u8,
    /// Text, or base64.
    pub(super) data: String,
}

impl Message {
    pub(super) fn text(passage: Passage, data: String) -> Self {
        Self { at: passage.at, direction: passage.direction, opcode: 1, data }
    }

    pub(super) fn binary(passage: Passage, bytes: &[u8]) -> Self {
        Self { at: passage.at, direction: passage.direction, opcode: 2, data: STANDARD.encode(bytes) }
    }
}
