//! Plays a scenario without doing anything: *next action out, observation in*.
//!
//! A driver performs each [`Action`] and hands back each [`Observation`] with its own time. Nothing here knows
//! a socket, a process or a clock.

pub mod drive;
