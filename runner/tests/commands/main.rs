//! Every command as a person meets it: what is typed, what is printed where, and the exit code.
//!
//! The texts are the product, so they are golden files: `golden/NAME.txt` is a whole session. Write them anew with
//! `SNAPSHOTS=overwrite cargo test -p runner --test commands`, and read the difference. Next: `classroom.rs`.

mod classroom;
mod output;
mod prompts;
mod sessions;
