//! From a recording back to a transcript: what a diagram is drawn from.

use std::time::Duration;

use grader::{
    transcript::{self, Direction, Transcript},
    value::Value,
    wire::{engine::Packet, socket::Decoder},
};

use super::model::{Entry, Run, Way, What};

/// The transcript of a run. Bytes come back as zeros: only their number was kept.
pub fn transcript(run: &Run) -> Transcript {
    let mut lines: Vec<(&str, Way, Decoder)> = Vec::new();
    let entries = run.entries.iter().map(|entry| replay(entry, &mut lines)).collect();
    Transcript { actors: run.actors.clone(), entries, ..Transcript::default() }
}

fn replay<'r>(entry: &'r Entry, lines: &mut Vec<(&'r str, Way, Decoder)>) -> transcript::Entry {
    let what = match &entry.what {
        What::Packet { way, frame, bytes, .. } => {
            let packet = match bytes {
                Some(bytes) => Packet::Binary(vec![0; *bytes]),
                None => Packet::from_text(frame).unwrap_or_else(|_| Packet::Message(frame.clone())),
            };
            let at = lines.iter().position(|(actor, known, _)| *actor == entry.actor && known == way);
            let at = at.unwrap_or_else(|| {
                lines.push((&entry.actor, *way, Decoder::default()));
                lines.len() - 1
            });
            let decoder = &mut lines[at].2;
            let socket = match &packet {
                Packet::Message(text) => decoder.text(text).ok().flatten(),
                Packet::Binary(bytes) => decoder.binary(bytes.clone()).ok().flatten(),
                _ => None,
            };
            transcript::What::Packet { direction: direction(*way), packet, socket }
        }
        What::Opened => transcript::What::Opened,
        What::Upgraded => transcript::What::Upgraded,
        What::Closed { way, how } => {
            transcript::What::Closed { direction: direction(*way), how: how.clone() }
        }
        What::Printed { text } => transcript::What::Printed(text.clone()),
        What::Ended { how } => transcript::What::Ended(how.clone()),
        What::Http { way, line } => transcript::What::Http { direction: direction(*way), line: line.clone() },
        What::Deed { verb, args } => {
            transcript::What::Deed { verb: verb.clone(), args: args.iter().map(|arg| value(arg)).collect() }
        }
        What::Shows { lines } => transcript::What::Shows(lines.clone()),
        What::Note { text } => transcript::What::Note(text.clone()),
    };
    let (quiet, marked) = (entry.routine, entry.marked);
    transcript::Entry { at: Duration::ZERO, actor: entry.actor.clone(), what, quiet, marked }
}

const fn direction(way: Way) -> Direction {
    match way {
        Way::ToProgram => Direction::ToProgram,
        Way::FromProgram => Direction::FromProgram,
    }
}

/// A value as it was written: through the decoder of packets, the only reader of JSON that the grader has.
fn value(json: &str) -> Value {
    let read = Decoder::default().text(&format!("2[\"\",{json}]"));
    let packet = read.ok().flatten();
    packet.and_then(|packet| packet.args().first().cloned()).unwrap_or_else(|| Value::from(json))
}
