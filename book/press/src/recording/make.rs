//! From the transcript of a run to the part of a recording that is the same in each run.

use std::path::Path;

use grader::{
    scenario::model::{Role, Track},
    transcript::{self, Direction, Transcript},
    verdict::{Outcome, ScenarioResult},
    wire::{
        engine::Packet,
        explain::{self, Side},
        socket::Decoder,
    },
};

use super::{
    ids::Ids,
    model::{Entry, Run, Way, What},
    order,
};

/// A scenario with this id is about how a client moves to WebSocket, and waits until it has moved.
const THE_MOVE: &str = "upgrade";

/// What was run, where and when.
pub(super) struct Setting<'a> {
    /// The side of the program.
    pub(super) role: Role,
    /// In which track.
    pub(super) track: Option<Track>,
    /// When, in seconds since 1970.
    pub(super) epoch: u64,
    /// The folder of the course: no path of this computer is recorded.
    pub(super) root: &'a Path,
}

/// Makes the recording of one scenario in one track.
pub(super) fn run(result: &ScenarioResult, setting: &Setting<'_>) -> Run {
    let Setting { role, track, epoch, root } = *setting;
    let transcript = &result.transcript;
    let mut entries = kept(transcript, role, result.id == THE_MOVE);
    let mut actors = order::actors(transcript);
    // Whether what a server prints came in time is chance, and none of it is kept.
    actors.retain(|actor| entries.iter().any(|entry| entry.actor == *actor));
    order::cuts_first(&mut entries);
    order::gather_groups(&mut entries, &actors);
    order::sort(&mut entries, &actors);
    order::gather_moves(&mut entries);
    let mut ids = Ids::find(&entries, epoch, root);
    let mut words = Words::new(role);
    let entries = entries.iter().map(|entry| make(entry, &mut ids, &mut words)).collect();
    let failed = match &result.outcome {
        Outcome::Failed(mismatch) => {
            let to = mismatch.actor.as_ref().map_or(String::new(), |actor| format!(", to {actor}"));
            Some(ids.normal(&format!("{}: {}{to}", mismatch.kind, mismatch.subject)))
        }
        Outcome::Passed | Outcome::Skipped(_) => None,
    };
    Run { tracks: track.into_iter().collect(), failed, actors, entries }
}

/// Without what the grader does for itself: fences, heartbeats, the host's own namespace. What always happens is kept,
/// and stays quiet.
///
/// What a server prints is not on the wire, and its last words when it falls over are other ones with each Node.
fn kept(transcript: &Transcript, role: Role, about_the_move: bool) -> Vec<transcript::Entry> {
    // A client moves to WebSocket beside everything else; how far it comes before it leaves is chance.
    let moves_by_chance = is_client(role) && !about_the_move;
    let is_kept = |entry: &&transcript::Entry| {
        match &entry.what {
            transcript::What::Upgraded if moves_by_chance => return false,
            transcript::What::Packet {
                packet: Packet::Ping(_) | Packet::Pong(_) | Packet::Upgrade, ..
            } if entry.quiet && moves_by_chance => {
                return false;
            }
            transcript::What::Printed(_) if role != Role::Client => return entry.marked,
            // Who leaves with a word has said so; when the line then ends is chance.
            transcript::What::Closed { direction: Direction::ToProgram, how } if how == "closed by us" => {
                return entry.marked;
            }
            _ => {}
        }
        !entry.quiet
            || entry.marked
            || match &entry.what {
                transcript::What::Packet { packet, .. } => match packet {
                    Packet::Open(_) | Packet::Upgrade => true,
                    Packet::Ping(text) | Packet::Pong(text) => text == "probe",
                    _ => false,
                },
                transcript::What::Upgraded => true,
                _ => false,
            }
    };
    transcript.entries.iter().filter(is_kept).cloned().collect()
}

const fn is_client(role: Role) -> bool {
    matches!(role, Role::Client | Role::Page)
}

fn make(entry: &transcript::Entry, ids: &mut Ids, words: &mut Words) -> Entry {
    let mut routine = entry.quiet;
    let what = match &entry.what {
        transcript::What::Packet { direction, packet, .. } => {
            let words = words.of(&entry.actor, *direction, packet);
            let words = ids.normal(&words);
            let way = way(*direction);
            match packet {
                Packet::Binary(bytes) => {
                    let frame = format!("<{} bytes>", bytes.len());
                    What::Packet { way, frame, bytes: Some(bytes.len()), words }
                }
                other => {
                    routine |= matches!(other, Packet::Open(_));
                    What::Packet { way, frame: ids.normal(&other.to_text()), bytes: None, words }
                }
            }
        }
        transcript::What::Opened => What::Opened,
        transcript::What::Upgraded => What::Upgraded,
        transcript::What::Closed { direction, how } => {
            // How TCP ends depends on who was faster.
            let how = if how.starts_with("TCP ") { "the TCP connection ended" } else { how };
            What::Closed { way: way(*direction), how: ids.normal(how) }
        }
        transcript::What::Printed(text) => What::Printed { text: ids.normal(text) },
        transcript::What::Ended(how) => What::Ended { how: ids.normal(how) },
        transcript::What::Http { direction, line } => {
            What::Http { way: way(*direction), line: ids.normal(line) }
        }
        transcript::What::Deed { verb, args } => {
            let args = args.iter().map(|arg| ids.normal(&arg.to_string())).collect();
            What::Deed { verb: verb.clone(), args }
        }
        transcript::What::Shows(lines) => {
            What::Shows { lines: lines.iter().map(|line| ids.normal(line)).collect() }
        }
        transcript::What::Note(text) => What::Note { text: ids.normal(text) },
    };
    Entry { actor: entry.actor.clone(), what, routine, marked: entry.marked }
}

const fn way(direction: Direction) -> Way {
    match direction {
        Direction::ToProgram => Way::ToProgram,
        Direction::FromProgram => Way::FromProgram,
    }
}

/// Says what each packet is; knows what came before it on its line.
struct Words {
    program: Side,
    lines: Vec<(String, Direction, Decoder)>,
}

impl Words {
    /// For a program of this role.
    fn new(role: Role) -> Self {
        let program = match role {
            Role::Server | Role::Tests => Side::Server,
            // The lines of `frames.txt` are what a client sends.
            Role::Client | Role::Page | Role::Frames => Side::Client,
        };
        Self { program, lines: Vec::new() }
    }

    fn of(&mut self, actor: &str, direction: Direction, packet: &Packet) -> String {
        let sender = match (direction, self.program) {
            (Direction::FromProgram, side) => side,
            (Direction::ToProgram, Side::Server) => Side::Client,
            (Direction::ToProgram, Side::Client) => Side::Server,
        };
        if matches!(packet, Packet::Open(_)) {
            // A new line begins, and an unfinished packet of the old one ends.
            self.lines.retain(|(name, ..)| name != actor);
        }
        let at = self.lines.iter().position(|(name, way, _)| name == actor && *way == direction);
        let at = at.unwrap_or_else(|| {
            self.lines.push((actor.to_owned(), direction, Decoder::default()));
            self.lines.len() - 1
        });
        explain::frame(packet, &mut self.lines[at].2, sender)
    }
}
