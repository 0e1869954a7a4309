//! The data of a bundle. Next: `convert.rs`.
//!
//! Times are seconds since 1970 (UTC). Whatever else stands in a file is refused, so a bundle holds nothing but this.

use std::collections::BTreeMap;

use grader::scenario::model::Track;
use serde::{Deserialize, Serialize};

use super::CourseMark;
use crate::{progress::FirstAnswer, review::Card};

/// What `format` says.
pub(super) const FORMAT: &str = "socketlings-bundle";
/// The version that this runner writes, and the only one that it reads.
pub(super) const VERSION: u64 = 1;

/// One learner's results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    pub(super) format: String,
    pub(super) version: u64,
    /// When it was made.
    pub made_at: u64,
    /// The name that the learner gave.
    pub learner: String,
    /// The language that the learner chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<Track>,
    /// Which course it is.
    pub course: CourseMark,
    /// By full name: `07_rooms/members_only`. Only those that were touched.
    pub exercises: BTreeMap<String, OfExercise>,
    /// By id, and the causes that were met by theirs: `cause:members_only/echo-to-all`.
    pub questions: BTreeMap<String, OfQuestion>,
    #[serde(skip_serializing)]
    pub(super) sha256: String,
}

/// One exercise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfExercise {
    /// In JavaScript.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub javascript: Option<OfTrack>,
    /// In Rust.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rust: Option<OfTrack>,
    /// Without a language, or in one of the learner's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<OfTrack>,
    /// How many hints were shown.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub hints: u32,
    /// When the course's solution was looked at for the first time before a pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solution_seen_at: Option<u64>,
    /// The help that was taken for its stages, by their ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stage_help: BTreeMap<String, StageHelp>,
}

/// One exercise in one track.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfTrack {
    /// How often it was checked.
    pub checks: u64,
    /// When it passed for the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_at: Option<u64>,
    /// How many checks that took; none where nobody counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_after: Option<u64>,
    /// Its stages, by their ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stages: BTreeMap<String, OfStage>,
}

/// One stage of an exercise in one track.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfStage {
    /// How often it was checked.
    #[serde(default)]
    pub checks: u64,
    /// When it passed for the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_at: Option<u64>,
    /// How many checks that took; none where nobody counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_after: Option<u64>,
}

/// The help that was taken for a stage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageHelp {
    /// How many hints were shown.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub hints: u32,
    /// When the course's solution was looked at for the first time before a pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solution_seen_at: Option<u64>,
}

/// One question.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfQuestion {
    /// How often it was answered right.
    pub right: u64,
    /// How often it was answered wrong.
    pub wrong: u64,
    /// The first answer; none where nobody kept it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<FirstAnswer>,
    /// The last answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Last>,
    /// When it comes back in a review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
}

/// The last answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Last {
    /// When.
    pub at: u64,
    /// Whether it was right.
    pub right: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it a reference")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}
