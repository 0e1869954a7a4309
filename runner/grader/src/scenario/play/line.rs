//! One connection of a play: its peer, its namespaces, what came and was not read yet.

use std::time::Duration;

use indexmap::IndexMap;

use super::drive::{Conn, Fence, OpenFailure};
use crate::{
    peer::{Chair, Heard, Peer},
    scenario::model::Ending,
    value::Value,
    wire::{
        engine,
        socket::{self, Decoder, Kind},
    },
};

/// Namespaces that begin so belong to the grader: `/~` on hosts of ours, `/~1`, `/~2`, … elsewhere.
pub(super) const FENCE_NAMESPACE: &str = "/~";

/// How far a connection is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stage {
    /// Asked for.
    Opening,
    /// Packets can pass.
    Open,
    /// It never opened.
    Failed(OpenFailure),
    /// It is over.
    Closed,
}

/// How far a CONNECT is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Door {
    /// CONNECT was sent.
    Asked,
    /// It was answered with a welcome.
    In,
    /// It was answered with `CONNECT_ERROR` and this data.
    Refused(Value),
    /// Once in, a DISCONNECT came; `noticed` when a step has read it.
    PutOut { noticed: bool },
    /// We left.
    Left,
}

/// A packet that came.
#[derive(Debug, Clone)]
pub(super) struct Arrival {
    /// The Engine.IO packet that completed it.
    pub(super) packet: engine::Packet,
    /// The Socket.IO packet, if it is one.
    pub(super) socket: Option<socket::Packet>,
    /// Why it is against the protocol.
    pub(super) illegal: Option<String>,
    /// Whether a step has read it.
    pub(super) read: bool,
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
}

/// The fences of one connection.
#[derive(Debug, Clone, Default)]
pub(super) struct Fences {
    /// When the one under way was sent.
    pub(super) since: Option<Duration>,
    /// How many were answered.
    pub(super) answered: u64,
    host: Host,
    sent: u64,
}

/// How far this connection is in the host's own namespace.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Host {
    #[default]
    Outside,
    Asked,
    Inside,
}

/// What a line noticed in a packet, for the world to write down.
#[derive(Debug, PartialEq)]
pub(super) enum Noticed {
    /// Housekeeping; nothing for a step to read.
    Quiet,
    /// A fence was answered.
    FenceAnswered { took: Duration },
    /// Something for the transcript.
    Shown,
}

/// One connection.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) conn: Conn,
    pub(super) actor: String,
    pub(super) stage: Stage,
    pub(super) peer: Peer,
    /// Decodes what we send, for the transcript.
    pub(super) outgoing: Decoder,
    pub(super) doors: IndexMap<String, Door>,
    pub(super) arrivals: Vec<Arrival>,
    pub(super) questions: Vec<Question>,
    pub(super) fences: Fences,
    /// Something was sent since the last silence.
    pub(super) spoke: bool,
    /// We ended it, or a step has read its end.
    pub(super) end_is_known: bool,
    /// It was ended by us; what comes after counts no more.
    pub(super) ended_by_us: bool,
    /// `pid` and the last offset, for connection state recovery.
    pub(super) session: Option<(String, Option<String>)>,
    /// How it ended, in words.
    pub(super) how: Option<String>,
}

impl Line {
    pub(super) fn new(conn: Conn, actor: String, chair: Chair) -> Self {
        Self {
            conn,
            actor,
            stage: Stage::Opening,
            peer: Peer::new(chair),
            outgoing: Decoder::default(),
            doors: IndexMap::new(),
            arrivals: Vec::new(),
            questions: Vec::new(),
            fences: Fences::default(),
            spoke: false,
            end_is_known: false,
            ended_by_us: false,
            session: None,
            how: None,
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.stage == Stage::Open && !self.ended_by_us
    }

    /// The first namespace the actor is in, or the main one.
    pub(super) fn home(&self) -> &str {
        let inside = self.doors.iter().find(|(_, door)| matches!(door, Door::In));
        inside.or_else(|| self.doors.first()).map_or("/", |(name, _)| name)
    }

    /// Takes a packet in. Returns what is to be written down, and the whole Socket.IO packet if there is one.
    pub(super) fn take(
        &mut self,
        packet: &engine::Packet,
        now: Duration,
        entry: usize,
        fence: Fence,
    ) -> (Noticed, Option<socket::Packet>) {
        let (socket, illegal) = match self.peer.read(packet) {
            Heard::Engine => return (self.engine(packet, now, fence), None),
            Heard::Part => return (Noticed::Shown, None),
            Heard::Socket(socket) => (Some(socket), None),
            Heard::Illegal(why) => (None, Some(why)),
        };
        if let Some(socket) = socket.as_ref().filter(|socket| socket.namespace.starts_with(FENCE_NAMESPACE)) {
            let noticed = self.fence_answer(socket, now, fence);
            return (noticed, Some(socket.clone()));
        }
        let mut arrival =
            Arrival { packet: packet.clone(), socket, illegal, read: false, answered: false, entry };
        self.sort_in(&mut arrival);
        let socket = arrival.socket.clone();
        self.arrivals.push(arrival);
        (Noticed::Shown, socket)
    }

    fn engine(&mut self, packet: &engine::Packet, now: Duration, fence: Fence) -> Noticed {
        match packet {
            engine::Packet::Pong(_) if fence == Fence::Client => self.fence_is_answered(now),
            _ => Noticed::Quiet,
        }
    }

    /// Marks as read what answers something this side asked for.
    fn sort_in(&mut self, arrival: &mut Arrival) {
        let Some(packet) = arrival.socket.as_mut() else { return };
        match packet.kind {
            Kind::Connect | Kind::ConnectError if self.peer.chair() == Chair::Client => {
                let Some(door) = self.doors.get_mut(&packet.namespace) else { return };
                if *door != Door::Asked {
                    return;
                }
                arrival.read = true;
                let data = packet.data.clone().unwrap_or_default();
                if packet.kind == Kind::ConnectError {
                    *door = Door::Refused(data);
                } else {
                    *door = Door::In;
                    if let Some(pid) = data.get("pid").and_then(Value::as_str) {
                        self.session = Some((pid.to_owned(), None));
                    }
                }
            }
            Kind::Disconnect => {
                if let Some(door) = self.doors.get_mut(&packet.namespace)
                    && *door == Door::In
                {
                    arrival.read = true;
                    *door = Door::PutOut { noticed: false };
                }
            }
            Kind::Ack => {
                let question = self.questions.iter_mut().find(|question| {
                    Some(question.id) == packet.id
                        && question.namespace == packet.namespace
                        && question.answer.is_none()
                });
                if let Some(question) = question {
                    arrival.read = true;
                    question.answer = Some((packet.args().to_vec(), arrival.entry));
                }
            }
            Kind::Event => self.keep_offset_apart(packet),
            _ => {}
        }
    }

    /// With connection state recovery every event without an ack id ends in an offset of the server's.
    fn keep_offset_apart(&mut self, packet: &mut socket::Packet) {
        let Some((_, offset)) = self.session.as_mut() else { return };
        if packet.id.is_some() {
            return;
        }
        if let Some(Value::Array(args)) = packet.data.as_mut()
            && args.len() > 1
            && let Some(Value::String(last)) = args.last()
        {
            *offset = Some(last.clone());
            args.pop();
        }
    }

    /// Sends a fence, unless one is under way.
    pub(super) fn send_fence(&mut self, now: Duration, fence: Fence) {
        if self.fences.since.is_some() {
            return;
        }
        self.fences.since = Some(now);
        self.fences.sent += 1;
        match fence {
            Fence::Client => self.peer.send(engine::Packet::Ping(String::new())),
            Fence::Hosted => match self.fences.host {
                Host::Inside => self.ask_host(),
                Host::Outside => self.join_host(),
                // The question goes out as soon as the welcome is here.
                Host::Asked => {}
            },
            Fence::Foreign => {
                let unused = format!("{FENCE_NAMESPACE}{}", self.fences.sent);
                self.peer.say(&socket::Packet::connect(&unused, None));
            }
        }
    }

    /// Asks to be let into the host's own namespace. Done together with the first CONNECT: by the time that one
    /// is answered, fences cost one short round trip.
    pub(super) fn join_host(&mut self) {
        if self.fences.host == Host::Outside {
            self.fences.host = Host::Asked;
            self.peer.say(&socket::Packet::connect(FENCE_NAMESPACE, None));
        }
    }

    fn ask_host(&mut self) {
        self.peer.emit(FENCE_NAMESPACE, vec!["fence".into()], true);
    }

    fn fence_answer(&mut self, packet: &socket::Packet, now: Duration, fence: Fence) -> Noticed {
        match (fence, packet.kind) {
            (Fence::Hosted, Kind::Connect) => {
                self.fences.host = Host::Inside;
                if self.fences.since.is_some() {
                    self.ask_host();
                }
                return Noticed::Quiet;
            }
            (Fence::Hosted, Kind::Ack | Kind::ConnectError) | (Fence::Foreign, Kind::ConnectError) => {}
            (Fence::Hosted, Kind::Disconnect) => {
                self.fences.host = Host::Outside;
                return Noticed::Quiet;
            }
            (Fence::Foreign, Kind::Connect) => {
                self.peer.say(&socket::Packet::disconnect(&packet.namespace));
            }
            _ => return Noticed::Quiet,
        }
        self.fence_is_answered(now)
    }

    fn fence_is_answered(&mut self, now: Duration) -> Noticed {
        match self.fences.since.take() {
            Some(since) => {
                self.fences.answered += 1;
                Noticed::FenceAnswered { took: now.saturating_sub(since) }
            }
            None => Noticed::Quiet,
        }
    }

    /// How the namespace, or the whole connection, ended; `None` while it lives.
    pub(super) fn ending(&self, namespace: &str) -> Option<Ending> {
        match self.doors.get(namespace) {
            Some(Door::PutOut { .. }) => Some(Ending::Disconnect),
            _ if self.stage == Stage::Closed => Some(Ending::Transport),
            _ => None,
        }
    }

    /// Whether it ended in a way that no step has read.
    pub(super) fn ended_unnoticed(&self) -> bool {
        if self.ended_by_us {
            return false;
        }
        let put_out = self.doors.values().any(|door| *door == Door::PutOut { noticed: false });
        put_out || (self.stage == Stage::Closed && !self.end_is_known)
    }
}
