//! An entry as one line of JSON, in the form of the course's transcripts (`check --json`, `packets`).
//!
//! ```text
//! {"at_ms":3,"actor":"client 1","direction":"to_program","frame":"42/chat,[…]","says":"event …",
//!  "transport":"websocket","namespace":"/chat","event":"sendMessage"}
//! ```
//!
//! `to_program` is to the server. `quiet` marks heartbeats, `problem` what could not be read or was not passed on;
//! `joined` is a packet together with its attachments, at the last of them. Next: [`super::har`].

use grader::transcript::Direction;
use serde::Serialize;

use super::entry::{Carrier, Entry, Rank};

#[derive(Serialize)]
struct Line<'a> {
    at_ms: u64,
    actor: String,
    direction: Option<Direction>,
    frame: Option<&'a str>,
    says: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    transport: Option<Carrier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    joined: Option<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    quiet: bool,
    #[serde(skip_serializing_if = "is_false")]
    problem: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields over by reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// The line, without its end.
pub fn line(entry: &Entry) -> String {
    let line = Line {
        at_ms: u64::try_from(entry.at.as_millis()).unwrap_or(u64::MAX),
        actor: entry.actor(),
        direction: entry.direction,
        frame: entry.frame.as_deref(),
        says: &entry.words,
        transport: entry.carrier,
        namespace: entry.namespace.as_deref(),
        event: entry.event.as_deref(),
        joined: entry.joined.as_deref(),
        quiet: entry.rank == Rank::Heartbeat,
        problem: entry.rank == Rank::Problem,
    };
    // It cannot fail: all its keys are strings.
    serde_json::to_string(&line).unwrap_or_default()
}
