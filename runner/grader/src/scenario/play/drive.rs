//! What passes between a play and its driver.
//!
//! The driver (`runner::check`) performs actions with its carriers and its attempt, and stamps each observation
//! with the time since the scenario began.

use std::time::Duration;

use crate::{scenario::model::Transport, transcript::Direction, value::Value, wire::engine};

/// A connection, numbered by the play (client chair) or by the carrier (server chair).
pub type Conn = u32;

/// What the driver must do next.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Open an Engine.IO session to the program under test. Answered by `Opened` or `NotOpened`.
    Open {
        /// The connection's number from now on.
        conn: Conn,
        /// How.
        request: OpenRequest,
    },
    /// Send these packets, in this order, as soon as possible.
    Send {
        /// On which connection.
        conn: Conn,
        /// The packets.
        packets: Vec<engine::Packet>,
    },
    /// End the connection politely (WebSocket close frame; polling: `1`).
    Close(Conn),
    /// Cut the line: TCP reset for a WebSocket, abort of a pending GET for polling.
    Cut(Conn),
    /// An HTTP request; answered by `HttpReply`.
    Http {
        /// Repeated in the answer.
        id: u32,
        /// What to send.
        request: HttpRequest,
        /// How long the whole answer may take.
        within: Duration,
    },
    /// Something is to be done with the learner's page; answered by `PageReply`.
    Page {
        /// Repeated in the answer.
        id: u32,
        /// What.
        request: PageRequest,
    },
    /// What has the program used so far? Answered by `Used`, where that can be known.
    Measure,
    /// What does the program do? Answered by `Seen`, or by `Ended` if that is noticed first.
    Look,
    /// Stop or start a part of what surrounds the actors. Answered by `Switched`.
    Switch {
        /// Which.
        part: Part,
        /// Start it, or stop it.
        start: bool,
    },
}

/// A part of what surrounds the actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A node of the program, from 1.
    Node(u8),
    /// The Redis between the nodes.
    Redis,
}

/// How to open a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRequest {
    /// The transport.
    pub transport: Transport,
    /// Extra query parameters, not yet percent-encoded.
    pub query: Vec<(String, String)>,
    /// Extra headers.
    pub headers: Vec<(String, String)>,
    /// Which node, from 1.
    pub node: u8,
}

/// An HTTP request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// `GET`, `POST`, …
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

/// What is to be done with a page. React has done its work before the answer comes.
#[derive(Debug, Clone, PartialEq)]
pub enum PageRequest {
    /// Show the component with these props (an object).
    Mount(Value),
    /// Give it these props.
    Props(Value),
    /// Take it off the page.
    Unmount,
    /// Click the button, or whatever else can be clicked, of this name.
    Click(String),
    /// Type a text into a field.
    Type {
        /// The field's label.
        field: String,
        /// The text.
        text: String,
    },
    /// Nothing: the answer says that all which had begun is done.
    Rest,
}

/// What became of a [`PageRequest`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageReply {
    /// It was done.
    Done,
    /// Nothing on the page has that name.
    Missing,
    /// It is there and disabled.
    Disabled,
}

/// What the driver saw.
#[derive(Debug, Clone, PartialEq)]
pub enum Observation {
    /// A session that was asked for is open; its `Open` packet follows as a `Packet`.
    Opened(Conn),
    /// It could not be opened.
    NotOpened {
        /// Which.
        conn: Conn,
        /// Why.
        why: OpenFailure,
    },
    /// The program under test opened a session with our server (roles client and page).
    /// The carrier has answered the handshake already.
    Accepted {
        /// The connection's number from now on.
        conn: Conn,
        /// The transport it began with.
        transport: Transport,
        /// The query of its handshake.
        query: Vec<(String, String)>,
    },
    /// A packet came from the program.
    Packet {
        /// On which connection.
        conn: Conn,
        /// The packet.
        packet: engine::Packet,
    },
    /// The carrier sent or answered this by itself (probe frames of an upgrade, …): for the transcript only.
    Aside {
        /// On which connection.
        conn: Conn,
        /// Which way.
        direction: Direction,
        /// The packet.
        packet: engine::Packet,
    },
    /// The session moved from polling to WebSocket.
    Upgraded(Conn),
    /// The transport ended.
    Closed {
        /// Which.
        conn: Conn,
        /// How, in words: `close frame 1005`, `TCP connection reset`, `HTTP 400 {"code":1,…}`.
        how: String,
    },
    /// The program printed a line (stdout and stderr, bounded).
    Printed(String),
    /// The program ended.
    Ended(ProgramEnd),
    /// One node of several ended, and nobody had stopped it.
    NodeEnded {
        /// Which, from 1.
        node: u8,
        /// How.
        end: ProgramEnd,
    },
    /// A part that was to be stopped or started is so now, and no packet of a stopped one is still to come.
    Switched {
        /// Why it does not run although it was started.
        trouble: Option<Trouble>,
    },
    /// The answer to an HTTP request.
    HttpReply {
        /// The request's id.
        id: u32,
        /// Status, headers (names in lower case) and body, or why there is none.
        reply: Result<HttpReply, String>,
    },
    /// The answer to a [`PageRequest`].
    PageReply {
        /// The request's id.
        id: u32,
        /// What became of it.
        reply: PageReply,
    },
    /// All that can be read on the page now, line by line; told whenever it changes.
    Shows(Vec<String>),
    /// What the program, with its children, has used so far.
    Used(Usage),
    /// What the program does at this moment.
    Seen(Doing),
    /// Nothing happened; only time passed.
    Tick,
}

/// The answer to an HTTP request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpReply {
    /// Status code.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

/// Why a session could not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenFailure {
    /// Nobody listens.
    Refused(String),
    /// An HTTP answer that is no Engine.IO handshake: status and the beginning of the body.
    Http {
        /// The status.
        status: u16,
        /// The beginning of the body.
        body: String,
    },
    /// Something else answered: not HTTP, not Engine.IO, closed without a word.
    NotEngineIo(String),
    /// No answer in time.
    NoAnswer,
}

/// Why a node did not come to listen again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// One of the kinds about the whole program.
    pub kind: crate::verdict::Kind,
    /// What was asked.
    pub expected: String,
    /// What was seen.
    pub actual: String,
}

/// What a program has used so far, with its children.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Processor time.
    pub processor: Duration,
    /// Memory that it holds now, in bytes.
    pub memory: u64,
}

impl Usage {
    /// How many looks, four a second, tell whether a program grows: on a slow machine it gets little done in one.
    pub const LOOKS: usize = 8;
    /// In bytes: one that takes so much more in that time will have too much.
    const GROWS: u64 = 1 << 20;

    /// Whether a program was taking more and more memory in the last of these looks.
    #[must_use]
    pub fn grows(looks: &[Self]) -> bool {
        let lately = looks.iter().rev().take(Self::LOOKS).map(|usage| usage.memory);
        // A look may miss a part of it, so the last one alone says little.
        let (least, most) =
            lately.fold((u64::MAX, 0), |(least, most), held| (least.min(held), most.max(held)));
        most.saturating_sub(least) >= Self::GROWS
    }
}

/// What a program does at a moment, with its children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// It is gone; its end has not been told yet.
    Gone,
    /// It waits for something to happen; also said of a program that cannot be looked at.
    Rests,
    /// It computes, or would on a machine with less to do. It has used so much processor time so far.
    Works(Duration),
}

/// How the program under test ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramEnd {
    /// Its exit code, if it had one.
    pub code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
    /// The runner ended it because it used more memory than allowed.
    pub out_of_memory: bool,
    /// The end of what it said on stderr, bounded: an exception's text, a panic.
    pub last_words: Vec<String>,
}

/// How the play can ask a server whether it has handled all that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fence {
    /// The program is hosted by us: an acknowledged event in the host's own namespace `/~`.
    Hosted,
    /// Any other server: CONNECT to an unused namespace; every answer counts.
    Foreign,
    /// The program is a client: an Engine.IO ping.
    Client,
}

/// What a play starts with. The grader has no clock and no randomness: they come from here.
#[derive(Debug, Clone)]
pub struct Start {
    /// Names and order of the run.
    pub seed: u64,
    /// Seconds since 1970, for tokens.
    pub epoch: u64,
    /// The track, when there is one.
    pub track: Option<crate::scenario::model::Track>,
    /// Which fence works.
    pub fence: Fence,
    /// The lines of `frames.txt` (role `frames`), as they are in the file.
    pub frames: Vec<String>,
    /// How long before the play gives a program up that answers no fence and keeps the processor busy. One that
    /// does not, because others keep the machine busy, gets four times as long.
    pub stuck_after: Duration,
}
