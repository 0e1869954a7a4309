//! `play` at a prompt: lines through a pipe and on a terminal, sessions saved and played again.

#[path = "../carrier/support.rs"]
mod carriers;
mod pipe;
mod server;
mod terminal;
