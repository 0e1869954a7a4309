//! What programs put on the wire, recorded: the packets that the book shows.
//!
//! A recording is the same on each machine and in each run. `press check` makes all of them anew and compares.
//!
//! | file | holds |
//! |---|---|
//! | `program.rs` | which programs are recorded |
//! | `model.rs` | a recording as data |
//! | `pace.rs` | scenarios at a slow pace, so that effects follow their causes |
//! | `run.rs` | running a program in its tracks |
//! | `make.rs` | from a transcript to a recording |
//! | `order.rs` | the order of what came |
//! | `ids.rs` | what differs by its nature, made the same |
//! | `replay.rs` | and back to a transcript, for diagrams |
//! | `store.rs` | the files |
//!
//! Next: [`crate::show`].

mod ids;
mod make;
pub mod model;
mod order;
mod pace;
mod program;
mod replay;
mod run;
mod store;

pub use model::Recording;
pub use program::{Program, Wanted};
pub use replay::transcript;
pub use run::{Came, Found, files_of, record};
pub use store::{Lacks, Store};
