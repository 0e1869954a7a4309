//! What is remembered about one exercise. Next: `question.rs`.
//!
//! ```json
//! { "javascript": { "passed_at": 1764000000, "attempts": 3, "passed_after": 2 }, "hints_shown": 1, "solution_seen_at": 1763990000 }
//! ```

use std::collections::BTreeMap;

use grader::scenario::model::Track;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

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
    /// How many hints of each stage have been shown, by the stage's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stage_hints: BTreeMap<String, usize>,
    /// When the course's solution was looked at for the first time before a pass (`--spoil`): seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solution_seen_at: Option<u64>,
    /// The same for each stage, by the stage's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stage_solutions_seen: BTreeMap<String, u64>,
    /// Why the last attempt failed: `members_only/echo-to-all`. None after a pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_cause: Option<String>,
    #[serde(flatten)]
    pub(super) unknown: Map<String, Value>,
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
    /// How many checks it took to pass for the first time. A reset does not change it. None where nobody counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_after: Option<u64>,
    /// When each stage passed for the first time, by the stage's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stages: BTreeMap<String, u64>,
    /// How often it was checked at each stage, by the stage's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stage_attempts: BTreeMap<String, u64>,
    /// How many checks each stage took to pass for the first time, by the stage's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stage_passed_after: BTreeMap<String, u64>,
}

impl ExerciseRecord {
    /// How many hints of the exercise, or of one of its stages, have been shown.
    pub fn hints_of(&self, stage: Option<&str>) -> usize {
        stage.map_or(self.hints_shown, |stage| self.stage_hints.get(stage).copied().unwrap_or_default())
    }

    /// What is remembered of it in one track; `None` asks for attempts without one.
    pub const fn in_track(&self, track: Option<Track>) -> Option<&TrackRecord> {
        match track {
            Some(Track::JavaScript) => self.javascript.as_ref(),
            Some(Track::Rust) => self.rust.as_ref(),
            None => self.other.as_ref(),
        }
    }

    pub(super) fn in_track_mut(&mut self, track: Option<Track>) -> &mut TrackRecord {
        let slot = match track {
            Some(Track::JavaScript) => &mut self.javascript,
            Some(Track::Rust) => &mut self.rust,
            None => &mut self.other,
        };
        slot.get_or_insert_default()
    }

    pub(super) fn see_solution(&mut self, stage: Option<&str>, at: u64) {
        let first = match stage {
            Some(stage) => self.stage_solutions_seen.entry(stage.to_owned()).or_insert(at),
            None => self.solution_seen_at.get_or_insert(at),
        };
        *first = (*first).min(at);
    }
}

impl TrackRecord {
    pub(super) fn attempt(&mut self, stage: Option<&str>, passed: bool, at: u64) {
        self.attempts = self.attempts.saturating_add(1);
        if let Some(stage) = stage {
            let attempts = self.stage_attempts.entry(stage.to_owned()).or_default();
            *attempts = attempts.saturating_add(1);
        }
        if passed {
            if self.passed_at.is_none() && self.passed_after.is_none() {
                self.passed_after = Some(self.attempts);
            }
            self.passed_at = Some(self.passed_at.map_or(at, |before| before.min(at)));
        }
    }

    pub(super) fn pass_stage(&mut self, stage: &str, at: u64) {
        if !self.stages.contains_key(stage)
            && !self.stage_passed_after.contains_key(stage)
            && let Some(attempts) = self.stage_attempts.get(stage)
        {
            self.stage_passed_after.insert(stage.to_owned(), *attempts);
        }
        let first = self.stages.entry(stage.to_owned()).or_insert(at);
        *first = (*first).min(at);
    }
}
