//! What came on a connection, and what was asked on it. Its user is [`super::line`].

use crate::{
    scenario::model::Place,
    value::Value,
    wire::{
        engine,
        socket::{self, Kind},
    },
};

/// A packet that came.
#[derive(Debug, Clone)]
pub(super) struct Arrival {
    /// The Engine.IO packet that carried it; with attachments, the one that began it.
    pub(super) packet: engine::Packet,
    /// The Socket.IO packet, if it is one.
    pub(super) socket: Option<socket::Packet>,
    /// Why it is against the protocol.
    pub(super) illegal: Option<String>,
    /// Whether a step has read it.
    pub(super) read: bool,
    /// Where the step stands that has read it as what it waited for.
    pub(super) read_by: Option<Place>,
    /// Whether a step has answered it.
    pub(super) answered: bool,
    /// Its entry in the transcript.
    pub(super) entry: usize,
}

impl Arrival {
    /// Whether it is an event of that name in that namespace.
    pub(super) fn is_event(&self, namespace: &str, event: &str) -> bool {
        self.event().is_some_and(|packet| packet.namespace == namespace && packet.event_name() == Some(event))
    }

    /// The packet, if it is an event.
    pub(super) fn event(&self) -> Option<&socket::Packet> {
        self.socket.as_ref().filter(|packet| packet.kind == Kind::Event)
    }

    /// The event's arguments, without its name.
    pub(super) fn event_args(&self) -> &[Value] {
        self.event().map(socket::Packet::args).unwrap_or_default()
    }
}

/// An acknowledgement that was asked for.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) id: u64,
    pub(super) namespace: String,
    pub(super) event: String,
    /// The answer and its transcript entry, once it came.
    pub(super) answer: Option<(Vec<Value>, usize)>,
    /// Whether a step has taken it.
    pub(super) taken: bool,
    /// `ack: later`.
    pub(super) later: bool,
    /// `ack: nothing`: an answer is what may not come, however late.
    pub(super) forbidden: bool,
}
