//! Proves that the book is right. Nothing here prints. Next: [`crate::commands`].

pub mod wanted;
