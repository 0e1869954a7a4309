//! The ordered record of one scenario: who said what to whom, when.
//!
//! Diagrams, traces and reports are drawn from it. Next: [`crate::verdict`].

use std::{collections::BTreeMap, time::Duration};

use serde::Serialize;

use crate::{
    value::Value,
    wire::{engine, socket},
};

/// Which way something went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the named actor to the program under test.
    ToProgram,
    /// From the program under test to the named actor.
    FromProgram,
}

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Since the scenario began.
    pub at: Duration,
    /// The named actor: `asha`; `server` when the program is a client; `learner` for its output.
    pub actor: String,
    /// What happened.
    pub what: What,
    /// Whether it belongs to the grader's own housekeeping (fences, heartbeats): hidden unless asked for.
    pub quiet: bool,
    /// Whether the mismatch is about this entry.
    pub marked: bool,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// An Engine.IO packet passed. For a Socket.IO packet whose attachments are complete, `socket` holds it.
    Packet {
        /// Which way.
        direction: Direction,
        /// As it was on the wire.
        packet: engine::Packet,
        /// What it means one layer up, when it completes a Socket.IO packet.
        socket: Option<socket::Packet>,
    },
    /// The transport opened.
    Opened,
    /// The transport moved from polling to WebSocket.
    Upgraded,
    /// The transport ended; the text says how.
    Closed {
        /// Who ended it.
        direction: Direction,
        /// How, in words.
        how: String,
    },
    /// The program printed a line.
    Printed(String),
    /// The program ended.
    Ended(String),
    /// An HTTP request or its answer, in one line, with the beginning of its body.
    Http {
        /// Which way.
        direction: Direction,
        /// `POST /announce {"text":"hi"}`, `POST /announce → 201 {"ok":true}`.
        line: String,
    },
    /// Something was done with the page, or on it: `mounts`, `clicks`, and with what.
    Deed {
        /// What was done.
        verb: String,
        /// With what.
        args: Vec<Value>,
    },
    /// The page shows these lines now and did not before.
    Shows(Vec<String>),
    /// A remark of the grader.
    Note(String),
}

/// The ordered record of one scenario.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Transcript {
    /// The actors in the order in which they came in; the columns of a diagram.
    pub actors: Vec<String>,
    /// What happened, in order.
    pub entries: Vec<Entry>,
    /// To which nodes each actor connected, in order, where the program runs on several.
    pub nodes: BTreeMap<String, Vec<u8>>,
}
