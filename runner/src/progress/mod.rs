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
//! | `question.rs` | what is remembered about one question |
//! | `store.rs` | reading, locking, writing |
//! | `file.rs` | setting a file aside |
//!
//! Next: [`crate::cli`].

mod file;
mod question;
mod record;
mod store;

pub use question::{Answered, QuestionRecord, as_cause};
pub use record::{Change, ExerciseRecord, Progress, TrackRecord};
pub use store::{Kept, ProgressError, Store};
