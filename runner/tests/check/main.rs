//! `check` as it is typed: exit codes, what is printed for people and for programs, what is remembered.
//!
//! What a failure looks like is in `tests/report` and `tests/causes`. Most tests use `shake_hands`, which needs
//! neither Node nor Rust. `typed` runs one command, `programs` feeds other programs, `sessions` types several.
//! Next: `typed.rs`.

#[allow(dead_code, reason = "the tests of `verify` use another part of it")]
#[path = "../verify/small_course.rs"]
mod small_course;

mod programs;
mod sessions;
mod stages;
mod typed;

use std::process::Command;

/// What a command did.
struct Done {
    exit: i32,
    out: String,
    err: String,
}

impl Done {
    fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { exit: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}
