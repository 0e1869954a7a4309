//! Socket.IO v5 packets: what travels inside Engine.IO's messages (Socket.IO protocol v5, "Packet encoding").
//!
//! A [`Packet`] becomes one Engine.IO message and one binary packet for each attachment ([`Packet::encode`]); a
//! [`Decoder`] puts them together again. Next: [`super::explain`], packets in words.

use indexmap::IndexMap;

pub(crate) use super::decoder::head;
pub use super::decoder::{DecodeError, Decoder, MAX_ATTACHMENTS};
pub use super::json::MAX_NESTING;
use super::{attachments, engine};
use crate::value::Value;

/// Names an application cannot use for its events: `emit` throws, and a decoder refuses them.
/// (Socket.IO documentation, "Emit cheatsheet", "Reserved events"; socket.io-parser 4.2.7, `RESERVED_EVENTS`.)
pub const RESERVED_EVENTS: [&str; 6] =
    ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];

/// The type of a packet: the digit after Engine.IO's `4`.
///
/// Socket.IO protocol v5, "Packet types" and "Packet format":
///
/// | type | name | sent by | carries |
/// |---|---|---|---|
/// | `0` | CONNECT | client asks, server lets in | an object (client: credentials; server: `sid`, perhaps `pid`) or nothing |
/// | `1` | DISCONNECT | both | nothing |
/// | `2` | EVENT | both | an array that begins with the event's name |
/// | `3` | ACK | both | an array, perhaps empty |
/// | `4` | CONNECT_ERROR | server | an object with `message` and perhaps `data` |
/// | `5` | BINARY_EVENT | both | as EVENT, with placeholders |
/// | `6` | BINARY_ACK | both | as ACK, with placeholders |
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

impl Kind {
    /// The type's name in the protocol: `CONNECT_ERROR`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connect => "CONNECT",
            Self::Disconnect => "DISCONNECT",
            Self::Event => "EVENT",
            Self::Ack => "ACK",
            Self::ConnectError => "CONNECT_ERROR",
            Self::BinaryEvent => "BINARY_EVENT",
            Self::BinaryAck => "BINARY_ACK",
        }
    }

    pub(super) fn from_digit(digit: char) -> Option<Self> {
        Some(match digit {
            '0' => Self::Connect,
            '1' => Self::Disconnect,
            '2' => Self::Event,
            '3' => Self::Ack,
            '4' => Self::ConnectError,
            '5' => Self::BinaryEvent,
            '6' => Self::BinaryAck,
            _ => return None,
        })
    }

    pub(super) fn is_binary(self) -> bool {
        matches!(self, Self::BinaryEvent | Self::BinaryAck)
    }

    /// The form with attachments, or without: chosen by what a packet carries.
    pub(super) fn with_attachments(self, some: bool) -> Self {
        match (self, some) {
            (Self::Event | Self::BinaryEvent, true) => Self::BinaryEvent,
            (Self::Event | Self::BinaryEvent, false) => Self::Event,
            (Self::Ack | Self::BinaryAck, true) => Self::BinaryAck,
            (Self::Ack | Self::BinaryAck, false) => Self::Ack,
            (other, _) => other,
        }
    }
}

/// One Socket.IO packet with its attachments put back in place.
///
/// `Event`/`Ack` stand also for their binary forms once decoded: whether bytes travel is seen in `data`.
///
/// Socket.IO protocol v5, "Packet encoding":
///
/// ```text
/// packet     = type [ count "-" ] [ namespace "," ] [ id ] [ data ]
/// type       = "0" … "6"
/// count      = 1*digit            attachments that follow; types 5 and 6 only, at least 1
/// namespace  = "/" *character     left out for "/"; holds no ","; its "," may be missing at the end
/// id         = 1*digit            on EVENT: an answer is wanted; on ACK: the answer to that number
/// data       = JSON               holds {"_placeholder":true,"num":k} where attachment k belongs
/// ```
///
/// The attachments follow as Engine.IO binary packets, in order, with no other packet of Socket.IO between.
#[derive(Debug, Clone, PartialEq)]
pub struct Packet {
    /// What the packet is. Never `BinaryEvent` or `BinaryAck`: those are forms on the wire, chosen by `encode`.
    pub kind: Kind,
    /// The namespace, with its leading slash; `/` is the main one.
    pub namespace: String,
    /// The number that ties an acknowledgement to its event.
    pub id: Option<u64>,
    /// Event and ack: an array; connect and refusal: an object or nothing.
    ///
    /// As in socket.io-parser a refusal may also be a string, the first item of an event may be a number, and
    /// any packet may come without data at all; whoever reads an event has to expect that it has no name.
    pub data: Option<Value>,
}

impl Packet {
    /// A client asks to be let into `namespace`, or a server lets it in. The slash of `namespace` may be left out,
    /// here and in the other constructors, as in Node's `io.of`.
    pub fn connect(namespace: impl Into<String>, auth: Option<Value>) -> Self {
        Self::new(Kind::Connect, namespace, None, auth)
    }

    /// A side leaves `namespace`.
    pub fn disconnect(namespace: impl Into<String>) -> Self {
        Self::new(Kind::Disconnect, namespace, None, None)
    }

    /// An event; `args[0]` is its name. With an `id` the sender wants an answer.
    pub fn event(namespace: impl Into<String>, id: Option<u64>, args: Vec<Value>) -> Self {
        Self::new(Kind::Event, namespace, id, Some(Value::Array(args)))
    }

    /// The answer to the event with this `id`.
    pub fn ack(namespace: impl Into<String>, id: u64, args: Vec<Value>) -> Self {
        Self::new(Kind::Ack, namespace, Some(id), Some(Value::Array(args)))
    }

    /// A server does not let a client into `namespace`.
    pub fn connect_error(namespace: impl Into<String>, message: &str, data: Option<Value>) -> Self {
        let mut refusal = IndexMap::from([("message".to_owned(), Value::from(message))]);
        if let Some(data) = data {
            refusal.insert("data".to_owned(), data);
        }
        Self::new(Kind::ConnectError, namespace, None, Some(Value::Object(refusal)))
    }

    fn new(kind: Kind, namespace: impl Into<String>, id: Option<u64>, data: Option<Value>) -> Self {
        let mut namespace = namespace.into();
        if !namespace.starts_with('/') {
            namespace.insert(0, '/');
        }
        Self { kind, namespace, id, data }
    }

    /// The name of an event; nothing for other packets, and for the odd event whose name is missing or a number.
    pub fn event_name(&self) -> Option<&str> {
        match self.kind {
            Kind::Event | Kind::BinaryEvent => self.items().first()?.as_str(),
            _ => None,
        }
    }

    /// The arguments of an event, **without its name**, or of an ack; empty for other packets.
    pub fn args(&self) -> &[Value] {
        match self.kind {
            Kind::Event | Kind::BinaryEvent => self.items().get(1..).unwrap_or_default(),
            Kind::Ack | Kind::BinaryAck => self.items(),
            _ => &[],
        }
    }

    fn items(&self) -> &[Value] {
        self.data.as_ref().and_then(Value::as_array).unwrap_or_default()
    }

    /// The Engine.IO packets that carry this packet, to be sent in order with nothing between: the message, then
    /// one binary packet for each attachment.
    ///
    /// As in socket.io-parser, only events and acks have attachments (bytes in a CONNECT are written as Node writes
    /// a `Buffer` to JSON), and an object that already looks like a placeholder is not escaped: beside real bytes it
    /// reads back as an attachment. Nothing is checked, so that faults can be sent on purpose.
    pub fn encode(&self) -> Vec<engine::Packet> {
        let kind = self.kind.with_attachments(self.data.as_ref().is_some_and(Value::has_bytes));
        let (data, attachments) = match &self.data {
            Some(data) if kind.is_binary() => attachments::take_out(data),
            Some(data) => (attachments::as_node_writes(data), Vec::new()),
            None => (String::new(), Vec::new()),
        };
        let count = if kind.is_binary() { format!("{}-", attachments.len()) } else { String::new() };
        let namespace = match self.namespace.as_str() {
            "/" | "" => String::new(),
            named => format!("{named},"),
        };
        let id = self.id.map_or_else(String::new, |id| id.to_string());
        let text = format!("{}{count}{namespace}{id}{data}", kind as u8);

        let mut packets = vec![engine::Packet::Message(text)];
        packets.extend(attachments.into_iter().map(engine::Packet::Binary));
        packets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(packet: &Packet) -> Vec<String> {
        packet.encode().iter().map(engine::Packet::to_text).collect()
    }

    #[test]
    fn the_protocols_own_examples() {
        let token = IndexMap::from([("token".to_owned(), Value::from("123"))]);
        assert_eq!(texts(&Packet::connect("/", None)), ["40"]);
        assert_eq!(
            texts(&Packet::connect("/admin", Some(Value::Object(token)))),
            [r#"40/admin,{"token":"123"}"#]
        );
        assert_eq!(
            texts(&Packet::connect_error("/", "Not authorized", None)),
            [r#"44{"message":"Not authorized"}"#]
        );
        assert_eq!(texts(&Packet::disconnect("/admin")), ["41/admin,"]);
        assert_eq!(texts(&Packet::event("/", None, vec!["foo".into()])), [r#"42["foo"]"#]);
        assert_eq!(texts(&Packet::event("/admin", Some(12), vec!["foo".into()])), [r#"42/admin,12["foo"]"#]);
        assert_eq!(texts(&Packet::ack("/admin", 13, vec!["bar".into()])), [r#"43/admin,13["bar"]"#]);
    }

    #[test]
    fn bytes_become_attachments_in_order() {
        let args = vec!["e".into(), Value::Bytes(vec![1]), Value::Array(vec![Value::Bytes(vec![])])];
        let event = Packet::event("/admin", None, args);
        assert_eq!(
            texts(&event),
            [
                r#"452-/admin,["e",{"_placeholder":true,"num":0},[{"_placeholder":true,"num":1}]]"#,
                "bAQ==",
                "b"
            ]
        );
        let ack = Packet::ack("/", 15, vec![Value::Bytes(vec![3])]);
        assert_eq!(texts(&ack), [r#"461-15[{"_placeholder":true,"num":0}]"#, "bAw=="]);
    }

    #[test]
    fn a_connect_has_no_attachments() {
        let auth = Value::Object(IndexMap::from([("key".to_owned(), Value::Bytes(vec![1, 2]))]));
        assert_eq!(texts(&Packet::connect("/", Some(auth))), [r#"40{"key":{"type":"Buffer","data":[1,2]}}"#]);
    }

    #[test]
    fn a_namespace_gets_its_slash() {
        assert_eq!(Packet::disconnect("admin").namespace, "/admin");
        assert_eq!(Packet::disconnect("").namespace, "/");
    }

    #[test]
    fn names_and_arguments() {
        let event = Packet::event("/", None, vec!["foo".into(), Value::Null]);
        assert_eq!((event.event_name(), event.args()), (Some("foo"), &[Value::Null][..]));
        let ack = Packet::ack("/", 1, vec!["foo".into()]);
        assert_eq!((ack.event_name(), ack.args()), (None, &[Value::from("foo")][..]));
        let odd = Packet { data: None, ..event };
        assert_eq!((odd.event_name(), odd.args()), (None, &[][..]));
    }
}
