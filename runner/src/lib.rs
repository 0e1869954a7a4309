//! x

pub mod attempt;
