//! `verify` itself: in a small course each kind of problem is put in on purpose, and has to be found where it is.
//!
//! `small_course` copies exercises of the real course into a folder; `statics` breaks files, `stages` a project, `programs` breaks
//! answers, `quizzes` breaks questions, `printed` looks at what a person and a program are told. Next: `small_course.rs`.

mod printed;
mod programs;
mod quizzes;
mod small_course;
mod stages;
mod statics;
