//! Results as facts: of one learner, and of a class. Nothing is printed here.
//!
//! A bundle, read against an [`Outline`] of the course, becomes a [`Learner`]; many become a [`Class`], which says what
//! is hard. What the outline does not know (a bundle may be of another state of the course) is counted, and otherwise left out.
//! So what is kept of a hostile bundle is never more than the course itself has.
//!
//! | file | holds |
//! |---|---|
//! | `outline.rs` | what there is to do |
//! | `learner.rs` | what one learner has done of it |
//! | `gather.rs` | the bundles of a folder |
//! | `class.rs` | what is known of all of them together |
//! | `hard.rs` | what is hard, and how it is told |
//!
//! Next: [`crate::report`].

mod class;
mod gather;
mod hard;
mod learner;
mod outline;

pub use class::Class;
pub use gather::{Gathered, LeftOut, gather};
pub use hard::{HardExercise, HardQuestion, MetMistake, Share};
pub use learner::{AnsweredQuestion, Answers, Done, ExerciseDone, Learner, LessonDone, StageDone};
pub use outline::{Outline, OutlineExercise, OutlineLesson, OutlineQuestion, OutlineStage};
