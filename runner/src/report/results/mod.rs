//! Results, told: of one learner in the terminal, of a class in the terminal, as CSV and as a page.
//!
//! | file | holds |
//! |---|---|
//! | `own.rs` | one's own summary |
//! | `class.rs` | a class, in the terminal |
//! | `table.rs` | a table that fits |
//! | `csv.rs` | a class, for spreadsheets |
//! | `page.rs`, `markup.rs`, `page.css` | a class, as one page |
//! | `words.rs` | dates and shares in words |
//!
//! Next: `own.rs`.

pub mod class;
pub mod csv;
mod markup;
pub mod own;
pub mod page;
mod table;
mod words;

pub use words::date;
