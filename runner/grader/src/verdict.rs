//! The result of a check, as plain data: what was asked, what was seen, and why.
//!
//! Every report is made from this and from the events. Next: [`crate::event`].

use std::{fmt, str::FromStr, time::Duration};

use serde::Serialize;

use crate::{
    scenario::{
        model::{Place, Track},
        stage::AtStage,
    },
    transcript::Transcript,
    value::Value,
};

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// The kind of a mismatch: the first word of a cause's `when`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Kind { $($(#[$doc])* $variant,)* }

        impl Kind {
            /// Every kind, in the order of the table in the scenario language.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The word used in `exercise.yaml` and in reports.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

kinds! {
    /// The program did not compile.
    BuildFailed = "build_failed",
    /// It ran and never listened.
    NeverListened = "never_listened",
    /// It listened on another port.
    WrongPort = "wrong_port",
    /// What answers on the port is no Socket.IO server.
    NotSocketIo = "not_socket_io",
    /// It ended by itself, with code 0.
    Exited = "exited",
    /// It ended with an error.
    Crashed = "crashed",
    /// It stopped answering.
    Stuck = "stuck",
    /// It used more memory than allowed.
    TooMuchMemory = "too_much_memory",
    /// A CONNECT was refused that had to be accepted.
    Refused = "refused",
    /// A CONNECT was accepted that had to be refused.
    NotRefused = "not_refused",
    /// A CONNECT got no answer.
    Unanswered = "unanswered",
    /// Refused, with other words.
    WrongRefusal = "wrong_refusal",
    /// The connection ended.
    Closed = "closed",
    /// It did not end, or in another way.
    NotClosed = "not_closed",
    /// It never came.
    Missing = "missing",
    /// It came and is different.
    Different = "different",
    /// It came more than once.
    Copies = "copies",
    /// It came, but not when it should.
    OutOfOrder = "out_of_order",
    /// It came and should not.
    Unexpected = "unexpected",
    /// An event did not ask for an acknowledgement.
    NotAsked = "not_asked",
    /// No acknowledgement came.
    NoAck = "no_ack",
    /// Another acknowledgement came.
    WrongAck = "wrong_ack",
    /// The page does not show it.
    NotShown = "not_shown",
    /// The page still shows it.
    StillShown = "still_shown",
    /// A wrong server passed the learner's scenarios.
    Survived = "survived",
    /// The right server did not pass them.
    Rejected = "rejected",
}

impl Kind {
    /// Whether it is about the whole program; such kinds go before all others.
    pub const fn is_program_level(self) -> bool {
        matches!(
            self,
            Self::BuildFailed
                | Self::NeverListened
                | Self::WrongPort
                | Self::NotSocketIo
                | Self::Exited
                | Self::Crashed
                | Self::Stuck
                | Self::TooMuchMemory
        )
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Kind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word).ok_or(())
    }
}

/// The first thing that went otherwise in a scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mismatch {
    /// What kind of thing.
    pub kind: Kind,
    /// An event, an actor, `connection`, `frame`, `line`, `program`, `node 1`, a text.
    pub subject: String,
    /// To whom it happened, where it happened to somebody.
    pub actor: Option<String>,
    /// JSON pointer into the arguments: the first difference.
    pub at: Option<String>,
    /// What was seen: the arguments of the event or of the acknowledgement, or the message of a refusal, or the frame.
    pub saw: Option<Value>,
    /// What was asked, in words or as the packet's content.
    pub expected: String,
    /// What was seen, likewise.
    pub actual: String,
    /// The step's place in `exercise.yaml`.
    pub place: Place,
    /// The line of `frames.txt` (role `frames`).
    pub line: Option<u32>,
    /// What else was unread or closed by then.
    pub also: Vec<Also>,
}

/// Something else that was there when a scenario ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Also {
    /// `unexpected` or `closed`.
    pub kind: Kind,
    /// The event, or the actor.
    pub subject: String,
    /// To whom.
    pub actor: Option<String>,
}

/// How one scenario ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// All steps came true.
    Passed,
    /// One did not.
    Failed(Box<Mismatch>),
    /// It was not run, and this is what it needs. Never a pass.
    Skipped(String),
}

/// One scenario, played.
#[derive(Debug, Clone, Serialize)]
pub struct ScenarioResult {
    /// The scenario's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The id of its stage, in an exercise that has stages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took.
    #[serde(serialize_with = "milliseconds")]
    pub took: Duration,
    /// All that was said.
    #[serde(skip)]
    pub transcript: Transcript,
    /// What the learner's program printed meanwhile, bounded.
    pub output: Vec<String>,
    /// Things worth knowing that decide nothing (a fence that went unanswered, …).
    pub notes: Vec<String>,
}

/// Why it failed, in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// `members_only/echo-to-all`, or a general one such as `no-answer`.
    pub id: String,
    /// What was seen, what it means, one thing to try.
    pub says: String,
    /// Which of the verdict's scenarios it explains; `None` when the program never got that far.
    pub scenario: Option<usize>,
    /// Whether it is one of the exercise's named mistakes, and not a general cause or a bare mismatch.
    pub named: bool,
}

/// The result of one check.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// `07_rooms/members_only`.
    pub exercise: String,
    /// At which stage it was checked, if it has stages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<AtStage>,
    /// The track; none for role `frames` and for `-- CMD`.
    pub track: Option<Track>,
    /// Repeats names and order.
    pub seed: u64,
    /// The program failed before any scenario could be played (it did not build, it never listened, …).
    pub program: Option<Mismatch>,
    /// What the program or its compiler printed before that, bounded; may hold colour codes.
    pub output: Vec<String>,
    /// Every scenario, in file order.
    pub scenarios: Vec<ScenarioResult>,
    /// The cause, if it failed.
    pub cause: Option<Cause>,
    /// How long the check took.
    #[serde(serialize_with = "milliseconds")]
    pub took: Duration,
}

impl Verdict {
    /// Whether the exercise is solved: every scenario was played and passed.
    pub fn passed(&self) -> bool {
        self.program.is_none()
            && !self.scenarios.is_empty()
            && self.scenarios.iter().all(|scenario| scenario.outcome == Outcome::Passed)
    }
}

/// Serialises a time as whole milliseconds.
pub(crate) fn milliseconds<S: serde::Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}
