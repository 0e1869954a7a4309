//! An exercise as data: scenarios, steps, made values and patterns.
//!
//! Everything here comes out of the reader and is never changed. Made values ([`Made`]) are what an actor
//! says; patterns ([`Pattern`]) are what it expects. The two are different languages on purpose.
//! Next: [`super::play`], which carries the steps out.

use std::time::Duration;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::{
    servers::Servers,
    stage::{AtStage, Stage},
};
pub use crate::yaml::Place;

/// What the learner writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A Socket.IO server.
    Server,
    /// A program that connects to our server.
    Client,
    /// A React component.
    Page,
    /// The lines of `frames.txt`.
    Frames,
    /// The scenarios of `main.yaml`, played against servers of the course.
    Tests,
}

/// The language that the learner writes it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Track {
    /// Node and the official packages.
    JavaScript,
    /// Rust and socketioxide.
    Rust,
}

impl Track {
    /// The name used on the command line and in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::JavaScript => "javascript",
            Self::Rust => "rust",
        }
    }
}

/// One `exercise.yaml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Exercise {
    /// The title, for people.
    pub title: String,
    /// What the learner writes.
    pub role: Role,
    /// The languages it exists in; empty for the roles `frames` and `tests`, which need none.
    pub tracks: Vec<Track>,
    /// The whole contract, as Markdown.
    pub goal: String,
    /// From a question to a near answer.
    pub hints: Vec<String>,
    /// Names bound before the first step.
    pub vars: IndexMap<String, Made>,
    /// The program's environment; each entry is also a variable of that name.
    pub env: IndexMap<String, Made>,
    /// Events that carry a whole state: only the newest counts.
    pub states: Vec<String>,
    /// Events that may come without being read.
    pub ignores: Vec<String>,
    /// The cause (its id in this exercise, or a general one) for which the untouched starter fails.
    pub starter: Option<String>,
    /// Whether the learner's program listens by itself.
    pub program: bool,
    /// How many nodes run; 1 unless said.
    pub nodes: u8,
    /// What it needs beside the program.
    pub needs: Vec<Need>,
    /// The tests; of an exercise with stages those of all of them, in order.
    pub scenarios: Vec<Scenario>,
    /// Named mistakes, in the order in which they are tried; of an exercise with stages those of all of them.
    pub mistakes: Vec<Mistake>,
    /// Its stages; none in an ordinary exercise, and none in one that is seen at a stage.
    pub stages: Vec<Stage>,
    /// What the learner's scenarios are played against (role `tests`).
    pub servers: Option<Servers>,
    /// At which stage this is seen: set by [`Exercise::at_stage`] alone.
    pub stage: Option<AtStage>,
}

/// What an exercise needs beside the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A Redis between the nodes; the program finds it by `REDIS_URL`.
    Redis,
}

impl Need {
    /// The word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Redis => "redis",
        }
    }
}

/// One test.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Stable id; made from the title when none is written.
    pub id: String,
    /// What is seen, as a sentence.
    pub title: String,
    /// What it teaches.
    pub why: String,
    /// Only for these tracks; empty: for all.
    pub tracks: Vec<Track>,
    /// What happens, in order.
    pub steps: Vec<Step>,
    /// The id of its stage, in an exercise that has stages.
    pub stage: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Where its actor stands: what a report underlines.
    pub place: Place,
    /// What happens.
    pub kind: StepKind,
}

/// What a step is.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "nearly every step is the large one")]
pub enum StepKind {
    /// Actors do the same thing, one after another.
    Each {
        /// Who.
        actors: Vec<Cast>,
        /// What.
        act: Act,
        /// In which namespace (`in:`).
        namespace: Option<Text>,
        /// A longer patience (`within:`).
        within: Option<Duration>,
    },
    /// Branches that run side by side, started in written order.
    Together(Vec<Vec<Step>>),
    /// The same steps for each number.
    Repeat {
        /// The name that is bound to the number.
        name: String,
        /// First number.
        from: i64,
        /// Last number, included.
        to: i64,
        /// The steps.
        steps: Vec<Step>,
    },
    /// Nothing happens for so long.
    Wait(Duration),
    /// All that was said so far has had its effect. No file says this: whoever records a scenario puts it between the
    /// steps, so that what a step causes stands before the next one.
    Settle,
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cast {
    /// One connection: `asha`, `asha 2`.
    One(String),
    /// A group of connections that act at once: `20 bidders`, later `bidders`. `size` is the declared size.
    Group {
        /// The group's name.
        name: String,
        /// How many.
        size: u32,
    },
    /// Our side for a client program: the newest accepted connection. In role `frames`: the given lines.
    Server,
    /// The program under test: its output and its end.
    Learner,
    /// A plain HTTP client.
    Http,
    /// One node of several (from 1); for `stop` and `start`.
    Node(u8),
    /// The page that mounts the learner's component.
    Page,
    /// The person in front of that page.
    User,
    /// The Redis between the nodes.
    Redis,
}

/// What an actor does or expects.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Opens a connection, or one more namespace of it.
    Connect(Connect),
    /// Opens the transport and sends no CONNECT.
    Open(Connect),
    /// Sends an event.
    Emit(Emit),
    /// The acknowledgement of the oldest `ack: later` of that event.
    Acked {
        /// The event.
        event: Text,
        /// What was answered.
        answer: Vec<Pattern>,
    },
    /// Reads events.
    Hear(Hear),
    /// Nothing unread of any name, after silence.
    HearNothing {
        /// How long, when no witness is possible.
        during: Option<Duration>,
    },
    /// Answers the oldest unanswered event of that name.
    Reply {
        /// The event.
        event: Text,
        /// The answer.
        answer: Vec<Made>,
    },
    /// Leaves the namespace (`41`), then closes.
    Disconnect,
    /// Cuts the line without a word.
    Drop,
    /// The connection ends; any end, or this reason.
    Closed(Option<Ending>),
    /// Sends a raw frame.
    Send(Text),
    /// Expects a frame.
    Receive(FramePattern),
    /// Lets the program's next connection in.
    Accept {
        /// What its CONNECT carries.
        auth: Option<Pattern>,
    },
    /// Refuses the program's next connection.
    Refuse {
        /// The message.
        message: Made,
        /// The data, if any.
        data: Option<Made>,
    },
    /// So many connections are open, after settling.
    Connections(u32),
    /// The program prints a line like this.
    Prints(Pattern),
    /// The program ends with this code.
    Exits(i32),
    /// An HTTP request and what comes back.
    Http(Box<HttpCall>),
    /// The component is shown for the first time, with these props.
    Mount(IndexMap<String, Made>),
    /// It gets these props, all of them.
    Props(IndexMap<String, Made>),
    /// It is taken off the page.
    Unmount,
    /// The user clicks what has this name.
    Click(Text),
    /// The user types into the fields of these names.
    Type(IndexMap<String, Text>),
    /// The page comes to show a text: at all, or so often.
    Sees {
        /// The text.
        text: Text,
        /// How often, exactly.
        times: Option<u32>,
    },
    /// After settling the page does not show a text.
    Misses(Text),
    /// Stops a node or Redis.
    Stop,
    /// Starts it again.
    Start,
}

/// How a connection ended, in the words of the protocol's documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// `io server disconnect` / `client namespace disconnect`: a DISCONNECT packet (`41`).
    Disconnect,
    /// `transport close`: the transport ended without one.
    Transport,
}

/// `connect:` and `open:`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Connect {
    /// The namespace; the main one unless said.
    pub namespace: Option<Text>,
    /// The CONNECT payload.
    pub auth: Option<Made>,
    /// Query of the Engine.IO handshake.
    pub query: IndexMap<String, Made>,
    /// HTTP headers of the handshake.
    pub headers: IndexMap<String, Made>,
    /// Pinned transport.
    pub transport: Option<Transport>,
    /// Which node, from 1.
    pub node: Option<u8>,
    /// Resume this actor's session of before (connection state recovery).
    pub resume: bool,
    /// The refusal that must come instead of a welcome.
    pub refused: Option<Refused>,
}

/// Which transport a connection uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// HTTP long-polling, and it stays there.
    Polling,
    /// WebSocket from the start.
    Websocket,
    /// Polling first, then the upgrade to WebSocket.
    Upgrade,
}

/// `refused:`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Refused {
    /// The message of `CONNECT_ERROR`.
    pub message: Option<Pattern>,
    /// Its data.
    pub data: Option<Pattern>,
}

/// `emit:`.
#[derive(Debug, Clone, PartialEq)]
pub struct Emit {
    /// The event's name.
    pub event: Text,
    /// Its arguments.
    pub args: Vec<Made>,
    /// What is expected back.
    pub ack: AckWish,
    /// How often; 1 unless said.
    pub times: u32,
    /// The pause between two.
    pub every: Option<Duration>,
}

/// What an `emit` expects back.
#[derive(Debug, Clone, PartialEq)]
pub enum AckWish {
    /// No `ack` key: no ack id is sent.
    NotAsked,
    /// Must be answered like this.
    Like(Vec<Pattern>),
    /// Any answer.
    Any,
    /// An id is sent and no answer may come.
    Nothing,
    /// Collected by `acked:`.
    Later,
    /// So many answers like this, the rest like that, in any order.
    Counts {
        /// (how many, pattern), in written order.
        counted: Vec<(u32, Vec<Pattern>)>,
        /// What all others must be.
        rest: Option<Vec<Pattern>>,
    },
}

/// `hear:`.
#[derive(Debug, Clone, PartialEq)]
pub struct Hear {
    /// One event, or several in any order.
    pub events: Vec<EventPattern>,
    /// The answer to its ack.
    pub reply: Option<Vec<Made>>,
    /// A series `n: 3..35`: name, first, last.
    pub series: Option<(String, i64, i64)>,
}

/// `[event, arg, …]`.
#[derive(Debug, Clone, PartialEq)]
pub struct EventPattern {
    /// The event's name.
    pub name: Text,
    /// Its arguments, all of them; `None` when only the name is written.
    pub args: Option<Vec<Pattern>>,
}

/// A frame that is expected: compared as a packet, never as text.
#[derive(Debug, Clone, PartialEq)]
pub struct FramePattern {
    /// The frame as text, without the trailing `…`.
    pub frame: Text,
    /// Whether anything may follow (a trailing `…`).
    pub open_end: bool,
}

/// `http:`.
#[derive(Debug, Clone, PartialEq)]
pub struct HttpCall {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path with its query.
    pub path: Text,
    /// Request headers.
    pub headers: IndexMap<String, Made>,
    /// Request body: a text as it is, anything else as JSON.
    pub send: Option<Made>,
    /// Expected status.
    pub status: Option<u16>,
    /// Expected response headers (names in lower case).
    pub expect_headers: IndexMap<String, Pattern>,
    /// Expected body: JSON when it is JSON, else text.
    pub body: Option<Pattern>,
}

/// Text with names in it: `line $n`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Text(pub Vec<Piece>);

/// A part of a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Piece {
    /// As it is.
    Literal(String),
    /// The value of a name (without `$`).
    Name(String),
}

/// A value that an actor says.
#[derive(Debug, Clone, PartialEq)]
pub enum Made {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// Text, perhaps with names in it.
    Text(Text),
    /// `$name` alone: the value of that name, whatever its type.
    Name(String),
    /// A list.
    Array(Vec<Made>),
    /// An object.
    Object(IndexMap<String, Made>),
    /// `!fresh word`: a new name every run that begins with the word.
    Fresh(String),
    /// `!text 100kB`: text of so many bytes.
    LongText(usize),
    /// `!bytes 20kB`: random bytes.
    Bytes(usize),
    /// `!jwt {…}`: a signed token.
    Jwt(Box<Jwt>),
}

/// `!jwt { sub, exp: -60, by: "other secret", alg: none }`.
#[derive(Debug, Clone, PartialEq)]
pub struct Jwt {
    /// All claims but the times.
    pub claims: IndexMap<String, Made>,
    /// `exp`, `iat`, `nbf`: seconds from now.
    pub times: IndexMap<String, i64>,
    /// The secret, if not `JWT_SECRET` of `env`.
    pub by: Option<Made>,
    /// `HS256` or `none`.
    pub alg: String,
}

/// What a value must be like. Objects match partially, arrays exactly.
#[derive(Debug, Clone, PartialEq)]
pub enum Pattern {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number, by value.
    Number(Number),
    /// Text with bound names in it.
    Text(Text),
    /// `$name` alone: binds at first sight, compares after.
    Name(String),
    /// A list of exactly these.
    Array(Vec<Pattern>),
    /// An object with at least these entries.
    Object(IndexMap<String, Pattern>),
    /// `!any`: whatever is there.
    Any,
    /// `!absent`: the entry is not there.
    Absent,
    /// `!string`.
    String,
    /// `!number`.
    AnyNumber,
    /// `!integer`.
    Integer,
    /// `!boolean`.
    Boolean,
    /// `!bytes`: any; `!bytes 20kB`: so many.
    Bytes(Option<usize>),
    /// `!matches "re"`: a regular expression, searched for in a string.
    Matches(String),
    /// `!one_of […]`.
    OneOf(Vec<Pattern>),
    /// `!not p`.
    Not(Box<Pattern>),
    /// `!exactly {…}`: an object with these entries and no other.
    Exactly(IndexMap<String, Pattern>),
    /// `!any_order […]`: a list of exactly these, in any order.
    AnyOrder(Vec<Pattern>),
    /// `!contains […]`: a list with at least these.
    Contains(Vec<Pattern>),
    /// `!each p`: a list whose items are all like this.
    Each(Box<Pattern>),
    /// `!between [lo, hi]`: a number, both ends included.
    Between(f64, f64),
}

/// A mistake that has a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// Its id within the exercise.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// Only in these tracks; empty: in all.
    pub tracks: Vec<Track>,
    /// The ids of the scenarios that a `when` without `in` speaks of; empty: of all.
    pub about: Vec<String>,
    /// Any of these.
    pub when: Vec<When>,
    /// What was seen, what it means, one thing to try.
    pub says: String,
    /// The longer page for `explain`, if there is one.
    pub explain: Option<String>,
}

/// What a mismatch must be like.
#[derive(Debug, Clone, PartialEq)]
pub struct When {
    /// The kind.
    pub kind: crate::verdict::Kind,
    /// Its subject: an event, an actor, `connection`, `frame`, `line`, `program`, `node 1`, a text.
    pub subject: String,
    /// The actor it happened to.
    pub to: Option<String>,
    /// The scenario's id.
    pub scenario: Option<String>,
    /// JSON pointer into the arguments, where the difference is.
    pub at: Option<String>,
    /// What was seen instead.
    pub saw: Option<Pattern>,
    /// What else was unread or closed by then.
    pub also: Option<Also>,
    /// The line of `frames.txt` (role `frames`), from 1.
    pub line: Option<u32>,
}

/// `also: { KIND: subject }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Also {
    /// The kind.
    pub kind: crate::verdict::Kind,
    /// Its subject.
    pub subject: String,
}
