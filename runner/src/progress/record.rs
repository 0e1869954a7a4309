//! Progress as data, and the changes that it can go through. Next: `exercise.rs`.
//!
//! ```json
//! { "version": 2, "track": "rust", "learner": "Asha", "last_checked": "07_rooms/members_only",
//!   "exercises": { "07_rooms/members_only": {
//!     "rust": { "passed_at": 1764000000, "attempts": 3, "passed_after": 2 }, "hints_shown": 1 },
//!     "23_what_you_learn/tic_tac_toe": {
//!     "rust": { "attempts": 2, "stages": { "seats": 1764000100 }, "stage_attempts": { "seats": 1, "turns": 1 },
//!       "stage_passed_after": { "seats": 1 } }, "hints_shown": 0, "stage_hints": { "turns": 1 } } },
//!   "questions": {} }
//! ```
//!
//! Times are seconds since 1970 (UTC). Entries that this version does not know are kept as they are.
//!
//! Version 2 counts what a teacher asks about (`passed_after`, `stage_attempts`, `first` of a question, solutions that were
//! seen). A file of version 1 is read as one in which that is not known; what follows from its counts is filled in.

use std::collections::{BTreeMap, BTreeSet};

use grader::scenario::model::Track;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    exercise::ExerciseRecord,
    question::{Answered, QuestionRecord, of_cause},
};
use crate::review::Rating;

/// The version of the file that this runner writes.
pub(super) const VERSION: u64 = 2;

/// Everything that is remembered about a learner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    version: u64,
    /// The language that the learner chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<Track>,
    /// The name that the learner gave for a bundle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learner: Option<String>,
    /// The full name of the exercise that was checked last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_checked: Option<String>,
    /// By full name: `07_rooms/members_only`.
    #[serde(default)]
    pub exercises: BTreeMap<String, ExerciseRecord>,
    /// By the question's id: see [`QuestionRecord`]. What is none stays as it is.
    #[serde(default)]
    pub questions: Map<String, Value>,
    #[serde(flatten)]
    pub(super) unknown: Map<String, Value>,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            version: VERSION,
            track: None,
            learner: None,
            last_checked: None,
            exercises: BTreeMap::new(),
            questions: Map::new(),
            unknown: Map::new(),
        }
    }
}

/// Something that happened. Changes of two runners may come in any order: no count is lost.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// The learner chose a language.
    Track(Track),
    /// The learner gave a name.
    Name(String),
    /// An exercise was checked.
    Attempt {
        /// Its full name.
        exercise: String,
        /// The stage that it was at, if it has stages.
        stage: Option<String>,
        /// In which track; none for frames and for `-- CMD`.
        track: Option<Track>,
        /// When: seconds since 1970.
        at: u64,
        /// Whether it passed: with stages, the last of them.
        passed: bool,
        /// Why it failed.
        cause: Option<String>,
    },
    /// A stage of an exercise passed. Comes after the attempt that it passed in.
    StagePassed {
        /// The exercise's full name.
        exercise: String,
        /// The stage's id.
        stage: String,
        /// In which track; none for `-- CMD`.
        track: Option<Track>,
        /// When: seconds since 1970.
        at: u64,
    },
    /// So many hints of an exercise have been shown by now.
    Hints {
        /// Its full name.
        exercise: String,
        /// The stage that they are of, if it has stages.
        stage: Option<String>,
        /// How many.
        shown: usize,
    },
    /// The course's solution was looked at before the learner's own passed.
    SolutionSeen {
        /// The exercise's full name.
        exercise: String,
        /// The stage that it is of, if it has stages.
        stage: Option<String>,
        /// When: seconds since 1970.
        at: u64,
    },
    /// A question was answered, or a cause explained.
    Answered {
        /// Its id.
        question: String,
        /// How.
        answered: Answered,
    },
    /// The learner's file was put back to its starter: the pass in this track is taken back.
    Reset {
        /// Its full name.
        exercise: String,
        /// The stages whose pass is taken back too.
        stages: Vec<String>,
        /// In which track.
        track: Option<Track>,
    },
    /// What another computer knows was brought in: see `merge.rs`.
    Brought(Box<Progress>),
}

impl Progress {
    /// Applies what happened.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Track(track) => self.track = Some(*track),
            Change::Name(name) => self.learner = Some(name.clone()),
            Change::Attempt { exercise, stage, track, at, passed, cause } => {
                self.last_checked = Some(exercise.clone());
                let record = self.record_mut(exercise);
                record.last_cause = if *passed { None } else { cause.clone() };
                let met = cause.as_deref().filter(|_| !passed).and_then(of_cause);
                record.in_track_mut(*track).attempt(stage.as_deref(), *passed, *at);
                // Met again and again while one works on it, it comes back once.
                if let Some(cause) = met.filter(|cause| !self.questions.contains_key(cause)) {
                    let rating = Some(Rating::Again);
                    self.answer(&cause, &Answered { at: *at, right: false, rating, instead: false });
                }
            }
            Change::Answered { question, answered } => self.answer(question, answered),
            Change::StagePassed { exercise, stage, track, at } => {
                self.record_mut(exercise).in_track_mut(*track).pass_stage(stage, *at);
            }
            Change::Hints { exercise, stage, shown } => {
                let record = self.record_mut(exercise);
                let before = match stage {
                    Some(stage) => record.stage_hints.entry(stage.clone()).or_default(),
                    None => &mut record.hints_shown,
                };
                *before = (*before).max(*shown);
            }
            Change::Reset { exercise, stages, track } => {
                let record = self.record_mut(exercise);
                let in_track = record.in_track_mut(*track);
                in_track.passed_at = None;
                in_track.stages.retain(|stage, _| !stages.contains(stage));
                record.last_cause = None;
            }
            Change::SolutionSeen { exercise, stage, at } => {
                self.record_mut(exercise).see_solution(stage.as_deref(), *at);
            }
            Change::Brought(other) => self.merge(other),
        }
    }

    /// Makes of an older version's file one of this version.
    pub(super) fn upgrade(&mut self) {
        if self.version < 2 {
            for entry in self.questions.values_mut() {
                if let Ok(mut record) = serde_json::from_value::<QuestionRecord>(entry.clone())
                    && record.work_out_first()
                    && let Ok(value) = serde_json::to_value(record)
                {
                    *entry = value;
                }
            }
        }
        self.version = VERSION;
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

    /// Whether a stage of an exercise passed in a track, or without one.
    pub fn stage_passed(&self, id: &str, stage: &str, track: Option<Track>) -> bool {
        self.exercise(id).is_some_and(|record| {
            [record.in_track(track), record.in_track(None)]
                .into_iter()
                .flatten()
                .any(|record| record.stages.contains_key(stage))
        })
    }

    /// How many stages of an exercise passed in a track, or without one.
    pub fn stages_passed(&self, id: &str, track: Option<Track>) -> usize {
        let record = self.exercise(id);
        let stages = [
            record.and_then(|record| record.in_track(track)),
            record.and_then(|record| record.in_track(None)),
        ];
        stages.into_iter().flatten().flat_map(|record| record.stages.keys()).collect::<BTreeSet<_>>().len()
    }

    /// What is remembered about a question.
    pub fn question(&self, id: &str) -> Option<QuestionRecord> {
        serde_json::from_value(self.questions.get(id)?.clone()).ok()
    }

    /// The questions and causes whose time has come: those that wait the longest first.
    pub fn due(&self, now: u64) -> Vec<String> {
        let card = |id: &String| Some((self.question(id)?.card?, id.clone()));
        let mut due: Vec<(u64, String)> = self
            .questions
            .keys()
            .filter_map(card)
            .filter(|(card, _)| card.is_due(now))
            .map(|(card, id)| (card.due, id))
            .collect();
        due.sort();
        due.into_iter().map(|(_, id)| id).collect()
    }

    /// An entry that cannot be read is somebody else's, and stays.
    fn answer(&mut self, id: &str, answered: &Answered) {
        let mut record = match self.questions.get(id) {
            None => QuestionRecord::default(),
            Some(_) => match self.question(id) {
                Some(record) => record,
                None => return,
            },
        };
        record.answer(answered);
        if let Ok(value) = serde_json::to_value(record) {
            self.questions.insert(id.to_owned(), value);
        }
    }

    fn record_mut(&mut self, exercise: &str) -> &mut ExerciseRecord {
        self.exercises.entry(exercise.to_owned()).or_default()
    }
}
