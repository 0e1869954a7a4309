//! What a learner hands in, or takes along to another computer: one file of JSON, sealed against accidents.
//!
//! `progress export` makes a [`Bundle`] of the progress; `progress import` makes progress of it again; `report` reads many.
//! It holds the learner's name, the track, which course it is, and what was done of it. It holds no path, no user name of a
//! computer and no program text.
//!
//! ```json
//! { "format": "socketlings-bundle", "version": 1, "made_at": 1764000000, "learner": "Asha", "track": "javascript",
//!   "course": { "sha256": "9f86…", "exercises": ["07_rooms/members_only"], "quizzes": ["07_rooms"] },
//!   "exercises": { "07_rooms/members_only": {
//!     "javascript": { "checks": 3, "passed_at": 1763990000, "passed_after": 2 }, "hints": 1 } },
//!   "questions": { "who_keeps_the_rooms": { "right": 2, "wrong": 1, "first": { "at": 1763900000, "right": false } } },
//!   "sha256": "…" }
//! ```
//!
//! The last member is the SHA-256 of all before it, without the space between tokens. It tells of a file that was damaged on its way, or
//! changed by an editor. It proves nothing about who made the file: whoever wants to cheat can compute it, too.
//!
//! | file | holds |
//! |---|---|
//! | `model.rs` | the data |
//! | `convert.rs` | from progress, and back |
//! | `course.rs` | which course it is |
//! | `seal.rs` | the checksum, and the text of a file |
//! | `read.rs` | a file that a stranger wrote |
//! | `name.rs` | the learner's name, and a file's name made of it |
//!
//! Next: [`crate::results`].

mod convert;
mod course;
mod model;
mod name;
mod read;
mod seal;

pub use course::CourseMark;
pub use model::{Bundle, Last, OfExercise, OfQuestion, OfStage, OfTrack, StageHelp};
pub use name::{NameError, file_name, learner_name, same_person};
pub use read::{Refused, read};
