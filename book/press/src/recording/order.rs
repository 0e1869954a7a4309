//! The order of what came: the order in which things were said is kept, and what the program sent to several actors
//! at once stands in the order of the actors.

use std::cmp::Ordering;

use grader::transcript::{Direction, Entry, Transcript, What};

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
            run.sort_by(|a, b| place(a).cmp(&place(b)).then(Ordering::Equal));
        }
    }
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
    use std::time::Duration;

    use grader::wire::engine::Packet;

    use super::*;

    fn entry(actor: &str, direction: Direction, text: &str) -> Entry {
        let packet = Packet::Message(text.to_owned());
        let what = What::Packet { direction, packet, socket: None };
        Entry { at: Duration::ZERO, actor: actor.to_owned(), what, quiet: false, marked: false }
    }

    #[test]
    fn what_was_said_keeps_its_place() {
        let names = ["ravi", "bidders #10", "bidders #2", "learner", "asha"].map(str::to_owned);
        let transcript = Transcript { actors: names.to_vec(), entries: Vec::new() };
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
}
