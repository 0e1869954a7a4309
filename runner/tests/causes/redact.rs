//! Makes the reports of two runs alike: order within a moment, durations, random ids.
//!
//! Who of several listeners is served first is the system's choice, and so is every id. What one connection saw
//! keeps its order. Next: `main.rs`.

use std::time::Duration;

use grader::{
    transcript::{Direction, Entry, Transcript, What},
    verdict::Verdict,
    wire::{engine, socket},
};

/// Every duration that a report shows.
const TOOK: Duration = Duration::from_millis(7);

/// The verdict with fixed durations, and with deliveries of one moment in the order of their hearers.
pub(crate) fn alike(mut verdict: Verdict) -> Verdict {
    verdict.took = TOOK;
    for scenario in &mut verdict.scenarios {
        scenario.took = TOOK;
        // On a busy machine a fence may go unanswered for a while; the note about it is tested elsewhere.
        scenario.notes.clear();
        // In a project much is told to many, and nobody waits for all of it: when it comes is chance.
        if verdict.stage.is_some() {
            scenario.transcript.entries.clear();
        }
        in_order_of_hearers(&mut scenario.transcript);
        welcome_at_once(&mut scenario.transcript);
        // Frames are written by hand: their numbers are the point.
        if verdict.track.is_some() {
            count_questions_anew(&mut scenario.transcript);
        }
    }
    verdict
}

fn in_order_of_hearers(transcript: &mut Transcript) {
    let Transcript { actors, entries, .. } = transcript;
    // Hidden in a report, and there as often as time allows.
    entries.retain(|entry| !entry.quiet || entry.marked);
    let place = |entry: &Entry| actors.iter().position(|actor| *actor == entry.actor);
    for moment in entries.split_mut(is_stimulus) {
        moment.sort_by_key(place);
    }
}

fn is_stimulus(entry: &Entry) -> bool {
    matches!(
        &entry.what,
        What::Packet { direction: Direction::ToProgram, .. }
            | What::Opened
            | What::Deed { .. }
            | What::Http { .. }
            | What::Note(_)
    )
}

/// A program that opens several connections: whether the second one asks before the first is let in is chance.
fn welcome_at_once(transcript: &mut Transcript) {
    let connects = |entry: &Entry, way: Direction| match &entry.what {
        What::Packet { direction, socket: Some(packet), .. } => {
            entry.actor == "server" && *direction == way && packet.kind == socket::Kind::Connect
        }
        _ => false,
    };
    let entries = &mut transcript.entries;
    let place = |way| entries.iter().position(|entry| connects(entry, way));
    if let (Some(asks), Some(welcome)) = (place(Direction::FromProgram), place(Direction::ToProgram))
        && asks < welcome
    {
        entries[asks + 1..=welcome].rotate_right(1);
    }
}

/// The runner's own questions between the steps take numbers too, as many as time allows.
fn count_questions_anew(transcript: &mut Transcript) {
    let mut asked: Vec<(String, u64)> = Vec::new();
    for Entry { actor, what, .. } in &mut transcript.entries {
        let What::Packet { direction, packet: engine::Packet::Message(text), socket: Some(packet) } = what
        else {
            continue;
        };
        let ours = match packet.kind {
            socket::Kind::Event => *direction == Direction::ToProgram,
            socket::Kind::Ack => *direction == Direction::FromProgram,
            _ => false,
        };
        let Some(id) = packet.id.filter(|_| ours) else { continue };
        let question = (actor.clone(), id);
        if !asked.contains(&question) {
            asked.push(question.clone());
        }
        let mine = asked.iter().filter(|(asker, _)| asker == actor);
        let number = mine.take_while(|asked| **asked != question).count();
        // The number stands right before the content: `2/room,7["event"]`.
        let (head, content) = text.split_at(text.find(['[', '{']).unwrap_or(text.len()));
        let head = head.trim_end_matches(|symbol: char| symbol.is_ascii_digit());
        let head = if head.is_empty() { &text[..1] } else { head };
        *text = format!("{head}{number}{content}");
    }
}

/// An id of this run, and what stands for it.
pub(crate) type Id = (String, String);

/// The session ids and UUIDs of a verdict, in the order in which they were seen.
pub(crate) fn ids(verdict: &Verdict) -> Vec<Id> {
    let mut ids: Vec<Id> = Vec::new();
    for entry in verdict.scenarios.iter().flat_map(|scenario| &scenario.transcript.entries) {
        let What::Packet { packet: engine::Packet::Message(text), .. } = &entry.what else { continue };
        let quoted = text.split('"').filter(|word| is_uuid(word)).map(str::to_owned);
        let session = text.split_once(r#""sid":""#).and_then(|(_, rest)| rest.split('"').next());
        for id in session.map(str::to_owned).into_iter().chain(quoted) {
            if !ids.iter().any(|(known, _)| *known == id) {
                let letter = char::from(b'a' + u8::try_from(ids.len() % 26).unwrap_or_default());
                let letter = if is_uuid(&id) { letter } else { letter.to_ascii_uppercase() };
                let instead =
                    id.chars().map(|symbol| if symbol == '-' && is_uuid(&id) { '-' } else { letter });
                ids.push((id.clone(), instead.collect()));
            }
        }
    }
    ids
}

fn is_uuid(word: &str) -> bool {
    let groups: Vec<usize> = word.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12] && word.chars().all(|symbol| symbol == '-' || symbol.is_ascii_hexdigit())
}

/// The text with the ids replaced, also where they were cut and end in `…`; and with ports replaced.
pub(crate) fn text(shown: &str, ids: &[Id]) -> String {
    let mut text = shown.to_owned();
    for (id, instead) in ids {
        text = text.replace(id, instead);
        for length in (1..id.len()).rev() {
            let (from, to) = (format!("\"{}…", &id[..length]), format!("\"{}…", &instead[..length]));
            text = text.replace(&from, &to);
        }
    }
    let text = after(&text, "127.0.0.1:", "[PORT]");
    let text = after(&text, "`PORT` is ", "[PORT]");
    let text = after(&text, "it computed for ", "[..]");
    after(&text, "it was still running after ", "[..]")
}

/// Replaces each number behind these words.
fn after(text: &str, words: &str, instead: &str) -> String {
    let mut parts = text.split_inclusive(words);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits =
            |text: &str| text.len() - text.trim_start_matches(|symbol: char| symbol.is_ascii_digit()).len();
        let whole = digits(part);
        let fraction = part[whole..].strip_prefix('.').map_or(0, digits);
        let rest = &part[if fraction > 0 { whole + 1 + fraction } else { whole }..];
        out.push_str(instead);
        out.push_str(rest);
    }
    out
}
