//! Playing by hand at a prompt: named clients do what is typed, and what passes is shown and explained.
//!
//! ```text
//! input ─▶ typed ─▶ table ─▶ client ─▶ carrier::dial ─▶ the learner's server
//!                     │ ◀──────────────── observations ────┘
//!                     ├─▶ report::hand     what is told
//!                     └─▶ story, flow      a scenario that `check --scenario` plays again
//! ```
//!
//! Next: [`session`].

mod client;
mod flow;
mod input;
mod saved;
mod session;
mod story;
mod table;
mod typed;

pub use input::Known;
pub use saved::Saved;
pub use session::{Session, Setting, Stop};
