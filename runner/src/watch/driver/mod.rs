//! What happens outside the model: keys, files, checks, errands, signals; on a screen or as a log.
//!
//! One task waits for all of them and hands each to the model; a thread of its own checks, because a check is timed and
//! must not wait for a drawing; another runs errands, because a disk may be slow. Ending the session ends the running
//! check, with every process that it started.
//!
//! | file | holds |
//! |---|---|
//! | `session.rs` | the model with everything around it that has no screen |
//! | `checks.rs` | the thread that checks |
//! | `errands.rs` | the thread that asks the desk |
//! | `files.rs` | the watched folder: by events, or by looking |
//! | `signals.rs` | what the system asks of us |
//! | `screen.rs` | the terminal, taken and given back |
//! | `paint.rs` | cells as text with codes for colours |
//! | `face.rs` | the session on a screen |
//! | `log.rs` | the session as a log |
//! | `editor.rs` | which editor, and how it opens a file |
//!
//! Next: `session.rs`.

mod checks;
mod editor;
mod errands;
mod face;
mod files;
mod log;
mod paint;
mod screen;
mod session;
mod signals;

use std::io;

pub use editor::{How, Surroundings, how};
pub use face::on_screen;
pub use files::Files;
pub use log::as_log;

/// Where a session begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The exercise, by its full name.
    pub exercise: String,
    /// Whether the learner named it: then a log stays with it.
    pub named: bool,
    /// Whether files are looked at again and again, because no events come.
    pub poll: bool,
}

/// Why a session cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The terminal refuses.
    #[error("the terminal cannot be used: {0}; `--plain` does without its screen")]
    Terminal(io::Error),
    /// The system refuses.
    #[error("the system does not let us wait for events: {0}; close some programs and try again")]
    System(io::Error),
    /// The output is gone.
    #[error("cannot write the output: {0}")]
    Output(io::Error),
}
