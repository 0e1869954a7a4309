//! Progress as data, and the changes that it can go through. Next: `store.rs`.
//!
//! ```json
//! { "version": 1, "track": "rust", "last_checked": "07_rooms/members_only",
//!   "exercises": { "07_rooms/members_only": {
//!     "rust": { "passed_at": 1764000000, "attempts": 3 }, "hints_shown": 1, "last_cause": "no-answer" } },
//!   "questions": {} }
//! ```
//!
//! Times are seconds since 1970 (UTC). Entries that this version does not know are kept as they are.

use std::collections::BTreeMap;

use grader::scenario::model::Track;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The version of the file that this runner writes.
pub(super) const VERSION: u64 = 1;

/// Everything that is remembered about a learner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    version: u64,
    /// The language that the learner chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<Track>,
    /// The full name of the exercise that was checked last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_checked: Option<String>,
    /// By full name: `07_rooms/members_only`.
    #[serde(default)]
    pub exercises: BTreeMap<String, ExerciseRecord>,
    /// By the question's id. Nothing here looks inside.
    #[serde(default)]
    pub questions: Map<String, Value>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            version: VERSION,
            track: None,
            last_checked: None,
            exercises: BTreeMap::new(),
            questions: Map::new(),
            unknown: Map::new(),
        }
    }
}

/// What is remembered about one exercise.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ExerciseRecord {
    /// In JavaScript.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub javascript: Option<TrackRecord>,
    /// In Rust.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rust: Option<TrackRecord>,
    /// Without a language (frames), or in a language of the learner's own (`check … -- CMD`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<TrackRecord>,
    /// How many hints have been shown.
    #[serde(default)]
    pub hints_shown: usize,
    /// Why the last attempt failed: `members_only/echo-to-all`. None after a pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_cause: Option<String>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// What is remembered about one exercise in one track.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackRecord {
    /// When it passed for the first time: seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_at: Option<u64>,
    /// How often it was checked.
    #[serde(default)]
    pub attempts: u64,
}

/// Something that happened. Changes of two runners may come in any order: no count is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The learner chose a language.
    Track(Track),
    /// An exercise was checked.
    Attempt {
        /// Its full name.
        exercise: String,
        /// In which track; none for frames and for `-- CMD`.
        track: Option<Track>,
        /// When: seconds since 1970.
        at: u64,
        /// Whether it passed.
        passed: bool,
        /// Why it failed.
        cause: Option<String>,
    },
    /// So many hints of an exercise have been shown by now.
    Hints {
        /// Its full name.
        exercise: String,
        /// How many.
        shown: usize,
    },
    /// The learner's file was put back to its starter: the pass in this track is taken back.
    Reset {
        /// Its full name.
        exercise: String,
        /// In which track.
        track: Option<Track>,
    },
}

impl Progress {
    /// Applies what happened.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Track(track) => self.track = Some(*track),
            Change::Attempt { exercise, track, at, passed, cause } => {
                self.last_checked = Some(exercise.clone());
                let record = self.record_mut(exercise);
                record.last_cause = if *passed { None } else { cause.clone() };
                let in_track = record.in_track_mut(*track);
                in_track.attempts = in_track.attempts.saturating_add(1);
                if *passed {
                    in_track.passed_at = Some(in_track.passed_at.map_or(*at, |before| before.min(*at)));
                }
            }
            Change::Hints { exercise, shown } => {
                let record = self.record_mut(exercise);
                record.hints_shown = record.hints_shown.max(*shown);
            }
            Change::Reset { exercise, track } => {
                let record = self.record_mut(exercise);
                record.in_track_mut(*track).passed_at = None;
                record.last_cause = None;
            }
        }
    }

    /// What is remembered about an exercise.
    pub fn exercise(&self, id: &str) -> Option<&ExerciseRecord> {
        self.exercises.get(id)
    }

    /// Whether an exercise passed in a track, or without one: who solved it in Python need not solve it again.
    pub fn passed(&self, id: &str, track: Option<Track>) -> bool {
        self.exercise(id).is_some_and(|record| {
            [record.in_track(track), record.in_track(None)]
                .into_iter()
                .flatten()
                .any(|record| record.passed_at.is_some())
        })
    }

    fn record_mut(&mut self, exercise: &str) -> &mut ExerciseRecord {
        self.exercises.entry(exercise.to_owned()).or_default()
    }
}

impl ExerciseRecord {
    /// What is remembered of it in one track; `None` asks for attempts without one.
    pub const fn in_track(&self, track: Option<Track>) -> Option<&TrackRecord> {
        match track {
            Some(Track::JavaScript) => self.javascript.as_ref(),
            Some(Track::Rust) => self.rust.as_ref(),
            None => self.other.as_ref(),
        }
    }

    fn in_track_mut(&mut self, track: Option<Track>) -> &mut TrackRecord {
        let slot = match track {
            Some(Track::JavaScript) => &mut self.javascript,
            Some(Track::Rust) => &mut self.rust,
            None => &mut self.other,
        };
        slot.get_or_insert_default()
    }
}
