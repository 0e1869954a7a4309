//! The order of what came: the order in which things were said is kept, and what the program sent to several actors
//! at once stands in the order of the actors.

use std::time::Duration;

use grader::{
    transcript::{Direction, Entry, Transcript, What},
    wire::{engine::Packet, socket::Kind},
};

/// The shortest silence between two steps of a slow scenario is 25 ms; this is a little less.
const PAUSE: Duration = Duration::from_millis(20);
/// The program's own column.
const OUTPUT: &str = "learner";

/// The actors in the order of the columns, by when they were first heard of; members of a group by number.
pub(super) fn actors(transcript: &Transcript) -> Vec<String> {
    let groups: Vec<&str> = transcript.actors.iter().map(|actor| group(actor).0).collect();
    let place = |actor: &str| groups.iter().position(|known| *known == group(actor).0);
    let mut actors = transcript.actors.clone();
    actors.sort_by(|a, b| match (a == OUTPUT, b == OUTPUT) {
        (false, false) => (place(a), group(a).1).cmp(&(place(b), group(b).1)),
        (one, other) => one.cmp(&other),
    });
    actors
}

/// `bidders #3` → (`bidders`, 3)
fn group(actor: &str) -> (&str, u32) {
    actor
        .rsplit_once(" #")
        .and_then(|(name, number)| Some((name, number.parse().ok()?)))
        .unwrap_or((actor, 0))
}

/// Puts each run of things that came from the program into the order of the actors.
pub(super) fn sort(entries: &mut [Entry], actors: &[String]) {
    let place = |entry: &Entry| actors.iter().position(|actor| *actor == entry.actor);
    for run in entries.chunk_by_mut(|a, b| came(a) && came(b)) {
        if run.first().is_some_and(came) {
            run.sort_by_key(place);
        }
    }
}

/// Puts the packets of a move to WebSocket together: it happens beside everything else, and when is chance. They stand
/// behind the welcome of their connection, or behind its handshake.
pub(super) fn gather_moves(entries: &mut Vec<Entry>) {
    let mut at = 0;
    while at < entries.len() {
        if !is_handshake(&entries[at]) {
            at += 1;
            continue;
        }
        let actor = entries[at].actor.clone();
        let own = |entry: &Entry| entry.actor == actor;
        let end = entries[at + 1..].iter().position(|entry| own(entry) && is_handshake(entry));
        let end = end.map_or(entries.len(), |end| at + 1 + end);
        let (moves, others): (Vec<Entry>, Vec<Entry>) =
            entries.drain(at..end).partition(|entry| own(entry) && is_move(entry));
        let welcome = others.iter().position(|entry| own(entry) && is_welcome(entry)).unwrap_or(0);
        let (before, after) = others.split_at(welcome + 1);
        let whole: Vec<Entry> = before.iter().chain(&moves).chain(after).cloned().collect();
        entries.splice(at..at, whole);
        at += 1;
    }
}

fn is_handshake(entry: &Entry) -> bool {
    matches!(&entry.what, What::Packet { packet: Packet::Open(_), .. })
}

fn is_move(entry: &Entry) -> bool {
    match &entry.what {
        What::Upgraded => true,
        What::Packet { packet: Packet::Upgrade, .. } => entry.quiet,
        What::Packet { packet: Packet::Ping(text) | Packet::Pong(text), .. } => {
            entry.quiet && text == "probe"
        }
        _ => false,
    }
}

fn is_welcome(entry: &Entry) -> bool {
    matches!(&entry.what, What::Packet { socket: Some(socket), .. }
        if socket.kind == Kind::Connect && socket.data.as_ref().is_some_and(|data| data.get("sid").is_some()))
}

/// Puts our own cut of a line before what it has caused: we hear of it when it is done, and others may be faster. What
/// had come before the step was settled by then, so a pause lies in between; nothing is moved across one.
pub(super) fn cuts_first(entries: &mut [Entry]) {
    for at in 0..entries.len() {
        if matches!(&entries[at].what, What::Closed { direction: Direction::ToProgram, .. }) {
            let actor = entries[at].actor.clone();
            let mut first = at;
            while first > 0
                && came(&entries[first - 1])
                && entries[first - 1].actor != actor
                && entries[first].at.saturating_sub(entries[first - 1].at) < PAUSE
            {
                first -= 1;
            }
            entries[first..=at].rotate_right(1);
        }
    }
}

/// Members of a group connect at once, and who is first is chance: each of them stands together.
pub(super) fn gather_groups(entries: &mut [Entry], actors: &[String]) {
    let place = |entry: &Entry| actors.iter().position(|actor| *actor == entry.actor);
    let connects = |entry: &Entry| group(&entry.actor).1 > 0 && (came(entry) || is_knock(entry));
    let together =
        |a: &Entry, b: &Entry| connects(a) && connects(b) && group(&a.actor).0 == group(&b.actor).0;
    for run in entries.chunk_by_mut(together) {
        run.sort_by_key(place);
    }
}

fn is_knock(entry: &Entry) -> bool {
    matches!(&entry.what, What::Packet { socket: Some(socket), .. } if socket.kind == Kind::Connect)
}

/// Whether it was not said by us.
fn came(entry: &Entry) -> bool {
    match &entry.what {
        What::Packet { direction, .. } | What::Closed { direction, .. } | What::Http { direction, .. } => {
            *direction == Direction::FromProgram
        }
        What::Opened | What::Upgraded | What::Printed(_) | What::Ended(_) | What::Shows(_) => true,
        What::Deed { .. } | What::Note(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(actor: &str, direction: Direction, text: &str) -> Entry {
        let packet = Packet::Message(text.to_owned());
        let what = What::Packet { direction, packet, socket: None };
        Entry { at: Duration::ZERO, actor: actor.to_owned(), what, quiet: false, marked: false }
    }

    #[test]
    fn what_was_said_keeps_its_place() {
        let names = ["ravi", "bidders #10", "bidders #2", "learner", "asha"].map(str::to_owned);
        let transcript = Transcript { actors: names.to_vec(), ..Transcript::default() };
        let actors = actors(&transcript);
        assert_eq!(actors, ["ravi", "bidders #2", "bidders #10", "asha", "learner"]);
        let (to, from) = (Direction::ToProgram, Direction::FromProgram);
        let mut entries = vec![
            entry("ravi", to, "1"),
            entry("asha", from, "2"),
            entry("ravi", from, "3"),
            entry("asha", from, "4"),
            entry("asha", to, "5"),
            entry("ravi", from, "6"),
        ];
        sort(&mut entries, &actors);
        let texts: Vec<String> = entries
            .iter()
            .map(|entry| match &entry.what {
                What::Packet { packet: Packet::Message(text), .. } => text.clone(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(texts, ["1", "3", "2", "4", "5", "6"]);
    }

    #[test]
    fn a_move_to_websocket_stands_in_one_place() {
        let quiet = |text: &str| Entry {
            quiet: true,
            what: What::Packet {
                direction: Direction::FromProgram,
                packet: Packet::from_text(text).expect("a packet"),
                socket: None,
            },
            ..entry("asha", Direction::FromProgram, "")
        };
        let open = r#"0{"sid":"a","upgrades":[],"pingInterval":1,"pingTimeout":1,"maxPayload":1}"#;
        let said = |text: &str| entry("asha", Direction::FromProgram, text);
        let (one, two) = (said("2[\"one\"]"), said("2[\"two\"]"));
        let moves = [quiet("2probe"), quiet("3probe"), quiet("5")];
        let mut early = [vec![quiet(open)], moves.to_vec(), vec![one.clone(), two.clone()]].concat();
        let mut late = [vec![quiet(open), one], moves[..1].to_vec(), vec![two], moves[1..].to_vec()].concat();
        gather_moves(&mut early);
        gather_moves(&mut late);
        assert_eq!(early, late);
    }

    #[test]
    fn a_cut_stands_before_its_effects_and_behind_what_had_come() {
        let (to, from) = (Direction::ToProgram, Direction::FromProgram);
        let at = |entry: Entry, ms: u64| Entry { at: Duration::from_millis(ms), ..entry };
        let cut = Entry {
            what: What::Closed { direction: to, how: "cut by us".to_owned() },
            ..entry("asha", to, "")
        };
        let mut entries = vec![
            at(entry("asha", to, "asks"), 0),
            at(entry("asha", from, "answered"), 1),
            at(entry("ravi", from, "heard"), 2),
            at(entry("ravi", from, "asha left"), 40),
            at(cut.clone(), 41),
        ];
        cuts_first(&mut entries);
        let place = entries.iter().position(|entry| entry.what == cut.what);
        assert_eq!(place, Some(3));
    }
}
