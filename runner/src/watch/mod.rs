//! `watch`: a full screen beside the editor. Each save gets its verdict; a key gets a hint, a diff, the next exercise.
//!
//! Three layers, and what is new goes round them in one direction:
//!
//! ```text
//! driver  ──Event──▶  model  ──Effect──▶  driver          view: model ─▶ frame
//! keys, files, checks, errands            start, cancel, ask, open, leave
//! ```
//!
//! | file | holds |
//! |---|---|
//! | `model/` | the state, and what each event makes of it; pure, so that tests drive it without a terminal |
//! | `view/` | the state as a frame; no input, no output |
//! | `driver/` | the terminal, the watched files, the thread that checks, the editor |
//! | `desk.rs` | what the watch asks of the commands, which know the words |
//! | `verdict.rs` | a check as `report` tells it, in as many columns as there are |
//! | `ansi.rs`, `diff.rs` | coloured text as lines; one's own program beside the course's |
//!
//! The words of a verdict are `report`'s, those of hints and goals are the commands'. Next: [`model`].

mod ansi;
mod desk;
mod diff;
pub mod driver;
pub mod model;
mod verdict;
pub mod view;

pub use desk::{Answer, Attempt, Desk, Errand, Recorded};
pub use verdict::Told;
