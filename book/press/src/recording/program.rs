//! What is recorded: the demos, and those answers of exercises that the book shows.

use std::{collections::BTreeSet, fmt};

use grader::scenario::model::Track;
use runner::course::Answer;

/// A program that is run for the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Program {
    /// A demo, by its full name: `07_rooms/greet`.
    Demo(String),
    /// An answer of an exercise.
    Answer {
        /// The exercise's full name: `07_rooms/members_only`.
        exercise: String,
        /// At which of its stages, if it has stages and one was named.
        stage: Option<String>,
        /// Which.
        answer: Answer,
    },
}

impl Program {
    /// Its recording, below `book/recordings`.
    pub fn path(&self) -> String {
        match self {
            Self::Demo(id) => format!("demos/{id}.json"),
            Self::Answer { exercise, stage, answer } => {
                let stage = stage.as_ref().map_or(String::new(), |stage| format!("{stage}."));
                format!("exercises/{exercise}/{stage}{}.json", answer.typed().replace(':', "."))
            }
        }
    }

    /// The lesson that it belongs to.
    pub fn lesson(&self) -> &str {
        let (Self::Demo(id) | Self::Answer { exercise: id, .. }) = self;
        id.split('/').next().unwrap_or(id)
    }
}

/// As a person reads it.
impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Demo(id) => write!(f, "{id}"),
            Self::Answer { exercise, stage: None, answer } => write!(f, "{exercise} {}", answer.typed()),
            Self::Answer { exercise, stage: Some(stage), answer } => {
                write!(f, "{exercise} at {stage} {}", answer.typed())
            }
        }
    }
}

/// A program, and how much of it the book needs.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Which.
    pub program: Program,
    /// Tracks that are asked for by name; a demo is recorded in all of its own, another program at least in one.
    pub tracks: BTreeSet<Track>,
    /// Scenarios that are asked for by name. All of a demo are recorded; of another program these, and the one that
    /// shows its cause.
    pub scenarios: BTreeSet<String>,
    /// Who asked first: file, line, column.
    pub asked: (String, u32, u32),
}

impl Wanted {
    /// Adds what somebody else wants of the same program.
    pub fn join(&mut self, other: Self) {
        self.tracks.extend(other.tracks);
        self.scenarios.extend(other.scenarios);
    }
}
