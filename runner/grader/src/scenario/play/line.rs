//! One connection of a play: its peer, its namespaces, what came and was not read yet.

use std::time::Duration;

use indexmap::IndexMap;

use super::{
    arrival::{Arrival, Question},
    drive::{Conn, Fence, OpenFailure},
    fences::{FENCE_NAMESPACE, Fences},
};
use crate::{
    peer::{Chair, Heard, Peer},
    scenario::model::Ending,
    value::Value,
    wire::{
        engine,
        socket::{self, Decoder, Kind},
    },
};

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
    /// To which node, from 1.
    pub(super) node: u8,
    pub(super) stage: Stage,
    pub(super) peer: Peer,
    /// Decodes what we send, for the transcript.
    pub(super) outgoing: Decoder,
    pub(super) doors: IndexMap<String, Door>,
    pub(super) arrivals: Vec<Arrival>,
    /// How many of them had come when the last fence was answered: these come in every run, later ones may not.
    certain: usize,
    /// The beginning of a packet whose attachments are still to come.
    part: Option<engine::Packet>,
    pub(super) questions: Vec<Question>,
    pub(super) fences: Fences,
    /// When it moved from polling to WebSocket.
    pub(super) moved: Option<Duration>,
    /// Something was sent since the last silence.
    pub(super) spoke: bool,
    /// We ended it, or a step has read its end.
    pub(super) end_is_known: bool,
    /// It was ended by us; what comes after counts no more.
    pub(super) ended_by_us: bool,
    /// `pid` and the last offset of each namespace, for connection state recovery.
    pub(super) sessions: IndexMap<String, (String, Option<String>)>,
    /// How it ended, in words.
    pub(super) how: Option<String>,
}

impl Line {
    pub(super) fn new(conn: Conn, actor: String, chair: Chair) -> Self {
        Self {
            conn,
            actor,
            node: 1,
            stage: Stage::Opening,
            peer: Peer::new(chair),
            outgoing: Decoder::default(),
            doors: IndexMap::new(),
            arrivals: Vec::new(),
            certain: 0,
            part: None,
            questions: Vec::new(),
            fences: Fences::default(),
            moved: None,
            spoke: false,
            end_is_known: false,
            ended_by_us: false,
            sessions: IndexMap::new(),
            how: None,
        }
    }

    /// Whether CONNECT was answered without a `sid`: that is how version 2 of Socket.IO lets everybody in, and the official
    /// client takes it for a failure (socket.io-client, `Socket.onpacket`).
    pub(super) fn was_let_in_as_of_old(&self, namespace: &str) -> bool {
        let is_old = |packet: &socket::Packet| {
            let data = packet.data.as_ref();
            packet.kind == Kind::Connect
                && packet.namespace == namespace
                && data.and_then(|data| data.get("sid")).is_none()
        };
        self.arrivals.iter().filter_map(|arrival| arrival.socket.as_ref()).any(is_old)
    }

    pub(super) fn is_open(&self) -> bool {
        self.stage == Stage::Open && !self.ended_by_us
    }

    /// A CONNECT of ours is unanswered: nothing else is said now, because some servers take it amiss.
    pub(super) fn is_at_a_door(&self) -> bool {
        self.doors.values().any(|door| *door == Door::Asked)
    }

    /// Whether this line can carry that namespace, too. As with the official client, a namespace that was left or that
    /// refused is asked again on the same line only while another one keeps the line alive.
    pub(super) fn may_knock(&self, namespace: &str) -> bool {
        self.is_open()
            && match self.doors.get(namespace) {
                None => true,
                Some(Door::In | Door::Asked) => false,
                Some(_) => self.doors.values().any(|door| *door == Door::In),
            }
    }

    /// All that was caused so far has come.
    pub(super) fn all_came(&mut self) {
        self.certain = self.arrivals.len();
    }

    /// We end it. What had come only just now does not count: in the next run it may come too late.
    pub(super) fn end_by_us(&mut self) {
        self.ended_by_us = true;
        for arrival in &mut self.arrivals[self.certain..] {
            arrival.read = true;
        }
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
            Heard::Engine => return (self.engine(packet, now, entry, fence), None),
            Heard::Part => {
                self.part.get_or_insert_with(|| packet.clone());
                return (Noticed::Shown, None);
            }
            Heard::Socket(socket) => (Some(socket), None),
            Heard::Illegal(why) => (None, Some(why)),
        };
        if let Some(socket) = socket.as_ref().filter(|socket| socket.namespace.starts_with(FENCE_NAMESPACE)) {
            let noticed = self.fence_answer(socket, now, fence);
            return (noticed, Some(socket.clone()));
        }
        let packet = self.part.take().unwrap_or_else(|| packet.clone());
        let mut arrival =
            Arrival { packet, socket, illegal, read: false, read_by: None, answered: false, entry };
        self.sort_in(&mut arrival);
        arrival.read |= self.ended_by_us;
        let socket = arrival.socket.clone();
        self.arrivals.push(arrival);
        (Noticed::Shown, socket)
    }

    fn engine(&mut self, packet: &engine::Packet, now: Duration, entry: usize, fence: Fence) -> Noticed {
        if fence != Fence::Client || !matches!(packet, engine::Packet::Pong(_)) {
            return Noticed::Quiet;
        }
        if !self.pong_is_of_a_step() {
            return self.fence_is_answered(now);
        }
        let read = self.ended_by_us;
        let packet = packet.clone();
        self.arrivals.push(Arrival {
            packet,
            socket: None,
            illegal: None,
            read,
            read_by: None,
            answered: false,
            entry,
        });
        Noticed::Shown
    }

    /// Marks as read what answers something this side asked for.
    fn sort_in(&mut self, arrival: &mut Arrival) {
        let Some(packet) = arrival.socket.as_mut() else { return };
        if self.doors.get(&packet.namespace) == Some(&Door::Left) && packet.kind != Kind::Connect {
            // It was on its way when we left.
            arrival.read = true;
            return;
        }
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
                        let before = self.sessions.get(&packet.namespace).filter(|(known, _)| known == pid);
                        // What was missed comes before the welcome, and its offset is still the last one.
                        let offset = before.and_then(|(_, offset)| offset.clone());
                        self.sessions.insert(packet.namespace.clone(), (pid.to_owned(), offset));
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
                    arrival.read = !question.forbidden;
                    question.answer = Some((packet.args().to_vec(), arrival.entry));
                }
            }
            Kind::Event => self.keep_offset_apart(packet),
            _ => {}
        }
    }

    /// With connection state recovery an event without an ack id ends in an offset of the server's. A volatile one does
    /// not (socket.io-adapter, `SessionAwareAdapter.broadcast`), and cannot be told from it when its own last argument is a
    /// text: in a scenario with recovery such an event carries an object.
    fn keep_offset_apart(&mut self, packet: &mut socket::Packet) {
        let Some((_, offset)) = self.sessions.get_mut(&packet.namespace) else { return };
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

    /// How the namespace, or the whole connection, ended; `None` while it lives.
    pub(super) fn ending(&self, namespace: &str) -> Option<Ending> {
        match self.doors.get(namespace) {
            Some(Door::PutOut { .. }) => Some(Ending::Disconnect),
            _ if self.stage == Stage::Closed => Some(Ending::Transport),
            _ => None,
        }
    }

    /// Whether it ended in a way that no step has read. Whoever was refused everywhere may be hung up on.
    pub(super) fn ended_unnoticed(&self) -> bool {
        let refused = |door: &Door| matches!(door, Door::Refused(_));
        if self.ended_by_us || (!self.doors.is_empty() && self.doors.values().all(refused)) {
            return false;
        }
        let put_out = self.doors.values().any(|door| *door == Door::PutOut { noticed: false });
        put_out || (self.stage == Stage::Closed && !self.end_is_known)
    }
}
