//! One file per subcommand, each with its arguments and its `execute`.
//!
//! Commands print to the writers of their [`Context`] and nowhere else, so a test can hand them a buffer.
//! They return an [`Exit`], or a [`Failure`] that `main` prints once.
//!
//! Shared by them: `context.rs` (what a command is handed), `look.rs` (colours and marks), `prose.rs` (wrapped
//! text), `pick.rs` (which exercise is meant), `stage.rs` (which of its stages), `tools.rs` (programs on this computer), `ask.rs` (prompts),
//! `foreign.rs` (`--url` and `-- CMD`), `scenario.rs` (`--scenario`), `target.rs` (where a result goes), `desk.rs` (the commands, for a watch), `view.rs` (what a report says of an
//! exercise), `interrupt.rs` (Ctrl-C).
//! Next: [`check`].

mod ask;
mod context;
mod desk;
mod foreign;
pub mod interrupt;
pub mod look;
mod pick;
mod prose;
mod scenario;
mod stage;
mod target;
mod tools;
mod view;

pub mod check;
pub mod completions;
pub mod doctor;
pub mod explain;
pub mod goal;
pub mod hint;
pub mod list;
pub mod overview;
pub mod play;
pub mod progress;
pub mod quiz;
pub mod report;
pub mod reset;
pub mod solution;
pub mod track;
pub mod verify;
pub mod watch;
pub mod wire;

pub use context::{Context, Terminal, now, typed};
pub use pick::{next, pick};
pub use prose::wrap;
