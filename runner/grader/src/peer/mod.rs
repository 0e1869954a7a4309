//! A Socket.IO session without I/O: packets in, meaning and packets out.
//!
//! One [`Peer`] sits in the client's chair (for a server under test) or in the server's (for a client under
//! test). It keeps the numbers of acknowledgements, puts attachments back and answers heartbeats; it decides
//! nothing. Its user is [`crate::scenario::play`]. Next: [`crate::scenario`].

use std::collections::BTreeMap;

use crate::{
    value::Value,
    wire::{
        engine,
        socket::{self, Decoder},
    },
};

/// Which side of the session a peer plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chair {
    /// It connects, and answers pings.
    Client,
    /// It lets in, and pings.
    Server,
}

/// What an incoming packet means.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// Engine.IO only: heartbeat, handshake, upgrade. Nothing for the layer above.
    Engine,
    /// The first part of a packet whose attachments are still to come.
    Part,
    /// A whole Socket.IO packet.
    Socket(socket::Packet),
    /// It is against the protocol; the text says how.
    Illegal(String),
}

/// A Socket.IO session without I/O.
#[derive(Debug)]
pub struct Peer {
    chair: Chair,
    incoming: Decoder,
    /// How many acknowledgements were asked for in each namespace: the official client counts so, too.
    asked: BTreeMap<String, u64>,
    outbox: Vec<engine::Packet>,
}

impl Peer {
    /// A session that is just open.
    pub fn new(chair: Chair) -> Self {
        Self { chair, incoming: Decoder::default(), asked: BTreeMap::new(), outbox: Vec::new() }
    }

    /// Which side it plays.
    pub const fn chair(&self) -> Chair {
        self.chair
    }

    /// Takes a packet from the wire and says what it means. Pings of a server are answered, those of a client are
    /// illegal (Engine.IO protocol v4, "Heartbeat": the server sends `2`, the client `3` with the same text).
    pub fn read(&mut self, packet: &engine::Packet) -> Heard {
        use engine::Packet as P;
        let decoded = match packet {
            P::Ping(text) if self.chair == Chair::Client => {
                self.outbox.push(P::Pong(text.clone()));
                return Heard::Engine;
            }
            // Node ends such a session. The `2probe` of an upgrade does not come here.
            P::Ping(_) => return Heard::Illegal("in Engine.IO 4 only the server pings".to_owned()),
            P::Open(_) | P::Close | P::Pong(_) | P::Upgrade | P::Noop(_) => return Heard::Engine,
            P::Message(text) => self.incoming.text(text),
            P::Binary(bytes) => self.incoming.binary(bytes.clone()),
        };
        match decoded {
            Ok(Some(packet)) => Heard::Socket(packet),
            Ok(None) => Heard::Part,
            Err(error) => Heard::Illegal(error.to_string()),
        }
    }

    /// Sends a Socket.IO packet.
    pub fn say(&mut self, packet: &socket::Packet) {
        self.outbox.extend(packet.encode());
    }

    /// Sends an event; with an id when an acknowledgement is wanted, and returns that id.
    pub fn emit(&mut self, namespace: &str, args: Vec<Value>, wants_ack: bool) -> Option<u64> {
        let id = wants_ack.then(|| {
            let asked = self.asked.entry(namespace.to_owned()).or_default();
            *asked += 1;
            *asked - 1
        });
        self.say(&socket::Packet::event(namespace, id, args));
        id
    }

    /// Sends any Engine.IO packet, lawful or not.
    pub fn send(&mut self, packet: engine::Packet) {
        self.outbox.push(packet);
    }

    /// What is to be sent, in order; the outbox is empty afterwards.
    pub fn take_outbox(&mut self) -> Vec<engine::Packet> {
        std::mem::take(&mut self.outbox)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_answers_a_ping_and_a_server_expects_none() {
        let ping = engine::Packet::Ping("x".into());
        let mut client = Peer::new(Chair::Client);
        assert_eq!(client.read(&ping), Heard::Engine);
        assert_eq!(client.take_outbox(), [engine::Packet::Pong("x".into())]);
        let mut server = Peer::new(Chair::Server);
        assert!(matches!(server.read(&ping), Heard::Illegal(_)));
        assert_eq!(server.take_outbox(), []);
    }

    #[test]
    fn ids_count_up_only_when_an_answer_is_wanted() {
        let mut peer = Peer::new(Chair::Client);
        assert_eq!(peer.emit("/", vec!["a".into()], true), Some(0));
        assert_eq!(peer.emit("/", vec!["b".into()], false), None);
        assert_eq!(peer.emit("/", vec!["c".into()], true), Some(1));
        assert_eq!(peer.emit("/staff", vec!["d".into()], true), Some(0));
    }

    #[test]
    fn what_is_against_the_protocol_is_said() {
        let mut peer = Peer::new(Chair::Client);
        assert!(matches!(peer.read(&engine::Packet::Message("2{".into())), Heard::Illegal(_)));
    }
}
