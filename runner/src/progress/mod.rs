//! What is done, kept in `.socketlings/progress.json` in the course's root.
//!
//! A check ends here: its verdict becomes a [`Change`], and [`Store::record`] writes it. Two runners at once lose
//! nothing, because a change is applied to what the file says under a lock, never to what was read before.
//! A file that cannot be understood is set aside, never overwritten. When nothing can be written the caller
//! prints a warning: a verdict stands without it.
//!
//! | file | holds |
//! |---|---|
//! | `record.rs` | the data, and how a change alters it |
//! | `exercise.rs` | what is remembered about one exercise |
//! | `question.rs` | what is remembered about one question |
//! | `merge.rs` | what two computers know, put together |
//! | `store.rs` | reading, locking, writing |
//! | `file.rs` | setting a file aside |
//!
//! Next: [`crate::bundle`].

mod exercise;
mod file;
mod merge;
mod question;
mod record;
mod store;

pub use exercise::{ExerciseRecord, TrackRecord};
pub use question::{Answered, FirstAnswer, QuestionRecord, as_cause};
pub use record::{Change, Progress};
pub use store::{Kept, ProgressError, Store};
