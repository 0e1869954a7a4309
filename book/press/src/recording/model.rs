//! A recording as data, and as the JSON that is committed.

use std::{collections::BTreeMap, fmt::Write as _};

use grader::scenario::model::{Role, Track};
use serde::{Deserialize, Serialize};

/// The form of the files; another number means that they have to be made anew.
pub const VERSION: u32 = 1;

/// All that a program put on the wire, scenario by scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recording {
    /// [`VERSION`].
    pub version: u32,
    /// What was run: `07_rooms/greet`, `07_rooms/members_only mistake:echo-to-all`.
    pub program: String,
    /// Which side the program is.
    pub role: Role,
    /// The files that it was made from, each with a hash of its text.
    pub sources: BTreeMap<String, String>,
    /// The cause that it fails for, if it is a wrong program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// The scenarios, in the order of their file.
    pub scenarios: Vec<Played>,
}

/// One scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Played {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What was seen; once for all tracks that are alike.
    pub runs: Vec<Run>,
}

/// What was seen in some tracks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The tracks; none for role `frames`.
    pub tracks: Vec<Track>,
    /// The first mismatch, in words; none when it passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
    /// The actors, in the order of the columns.
    pub actors: Vec<String>,
    /// What happened.
    pub entries: Vec<Entry>,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// To whom, or by whom.
    pub actor: String,
    /// What.
    #[serde(flatten)]
    pub what: What,
    /// What always happens (the handshake, the move to WebSocket): shown only when all is asked for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub routine: bool,
    /// The mismatch is about it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub marked: bool,
}

/// Which way something went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// To the program.
    ToProgram,
    /// From the program.
    FromProgram,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    /// A packet.
    Packet {
        /// Which way.
        way: Way,
        /// As it was on the wire; a binary one is described.
        frame: String,
        /// The number of bytes of a binary one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bytes: Option<usize>,
        /// What it is.
        words: String,
    },
    /// The transport opened.
    Opened,
    /// It moved from polling to WebSocket.
    Upgraded,
    /// It ended.
    Closed {
        /// Who ended it.
        way: Way,
        /// How.
        how: String,
    },
    /// The program printed a line.
    Printed {
        /// The line.
        text: String,
    },
    /// The program ended.
    Ended {
        /// How.
        how: String,
    },
    /// An HTTP request or its answer.
    Http {
        /// Which way.
        way: Way,
        /// In one line.
        line: String,
    },
    /// Something was done with the page, or on it.
    Deed {
        /// What.
        verb: String,
        /// With what: JSON texts.
        args: Vec<String>,
    },
    /// The page shows these lines now.
    Shows {
        /// The new ones.
        lines: Vec<String>,
    },
    /// A remark.
    Note {
        /// The text.
        text: String,
    },
}

impl Recording {
    /// The scenario of that id.
    pub fn scenario(&self, id: &str) -> Option<&Played> {
        self.scenarios.iter().find(|played| played.id == id)
    }

    /// The tracks of all its runs.
    pub fn tracks(&self) -> Vec<Track> {
        let mut tracks: Vec<Track> = self
            .scenarios
            .iter()
            .flat_map(|played| &played.runs)
            .flat_map(|run| run.tracks.clone())
            .collect();
        tracks.sort();
        tracks.dedup();
        tracks
    }

    /// The JSON that is committed: each entry is one line, so that a diff shows what has changed on the wire.
    pub fn to_json(&self) -> String {
        let mut outer = self.clone();
        let mut lines = Vec::new();
        for run in outer.scenarios.iter_mut().flat_map(|played| &mut played.runs) {
            for entry in std::mem::take(&mut run.entries) {
                lines.push(serde_json::to_string(&entry).unwrap_or_default());
            }
            lines.push(String::new());
        }
        let text = serde_json::to_string_pretty(&outer).unwrap_or_default();
        let mut lines = lines.into_iter();
        let mut out = String::with_capacity(text.len() * 2);
        for line in text.lines() {
            let Some(before) = line.strip_suffix("\"entries\": []") else {
                out.push_str(line);
                out.push('\n');
                continue;
            };
            let entries: Vec<String> = lines
                .by_ref()
                .take_while(|line| !line.is_empty())
                .map(|line| format!("{before}  {line}"))
                .collect();
            out.push_str(before);
            if entries.is_empty() {
                out.push_str("\"entries\": []\n");
            } else {
                let _ = writeln!(out, "\"entries\": [\n{}\n{before}]", entries.join(",\n"));
            }
        }
        out
    }
}

impl Played {
    /// The run in a track, or the first one.
    pub fn run(&self, track: Option<Track>) -> Option<&Run> {
        match track {
            Some(track) => self.runs.iter().find(|run| run.tracks.contains(&track)),
            None => self.runs.first(),
        }
    }
}
