//! Stages: their ids, and what a mistake of one may name. Next: [`super::mistakes`].

use std::collections::BTreeMap;

use crate::{
    scenario::{
        model::Exercise,
        read::{mistake::PlacedMistake, reader::Reader},
    },
    yaml::Reads,
};

/// Folders that `answers/` may have besides those of the stages.
const OTHER_FOLDERS: &[&str] = &["also", "mistakes"];

/// Ids are unique, and each can be the name of a folder of answers.
pub(crate) fn ids(reader: &mut Reader, exercise: &Exercise) {
    let mut lines = BTreeMap::new();
    for stage in exercise.stages.iter().filter(|stage| !stage.id.is_empty()) {
        let id = stage.id.as_str();
        if OTHER_FOLDERS.contains(&id) {
            let message =
                format!("a stage cannot be called `{id}`: the folder `answers/{id}` means something else");
            reader.problem(stage.place, message);
        }
        if let Some(line) = lines.insert(id, stage.place.line) {
            reader.problem(stage.place, format!("two stages have the id `{id}` (before: line {line})"));
        }
    }
}

/// A mistake of one stage is known before the scenarios of the next ones are.
pub(crate) fn order(reader: &mut Reader, exercise: &Exercise, mistakes: &[PlacedMistake]) {
    for stage in &exercise.stages {
        let later = &exercise.scenarios[stage.scenarios.end..];
        for placed in &mistakes[stage.mistakes.clone()] {
            for (when, places) in placed.mistake.when.iter().zip(&placed.places) {
                let named = later.iter().find(|scenario| when.scenario.as_ref() == Some(&scenario.id));
                if let Some(scenario) = named {
                    let of = scenario.stage.as_deref().unwrap_or_default();
                    let message = format!("the scenario `{}` belongs to a later stage, `{of}`", scenario.id);
                    let help = "a stage may name its own scenarios and those before";
                    reader.problem_with_help(places.scenario, message, help);
                }
            }
        }
    }
}
