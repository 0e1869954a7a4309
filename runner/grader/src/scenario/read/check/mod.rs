//! Checks of a whole exercise, after every part of it has been read. Each file holds one.
//!
//! A scenario that could not be read in full is left out, so that one slip does not raise ten problems.
//! Next: [`names`], then [`seats`], [`setting`], [`acks`], [`amount`], [`silence`], [`branches`], [`stages`],
//! [`servers`], [`mistakes`].

use std::collections::BTreeMap;

use super::{mistake::PlacedMistake, reader::Reader, scenario::PlacedScenario, stage::Tests};
use crate::{
    scenario::model::{Act, Cast, Exercise, Role, Step, StepKind, Track},
    yaml::Reads,
};

mod acks;
mod amount;
mod branches;
mod mistakes;
mod names;
mod seats;
mod servers;
mod setting;
mod silence;
mod stages;

/// Checks an exercise. `names`: whether `vars` and `env` could be read in full.
pub(crate) fn exercise(reader: &mut Reader, exercise: &Exercise, tests: &Tests, names: bool) {
    let (scenarios, mistakes) = (&tests.scenarios, &tests.mistakes);
    ids(reader, scenarios);
    tracks(reader, exercise, scenarios, mistakes);
    let names = names.then(|| names::Names::of(reader, exercise));
    each(reader, exercise.role, exercise, names.as_ref(), scenarios);
    mistakes::ids(reader, mistakes);
    stages::ids(reader, exercise);
    if exercise.stages.is_empty() {
        mistakes::twins(reader, mistakes);
    }
    for stage in &exercise.stages {
        mistakes::twins(reader, &mistakes[stage.mistakes.clone()]);
    }
    if tests.scenarios_whole && tests.mistakes_whole {
        match &exercise.servers {
            Some(servers) => servers::targets(reader, servers, mistakes),
            None if reader.role == Some(Role::Tests) => {}
            None => mistakes::targets(reader, exercise, mistakes),
        }
        stages::order(reader, exercise, mistakes);
    }
}

/// Checks the scenarios that a learner wrote; names are those of the exercise.
pub(crate) fn scenarios(reader: &mut Reader, exercise: &Exercise, scenarios: &[PlacedScenario]) {
    ids(reader, scenarios);
    let names = names::Names::given(reader, exercise);
    each(reader, Role::Server, exercise, Some(&names), scenarios);
}

/// Checks the list of general causes.
pub(crate) fn causes(reader: &mut Reader, causes: &[PlacedMistake]) {
    mistakes::ids(reader, causes);
    mistakes::twins(reader, causes);
    mistakes::general(reader, causes);
}

/// Checks each scenario for itself.
fn each(
    reader: &mut Reader,
    role: Role,
    exercise: &Exercise,
    names: Option<&names::Names>,
    scenarios: &[PlacedScenario],
) {
    let sizes = amount::Sizes::of(exercise);
    for placed in scenarios.iter().filter(|placed| placed.whole) {
        let steps = &placed.scenario.steps;
        if let Some(names) = names {
            names.check(reader, steps);
        }
        branches::check(reader, steps);
        seats::check(reader, role, steps);
        setting::check(reader, steps);
        acks::check(reader, steps);
        amount::check(reader, &sizes, steps);
        silence::check(reader, exercise.nodes, steps);
    }
}

fn ids(reader: &mut Reader, scenarios: &[PlacedScenario]) {
    let mut lines = BTreeMap::new();
    for placed in scenarios.iter().filter(|placed| !placed.scenario.id.is_empty()) {
        let id = placed.scenario.id.as_str();
        if let Some(line) = lines.get(id) {
            reader.problem_with_help(
                placed.id_place,
                format!("two scenarios have the id `{id}` (before: line {line})"),
                "an id is made from the title unless `id:` is written",
            );
        } else {
            lines.insert(id, placed.id_place.line);
        }
    }
}

/// Scenarios and mistakes cannot be for a track that the exercise does not have.
fn tracks(
    reader: &mut Reader,
    exercise: &Exercise,
    scenarios: &[PlacedScenario],
    mistakes: &[PlacedMistake],
) {
    if reader.role.is_none() || exercise.tracks.is_empty() {
        return;
    }
    let own = |tracks: &[Track]| tracks.iter().copied().find(|track| !exercise.tracks.contains(track));
    let of_scenarios = scenarios.iter().map(|placed| (&placed.scenario.tracks, placed.scenario.place));
    let of_mistakes = mistakes.iter().map(|placed| (&placed.mistake.tracks, placed.mistake.place));
    for (tracks, place) in of_scenarios.chain(of_mistakes) {
        if let Some(track) = own(tracks) {
            reader.problem(place, format!("the exercise has no track `{}`", track.as_str()));
        }
    }
}

/// Every step, also those inside `together` and `repeat`.
fn every_step<'s>(steps: &'s [Step], visit: &mut dyn FnMut(&'s Step)) {
    for step in steps {
        visit(step);
        match &step.kind {
            StepKind::Together(branches) => {
                for branch in branches {
                    every_step(branch, visit);
                }
            }
            StepKind::Repeat { steps, .. } => every_step(steps, visit),
            StepKind::Each { .. } | StepKind::Wait(_) | StepKind::Settle => {}
        }
    }
}

/// Every action with its actors.
fn every_act<'s>(steps: &'s [Step], visit: &mut dyn FnMut(&'s [Cast], &'s Act)) {
    every_step(steps, &mut |step| {
        if let StepKind::Each { actors, act, .. } = &step.kind {
            visit(actors, act);
        }
    });
}
