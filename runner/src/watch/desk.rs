//! What the watch asks of the commands. They know the course, the progress and the words; the watch knows none of them.
//!
//! A test has a desk of its own. Next: `driver/`.

use std::{ffi::OsString, path::PathBuf, sync::Arc};

use grader::{
    scenario::model::{Exercise, Mistake, Track},
    verdict::Verdict,
};

use super::model::Outline;
use crate::{check::Work, report::ExerciseView};

/// What can be asked for with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    /// What the exercise asks for, and whether the learner's file is still as it was at the start.
    Begin,
    /// What the exercise asks for.
    Goal,
    /// One more hint.
    Hint,
    /// Its last failure, at length.
    Explain,
    /// The course's solution, if one's own has passed.
    Solution,
    /// The learner's file as it was at the start.
    Reset,
}

/// What an errand brings back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A text, with colours in it.
    Text(String),
    /// The goal, and whether the learner's file is still as it was at the start.
    Begin {
        /// The goal, with colours in it.
        goal: String,
        /// Whether nothing was written yet.
        untouched: bool,
    },
    /// One's own program, and the course's.
    Compare {
        /// The learner's text.
        yours: String,
        /// The course's text.
        ours: String,
        /// Where it is.
        path: String,
    },
}

/// All that one check needs.
#[derive(Debug)]
pub struct Attempt {
    /// `07_rooms/members_only`.
    pub id: String,
    /// The exercise, at its stage if it has stages.
    pub exercise: Arc<Exercise>,
    /// The course's general causes.
    pub causes: Arc<Vec<Mistake>>,
    /// The track; none where no language is needed.
    pub track: Option<Track>,
    /// The learner's work.
    pub work: Work,
    /// What the report says that no event carries.
    pub view: ExerciseView,
    /// Names and order of this run.
    pub seed: u64,
    /// Seconds since 1970, for tokens.
    pub epoch: u64,
}

/// Who knows the course. Exercises are asked for by their full name.
pub trait Desk: Send + Sync {
    /// The lessons and exercises with what has passed.
    fn outline(&self) -> Outline;

    /// What is to be checked; or why it cannot be, in words for the learner.
    fn attempt(&self, exercise: &str) -> Result<Attempt, String>;

    /// Keeps what a check has shown. What goes wrong comes back in words.
    fn record(&self, attempt: &Recorded, verdict: &Verdict) -> Vec<String>;

    /// Runs an errand. Prose is at most so many columns wide.
    fn answer(&self, errand: Errand, exercise: &str, columns: usize) -> Result<Answer, String>;

    /// The file that the learner edits.
    fn file(&self, exercise: &str) -> Option<PathBuf>;

    /// The command that asks the questions of the exercise's lesson, in a terminal. None: there is no such exercise.
    fn quiz(&self, exercise: &str) -> Option<Vec<OsString>>;
}

/// Whose verdict is kept.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// `07_rooms/members_only`.
    pub id: String,
    /// In which track.
    pub track: Option<Track>,
}
