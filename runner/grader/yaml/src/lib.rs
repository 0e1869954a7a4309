//! YAML for teachers: a tree that keeps places, problems that quote their line, maps whose keys are known.
//!
//! The readers of exercises and of questions stand on it. Hostile files end in [`tree`].
//!
//! | file | holds |
//! |---|---|
//! | `place.rs` | where something stands |
//! | `node.rs` | a value with its tag, its place and how it was quoted |
//! | `tree.rs` | text → nodes |
//! | `problem.rs` | what is wrong, with its source line |
//! | `suggest.rs` | "did you mean …?" |
//! | `fields.rs` | a map whose keys are known |
//! | `reads.rs` | what every reader can do with a node |
//!
//! Next: [`tree`].

pub mod fields;
pub mod node;
mod place;
pub mod problem;
mod reads;
pub mod suggest;
pub mod tree;

pub use place::Place;
pub use problem::Problem;
pub use reads::Reads;
