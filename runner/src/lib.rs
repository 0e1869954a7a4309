//! The runner: everything that touches files, processes, sockets and terminals.
//!
//! Its siblings are `grader` (decides a verdict, touches nothing), `sandbox` (what a Rust exercise links)
//! and `exercises` (what a learner edits). The binary of this package is thin: it parses, runs one of
//! [`commands`], prints an error once and returns an [`exit`] code.
//!
//! Reading order: [`exit`], [`whole`], [`course`], [`carrier`], [`wire`], [`attempt`], [`check`], [`verify`], [`review`], [`progress`],
//! [`bundle`], [`results`], [`report`], [`watch`], [`play`], [`cli`], [`commands`].

pub mod attempt;
pub mod bundle;
pub mod carrier;
pub mod check;
pub mod cli;
pub mod commands;
pub mod course;
pub mod exit;
pub mod play;
pub mod progress;
pub mod report;
pub mod results;
pub mod review;
pub mod verify;
pub mod watch;
pub mod whole;
pub mod wire;
