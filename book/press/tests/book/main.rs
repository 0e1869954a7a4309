//! The press, seen from outside: what it shows, what it refuses, and what it writes.
//!
//! `SNAPSHOTS=overwrite cargo test -p press` writes the golden files anew: then read them.

mod checked;
mod commands;
mod errors;
mod external;
mod hostile;
mod made_new;
mod ours;
mod published;
mod quizzed;
mod recorded;
mod served;
mod shown;
mod support;
