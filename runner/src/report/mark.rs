//! Where in a picture the mismatch is, when no packet of its own shows it: a refusal, an end, or something that never came.
//!
//! Next: [`super::quote`].

use std::time::Duration;

use grader::{
    transcript::{Direction, Entry, Transcript, What},
    verdict::{Kind, Mismatch},
    wire::socket,
};

use super::facts::named;

/// What the program shows and prints stands at its own lifeline.
const PROGRAM: &str = "learner";

/// The transcript with one entry marked. What never came has none, so a remark takes its place.
pub(super) fn marked(transcript: &Transcript, mismatch: &Mismatch) -> Transcript {
    if let (Kind::Rejected, [before]) = (mismatch.kind, mismatch.also.as_slice()) {
        // The right server was rejected for this.
        let (kind, subject) = (before.kind, before.subject.clone());
        return marked(transcript, &Mismatch { kind, subject, also: Vec::new(), ..mismatch.clone() });
    }
    let mut transcript = transcript.clone();
    if transcript.entries.iter().any(|entry| entry.marked) {
        return transcript;
    }
    // A server that puts somebody out says so before the line closes: the word is what tells.
    let word = transcript.entries.iter().rposition(|entry| shows(entry, mismatch) && is_packet(entry));
    let place = word.or_else(|| transcript.entries.iter().rposition(|entry| shows(entry, mismatch)));
    if let Some(place) = place {
        transcript.entries[place].marked = true;
    } else if let Some(remark) = remark(mismatch) {
        push(&mut transcript, mismatch, remark);
    }
    transcript
}

const fn is_packet(entry: &Entry) -> bool {
    matches!(entry.what, What::Packet { .. })
}

/// Whether this entry is what went wrong.
fn shows(entry: &Entry, mismatch: &Mismatch) -> bool {
    if mismatch.kind.is_program_level() {
        return matches!(entry.what, What::Ended(_));
    }
    let theirs = mismatch.actor.as_ref().is_none_or(|actor| *actor == entry.actor);
    let packet = match &entry.what {
        What::Packet { direction: Direction::FromProgram, socket: Some(packet), .. } if theirs => packet,
        What::Closed { direction: Direction::FromProgram, .. } => {
            return theirs && mismatch.kind == Kind::Closed;
        }
        What::Http { direction: Direction::FromProgram, .. } => {
            return theirs && mismatch.kind == Kind::WrongAck;
        }
        _ => return false,
    };
    match mismatch.kind {
        Kind::Refused | Kind::WrongRefusal => packet.kind == socket::Kind::ConnectError,
        Kind::NotRefused => packet.kind == socket::Kind::Connect,
        Kind::Closed => packet.kind == socket::Kind::Disconnect,
        Kind::NotAsked => packet.event_name() == Some(&mismatch.subject),
        Kind::Unexpected => mismatch.subject == "connection" && packet.kind == socket::Kind::Connect,
        _ => false,
    }
}

fn remark(mismatch: &Mismatch) -> Option<String> {
    let subject = mismatch.subject.as_str();
    match mismatch.kind {
        Kind::Missing => match subject {
            // An event may be called `line`, too; it has somebody who should have heard it.
            "line" if mismatch.actor.is_none() => Some("no such line is printed".to_owned()),
            "exit" if mismatch.actor.is_none() => Some("it is still running".to_owned()),
            "connection" => Some("nobody connects".to_owned()),
            "frame" => Some("no more frames".to_owned()),
            // An event's name is written as it is: in a text it may begin a sentence.
            _ => Some(match &mismatch.actor {
                Some(actor) => format!("`{subject}` never came to {}", named(actor)),
                None => format!("`{subject}` never came"),
            }),
        },
        Kind::NoAck if mismatch.actor.as_deref() == Some("http") => {
            Some("the request was never answered".to_owned())
        }
        Kind::NoAck => Some(format!("{subject} was never acknowledged")),
        Kind::Unanswered => Some("neither let in nor refused".to_owned()),
        Kind::NotShown => Some(format!("{subject} is not shown")),
        Kind::NotClosed => Some("the line is still open".to_owned()),
        _ => None,
    }
}

/// Adds the remark at the lifeline of whom it concerns.
fn push(transcript: &mut Transcript, mismatch: &Mismatch, remark: String) {
    let Transcript { actors, entries, .. } = transcript;
    let concerned = mismatch.actor.as_ref().filter(|&actor| actors.contains(actor));
    let server = actors.iter().find(|actor| *actor == "server");
    let of_output = matches!(mismatch.subject.as_str(), "line" | "exit") && mismatch.actor.is_none();
    let of_program = of_output || mismatch.kind == Kind::NotShown;
    let Some(actor) = (if of_program { Some(PROGRAM.to_owned()) } else { concerned.or(server).cloned() })
    else {
        return;
    };
    let at = entries.last().map_or(Duration::ZERO, |entry| entry.at);
    entries.push(Entry { at, actor, what: What::Note(remark), quiet: false, marked: true });
}

#[cfg(test)]
mod tests {
    use grader::scenario::model::Place;

    use super::*;

    fn mismatch(kind: Kind, subject: &str) -> Mismatch {
        Mismatch {
            kind,
            subject: subject.to_owned(),
            actor: Some("asha".to_owned()),
            at: None,
            saw: None,
            expected: String::new(),
            actual: String::new(),
            place: Place::default(),
            line: None,
            also: Vec::new(),
        }
    }

    fn transcript(whats: Vec<What>) -> Transcript {
        let entry =
            |what| Entry { at: Duration::ZERO, actor: "asha".to_owned(), what, quiet: false, marked: false };
        let entries = whats.into_iter().map(entry).collect();
        Transcript { actors: vec!["asha".to_owned()], entries, ..Transcript::default() }
    }

    fn closes() -> What {
        What::Closed { direction: Direction::FromProgram, how: "close frame 1005".to_owned() }
    }

    #[test]
    fn what_never_came_gets_a_remark() {
        let marked = marked(&transcript(vec![What::Opened]), &mismatch(Kind::Missing, "welcome"));
        let last = marked.entries.last().expect("two entries");
        assert_eq!((&last.what, last.marked), (&What::Note("`welcome` never came to asha".to_owned()), true));
        assert_eq!(marked.entries.len(), 2);
    }

    #[test]
    fn an_end_is_marked_where_it_is() {
        let marked = marked(&transcript(vec![What::Opened, closes()]), &mismatch(Kind::Closed, "asha"));
        let marks: Vec<_> = marked.entries.iter().map(|entry| entry.marked).collect();
        assert_eq!(marks, [false, true]);
    }

    #[test]
    fn a_mark_of_the_grader_stays_alone() {
        let mut transcript = transcript(vec![What::Opened, closes()]);
        transcript.entries[0].marked = true;
        assert_eq!(marked(&transcript, &mismatch(Kind::Closed, "asha")), transcript);
    }
}
