//! What actors do and expect, a file for each kind of act.

pub(super) mod connect;
pub(super) mod door;
pub(super) mod emit;
pub(super) mod frames;
pub(super) mod hear;
pub(super) mod leave;
pub(super) mod program;
pub(super) mod silence;
mod words;
