//! The learner's program, right and wrong and hostile: launched, named, and ended without a trace.
//!
//! `stage` sets up a course and looks for what was left; the other modules are one kind of program each.

mod hosted;
mod hosts;
mod missing;
mod pages;
mod programs;
mod rust;
mod stage;
