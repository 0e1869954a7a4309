//! The press: builds, serves and checks the book.
//!
//! It is mdBook with a preprocessor of our own, and depends on the library `runner`, which runs what the book shows.
//! The binary of this package is thin: it parses, runs one of [`commands`], prints an error once and returns an exit
//! code of [`runner::exit`].
//!
//! Reading order: [`manuscript`], [`material`], [`recording`], [`show`], [`preprocess`], [`place`], [`build`], [`site`], [`serve`],
//! [`publish`], [`new`], [`check`], [`interrupt`], [`cli`], [`commands`].

pub mod build;
pub mod check;
pub mod cli;
pub mod commands;
mod hash;
pub mod interrupt;
pub mod manuscript;
pub mod material;
pub mod new;
pub mod place;
pub mod preprocess;
pub mod publish;
pub mod recording;
pub mod serve;
pub mod show;
pub mod site;
