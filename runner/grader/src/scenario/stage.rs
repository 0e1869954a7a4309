//! An exercise in stages that unlock one another: a project.
//!
//! [`Exercise::at_stage`] turns such an exercise into an ordinary one, as it is at that stage. So everything that
//! plays, explains or reports an exercise works for a stage without knowing of stages. Next: [`super::read`].

use std::ops::Range;

use serde::Serialize;

use super::model::{Exercise, Mistake, Place};

/// One stage. Its scenarios and mistakes stand in the exercise, among those of all stages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Its id within the exercise; also the folder of its answers.
    pub id: String,
    /// The title, for people.
    pub title: String,
    /// What this stage adds to the contract, as Markdown.
    pub goal: String,
    /// From a question to a near answer.
    pub hints: Vec<String>,
    /// The cause for which the program fails that this stage begins with.
    pub starter: Option<String>,
    /// Which of the exercise's scenarios it adds.
    pub scenarios: Range<usize>,
    /// Which of the exercise's mistakes it adds.
    pub mistakes: Range<usize>,
    /// Where it stands.
    pub place: Place,
}

/// Which stage of an exercise this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AtStage {
    /// The stage's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its number, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

impl AtStage {
    /// Whether the exercise is done when this stage has passed.
    pub const fn is_last(&self) -> bool {
        self.number == self.of
    }
}

impl Exercise {
    /// The exercise as it is at a stage, by its index from 0: the scenarios of all stages so far; the mistakes of
    /// this stage, then those of the stages before, the latest first; the goal of the whole and of this stage; the
    /// hints and the starter's cause of this stage. `None` when there is no such stage.
    ///
    /// A mistake that names no scenario (`in:`) speaks of the scenarios of its own stage only, because the same
    /// mismatch means something else in another. So a program that breaks what passed before fails for a cause of
    /// the stage that it broke.
    pub fn at_stage(&self, index: usize) -> Option<Self> {
        let stage = self.stages.get(index)?;
        let (number, of) = (index + 1, self.stages.len());
        let mistakes = self.stages[..number].iter().rev().flat_map(|stage| self.mistakes_of(stage)).collect();
        Some(Self {
            goal: format!(
                "{}\n\nStage {number} of {of}: {}\n\n{}",
                self.goal.trim_end(),
                stage.title,
                stage.goal
            ),
            hints: stage.hints.clone(),
            starter: stage.starter.clone(),
            scenarios: self.scenarios[..stage.scenarios.end].to_vec(),
            mistakes,
            stages: Vec::new(),
            stage: Some(AtStage { id: stage.id.clone(), title: stage.title.clone(), number, of }),
            ..self.clone()
        })
    }

    /// The mistakes that a stage adds, each bound to the scenarios of that stage.
    fn mistakes_of(&self, stage: &Stage) -> impl Iterator<Item = Mistake> {
        let about = self.scenarios[stage.scenarios.clone()].iter().map(|scenario| scenario.id.clone());
        let about: Vec<String> = about.collect();
        self.mistakes[stage.mistakes.clone()]
            .iter()
            .map(move |mistake| Mistake { about: about.clone(), ..mistake.clone() })
    }
}
