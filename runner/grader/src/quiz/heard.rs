//! Who heard which event, from what was recorded: the key of a `hears` question. Next: [`crate::diagram`].

use crate::{
    transcript::{Direction, Entry, Transcript, What},
    wire::socket::Kind,
};

/// Who acts and is no listener.
const OTHERS: [&str; 5] = ["learner", "http", "page", "user", "redis"];

/// Every event that somebody heard: the listener and the event's name, in order. Where the program under test is a
/// client, the listener is the server.
pub fn events(transcript: &Transcript, program_is_client: bool) -> impl Iterator<Item = (&str, &str)> {
    let heard = if program_is_client { Direction::ToProgram } else { Direction::FromProgram };
    transcript.entries.iter().filter_map(move |Entry { actor, what, .. }| match what {
        What::Packet { direction, socket: Some(packet), .. }
            if *direction == heard && matches!(packet.kind, Kind::Event | Kind::BinaryEvent) =>
        {
            Some((actor.as_str(), packet.event_name().unwrap_or_default()))
        }
        _ => None,
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
