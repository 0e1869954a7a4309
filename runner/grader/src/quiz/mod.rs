//! Questions: what a quiz asks, what counts as right, and what is said afterwards.
//!
//! [`model`] is a question as data, [`read`] makes it from YAML or names every problem with its place, [`judge`]
//! says what is right in an answer. The same rules stand in the page's own script; `tests/quiz/verdicts.json` is the
//! table that both are held to. [`decode`] and [`heard`] compute what no teacher should have to know by heart.
//! Next: [`model`].

pub mod decode;
pub mod heard;
pub mod judge;
pub mod model;
pub mod normalise;
pub mod read;
