//! Which course a bundle belongs to, as far as that is cheap to know: no YAML is read. Next: `seal.rs`.

use std::fs;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::seal::hex;
use crate::course::{Course, CourseError};

/// A course, and its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CourseMark {
    /// SHA-256 of the exercises' and the quizzes' files, whatever their line ends. Two courses of the same mark ask the same.
    pub sha256: String,
    /// The full names of all exercises, in order.
    pub exercises: Vec<String>,
    /// The ids of all quizzes, in order.
    pub quizzes: Vec<String>,
}

impl CourseMark {
    /// The mark of a course.
    pub fn of(course: &Course) -> Result<Self, CourseError> {
        let mut hash = Sha256::new();
        let (mut exercises, mut quizzes) = (Vec::new(), Vec::new());
        let mut add = |id: &str, path: &std::path::Path| {
            let mut bytes = fs::read(path).map_err(|error| CourseError::unreadable(path, error))?;
            // Git may have given this clone other line ends.
            bytes.retain(|byte| *byte != b'\r');
            for part in [id.as_bytes(), &bytes] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part);
            }
            Ok::<_, CourseError>(())
        };
        for exercise in course.exercises() {
            add(exercise.id(), &exercise.yaml())?;
            exercises.push(exercise.id().to_owned());
        }
        for quiz in course.quizzes()? {
            add(quiz.id(), quiz.path())?;
            quizzes.push(quiz.id().to_owned());
        }
        Ok(Self { sha256: hex(&hash.finalize()), exercises, quizzes })
    }

    /// Whether nothing in this course is in the other one.
    pub fn is_foreign_to(&self, other: &Self) -> bool {
        !self.exercises.iter().any(|id| other.exercises.contains(id))
    }
}
