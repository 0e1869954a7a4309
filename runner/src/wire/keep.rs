//! What is kept for the files that are written at the end: the newest, within [`ROOM`] for each file.
//!
//! What had to go is counted, and each file says so. Next: [`super::line`], [`super::har`].

use std::{
    collections::{BTreeMap, VecDeque},
    time::SystemTime,
};

use grader::{
    diagram::{Detail, Diagram},
    transcript::{self, Transcript},
};

use super::{
    entry::{Entry, Rank},
    exchange::{Exchange, Message},
    har,
    line::line,
};

/// Bytes that are kept for one file.
const ROOM: usize = 64 * 1024 * 1024;
/// Entries of a diagram. More arrows than this nobody reads.
const ARROWS: usize = 1_000;
/// Bytes of frames that are kept for a diagram.
const ARROW_ROOM: usize = 16 * 1024 * 1024;
/// Openings of a WebSocket that are kept for the HAR.
const SOCKETS: usize = 10_000;

/// Which files are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// JSON lines.
    pub transcript: bool,
    /// A sequence diagram.
    pub svg: bool,
    /// HAR 1.2.
    pub har: bool,
}

/// What is kept.
pub struct Keep {
    wanted: Wanted,
    target: String,
    began: SystemTime,
    lines: Newest<String>,
    entries: Newest<transcript::Entry>,
    exchanges: Newest<Piece>,
    sockets: BTreeMap<u64, String>,
}

/// A part of a HAR.
struct Piece {
    exchange: u64,
    message: bool,
    json: String,
}

impl Keep {
    /// Keeps what `wanted` needs. `target` is the server's URL, `began` the moment from which entries count.
    pub fn new(wanted: Wanted, target: String, began: SystemTime) -> Self {
        Self {
            wanted,
            target,
            began,
            lines: Newest::within(ROOM, usize::MAX),
            entries: Newest::within(ARROW_ROOM, ARROWS),
            exchanges: Newest::within(ROOM, usize::MAX),
            sockets: BTreeMap::new(),
        }
    }

    /// Keeps an entry.
    pub fn entry(&mut self, entry: &Entry) {
        if self.wanted.transcript {
            let line = line(entry);
            self.lines.push(line.len(), line);
        }
        // What is no client's is no arrow between a client and the server.
        if self.wanted.svg && entry.client.is_some() {
            let weight = entry.joined.as_ref().or(entry.frame.as_ref()).map_or(0, String::len);
            self.entries.push(
                weight,
                transcript::Entry {
                    at: entry.at,
                    actor: entry.actor(),
                    what: entry.what.clone(),
                    quiet: entry.rank == Rank::Heartbeat,
                    marked: false,
                },
            );
        }
    }

    /// Keeps an exchange.
    pub fn exchange(&mut self, exchange: &Exchange) {
        if !self.wanted.har {
            return;
        }
        let json = har::exchange(exchange, &self.target, self.began);
        if exchange.websocket {
            self.sockets.insert(exchange.id, json);
            if self.sockets.len() > SOCKETS {
                self.sockets.pop_first();
            }
        } else {
            self.exchanges.push(json.len(), Piece { exchange: exchange.id, message: false, json });
        }
    }

    /// Keeps a WebSocket message of an exchange.
    pub fn message(&mut self, exchange: u64, message: &Message) {
        if self.wanted.har {
            let json = har::message(message, self.began);
            self.exchanges.push(json.len(), Piece { exchange, message: true, json });
        }
    }

    /// The transcript: JSON lines.
    pub fn transcript(&self) -> String {
        let mut text = String::new();
        if self.lines.gone > 0 {
            let note = left_out(self.lines.gone, "entries");
            text = serde_json::json!({ "at_ms": 0, "actor": "http", "direction": null, "frame": null, "says": note })
                .to_string()
                + "\n";
        }
        for (_, line) in &self.lines.items {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// The diagram: one `<svg>` element.
    pub fn svg(&self) -> String {
        let mut transcript = Transcript::default();
        for (_, entry) in &self.entries.items {
            if !transcript.actors.contains(&entry.actor) {
                transcript.actors.push(entry.actor.clone());
            }
            transcript.entries.push(entry.clone());
        }
        let mut diagram = Diagram::in_detail(&transcript, "server", Detail::Housekeeping);
        diagram.earlier += self.entries.gone;
        diagram.to_svg()
    }

    /// The HAR.
    pub fn har(&self) -> String {
        let mut messages: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
        let mut exchanges: BTreeMap<u64, &str> =
            self.sockets.iter().map(|(id, json)| (*id, json.as_str())).collect();
        for (_, piece) in &self.exchanges.items {
            if piece.message {
                messages.entry(piece.exchange).or_default().push(&piece.json);
            } else {
                exchanges.insert(piece.exchange, &piece.json);
            }
        }
        let gone = self.exchanges.gone;
        let comment = (gone > 0).then(|| left_out(gone, "exchanges and messages"));
        har::whole(&exchanges, &messages, &self.sockets, comment.as_deref())
    }
}

fn left_out(count: usize, what: &str) -> String {
    format!("{count} earlier {what} are left out: only the newest are kept")
}

/// The newest items within a room.
struct Newest<T> {
    items: VecDeque<(usize, T)>,
    bytes: usize,
    room: usize,
    most: usize,
    gone: usize,
}

/// What an item takes besides its bytes, roughly.
const EACH: usize = 256;

impl<T> Newest<T> {
    const fn within(room: usize, most: usize) -> Self {
        Self { items: VecDeque::new(), bytes: 0, room, most, gone: 0 }
    }

    fn push(&mut self, bytes: usize, item: T) {
        let weight = bytes + EACH;
        self.bytes += weight;
        self.items.push_back((weight, item));
        while self.bytes > self.room || self.items.len() > self.most {
            let Some((weight, _)) = self.items.pop_front() else { return };
            self.bytes -= weight;
            self.gone += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use grader::transcript::{Direction, What};

    use super::*;

    fn entry(number: usize) -> Entry {
        Entry {
            at: Duration::from_millis(number as u64),
            client: Some(1),
            carrier: None,
            direction: Some(Direction::ToProgram),
            what: What::Note(format!("note {number}")),
            frame: Some("42".to_owned()),
            joined: None,
            words: format!("number {number}"),
            namespace: None,
            event: None,
            rank: Rank::Packet,
        }
    }

    #[test]
    fn the_newest_are_kept_and_the_others_are_counted() {
        let mut newest = Newest::within(3 * (EACH + 10), usize::MAX);
        for number in 0..10 {
            newest.push(10, number);
        }
        assert_eq!(newest.items.iter().map(|(_, number)| *number).collect::<Vec<_>>(), [7, 8, 9]);
        assert_eq!((newest.gone, newest.bytes), (7, 3 * (EACH + 10)));
        newest.push(usize::MAX / 2, 10);
        assert_eq!((newest.items.len(), newest.bytes), (0, 0));
    }

    #[test]
    fn files_say_what_is_left_out() {
        let wanted = Wanted { transcript: true, svg: true, har: true };
        let mut keep = Keep::new(wanted, "http://127.0.0.1:3000".to_owned(), SystemTime::UNIX_EPOCH);
        for number in 0..ARROWS + 5 {
            keep.entry(&entry(number));
        }
        assert!(keep.svg().contains("5 earlier packets"), "{}", &keep.svg()[..2000]);
        assert_eq!(keep.transcript().lines().count(), ARROWS + 5);
        keep.lines.room = 0;
        keep.entry(&entry(0));
        assert!(keep.transcript().contains("1006 earlier entries"));
    }
}
