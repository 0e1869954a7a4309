//! What actors do and expect, a file for each kind of act.

mod any_order;
pub(super) mod connect;
pub(super) mod door;
mod ear;
pub(super) mod emit;
pub(super) mod frames;
pub(super) mod hear;
pub(super) mod leave;
pub(super) mod page;
pub(super) mod program;
mod series;
pub(super) mod setting;
pub(super) mod silence;
mod state;
pub(super) mod words;
