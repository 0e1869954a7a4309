//! One connection's voice: what happens on it becomes observations. Used by both chairs.

use grader::{
    scenario::play::drive::{Conn, Observation},
    transcript::Direction,
    wire::engine::Packet,
};
use tokio::sync::mpsc::UnboundedSender;

/// Where one connection reports. That nobody listens any more is no error: the check is over.
#[derive(Debug, Clone)]
pub(super) struct Reporter {
    pub(super) conn: Conn,
    out: UnboundedSender<Observation>,
}

impl Reporter {
    pub(super) fn new(conn: Conn, out: UnboundedSender<Observation>) -> Self {
        Self { conn, out }
    }

    pub(super) fn say(&self, observation: Observation) {
        drop(self.out.send(observation));
    }

    pub(super) fn packet(&self, packet: Packet) {
        self.say(Observation::Packet { conn: self.conn, packet });
    }

    pub(super) fn aside(&self, direction: Direction, packet: Packet) {
        self.say(Observation::Aside { conn: self.conn, direction, packet });
    }

    pub(super) fn closed(&self, how: String) {
        self.say(Observation::Closed { conn: self.conn, how });
    }
}
