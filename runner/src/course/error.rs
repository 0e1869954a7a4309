//! What can be wrong with a course, or with what was asked of it. Next: [`crate::exit`].

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::exit::{Exit, Failure};

/// A course, an exercise or an answer that cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum CourseError {
    /// The named folder is no course.
    #[error("`{}` is not a course: it needs `exercises/` and `Cargo.toml`; name another folder with `--course`", path.display())]
    NotACourse {
        /// The folder.
        path: PathBuf,
    },
    /// No folder was named and none was found.
    #[error("no course from `{}` upwards; go into the course's folder, or name it with `--course DIR`", here.display())]
    NoCourse {
        /// Where the search began.
        here: PathBuf,
    },
    /// A file or folder of the course cannot be read.
    #[error("cannot read `{}`: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// `order.txt` names an exercise that is not there.
    #[error("{path}:{line}: no exercise `{name}` in this lesson; take the line out, or add the folder")]
    Order {
        /// The file.
        path: String,
        /// Its line, from 1.
        line: usize,
        /// The name in it.
        name: String,
    },
    /// No lesson or exercise has that name.
    #[error("no exercise is called `{name}`; {}", advice(near))]
    Unknown {
        /// What was typed.
        name: String,
        /// What may have been meant.
        near: Vec<String>,
    },
    /// No lesson has that name.
    #[error("no lesson is called `{name}`; {}", advice(near))]
    UnknownLesson {
        /// What was typed.
        name: String,
        /// What may have been meant.
        near: Vec<String>,
    },
    /// Several exercises have that short name.
    #[error("several exercises are called `{name}`: {}; type one of these", quoted(ids))]
    Ambiguous {
        /// What was typed.
        name: String,
        /// The full names.
        ids: Vec<String>,
    },
    /// An exercise has no such answer.
    #[error("`{exercise}` has no {answer}; it has {}", quoted(there))]
    NoAnswer {
        /// The exercise.
        exercise: String,
        /// The answer, in words.
        answer: String,
        /// What it has instead.
        there: Vec<String>,
    },
    /// An exercise lacks a file that every exercise has.
    #[error("`{path}` is missing: every exercise has one")]
    Incomplete {
        /// The file.
        path: String,
    },
    /// A YAML file is not what it should be. Every problem is named, with its place.
    #[error("the course is wrong in {} of `{path}`:\n\n{}", places(*count), rendered.trim_end())]
    Problems {
        /// The file.
        path: String,
        /// How many.
        count: usize,
        /// Each with its line and column, from 1, and its message with what to do.
        problems: Vec<(u32, u32, String)>,
        /// All of them, ready to print.
        rendered: String,
    },
}

impl CourseError {
    /// A file that cannot be read.
    pub(crate) fn unreadable(path: &Path, source: io::Error) -> Self {
        Self::Unreadable { path: path.to_path_buf(), source }
    }

    /// Whose fault it is.
    pub const fn exit(&self) -> Exit {
        match self {
            Self::NotACourse { .. }
            | Self::Unknown { .. }
            | Self::UnknownLesson { .. }
            | Self::Ambiguous { .. }
            | Self::NoAnswer { .. } => Exit::Usage,
            Self::NoCourse { .. } | Self::Unreadable { .. } => Exit::Environment,
            Self::Order { .. } | Self::Incomplete { .. } | Self::Problems { .. } => Exit::Course,
        }
    }
}

impl From<CourseError> for Failure {
    fn from(error: CourseError) -> Self {
        Self { exit: error.exit(), error: error.into() }
    }
}

/// `did you mean …`, or where all names are to be seen.
fn advice(near: &[String]) -> String {
    if near.is_empty() {
        "`list` shows them all".to_owned()
    } else {
        format!(
            "did you mean {}?",
            near.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
        )
    }
}

fn quoted(names: &[String]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn places(count: usize) -> String {
    if count == 1 { "1 place".to_owned() } else { format!("{count} places") }
}
