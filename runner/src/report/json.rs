//! The report for programs: one JSON object a line, one line an event.
//!
//! ```text
//! {"event":"check_started","exercise":"07_rooms/members_only","title":…,"track":"javascript","seed":42,"scenarios":2}
//! {"event":"preparing","what":"npm ci","line":null}
//! {"event":"scenario_ended","id":…,"title":…,"outcome":"passed","took":12,"output":[…],"notes":[…],"packets":[…]}
//! {"event":"check_ended","exercise":…,"track":…,"seed":…,"program":null,"output":[…],"scenarios":[…],"cause":…,"took":83,"passed":false}
//! ```
//!
//! An exercise with stages adds `"stage":{"id","title","number","of"}` to `check_started` and `check_ended`, and
//! `"stage":"ID"` to each scenario.
//!
//! Times are whole milliseconds. `outcome` is `"passed"`, `{"failed":{"kind":…,"subject":…,"actor":…,"at":…,"saw":…,
//! "expected":…,"actual":…,"place":{"line","column","len"},"line":…,"also":[…]}}` or `{"skipped":"what it needs"}`.
//! A scenario that is played again is reported again; the scenarios of `check_ended` are the last word, without packets.
//!
//! A packet is `{"at_ms":3,"actor":"asha","direction":"to_program","frame":"42[…]","says":…,"quiet":true,"marked":true}`.
//! `frame` is `null` for what is no packet (`says` tells it), binary data is `<20 bytes>`; `quiet` and `marked` stand
//! there only when they are true. Next: [`super::junit`].

use std::io::{self, Write};

use grader::{
    event::Event,
    transcript::{Direction, Entry, What},
    wire::{engine, explain},
};
use serde::Serialize;

use super::{ExerciseView, Report};

/// Writes one JSON object a line.
pub struct Json<'w> {
    out: &'w mut dyn Write,
}

impl<'w> Json<'w> {
    /// A report to `out`.
    pub fn new(out: &'w mut dyn Write) -> Self {
        Self { out }
    }
}

impl Report for Json<'_> {
    fn about(&mut self, _view: ExerciseView) {}

    fn event(&mut self, event: &Event) -> io::Result<()> {
        // In one piece: a stream that strips colours looks at each piece anew.
        let mut line = serde_json::to_vec(&Line::of(event))?;
        line.push(b'\n');
        self.out.write_all(&line)?;
        self.out.flush()
    }
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    event: &'a Event,
    #[serde(skip_serializing_if = "Option::is_none")]
    packets: Option<Vec<Packet<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passed: Option<bool>,
}

impl<'a> Line<'a> {
    fn of(event: &'a Event) -> Self {
        let (packets, passed) = match event {
            Event::ScenarioEnded(scenario) => {
                (Some(scenario.transcript.entries.iter().map(Packet::of).collect()), None)
            }
            Event::CheckEnded(verdict) => (None, Some(verdict.passed())),
            Event::CheckStarted { .. } | Event::Preparing { .. } => (None, None),
        };
        Self { event, packets, passed }
    }
}

#[derive(Serialize)]
struct Packet<'a> {
    at_ms: u64,
    actor: &'a str,
    direction: Option<Direction>,
    frame: Option<String>,
    says: String,
    #[serde(skip_serializing_if = "is_false")]
    quiet: bool,
    #[serde(skip_serializing_if = "is_false")]
    marked: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields over by reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

impl<'a> Packet<'a> {
    fn of(entry: &'a Entry) -> Self {
        let (direction, frame, says) = match &entry.what {
            What::Packet { direction, packet, socket } => {
                let by_client = (*direction == Direction::ToProgram) != serves(&entry.actor);
                let side = if by_client { explain::Side::Client } else { explain::Side::Server };
                let says = socket
                    .as_ref()
                    .map_or_else(|| explain::engine(packet), |socket| explain::socket(socket, side));
                (Some(*direction), Some(frame(packet)), says)
            }
            What::Opened => (None, None, "the transport opens".to_owned()),
            What::Upgraded => (None, None, "the transport moves to WebSocket".to_owned()),
            What::Closed { direction, how } => (Some(*direction), None, format!("the transport ends: {how}")),
            What::Printed(line) => (None, None, format!("the program prints {line:?}")),
            What::Ended(how) => (None, None, format!("the program ends: {how}")),
            What::Http { direction, line } => (Some(*direction), None, line.clone()),
            What::Deed { verb, args } => {
                let who = if entry.actor == "user" { "the user" } else { "the component" };
                let args = args.iter().map(ToString::to_string);
                let words: Vec<String> = [who.to_owned(), verb.clone()].into_iter().chain(args).collect();
                (None, None, words.join(" "))
            }
            What::Shows(lines) => (None, None, format!("the page shows {}", lines.join(" · "))),
            What::Note(text) => (None, None, text.clone()),
        };
        let at_ms = u64::try_from(entry.at.as_millis()).unwrap_or(u64::MAX);
        Self { at_ms, actor: &entry.actor, direction, frame, says, quiet: entry.quiet, marked: entry.marked }
    }
}

/// Whether an actor is our side of a client program's connection.
fn serves(actor: &str) -> bool {
    actor == "server" || actor.starts_with("server ")
}

fn frame(packet: &engine::Packet) -> String {
    match packet {
        engine::Packet::Binary(bytes) => format!("<{} bytes>", bytes.len()),
        _ => packet.to_text(),
    }
}
