//! One Socket.IO client: what it and the server say to each other, whatever carries it.
//!
//! Packets may come over polling first and over a WebSocket later; the decoders of a client see them in one order.
//! Next: [`super::reader`], which knows what belongs to which client.

use std::time::Duration;

use grader::{
    transcript::{Direction, What},
    wire::{
        engine::Packet,
        explain::{self, Side},
        socket::{self, Decoder},
    },
};

use super::{
    entry::{Carrier, Entry, Rank},
    room::{Room, Share},
    secret::Secrets,
};

/// Attachments that a packet may announce. More than the official parser takes, because other servers take more.
const ATTACHMENTS: usize = 1_000;

/// A client.
pub(super) struct Client {
    number: u32,
    secrets: Secrets,
    room: Room,
    to_program: Way,
    from_program: Way,
}

/// One direction.
struct Way {
    decoder: Decoder,
    /// The packet whose attachments are coming: as far as it came, and the room that it takes.
    unfinished: Option<(String, Share)>,
}

/// When and how something came.
#[derive(Debug, Clone, Copy)]
pub(super) struct Passage {
    pub(super) at: Duration,
    pub(super) carrier: Carrier,
    pub(super) direction: Direction,
}

impl Client {
    pub(super) fn new(number: u32, secrets: Secrets, room: &Room) -> Self {
        let way = || Way { decoder: Decoder::with_limits(ATTACHMENTS), unfinished: None };
        Self { number, secrets, room: room.clone(), to_program: way(), from_program: way() }
    }

    pub(super) const fn number(&self) -> u32 {
        self.number
    }

    /// Reads a polling body. The second is the body with its secrets masked; the third the session's id, if it opens one.
    pub(super) fn payload(&mut self, passage: Passage, body: &str) -> (Vec<Entry>, String, Option<String>) {
        let (mut entries, mut masked, mut sid) = (Vec::new(), Vec::new(), None);
        for part in body.split('\u{1e}') {
            let (more, text, opened) = self.text(passage, part);
            entries.extend(more);
            masked.push(text);
            sid = sid.or(opened);
        }
        (entries, masked.join("\u{1e}"), sid)
    }

    /// Reads one packet that is text. The second is its text with secrets masked, the third the id of a session that it
    /// opens.
    pub(super) fn text(&mut self, passage: Passage, text: &str) -> (Vec<Entry>, String, Option<String>) {
        match Packet::from_text(text) {
            Ok(packet) => {
                let sid = match &packet {
                    Packet::Open(handshake) => Some(handshake.sid.clone()),
                    _ => None,
                };
                let (entries, masked) = self.packet(passage, packet, text);
                (entries, masked, sid)
            }
            Err(problem) => {
                let masked = self.secrets.unread(text).into_owned();
                let words = format!("what is no Engine.IO packet: {problem}");
                (vec![self.problem(passage, masked.clone(), words)], masked, None)
            }
        }
    }

    /// Reads one binary frame.
    pub(super) fn binary(&mut self, passage: Passage, bytes: Vec<u8>) -> Vec<Entry> {
        self.packet(passage, Packet::Binary(bytes), "").0
    }

    /// What belongs to the client and is no packet.
    pub(super) fn entry(&self, passage: Passage, what: What, words: String) -> Entry {
        Entry {
            at: passage.at,
            client: Some(self.number),
            carrier: Some(passage.carrier),
            direction: Some(passage.direction),
            what,
            frame: None,
            joined: None,
            words,
            namespace: None,
            event: None,
            rank: Rank::Packet,
        }
    }

    /// What cannot be read, as far as it is shown.
    pub(super) fn problem(&self, passage: Passage, frame: String, words: String) -> Entry {
        let what = What::Note(format!("{} sends {words}", side(passage.direction).1));
        Entry { frame: Some(frame), rank: Rank::Problem, ..self.entry(passage, what, words) }
    }

    /// The WebSocket has ended, and what was to come does not come.
    pub(super) fn transport_ended(&mut self, passage: Passage) -> Vec<Entry> {
        [Direction::ToProgram, Direction::FromProgram]
            .into_iter()
            .filter_map(|direction| self.broken_off(Passage { direction, ..passage }))
            .collect()
    }

    /// The packet whose attachments did not come.
    fn broken_off(&mut self, passage: Passage) -> Option<Entry> {
        let way = self.way(passage.direction);
        let (frame, _) = way.unfinished.take()?;
        way.decoder = Decoder::with_limits(ATTACHMENTS);
        Some(self.problem(passage, frame, "a packet whose attachments never came".to_owned()))
    }

    fn packet(&mut self, passage: Passage, packet: Packet, text: &str) -> (Vec<Entry>, String) {
        let (sender, name) = side(passage.direction);
        let secrets = self.secrets;
        let mut before = None;
        let way = self.way(passage.direction);
        let waited = way.unfinished.is_some();
        let (decoded, attachment) = match &packet {
            Packet::Message(text) => (way.decoder.text(text), false),
            Packet::Binary(bytes) => {
                if way.unfinished.as_mut().is_some_and(|(_, share)| !share.grow(bytes.len())) {
                    before = self.broken_off(passage);
                }
                (self.way(passage.direction).decoder.binary(bytes.clone()), true)
            }
            _ => {
                let packet = secrets.engine(packet);
                let rank = match &packet {
                    Packet::Ping(text) | Packet::Pong(text) if text.is_empty() => Rank::Heartbeat,
                    _ => Rank::Packet,
                };
                let (frame, words) = (packet.to_text(), explain::engine(&packet));
                let what = What::Packet { direction: passage.direction, packet, socket: None };
                let entry = Entry { frame: Some(frame.clone()), rank, ..self.entry(passage, what, words) };
                return (vec![entry], frame);
            }
        };
        let mut frame = match &packet {
            Packet::Binary(bytes) => format!("<{} bytes>", bytes.len()),
            _ => text.to_owned(),
        };
        let (mut rank, mut joined, mut read) = (Rank::Packet, None, None);
        let mut shown = packet;
        let words = match decoded {
            Ok(Some(whole)) => {
                if let Some((head, _)) = self.way(passage.direction).unfinished.take().filter(|_| attachment)
                {
                    joined = Some(format!("{head} + {frame}"));
                }
                let whole = match secrets.socket(&whole, sender) {
                    Some(masked) => {
                        shown = masked.encode().swap_remove(0);
                        frame = shown.to_text();
                        masked
                    }
                    None => whole,
                };
                let words = explain::socket(&whole, sender);
                read = Some(whole);
                words
            }
            Ok(None) => {
                rank = Rank::Part;
                let missing = self.way(passage.direction).decoder.missing();
                self.unfinished(passage.direction, &frame, attachment);
                if attachment {
                    format!("an attachment, with {missing} more to come")
                } else {
                    format!("a packet with {missing} attachments to come")
                        .replace(" 1 attachments", " 1 attachment")
                }
            }
            Err(problem) => {
                rank = Rank::Problem;
                if waited && before.is_none() {
                    before = self.broken_off(passage);
                }
                frame = secrets.unread(&frame).into_owned();
                if !attachment && !secrets.shown {
                    shown = Packet::Message(frame.get(1..).unwrap_or_default().to_owned());
                }
                format!("{name} sends what cannot be read: {problem}")
            }
        };
        let (namespace, event) = names(read.as_ref());
        let masked = frame.clone();
        let what = What::Packet { direction: passage.direction, packet: shown, socket: read };
        let entry =
            Entry { frame: Some(frame), joined, namespace, event, rank, ..self.entry(passage, what, words) };
        (before.into_iter().chain([entry]).collect(), masked)
    }

    fn unfinished(&mut self, direction: Direction, frame: &str, attachment: bool) {
        let share = self.room.share();
        let way = self.way(direction);
        match &mut way.unfinished {
            Some((head, _)) if attachment => *head = format!("{head} + {frame}"),
            _ => way.unfinished = Some((frame.to_owned(), share)),
        }
    }

    const fn way(&mut self, direction: Direction) -> &mut Way {
        match direction {
            Direction::ToProgram => &mut self.to_program,
            Direction::FromProgram => &mut self.from_program,
        }
    }
}

/// Who sends in a direction.
pub(super) const fn side(direction: Direction) -> (Side, &'static str) {
    match direction {
        Direction::ToProgram => (Side::Client, "the client"),
        Direction::FromProgram => (Side::Server, "the server"),
    }
}

fn names(packet: Option<&socket::Packet>) -> (Option<String>, Option<String>) {
    let event = packet.and_then(|packet| packet.event_name().map(str::to_owned));
    (packet.map(|packet| packet.namespace.clone()), event)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client() -> Client {
        Client::new(1, Secrets { shown: false }, &Room::default())
    }

    fn passage(direction: Direction) -> Passage {
        Passage { at: Duration::ZERO, carrier: Carrier::Polling, direction }
    }

    fn shown(entries: &[Entry]) -> Vec<String> {
        let one = |entry: &Entry| {
            format!(
                "{:?} {} | {}",
                entry.rank,
                entry.joined.as_ref().or(entry.frame.as_ref()).expect("a frame"),
                entry.words
            )
        };
        entries.iter().map(one).collect()
    }

    #[test]
    fn a_payload_is_read_and_masked() {
        let mut client = client();
        let up = passage(Direction::ToProgram);
        let (entries, masked, _) =
            client.payload(up, "40/staff,{\"token\":\"t\"}\u{1e}3\u{1e}42/staff,7[\"ask\",1]");
        assert_eq!(masked, "40/staff,{\"token\":\"***\"}\u{1e}3\u{1e}42/staff,7[\"ask\",1]");
        assert_eq!(
            shown(&entries),
            [
                r#"Packet 40/staff,{"token":"***"} | the client asks to enter /staff and shows its credentials"#,
                "Heartbeat 3 | pong: I am here",
                r#"Packet 42/staff,7["ask",1] | event "ask" with 1 argument, in /staff; the sender wants an answer to number 7"#,
            ]
        );
        assert_eq!(
            (entries[2].namespace.as_deref(), entries[2].event.as_deref()),
            (Some("/staff"), Some("ask"))
        );
    }

    #[test]
    fn attachments_are_joined_to_their_packet_across_transports() {
        let mut client = client();
        let down = passage(Direction::FromProgram);
        let head = r#"452-["f",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]"#;
        let mut entries = client.payload(down, &format!("{head}\u{1e}bAQ==")).0;
        let socket = Passage { carrier: Carrier::WebSocket, ..down };
        entries.extend(client.binary(socket, vec![1, 2]));
        let ranks: Vec<Rank> = entries.iter().map(|entry| entry.rank).collect();
        assert_eq!(ranks, [Rank::Part, Rank::Part, Rank::Packet]);
        assert_eq!(entries[2].joined.as_deref(), Some(format!("{head} + <1 bytes> + <2 bytes>").as_str()));
        assert_eq!(entries[2].event.as_deref(), Some("f"));
    }

    #[test]
    fn what_cannot_be_read_is_shown_as_it_is() {
        let mut client = client();
        let up = passage(Direction::ToProgram);
        assert_eq!(
            shown(&client.text(up, "zzz").0),
            ["Problem zzz | what is no Engine.IO packet: `z` is no Engine.IO packet type (0 to 6)"]
        );
        let entries = client.text(up, r#"40{"token":"half"#).0;
        assert_eq!(entries[0].frame.as_deref(), Some("40***"));
        assert!(!format!("{entries:?}").contains("half"));
        let mut entries = client.text(up, r#"451-["f",{"_placeholder":true,"num":0}]"#).0;
        entries.extend(client.text(up, "42[\"g\"]").0);
        assert_eq!(
            entries.iter().map(|entry| entry.rank).collect::<Vec<_>>(),
            [Rank::Part, Rank::Problem, Rank::Problem]
        );
        assert_eq!(entries[1].words, "a packet whose attachments never came");
        assert_eq!(client.text(up, "42[\"g\"]").0[0].event.as_deref(), Some("g"));
    }

    #[test]
    fn attachments_without_end_are_given_up() {
        let mut client = client();
        let up = passage(Direction::ToProgram);
        client.text(up, r#"459-["f",{"_placeholder":true,"num":0}]"#);
        assert_eq!(client.binary(up, vec![0; 10_000_000])[0].rank, Rank::Part);
        let entries = client.binary(up, vec![0; 10_000_000]);
        assert_eq!(
            entries.iter().map(|entry| entry.rank).collect::<Vec<_>>(),
            [Rank::Problem, Rank::Problem]
        );
    }
}
