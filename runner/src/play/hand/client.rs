//! One named client: what it says becomes packets, what comes becomes something to tell. No sockets here.
//! Next: [`super::story`], which writes down what was played.

use std::collections::VecDeque;

use grader::{
    peer::{Chair, Heard, Peer},
    transcript::Direction,
    value::Value,
    wire::{
        engine::Packet,
        explain::{self, Side},
        socket::{self, Decoder, Kind},
    },
};
use indexmap::IndexMap;

use crate::report::hand::Passed;

/// Events that are kept until somebody hears them. Older ones are forgotten.
const UNREAD: usize = 10_000;

/// How far a namespace is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Door {
    /// CONNECT was sent.
    Asked,
    /// The client is in.
    In,
    /// `CONNECT_ERROR`, with this data.
    Refused(Value),
    /// The server put the client out.
    PutOut,
    /// The client left.
    Left,
}

/// An event that came.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Arrival {
    pub(super) namespace: String,
    pub(super) event: String,
    pub(super) args: Vec<Value>,
    /// The number that an answer must have.
    pub(super) id: Option<u64>,
}

/// An answer that came.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answer {
    pub(super) namespace: String,
    pub(super) id: u64,
    pub(super) args: Vec<Value>,
}

/// A client that is connected, or was.
pub(super) struct Client {
    peer: Peer,
    /// For telling: one for each direction. The peer has its own, for understanding.
    decoders: [Decoder; 2],
    /// A packet whose attachments are still to come, as far as it came.
    pieces: [Vec<String>; 2],
    pub(super) doors: IndexMap<String, Door>,
    pub(super) unread: VecDeque<Arrival>,
    /// How many events have come, those that were forgotten included.
    pub(super) arrived: usize,
    /// Events that wait for our answer.
    questions: VecDeque<Arrival>,
    pub(super) answers: Vec<Answer>,
    /// Whether the server has opened the session: before that nothing may be said.
    has_begun: bool,
    /// How the connection ended, in words.
    pub(super) ended: Option<String>,
    /// Whether we ended it.
    pub(super) ended_by_us: bool,
}

impl Client {
    pub(super) fn new() -> Self {
        Self {
            peer: Peer::new(Chair::Client),
            decoders: [Decoder::default(), Decoder::default()],
            pieces: [Vec::new(), Vec::new()],
            doors: IndexMap::new(),
            unread: VecDeque::new(),
            arrived: 0,
            questions: VecDeque::new(),
            answers: Vec::new(),
            has_begun: false,
            ended: None,
            ended_by_us: false,
        }
    }

    pub(super) const fn is_open(&self) -> bool {
        self.ended.is_none() && !self.ended_by_us
    }

    /// The namespaces that it is in.
    pub(super) fn inside(&self) -> impl Iterator<Item = &str> {
        self.doors.iter().filter(|(_, door)| **door == Door::In).map(|(name, _)| name.as_str())
    }

    pub(super) fn enter(&mut self, namespace: &str, auth: Option<Value>) {
        self.doors.insert(namespace.to_owned(), Door::Asked);
        self.peer.say(&socket::Packet::connect(namespace, auth));
    }

    /// Emits; the number of the acknowledgement, if one is asked for.
    pub(super) fn emit(&mut self, namespace: &str, event: &str, args: &[Value], ack: bool) -> Option<u64> {
        let said = [Value::from(event)].into_iter().chain(args.iter().cloned()).collect();
        self.peer.emit(namespace, said, ack)
    }

    /// Answers the oldest question of this name; whether there is one.
    pub(super) fn reply(&mut self, namespace: &str, event: &str, args: Vec<Value>) -> bool {
        let asked = |question: &Arrival| question.namespace == namespace && question.event == event;
        let place = self.questions.iter().position(asked);
        let Some(question) = place.and_then(|place| self.questions.remove(place)) else { return false };
        self.peer.say(&socket::Packet::ack(namespace, question.id.unwrap_or_default(), args));
        true
    }

    pub(super) fn leave(&mut self, namespace: &str) {
        self.doors.insert(namespace.to_owned(), Door::Left);
        self.peer.say(&socket::Packet::disconnect(namespace));
    }

    /// What is to be sent now, and how it is told: nothing before the session is open.
    pub(super) fn take_outbox(&mut self) -> (Vec<Packet>, Vec<Passed>) {
        if !self.has_begun {
            return (Vec::new(), Vec::new());
        }
        let packets = self.peer.take_outbox();
        let told = packets.iter().filter_map(|packet| self.told(packet, Direction::ToProgram)).collect();
        (packets, told)
    }

    /// A packet came; how it is told.
    pub(super) fn take(&mut self, packet: &Packet) -> Option<Passed> {
        let told = self.told(packet, Direction::FromProgram);
        self.has_begun |= matches!(packet, Packet::Open(_));
        if let Heard::Socket(packet) = self.peer.read(packet) {
            self.hear(packet);
        }
        told
    }

    fn hear(&mut self, packet: socket::Packet) {
        let namespace = packet.namespace.clone();
        match packet.kind {
            Kind::Connect => {
                self.doors.insert(namespace, Door::In);
            }
            Kind::ConnectError => {
                self.doors.insert(namespace, Door::Refused(packet.data.unwrap_or_default()));
            }
            Kind::Disconnect => {
                self.doors.insert(namespace, Door::PutOut);
            }
            Kind::Ack | Kind::BinaryAck => {
                let args = packet.args().to_vec();
                self.answers.extend(packet.id.map(|id| Answer { namespace, id, args }));
            }
            Kind::Event | Kind::BinaryEvent => {
                let Some(event) = packet.event_name().map(str::to_owned) else { return };
                let arrival = Arrival { namespace, event, args: packet.args().to_vec(), id: packet.id };
                if arrival.id.is_some() {
                    self.questions.push_back(arrival.clone());
                    if self.questions.len() > UNREAD {
                        self.questions.pop_front();
                    }
                }
                self.arrived += 1;
                self.unread.push_back(arrival);
                if self.unread.len() > UNREAD {
                    self.unread.pop_front();
                }
            }
        }
    }

    /// A packet in words; nothing while attachments are still to come.
    fn told(&mut self, packet: &Packet, direction: Direction) -> Option<Passed> {
        let up = direction == Direction::ToProgram;
        let side = if up { Side::Client } else { Side::Server };
        let heartbeat = matches!(packet, Packet::Ping(text) | Packet::Pong(text) if text.is_empty());
        let decoder = &mut self.decoders[usize::from(up)];
        let words = explain::frame(packet, decoder, side);
        let text = match packet {
            Packet::Binary(bytes) => format!("<{} bytes>", bytes.len()),
            other => other.to_text(),
        };
        if !matches!(packet, Packet::Message(_) | Packet::Binary(_)) {
            return Some(Passed { direction, frame: text, words, heartbeat });
        }
        self.pieces[usize::from(up)].push(text);
        if self.decoders[usize::from(up)].is_waiting() {
            return None;
        }
        let frame = std::mem::take(&mut self.pieces[usize::from(up)]).join(" + ");
        let words = words.strip_prefix("the last attachment: ").unwrap_or(&words).to_owned();
        Some(Passed { direction, frame, words, heartbeat })
    }
}
