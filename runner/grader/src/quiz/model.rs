//! A question as data. It comes out of the reader, and its texts are Markdown. Next: [`super::read`].

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::{scenario::model::Track, yaml::Place};

/// One question. Written as JSON it is what a page needs, without the places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Unique in the course and never changed: what is known of the learner is kept under it.
    pub id: String,
    /// For whom it is.
    pub level: Level,
    /// What it is about.
    pub topic: Topic,
    /// Where the lesson answers it.
    pub section: Section,
    /// The question.
    pub ask: String,
    /// How it is answered, and what is right.
    #[serde(flatten)]
    pub kind: Kind,
    /// Why the right answer is right.
    pub explain: String,
    /// Where its parts stand in the file.
    #[serde(skip)]
    pub places: Places,
}

/// A heading of a lesson or an appendix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// The lesson's file without `.md`: `07_rooms`.
    pub lesson: String,
    /// The heading's id: `a-room-is-a-label`.
    pub heading: String,
    /// The heading in words. Empty until the lesson itself has been read.
    pub title: String,
}

/// Where the parts of a question stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Places {
    /// The question: its `id`.
    pub question: Place,
    /// `section`.
    pub section: Place,
    /// What is computed: `answer` of `hears` and `decode`; else as `question`.
    pub answer: Place,
    /// `rust` of `hears`; `answer` where it has none.
    pub rust: Place,
    /// `demo` of `hears`.
    pub demo: Place,
    /// `scenario` of `hears`.
    pub scenario: Place,
    /// `show` of `hears`.
    pub show: Place,
}

/// For whom a question is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Who has read the lesson once.
    Junior,
    /// Who has built something with it.
    Mid,
    /// Who answers for a system.
    Senior,
}

impl Level {
    /// All of them, from easy to hard.
    pub const ALL: &'static [Self] = &[Self::Junior, Self::Mid, Self::Senior];

    /// The word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Junior => "junior",
            Self::Mid => "mid",
            Self::Senior => "senior",
        }
    }
}

macro_rules! topics {
    ($($name:ident $word:literal)*) => {
        /// What a question is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        #[expect(missing_docs, reason = "the names say it")]
        pub enum Topic {
            $($name,)*
        }

        impl Topic {
            /// All of them, in the order of the course.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word in the file.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

topics! {
    Basics "basics"
    Events "events"
    Protocol "protocol"
    Acknowledgements "acknowledgements"
    Broadcasting "broadcasting"
    Rooms "rooms"
    Namespaces "namespaces"
    Presence "presence"
    Volatile "volatile"
    Middleware "middleware"
    Security "security"
    Limits "limits"
    Client "client"
    React "react"
    Delivery "delivery"
    Recovery "recovery"
    Storage "storage"
    Testing "testing"
    Scaling "scaling"
    Operations "operations"
    Design "design"
}

/// How a question is answered, and what is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Kind {
    /// One of several is right.
    Choice {
        /// In the order of the file; exactly one is right.
        choices: Vec<Choice>,
    },
    /// Several are right.
    Choices {
        /// In the order of the file; at least two are right, at least one is wrong.
        choices: Vec<Choice>,
    },
    /// A few words.
    Short {
        /// All right forms; the first one is shown.
        answers: Vec<String>,
        /// Likely wrong answers.
        wrong: Vec<WrongAnswer>,
    },
    /// Steps are put in order.
    Order {
        /// Groups of steps in their right order; the steps of a group may come in any order.
        steps: Vec<Vec<String>>,
    },
    /// A packet is taken apart.
    Decode {
        /// One Engine.IO text packet.
        packet: String,
        /// The parts that are asked for, as [`super::decode::parts`] computes them.
        answer: IndexMap<Part, String>,
    },
    /// Who hears an event in a scenario of a demo.
    Hears(Hears),
    /// An answer in one's own words.
    Open {
        /// What a good answer says.
        points: Vec<Point>,
        /// A good answer.
        model: String,
    },
}

impl Kind {
    /// The words in the file, in the order in which they are explained.
    pub const NAMES: &'static [&'static str] =
        &["choice", "choices", "short", "order", "decode", "hears", "open"];

    /// The word in the file.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Choice { .. } => "choice",
            Self::Choices { .. } => "choices",
            Self::Short { .. } => "short",
            Self::Order { .. } => "order",
            Self::Decode { .. } => "decode",
            Self::Hears(_) => "hears",
            Self::Open { .. } => "open",
        }
    }

    /// Whether its key is computed by a run.
    pub const fn is_computed(&self) -> bool {
        matches!(self, Self::Decode { .. } | Self::Hears(_))
    }
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What it says.
    pub text: String,
    /// Whether it is right.
    pub right: bool,
    /// Why a wrong one is wrong; every wrong one has it, no right one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// A likely wrong answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WrongAnswer {
    /// What it says.
    pub answer: String,
    /// Why it is wrong.
    pub why: String,
}

/// A part of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The type of the Engine.IO packet: [`Part::ENGINE`].
    Engine,
    /// The type of the Socket.IO packet in a message: [`Part::TYPES`].
    Type,
    /// Its namespace, with the slash.
    Namespace,
    /// The number of its acknowledgement, or `none`.
    Ack,
    /// The event's name, or `none`.
    Event,
    /// A JSON list, without the event's name.
    Arguments,
    /// How many attachments follow.
    Attachments,
}

impl Part {
    /// All of them, in the order of the wire.
    pub const ALL: &'static [Self] = &[
        Self::Engine,
        Self::Type,
        Self::Attachments,
        Self::Namespace,
        Self::Ack,
        Self::Event,
        Self::Arguments,
    ];

    /// What `engine` can be.
    pub const ENGINE: &'static [&'static str] =
        &["open", "close", "ping", "pong", "message", "upgrade", "noop"];

    /// What `type` can be.
    pub const TYPES: &'static [&'static str] =
        &["CONNECT", "DISCONNECT", "EVENT", "ACK", "CONNECT_ERROR", "BINARY_EVENT", "BINARY_ACK"];

    /// The word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Engine => "engine",
            Self::Type => "type",
            Self::Namespace => "namespace",
            Self::Ack => "ack",
            Self::Event => "event",
            Self::Arguments => "arguments",
            Self::Attachments => "attachments",
        }
    }

    /// All that it can be, where that is a short list.
    pub const fn known(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Engine => Some(Self::ENGINE),
            Self::Type => Some(Self::TYPES),
            _ => None,
        }
    }
}

/// Who hears an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hears {
    /// The demo: `07_rooms/take_a_seat`.
    pub demo: String,
    /// The id of its scenario.
    pub scenario: String,
    /// The event's name.
    pub event: String,
    /// The actors among whom one chooses: those of the scenario. Empty until the demo has been read.
    pub actors: Vec<String>,
    /// Who hears it from socket.io on Node.
    pub answer: Vec<String>,
    /// Who hears it from socketioxide, where that differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rust: Option<Vec<String>>,
    /// Why it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differs: Option<String>,
    /// The region of the demo's programs that is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show: Option<String>,
}

impl Hears {
    /// Who hears it in a track.
    pub fn key(&self, track: Track) -> &[String] {
        match (&self.rust, track) {
            (Some(rust), Track::Rust) => rust,
            _ => &self.answer,
        }
    }
}

/// What a good answer says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Point {
    /// In words.
    pub point: String,
    /// Each is a list of words that must all stand in the answer; one such list is enough.
    pub words: Vec<Vec<String>>,
}
