//! The scenario language: what an exercise asks, as data, and the machine that plays it.
//!
//! [`model`] is what an exercise says, [`read`] makes it from YAML or names every problem with its place,
//! [`play`] is the state machine that a driver feeds, [`stage`] is for exercises in stages, [`servers`]
//! for those in which the learner writes the scenarios. Next: [`model`].

pub mod model;
pub mod play;
pub mod read;
pub mod servers;
pub mod stage;
