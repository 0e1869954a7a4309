//! `wire`: it changes nothing, reads everything, and nobody from elsewhere gets through.

mod bytes;
#[path = "../carrier/support.rs"]
mod carriers;
mod command;
mod peers;
mod same;
mod support;
