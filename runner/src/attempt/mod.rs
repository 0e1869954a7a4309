//! The learner's program: prepared, launched, heard, and ended without a trace.
//!
//! `check` says what to run ([`Spec`]) and gets a [`Launcher`], then one [`Running`] program for each scenario.
//! Nothing here knows Socket.IO or decides anything beyond "it did not start, for this reason".
//!
//! What a program gets in its environment, beside the runner's own and `Spec::env`:
//!
//! | variable | who gets it | meaning |
//! |---|---|---|
//! | `PORT` | programs that listen by themselves | listen on 127.0.0.1 there |
//! | `URL` | client programs | connect there |
//! | `NODE_INDEX` | programs that run on several nodes | which node this is, from 1 |
//! | `REDIS_URL` | programs that need Redis | connect there |
//! | `SOCKETLINGS_ATTEMPT` | all | a token by which every descendant is found and ended |
//! | `SOCKETLINGS_CONTROL` | hosted Rust programs | `stdin`: where the control socket is |
//! | `SOCKETLINGS_ANSWER` | the program of all Rust answers | which answer to run |
//!
//! When the runner is killed, hosted programs see their control socket close, and a guardian shell ends every
//! other one. Only a foreign program that both left its process group and cleared its environment can outlive that.
//!
//! Reading order: `launcher`, `javascript`, `rust`, `hosting`, `hosts`, `page`, `process`, `output`, `tree`, `platform`, `guardian`,
//! `ready`, `redis`, `failure`.

mod census;
mod failure;
mod guardian;
mod hosting;
mod hosts;
mod javascript;
mod launcher;
mod output;
mod page;
mod platform;
mod port;
mod process;
mod ready;
mod redis;
mod running;
mod rust;
mod stamp;
mod tool;
mod tree;

use std::{ffi::OsString, net::SocketAddr, path::PathBuf, time::Duration};

pub use failure::{LaunchFailure, PrepareError};
pub use hosts::Hosts;
pub use javascript::{OLDEST_NODE, is_installed};
pub use launcher::{Launcher, Surroundings};
pub use page::Page;
pub use redis::Redis;
pub use running::Running;
pub use tool::find as find_program;

/// How much memory a program may hold together with its children, in bytes, unless told otherwise.
pub const MEMORY: u64 = 1 << 30;

/// What to run.
#[derive(Debug, Clone)]
pub struct Spec {
    /// The workspace's root: the folder of the workspace's `Cargo.toml` and of `exercises`.
    pub course: PathBuf,
    /// The exercise's folder: where its program runs.
    pub dir: PathBuf,
    /// `07_rooms/members_only`.
    pub exercise: String,
    /// The program.
    pub kind: SpecKind,
    /// Added to its environment.
    pub env: Vec<(String, String)>,
    /// Its bounds.
    pub limits: Limits,
}

/// Which program, and who hosts it.
#[derive(Debug, Clone)]
pub enum SpecKind {
    /// `export default function register(io)`, hosted by us on Node. A named export `options` goes to the server.
    JavaScriptServer {
        /// `main.js`, or an answer.
        source: PathBuf,
    },
    /// A program that calls `sandbox::serve`.
    RustServer {
        /// Which.
        bin: RustBin,
    },
    /// A file that exports a React component, shown by us in a window of Node's. It is given the prop `url`.
    Page {
        /// `main.tsx`, or an answer.
        source: PathBuf,
    },
    /// A program that listens on `PORT` by itself.
    Program {
        /// Which.
        run: Run,
    },
    /// A program that connects to `URL`.
    Client {
        /// Which.
        run: Run,
    },
    /// A server that runs already: nothing to start, nothing to end.
    Url {
        /// Where it listens.
        addr: SocketAddr,
        /// The host's name as the user wrote it.
        host: String,
    },
}

/// How to run a program that is not hosted.
#[derive(Debug, Clone)]
pub enum Run {
    /// `node SOURCE`.
    JavaScript {
        /// `main.js`, or an answer.
        source: PathBuf,
    },
    /// The binary of an exercise, or of an answer.
    Rust {
        /// Which.
        bin: RustBin,
    },
    /// `-- CMD`: runs where the runner stands.
    Command {
        /// The program and its arguments.
        argv: Vec<OsString>,
    },
}

/// A Rust program of the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RustBin {
    /// What the learner edits: a binary of the package `exercises`.
    Main {
        /// The binary's name.
        name: String,
    },
    /// An answer. All answers are built as one program, because hundreds of binaries would take minutes to link.
    Answer {
        /// The file.
        path: PathBuf,
    },
}

/// The bounds of a program.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How long a program that rests may take until it listens.
    pub ready: Duration,
    /// How much processor time a hosted program may use until it listens. Any other program has `ready`.
    pub spin: Duration,
    /// How long a program may listen elsewhere, and not on its `PORT`, until that counts as its port.
    pub elsewhere: Duration,
    /// Bytes of memory of the program and its children together.
    pub memory: u64,
    /// Bytes of output that are kept for a scenario.
    pub output: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            ready: Duration::from_secs(10),
            spin: Duration::from_secs(3),
            elsewhere: Duration::from_millis(1_500),
            memory: MEMORY,
            output: 64 * 1024,
        }
    }
}
