//! An exercise at one of its stages: the same folder and the same edited file, but the answers of that stage.
//!
//! `answers/STAGE/{starter,solution}.*`, `answers/STAGE/mistakes/ID.*`, `answers/STAGE/also/NAME.*`. A stage without a
//! starter of its own begins with the solution of the stage before. Next: `load.rs`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Answer, Exercise, Loaded};

/// Folders of answers that are no stage.
const OTHERS: [&str; 2] = ["also", "mistakes"];

impl Exercise {
    /// How many stages it has, without reading any YAML: each has a folder of answers. 0 for an ordinary exercise.
    pub fn stage_count(&self) -> usize {
        stage_folders(&self.folder().join("answers")).len()
    }

    /// The exercise at each of its stages, in order; an ordinary exercise is itself.
    pub fn stages(&self, loaded: &Loaded) -> Vec<(Self, Loaded)> {
        if loaded.exercise.stages.is_empty() {
            return vec![(self.clone(), loaded.clone())];
        }
        (0..loaded.exercise.stages.len()).filter_map(|index| self.at_stage(loaded, index)).collect()
    }

    /// The exercise at one stage, by its index from 0.
    pub fn at_stage(&self, loaded: &Loaded, index: usize) -> Option<(Self, Loaded)> {
        let model = loaded.exercise.at_stage(index)?;
        let ids = loaded.exercise.stages.iter().map(|stage| stage.id.clone()).take(index + 1).collect();
        let mut exercise = self.clone();
        exercise.stages = ids;
        Some((exercise, Loaded { exercise: model, ..loaded.clone() }))
    }

    /// The stage, when this is an exercise at one.
    pub fn stage(&self) -> Option<&str> {
        self.stages.last().map(String::as_str)
    }

    /// Which program and at which stage, for people: `07_rooms/members_only`, `23_…/tic_tac_toe at seats`.
    pub fn label(&self) -> String {
        self.stage().map_or_else(|| self.id().to_owned(), |stage| format!("{} at {stage}", self.id()))
    }

    /// The index of the stage that this answer belongs to.
    pub fn stage_of(&self, loaded: &Loaded, answer: &Answer) -> usize {
        let stages = &loaded.exercise.stages;
        let named = |id: &str| {
            let at = loaded.exercise.mistakes.iter().position(|mistake| mistake.id == id)?;
            stages.iter().position(|stage| stage.mistakes.contains(&at))
        };
        let last = stages.len().saturating_sub(1);
        match answer {
            Answer::Starter => 0,
            Answer::Solution => last,
            Answer::Mistake(id) => named(id).unwrap_or(last),
            Answer::Also(_) => {
                let has = |at: &usize| {
                    self.at_stage(loaded, *at).is_some_and(|(exercise, _)| {
                        exercise
                            .tracks()
                            .into_iter()
                            .map(Some)
                            .any(|track| exercise.answer(answer, track).is_ok())
                    })
                };
                (0..stages.len()).find(has).unwrap_or(last)
            }
        }
    }

    /// Where the answers are: those of the stage, if this is at one.
    pub(super) fn answers_folder(&self) -> PathBuf {
        let folder = self.folder().join("answers");
        self.stage().map_or_else(|| folder.clone(), |stage| folder.join(stage))
    }

    /// What a stage begins with when it has no starter of its own.
    pub(super) fn solution_before(&self, extension: &str) -> Option<PathBuf> {
        let before = self.stages.iter().rev().nth(1)?;
        Some(self.folder().join("answers").join(before).join(format!("solution.{extension}")))
    }
}

/// Whether a folder of answers has a starter for some stage.
pub(super) fn has_starter(answers: &Path, file: &str) -> bool {
    stage_folders(answers).iter().any(|stage| stage.join(file).is_file())
}

fn stage_folders(answers: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(answers).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter(|entry| OTHERS.iter().all(|other| entry.file_name() != *other))
        .map(|entry| entry.path())
        .collect()
}
