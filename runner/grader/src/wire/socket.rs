//! Socket.IO v5 packets (Socket.IO protocol v5, "Packet encoding").

use crate::value::Value;

/// The type of a packet: the digit after Engine.IO's `4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// `0`: asks to be let into a namespace; the answer to it.
    Connect = 0,
    /// `1`: leaves a namespace.
    Disconnect = 1,
    /// `2`: an event with its arguments.
    Event = 2,
    /// `3`: the acknowledgement of an event.
    Ack = 3,
    /// `4`: refuses a CONNECT.
    ConnectError = 4,
    /// `5`: an event with attachments.
    BinaryEvent = 5,
    /// `6`: an acknowledgement with attachments.
    BinaryAck = 6,
}

/// One Socket.IO packet with its attachments put back in place.
///
/// `Event`/`Ack` stand also for their binary forms once decoded: whether bytes travel is seen in `data`.
#[derive(Debug, Clone, PartialEq)]
pub struct Packet {
    /// What the packet is. Never `BinaryEvent` or `BinaryAck`: those are forms on the wire, chosen by `encode`.
    pub kind: Kind,
    /// The namespace, with its leading slash; `/` is the main one.
    pub namespace: String,
    /// The number that ties an acknowledgement to its event.
    pub id: Option<u64>,
    /// Event and ack: an array; connect and refusal: an object or nothing.
    pub data: Option<Value>,
}
