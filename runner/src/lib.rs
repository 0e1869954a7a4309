//! x

pub mod report;
