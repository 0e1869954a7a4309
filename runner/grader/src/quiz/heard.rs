//! Who heard which event, from what was recorded: the key of a `hears` question. Next: [`crate::diagram`].

use std::collections::BTreeSet;

use crate::{
    transcript::{Direction, Entry, Transcript, What},
    wire::socket::Kind,
};

/// Who acts and is no listener.
const OTHERS: [&str; 5] = ["learner", "http", "page", "user", "redis"];

/// Every event that somebody heard: the listener and the event's name, in order. Where the program under test is a
/// client, the listener is the server. Who has sent DISCONNECT hears nothing more, whatever was on its way then.
pub fn events(transcript: &Transcript, program_is_client: bool) -> impl Iterator<Item = (&str, &str)> {
    let heard = if program_is_client { Direction::ToProgram } else { Direction::FromProgram };
    let mut left: BTreeSet<(&str, &str)> = BTreeSet::new();
    transcript.entries.iter().filter_map(move |Entry { actor, what, .. }| {
        let What::Packet { direction, socket: Some(packet), .. } = what else { return None };
        let place = (actor.as_str(), packet.namespace.as_str());
        match packet.kind {
            Kind::Event | Kind::BinaryEvent if *direction == heard && !left.contains(&place) => {
                return Some((actor.as_str(), packet.event_name().unwrap_or_default()));
            }
            Kind::Disconnect if *direction != heard => {
                left.insert(place);
            }
            Kind::Connect if *direction != heard => {
                left.remove(&place);
            }
            _ => {}
        }
        None
    })
}

/// Whether an actor of a transcript is one who can hear events.
pub fn listens(actor: &str) -> bool {
    !OTHERS.contains(&actor)
}

/// Those who heard an event at least once, in the order in which they came in. The program under test is a server.
pub fn who<'t>(transcript: &'t Transcript, event: &str) -> Vec<&'t str> {
    let hears = |actor: &&str| events(transcript, false).any(|(who, what)| who == *actor && what == event);
    transcript.actors.iter().map(String::as_str).filter(|actor| listens(actor)).filter(hears).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::wire::{engine, socket::Packet};

    fn entry(direction: Direction, packet: Packet) -> Entry {
        let what =
            What::Packet { direction, packet: engine::Packet::Message(String::new()), socket: Some(packet) };
        Entry { at: Duration::ZERO, actor: "ravi".to_owned(), what, quiet: false, marked: false }
    }

    #[test]
    fn who_has_left_hears_nothing_until_it_is_back() {
        let says = |packet| entry(Direction::ToProgram, packet);
        let comes = |event: &str| entry(Direction::FromProgram, Packet::event("/", None, vec![event.into()]));
        let entries = vec![
            says(Packet::connect("/", None)),
            comes("before"),
            says(Packet::disconnect("/chat")),
            comes("still here"),
            says(Packet::disconnect("/")),
            comes("too late"),
            says(Packet::connect("/", None)),
            comes("back"),
        ];
        let transcript = Transcript { actors: vec!["ravi".to_owned()], entries, ..Transcript::default() };
        let heard: Vec<_> = events(&transcript, false).map(|(_, event)| event).collect();
        assert_eq!(heard, ["before", "still here", "back"]);
    }
}
