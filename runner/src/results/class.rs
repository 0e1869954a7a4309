//! What is known of a class: its learners, and what is hard for them. Next: `hard.rs`.

use serde::Serialize;

use super::{
    gather::{Gathered, LeftOut},
    hard::{self, HardExercise, HardQuestion, MetMistake},
    learner::Learner,
    outline::Outline,
};

/// A class. As JSON it is what `report --json` writes.
#[derive(Debug, Clone, Serialize)]
pub struct Class {
    format: &'static str,
    version: u64,
    /// When it was made: seconds since 1970.
    pub made_at: u64,
    /// By name.
    pub learners: Vec<Learner>,
    /// Exercises, and stages of them, that somebody tried; what to teach again comes first.
    pub exercises: Vec<HardExercise>,
    /// Questions that somebody answered; what to teach again comes first.
    pub questions: Vec<HardQuestion>,
    /// Mistakes that were met; those that most have met come first.
    pub mistakes: Vec<MetMistake>,
    /// Files that were not used.
    pub left_out: Vec<LeftOut>,
    /// Files that are no `.json`.
    pub other_files: usize,
}

impl Class {
    /// What is known of the learners of a folder.
    pub fn of(gathered: Gathered, outline: &Outline, made_at: u64) -> Self {
        let Gathered { learners, left_out, others } = gathered;
        Self {
            format: "socketlings-report",
            version: 1,
            made_at,
            exercises: hard::exercises(&learners, outline),
            questions: hard::questions(&learners, outline),
            mistakes: hard::mistakes(&learners),
            learners,
            left_out,
            other_files: others,
        }
    }

    /// Files with which something is wrong.
    pub fn refused(&self) -> impl Iterator<Item = &LeftOut> {
        self.left_out.iter().filter(|file| file.refused)
    }

    /// Learners whose results are of another state of the course.
    pub fn of_another_state(&self) -> usize {
        self.learners.iter().filter(|learner| !learner.same_course).count()
    }
}
