//! Proves that a course is right: what must pass passes, what must fail fails for its stated reason.
//!
//! [`statics`] looks at the files of exercises, [`plan`] lists the programs and what each must lead to, [`prove`] runs
//! them. [`quizzes`] looks at the questions, [`hears`] computes their keys. [`size`] says how much a lesson has to have.
//! Nothing here prints; `commands::verify` does. Next: [`plan`].

mod hears;
mod likeness;
mod load;
mod plan;
mod prove;
mod quizzes;
mod size;
mod statics;

use grader::scenario::model::Track;
use serde::Serialize;

pub use hears::prove_quizzes;
pub use load::Load;
pub use plan::{Expected, Job, plan};
pub use prove::{Options, Progress, prove};
pub use quizzes::inspect_quizzes;
pub use size::Size;
pub use statics::inspect;

/// Something wrong in the course.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// The file, from the course's root.
    pub file: String,
    /// Line, from 1; 0 when the whole file is meant.
    pub line: u32,
    /// Column in characters, from 1; 0 when the whole line or file is meant.
    pub column: u32,
    /// What is wrong and what to do.
    pub message: String,
}

impl Problem {
    /// A problem of a whole file.
    pub fn of_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: 0, column: 0, message: message.into() }
    }
}

/// An exercise that was not proved, and what it needs for that. Never a pass.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Skipped {
    /// The exercise and its track: `07_rooms/members_only (javascript)`.
    pub exercise: String,
    /// What this computer lacks.
    pub needs: String,
}

/// How many exercises exist in each track.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tracks {
    /// In JavaScript.
    pub javascript: usize,
    /// In Rust.
    pub rust: usize,
}

impl Tracks {
    /// Counts one exercise.
    pub fn count(&mut self, track: Track) {
        match track {
            Track::JavaScript => self.javascript += 1,
            Track::Rust => self.rust += 1,
        }
    }
}

/// The whole result: what `verify --json` prints.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Lessons with at least one exercise.
    pub lessons: usize,
    /// Exercises.
    pub exercises: usize,
    /// Exercises in each track.
    pub tracks: Tracks,
    /// Starters that ran and failed for their stated reason: one for each exercise (or stage of one) and track.
    pub starters_failing: usize,
    /// Solutions that passed, other right programs included.
    pub solutions_passing: usize,
    /// Mistakes whose programs were rejected for exactly that reason in each of their tracks.
    pub mistakes_named: usize,
    /// Questions of all quizzes.
    pub questions: usize,
    /// Questions whose key was computed here, by the codec or by a run, and agrees.
    pub questions_computed: usize,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What was not proved.
    pub skipped: Vec<Skipped>,
}
