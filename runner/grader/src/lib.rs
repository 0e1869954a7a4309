//! The grader: everything that decides a verdict, and nothing that touches an operating system.
//!
//! Its siblings are `runner` (files, processes, sockets, terminals), `sandbox` (what a Rust exercise links)
//! and `exercises` (what a learner edits). The grader compiles without any of them, natively and to WebAssembly:
//! time, randomness and bytes are handed in, and what should happen next is handed out.
//!
//! Reading order: [`value`], [`wire`], [`peer`], [`yaml`], [`scenario`], [`transcript`], [`verdict`], [`event`], [`cause`], [`diagram`],
//! [`quiz`].

pub use yaml;

pub mod cause;
pub mod diagram;
pub mod event;
pub mod peer;
pub mod quiz;
pub mod scenario;
pub mod transcript;
pub mod value;
pub mod verdict;
pub mod wire;
