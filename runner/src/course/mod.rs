//! The one loader that touches the course's files: lessons, exercises, answers, demos, quizzes.
//!
//! A check begins here: [`find_root`] says where the course is, [`Course::open`] lists it without reading any
//! YAML, [`Course::find`] picks an exercise by the name a person typed, [`Exercise::load`] reads it.
//!
//! | file | holds |
//! |---|---|
//! | `root.rs` | where the course is |
//! | `listing.rs` | lessons and exercises, in order |
//! | `exercise.rs` | one exercise's folder: what is edited, what answers there are |
//! | `stages.rs` | an exercise at one of its stages |
//! | `demo.rs` | the demos of the book |
//! | `quizzes.rs` | the quizzes, and what their questions rest on |
//! | `sections.rs` | the headings of the book |
//! | `pages.rs` | how long a lesson takes, and whether it is finished |
//! | `regions.rs` | the regions of a program |
//! | `title.rs` | an exercise's title, without reading the whole file |
//! | `names.rs` | from what a person types to an exercise, or to a suggestion |
//! | `load.rs` | `exercise.yaml`, `demo.yaml` and `causes.yaml`, read by the grader |
//! | `error.rs` | what can be wrong |
//!
//! Next: [`crate::progress`].

mod demo;
mod error;
mod exercise;
mod listing;
mod load;
mod names;
mod pages;
mod quizzes;
pub mod regions;
mod root;
mod sections;
mod stages;
mod title;

pub use demo::Demo;
pub use error::CourseError;
pub use exercise::{Answer, Exercise, Form};
pub use listing::{Course, Lesson};
pub use load::Loaded;
pub use names::nearest;
pub use pages::Page;
pub use quizzes::{Inspected, LoadedQuiz, Quiz};
pub use root::find_root;
pub use sections::Heading;
