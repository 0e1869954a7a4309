//! The fences of a connection: how the program is asked whether it has handled all that was sent.
//!
//! When they are sent, and what their answers mean, is decided in [`super::wait`].

use std::{collections::VecDeque, time::Duration};

use super::{
    drive::Fence,
    line::{Line, Noticed},
};
use crate::wire::{
    engine,
    socket::{self, Kind},
};

/// Namespaces that begin so belong to the grader: `/~` on hosts of ours, `/~1`, `/~2`, … elsewhere.
pub(super) const FENCE_NAMESPACE: &str = "/~";

/// What is known of the program's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asking {
    /// None came yet.
    Untried,
    /// It answers.
    Answered,
    /// It does not: it is looked at from outside, until an answer comes after all.
    GivenUp,
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
    /// Pings that a client program has not answered yet, in order; a WebSocket keeps it.
    pings: VecDeque<Ping>,
}

/// Why a client program was sent a ping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ping {
    /// It is a fence.
    Fence,
    /// A step wants to see the answer.
    Step,
}

/// How far this connection is in the host's own namespace.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Host {
    #[default]
    Outside,
    Asked,
    Inside,
}

impl Line {
    /// Sends a fence, unless one is under way.
    pub(super) fn send_fence(&mut self, now: Duration, fence: Fence) {
        if self.fences.since.is_some() {
            return;
        }
        self.fences.since = Some(now);
        self.fences.sent += 1;
        match fence {
            Fence::Client => {
                self.fences.pings.push_back(Ping::Fence);
                self.peer.send(engine::Packet::Ping(String::new()));
            }
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

    /// A step sends a ping: its answer is a frame to be read, and no fence.
    pub(super) fn ping_of_a_step(&mut self) {
        self.fences.pings.push_back(Ping::Step);
    }

    /// Whether the ping that was sent last is one that a step wants to see.
    pub(super) fn newest_ping_is_of_a_step(&self) -> bool {
        self.fences.pings.back() == Some(&Ping::Step)
    }

    /// A client program has answered a ping. Whether a step waits for it.
    pub(super) fn pong_is_of_a_step(&mut self) -> bool {
        self.fences.pings.pop_front() == Some(Ping::Step)
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

    /// A packet of a namespace that belongs to the grader.
    pub(super) fn fence_answer(&mut self, packet: &socket::Packet, now: Duration, fence: Fence) -> Noticed {
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

    /// The fence under way has come back.
    pub(super) fn fence_is_answered(&mut self, now: Duration) -> Noticed {
        match self.fences.since.take() {
            Some(since) => {
                self.fences.answered += 1;
                self.all_came();
                Noticed::FenceAnswered { took: now.saturating_sub(since) }
            }
            None => Noticed::Quiet,
        }
    }
}
