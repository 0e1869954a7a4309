//! Sights in, entries out: what passed on all connections, put together and read.
//!
//! Works on a thread of its own, from [`super::sight`]'s queue, and touches no socket. The session's id says
//! which requests, and which WebSocket, belong to one Socket.IO client. Next: [`super::keep`], what is kept of it.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    time::{Duration, Instant},
};

use grader::transcript::{Direction, What};

use super::{
    client::{Client, Passage, side},
    entry::{Carrier, Entry, Rank},
    exchange::{Exchange, Message, Told},
    frames::{Frame, Frames},
    head::{AnswerHead, RequestHead},
    inflate,
    room::{Kept, Room},
    secret::Secrets,
    sight::{End, Line, Seen, Sight, Sights},
};

/// Clients that are remembered. The one that came first is forgotten first.
const CLIENTS: usize = 4_096;
/// Characters of a session's id that can be one.
const SID: usize = 256;
/// Characters that are quoted of what cannot be read.
const QUOTED: usize = 300;

/// Reads what passed.
pub struct Reader {
    started: Instant,
    secrets: Secrets,
    room: Room,
    lines: HashMap<Line, Talk>,
    clients: BTreeMap<u32, Client>,
    sids: HashMap<String, u32>,
    last_client: u32,
    last_exchange: u64,
}

/// What is under way on one TCP connection.
#[derive(Default)]
struct Talk {
    open: VecDeque<Open>,
    socket: Option<Socket>,
}

/// A request that is not answered.
struct Open {
    id: u64,
    started: Duration,
    head: RequestHead,
    engine: Option<Engine>,
    body: Kept,
    /// The body of the request as it may be shown.
    text: Option<String>,
    answer: Option<(Duration, AnswerHead)>,
    answer_body: Kept,
}

/// A request of a Socket.IO client.
#[derive(Clone, Copy)]
struct Engine {
    client: u32,
    carrier: Carrier,
}

/// A WebSocket.
struct Socket {
    exchange: u64,
    client: Option<u32>,
    to_program: Frames,
    from_program: Frames,
    /// A side said goodbye.
    closed: bool,
}

impl Reader {
    /// A reader whose time begins at `started`. `secrets`: whether credentials may be shown.
    pub fn new(started: Instant, secrets: bool) -> Self {
        Self {
            started,
            secrets: Secrets { shown: secrets },
            room: Room::default(),
            lines: HashMap::new(),
            clients: BTreeMap::new(),
            sids: HashMap::new(),
            last_client: 0,
            last_exchange: 0,
        }
    }

    /// How many clients came.
    pub const fn clients(&self) -> u32 {
        self.last_client
    }

    /// Waits for what passes next and reads it; none when the proxy has ended.
    pub fn next(&mut self, sights: &Sights) -> Option<Vec<Told>> {
        sights.next().map(|sight| self.read(sight))
    }

    fn read(&mut self, sight: Sight) -> Vec<Told> {
        let at = sight.at.saturating_duration_since(self.started);
        let line = sight.line;
        match sight.seen {
            Seen::Request(head) => self.request(at, line, *head),
            Seen::RequestBody(bytes) => self.last(line, |open| open.body.push(&bytes)),
            Seen::RequestEnded => self.request_ended(at, line),
            Seen::Answer(head) => self.answer(at, line, *head),
            Seen::AnswerBody(bytes) => self.first(line, |open| open.answer_body.push(&bytes)),
            Seen::AnswerEnded => self.answer_ended(at, line),
            Seen::Stream(direction, bytes) => self.stream(at, line, direction, &bytes),
            Seen::Unreadable(bytes) => {
                let frame = Some(start_of(&String::from_utf8_lossy(&bytes)));
                let words = "the server says what is no HTTP; it passes unread".to_owned();
                told(Entry { frame, ..problem(at, Some(Direction::FromProgram), words) })
            }
            Seen::Refused(why) => {
                let words = format!("not passed on: {why}");
                told(problem(at, Some(Direction::ToProgram), words))
            }
            Seen::Unreachable(why) => told(problem(at, None, why)),
            Seen::Ended(direction, end) => self.ended(at, line, direction, end),
            Seen::Gone => {
                self.lines.remove(&line);
                Vec::new()
            }
            Seen::Lost(count) => {
                // What is in the middle of something can never be read again.
                self.lines.clear();
                let words = format!(
                    "{count} pieces passed unread, because what is shown is not taken away fast enough; \
                     connections that were open then are not read any more"
                );
                told(problem(at, None, words))
            }
        }
    }

    fn request(&mut self, at: Duration, line: Line, head: RequestHead) -> Vec<Told> {
        self.last_exchange += 1;
        let open = Open {
            id: self.last_exchange,
            started: at,
            engine: self.engine(&head),
            head,
            body: self.room.keep(),
            text: None,
            answer: None,
            answer_body: self.room.keep(),
        };
        self.lines.entry(line).or_default().open.push_back(open);
        Vec::new()
    }

    /// Whether a request is a Socket.IO client's, whatever its path, and whose.
    fn engine(&mut self, head: &RequestHead) -> Option<Engine> {
        let (_, query) = head.target.split_once('?')?;
        let value = |name: &str| {
            query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .find(|(own, _)| *own == name)
                .map(|(_, value)| value)
        };
        value("EIO")?;
        let carrier = match (value("transport")?, head.method.as_str()) {
            ("polling", "GET" | "POST") => Carrier::Polling,
            ("websocket", "GET") => Carrier::WebSocket,
            _ => return None,
        };
        let client = match value("sid") {
            Some(sid) => {
                let known = self.sids.get(sid).copied();
                known.unwrap_or_else(|| {
                    let number = self.new_client();
                    if sid.len() <= SID {
                        self.sids.insert(sid.to_owned(), number);
                    }
                    number
                })
            }
            None => self.new_client(),
        };
        Some(Engine { client, carrier })
    }

    fn new_client(&mut self) -> u32 {
        self.last_client += 1;
        let number = self.last_client;
        self.clients.insert(number, Client::new(number, self.secrets, &self.room));
        if self.clients.len() > CLIENTS
            && let Some((oldest, _)) = self.clients.pop_first()
        {
            self.sids.retain(|_, client| *client != oldest);
        }
        number
    }

    fn request_ended(&mut self, at: Duration, line: Line) -> Vec<Told> {
        let Self { lines, clients, .. } = self;
        let Some(open) = lines.get_mut(&line).and_then(|talk| talk.open.back_mut()) else {
            return Vec::new();
        };
        let Some(client) = open.engine.and_then(|engine| clients.get_mut(&engine.client)) else {
            return Vec::new();
        };
        if open.head.method != "POST" {
            return Vec::new();
        }
        let passage = Passage { at, carrier: Carrier::Polling, direction: Direction::ToProgram };
        match body_text(&open.body, open.head.fields.get("content-encoding")) {
            Ok(text) => {
                let (entries, masked, _) = client.payload(passage, &text);
                open.text = Some(masked);
                all(entries)
            }
            Err(words) => told(client.problem(passage, String::new(), words)),
        }
    }

    fn answer(&mut self, at: Duration, line: Line, head: AnswerHead) -> Vec<Told> {
        let Some(talk) = self.lines.get_mut(&line) else { return Vec::new() };
        if head.status != 101 {
            if let Some(open) = talk.open.front_mut() {
                open.answer = Some((at, head));
            }
            return Vec::new();
        }
        let Some(mut open) = talk.open.pop_front() else { return Vec::new() };
        let extensions = head.fields.get("sec-websocket-extensions");
        talk.socket = Some(Socket {
            exchange: open.id,
            client: open.engine.map(|engine| engine.client),
            to_program: Frames::new(&self.room, extensions),
            from_program: Frames::new(&self.room, extensions),
            closed: false,
        });
        let plain = open.engine.is_none().then(|| http(at, &open.head, &head, 0, self.secrets));
        open.answer = Some((at, head));
        plain.map(entry).into_iter().chain([self.exchange(at, open, None, true)]).collect()
    }

    fn answer_ended(&mut self, at: Duration, line: Line) -> Vec<Told> {
        let Some(open) = self.lines.get_mut(&line).and_then(|talk| talk.open.pop_front()) else {
            return Vec::new();
        };
        let Some((_, head)) = &open.answer else { return Vec::new() };
        let mut told = Vec::new();
        let mut shown = None;
        match open.engine {
            None => {
                let bytes = open.answer_body.total();
                told.push(entry(http(at, &open.head, head, bytes, self.secrets)));
            }
            Some(engine) => {
                let passage = Passage { at, carrier: engine.carrier, direction: Direction::FromProgram };
                let text = body_text(&open.answer_body, head.fields.get("content-encoding"));
                if let Some(client) = self.clients.get_mut(&engine.client) {
                    let reads =
                        engine.carrier == Carrier::Polling && open.head.method == "GET" && head.status == 200;
                    match text {
                        Ok(text) if reads => {
                            let (entries, masked, sid) = client.payload(passage, &text);
                            told.extend(entries.into_iter().map(entry));
                            shown = Some(masked);
                            self.sids.extend(sid.map(|sid| (sid, engine.client)));
                        }
                        Ok(text) => {
                            if head.status != 200 {
                                let line =
                                    format!("HTTP {} {}", head.status, start_of(&text)).trim_end().to_owned();
                                told.push(entry(refusal(client, passage, line)));
                            }
                            shown = Some(text);
                        }
                        Err(words) => told.push(entry(client.problem(passage, String::new(), words))),
                    }
                }
            }
        }
        told.push(self.exchange(at, open, shown, false));
        told
    }

    fn stream(&mut self, at: Duration, line: Line, direction: Direction, bytes: &[u8]) -> Vec<Told> {
        let Self { lines, clients, sids, .. } = self;
        let Some(socket) = lines.get_mut(&line).and_then(|talk| talk.socket.as_mut()) else {
            return Vec::new();
        };
        let frames = match direction {
            Direction::ToProgram => &mut socket.to_program,
            Direction::FromProgram => &mut socket.from_program,
        };
        let read = frames.read(bytes);
        let passage = Passage { at, carrier: Carrier::WebSocket, direction };
        let mut client = socket.client.and_then(|number| clients.get_mut(&number));
        let mut told = Vec::new();
        for frame in read {
            socket.closed |= matches!(frame, Frame::Close(_));
            let exchange = socket.exchange;
            let (entries, message) = match &mut client {
                Some(client) => {
                    let (entries, message, sid) = of_client(client, passage, frame);
                    sids.extend(sid.map(|sid| (sid, client.number())));
                    (entries, message)
                }
                None => of_nobody(passage, frame),
            };
            told.extend(entries.into_iter().map(entry));
            told.extend(message.map(|message| Told::Message(exchange, message)));
        }
        told
    }

    fn ended(&mut self, at: Duration, line: Line, direction: Direction, end: End) -> Vec<Told> {
        let Self { lines, clients, .. } = self;
        let Some(talk) = lines.get_mut(&line) else { return Vec::new() };
        let how = match end {
            End::Finished => "TCP connection closed without a close frame",
            End::Reset => "TCP connection reset",
        };
        let mut told = Vec::new();
        if let Some(socket) = &mut talk.socket
            && !std::mem::replace(&mut socket.closed, true)
        {
            let passage = Passage { at, carrier: Carrier::WebSocket, direction };
            match socket.client.and_then(|number| clients.get_mut(&number)) {
                Some(client) => {
                    told.extend(client.transport_ended(passage).into_iter().map(entry));
                    told.push(entry(closed(client, passage, how.to_owned())));
                }
                None => told.push(entry(websocket(passage, format!("the WebSocket ends: {how}")))),
            }
        }
        let name = side(direction).1;
        let open: Vec<Open> = talk.open.drain(..).collect();
        for open in open {
            let asked = asked(&open.head, self.secrets);
            let words = format!("{name} ends the connection before {asked} is answered");
            let ended = match open
                .engine
                .and_then(|engine| self.clients.get(&engine.client).zip(Some(engine.carrier)))
            {
                Some((client, carrier)) => {
                    let passage = Passage { at, carrier, direction };
                    client.entry(passage, What::Http { direction, line: words.clone() }, words)
                }
                None => Entry { rank: Rank::Http, ..problem(at, Some(direction), words) },
            };
            told.push(entry(ended));
            told.push(self.exchange(at, open, None, false));
        }
        told
    }

    /// An exchange for the record, masked.
    fn exchange(&self, at: Duration, open: Open, text: Option<String>, websocket: bool) -> Told {
        let secrets = self.secrets;
        let Open { id, started, mut head, body, text: asked, answer, answer_body, .. } = open;
        head.target = secrets.target(&head.target);
        let mask = |fields: &mut Vec<(String, String)>| {
            for (name, value) in fields {
                *value = secrets.field(name, value).into_owned();
            }
        };
        mask(&mut head.fields.0);
        let answer = answer.map(|(at, mut head)| {
            mask(&mut head.fields.0);
            (at, head)
        });
        Told::Exchange(Box::new(Exchange {
            id,
            started,
            request: head,
            body: asked,
            body_bytes: body.total(),
            answer,
            text,
            text_bytes: answer_body.total(),
            ended: at,
            websocket,
        }))
    }

    fn last(&mut self, line: Line, act: impl FnOnce(&mut Open)) -> Vec<Told> {
        self.lines.get_mut(&line).and_then(|talk| talk.open.back_mut()).map(act);
        Vec::new()
    }

    fn first(&mut self, line: Line, act: impl FnOnce(&mut Open)) -> Vec<Told> {
        self.lines.get_mut(&line).and_then(|talk| talk.open.front_mut()).map(act);
        Vec::new()
    }
}

/// A frame on the WebSocket of a Socket.IO client.
fn of_client(
    client: &mut Client,
    passage: Passage,
    frame: Frame,
) -> (Vec<Entry>, Option<Message>, Option<String>) {
    match frame {
        Frame::Text(text) => {
            let (entries, masked, sid) = client.text(passage, &text);
            (entries, Some(Message::text(passage, masked)), sid)
        }
        Frame::Binary(bytes) => {
            let message = Message::binary(passage, &bytes);
            (client.binary(passage, bytes), Some(message), None)
        }
        Frame::Close(close) => {
            let mut entries = client.transport_ended(passage);
            entries.push(closed(client, passage, close_words(close)));
            (entries, None, None)
        }
        Frame::Heartbeat => {
            let words = "a heartbeat of the WebSocket itself".to_owned();
            let entry = client.entry(passage, What::Note(words.clone()), words);
            (vec![Entry { rank: Rank::Heartbeat, ..entry }], None, None)
        }
        Frame::TooLong(bytes) => {
            let words = format!("a message of {bytes} bytes, too long to be read");
            (vec![client.problem(passage, String::new(), words)], None, None)
        }
        Frame::Unreadable(why, bytes) => {
            let frame = start_of(&String::from_utf8_lossy(&bytes));
            let words = format!("what cannot be read: {why}");
            (vec![client.problem(passage, frame, words)], None, None)
        }
    }
}

/// A frame on any other WebSocket.
fn of_nobody(passage: Passage, frame: Frame) -> (Vec<Entry>, Option<Message>) {
    let name = side(passage.direction).1;
    let entry = |frame: Option<String>, words: String| vec![Entry { frame, ..websocket(passage, words) }];
    match frame {
        Frame::Text(text) => {
            let words = format!("{name} sends text on a WebSocket that is not Socket.IO");
            (entry(Some(start_of(&text)), words), Some(Message::text(passage, text)))
        }
        Frame::Binary(bytes) => {
            let words = format!("{name} sends bytes on a WebSocket that is not Socket.IO");
            let frame = Some(format!("<{} bytes>", bytes.len()));
            (entry(frame, words), Some(Message::binary(passage, &bytes)))
        }
        Frame::Close(close) => (entry(None, format!("the WebSocket ends: {}", close_words(close))), None),
        Frame::Heartbeat => {
            let words = "a heartbeat of the WebSocket itself".to_owned();
            (vec![Entry { rank: Rank::Heartbeat, ..websocket(passage, words) }], None)
        }
        Frame::TooLong(bytes) => {
            (entry(None, format!("a message of {bytes} bytes, too long to be read")), None)
        }
        Frame::Unreadable(why, bytes) => {
            let words = format!("{name} sends what cannot be read: {why}");
            (entry(Some(start_of(&String::from_utf8_lossy(&bytes))), words), None)
        }
    }
}

fn closed(client: &Client, passage: Passage, how: String) -> Entry {
    let words = format!("{} ends the WebSocket: {how}", side(passage.direction).1);
    client.entry(passage, What::Closed { direction: passage.direction, how }, words)
}

/// A close frame, as the course's transcripts write it. One without a code has none on the wire; programs are told 1005 for it
/// (RFC 6455, section 7.1.5).
fn close_words(close: Option<(u16, String)>) -> String {
    match close {
        None => "close frame without a code".to_owned(),
        Some((code, reason)) if reason.is_empty() => format!("close frame {code}"),
        Some((code, reason)) => format!("close frame {code} {}", serde_json::Value::from(start_of(&reason))),
    }
}

fn refusal(client: &Client, passage: Passage, line: String) -> Entry {
    let what = What::Http { direction: passage.direction, line: line.clone() };
    let words = "the server refuses the request".to_owned();
    Entry { frame: Some(line), rank: Rank::Problem, ..client.entry(passage, what, words) }
}

/// An exchange that is not Socket.IO's.
fn http(at: Duration, head: &RequestHead, answer: &AnswerHead, bytes: u64, secrets: Secrets) -> Entry {
    let line = format!("{} {} {}", asked(head, secrets), answer.status, answer.reason).trim_end().to_owned();
    let what = What::Http { direction: Direction::FromProgram, line: line.clone() };
    let words = match bytes {
        0 => "an HTTP request that is not Socket.IO".to_owned(),
        bytes => format!("an HTTP request that is not Socket.IO; an answer of {bytes} bytes"),
    };
    Entry { frame: Some(line), what, rank: Rank::Http, ..problem(at, Some(Direction::FromProgram), words) }
}

fn asked(head: &RequestHead, secrets: Secrets) -> String {
    format!("{} {}", head.method, start_of(&secrets.target(&head.target)))
}

fn problem(at: Duration, direction: Option<Direction>, words: String) -> Entry {
    Entry {
        at,
        client: None,
        carrier: None,
        direction,
        what: What::Note(words.clone()),
        frame: None,
        joined: None,
        words,
        namespace: None,
        event: None,
        rank: Rank::Problem,
    }
}

fn websocket(passage: Passage, words: String) -> Entry {
    Entry {
        carrier: Some(passage.carrier),
        rank: Rank::Http,
        ..problem(passage.at, Some(passage.direction), words)
    }
}

/// A body as text, or in words why it cannot be read.
fn body_text(body: &Kept, encoding: Option<&str>) -> Result<String, String> {
    let too_long = || format!("a body of {} bytes, too long to be read", body.total());
    let bytes = body.whole().ok_or_else(too_long)?;
    let text = match encoding.map(str::trim).filter(|name| !name.is_empty() && *name != "identity") {
        None => String::from_utf8(bytes.to_vec()).ok(),
        Some(_) if bytes.is_empty() => Some(String::new()),
        Some(name) => match inflate::body(name, bytes) {
            Some(bytes) => String::from_utf8(bytes).ok(),
            None => return Err(format!("a body that cannot be read: it is compressed ({name})")),
        },
    };
    text.ok_or_else(|| "a body that is not UTF-8".to_owned())
}

/// The beginning of a text.
fn start_of(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn entry(entry: Entry) -> Told {
    Told::Entry(Box::new(entry))
}

fn told(one: Entry) -> Vec<Told> {
    vec![entry(one)]
}

fn all(entries: Vec<Entry>) -> Vec<Told> {
    entries.into_iter().map(entry).collect()
}
