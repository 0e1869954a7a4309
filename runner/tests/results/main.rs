//! Results: a learner's own summary, bundles out and in, and the report on a class.
//!
//! The texts are the product: `golden/` holds what a person reads. Write them anew with
//! `SNAPSHOTS=overwrite cargo test -p runner --test results`, and read the difference. Next: `room.rs`.

#[cfg(unix)]
mod asked;
mod class;
mod exported;
mod files;
mod hostile;
mod imported;
mod merged;
mod own;
#[cfg(unix)]
#[allow(dead_code, reason = "it can do more than is needed here")]
#[path = "../quiz/pty.rs"]
mod pty;
mod room;
#[cfg(unix)]
#[allow(dead_code, reason = "it can do more than is needed here")]
#[path = "../quiz/screen.rs"]
mod screen;
mod work;
