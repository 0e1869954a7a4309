//! Reports: events in, text out. A report never decides.
//!
//! [`terminal::Terminal`] is for people, [`json::Json`] for programs; [`junit`] and [`summary`] take whole verdicts.
//! [`results`] tells what a learner or a class has done. Each writes to the writer it is given, so that tests read exactly what a learner reads.
//! Next: [`terminal`].

mod excerpt;
mod facts;
pub mod hand;
pub mod json;
pub mod junit;
mod mark;
mod quote;
pub mod results;
mod rows;
mod sheet;
pub mod style;
pub mod summary;
pub mod terminal;
pub mod wire;
mod wrap;

use std::io;

use grader::{
    event::Event,
    scenario::{
        model::{Role, Track},
        stage::AtStage,
    },
};

/// What a report says about an exercise and no event carries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExerciseView {
    /// `07_rooms/members_only`.
    pub id: String,
    /// The exercise's title.
    pub title: String,
    /// What the learner writes; without it, it is guessed from who speaks.
    pub role: Option<Role>,
    /// Where the lesson's text is; none when this clone has no such text.
    pub lesson: Option<String>,
    /// The file that is graded, as one would type it: what the learner edits, or an answer of the course.
    /// Empty when the program is not one of the course's files.
    pub edit_path: String,
    /// Which answer of the course is graded: `solution`, `mistake:ID`; none when it is the learner's own work.
    pub answer: Option<String>,
    /// The exercise's `exercise.yaml`, likewise.
    pub yaml_path: String,
    /// Its text: the step that failed is quoted from it.
    pub yaml_source: String,
    /// What each scenario teaches, in file order.
    pub whys: Vec<String>,
    /// The track, if commands have to be told it: by themselves they would choose another one.
    pub track: Option<Track>,
    /// The exercise to do next: its id.
    pub next: Option<String>,
    /// Its stage, if it has stages.
    pub stage: Option<StageView>,
}

/// What a report says about a stage and no event carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageView {
    /// Which stage is checked.
    pub at: AtStage,
    /// The id of the one that the learner has come to.
    pub current: String,
    /// The ids of all stages.
    pub all: Vec<String>,
    /// The stage that a pass unlocks: its title and its goal.
    pub unlocks: Option<(String, String)>,
}

/// Whoever listens to a check.
pub trait Report {
    /// Says which exercise the next events are about. Comes before its first event.
    fn about(&mut self, view: ExerciseView);

    /// Takes one event and writes what it has to say about it.
    fn event(&mut self, event: &Event) -> io::Result<()>;
}
