//! `quiz` as a person meets it: by lines, by keys on a terminal, and as a program; and what is kept of it.
//!
//! The texts are the product: `golden/NAME.txt` is a whole session or a screen. Write them anew with
//! `SNAPSHOTS=overwrite cargo test -p runner --test quiz`, and read the difference. Next: `room.rs`.

mod export;
mod kept;
mod lines;
mod looks;
mod program;
#[cfg(unix)]
mod pty;
mod room;
#[cfg(unix)]
mod screen;
#[cfg(unix)]
mod terminal;
