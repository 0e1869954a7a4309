//! Where something stands in a file. Next: `tree.rs`.

use serde::Serialize;

/// Where something stands in its file: line and column count from 1, `len` is in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Place {
    /// Line, from 1; 0 means that the place is not known.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// How many characters to underline, at least 1.
    pub len: u32,
}
