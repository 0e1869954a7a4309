//! Stages: `{ id, title, goal, hints, starter, scenarios, mistakes }`. Next: [`super::check`].

use super::{fields::Fields, mistake::PlacedMistake, node::Node, reader::Reader, scenario::PlacedScenario};
use crate::{
    scenario::{model::Role, stage::Stage},
    yaml::Reads,
};

const KEYS: &[&str] = &["id", "title", "goal", "hints", "starter", "scenarios", "mistakes"];
/// What an exercise with stages says in its stages.
const OF_STAGES: &[&str] = &["hints", "starter", "scenarios", "mistakes"];
const LEAST: usize = 2;

/// What an exercise is tested by, as far as it could be read: of all its stages, or its own.
#[derive(Debug, Default)]
pub(crate) struct Tests {
    pub(crate) hints: Vec<String>,
    pub(crate) starter: Option<String>,
    pub(crate) scenarios: Vec<PlacedScenario>,
    pub(crate) scenarios_whole: bool,
    pub(crate) mistakes: Vec<PlacedMistake>,
    pub(crate) mistakes_whole: bool,
    pub(crate) stages: Vec<Stage>,
}

impl Reader {
    /// The hints, scenarios and mistakes of an exercise: its own, or those of its stages.
    pub(crate) fn tests(&mut self, fields: &mut Fields<'_>) -> Tests {
        let Some(stages) = fields.take("stages") else { return self.own_tests(fields) };
        if self.role == Some(Role::Frames) {
            self.problem(stages.place, "role `frames` has no stages: there is no program that could grow");
        }
        for key in OF_STAGES {
            if let Some(field) = fields.take(key) {
                let message = format!("an exercise with `stages` has no `{key}` of its own");
                self.problem_with_help(field.place, message, "put it into the stage that it belongs to");
            }
        }
        let Some(items) = self.list(stages.value, "`stages`") else { return Tests::default() };
        if items.len() < LEAST {
            let message = format!("`stages` has {LEAST} stages or more, not {}", items.len());
            self.problem_with_help(stages.value.place, message, "an exercise of one stage needs no `stages`");
        }
        let mut tests = Tests { scenarios_whole: true, mistakes_whole: true, ..Tests::default() };
        for item in items {
            self.stage(item, &mut tests);
        }
        tests
    }

    fn own_tests(&mut self, fields: &mut Fields<'_>) -> Tests {
        let hints = fields.need(self, "hints").and_then(|hints| self.hints(hints));
        let starter = fields.take("starter").map(|field| self.id(field.value, "`starter`"));
        let scenarios = if self.role == Some(Role::Tests) {
            Some((Vec::new(), true))
        } else {
            fields.need(self, "scenarios").map(|scenarios| self.scenarios(scenarios))
        };
        let mistakes = fields.take("mistakes").map(|field| self.mistakes(field.value, "`mistakes`"));
        let (scenarios, scenarios_whole) = scenarios.unwrap_or_default();
        let (mistakes, mistakes_whole) = mistakes.unwrap_or((Vec::new(), true));
        Tests {
            hints: hints.unwrap_or_default(),
            starter: starter.flatten(),
            scenarios,
            scenarios_whole,
            mistakes,
            mistakes_whole,
            stages: Vec::new(),
        }
    }

    /// Reads one stage, and adds what it has to that of the stages before.
    fn stage(&mut self, node: &Node, tests: &mut Tests) {
        let Some(mut fields) = self.fields(node, "a stage", KEYS) else {
            (tests.scenarios_whole, tests.mistakes_whole) = (false, false);
            return;
        };
        let id = fields.need(self, "id").and_then(|id| self.id(id, "the id")).unwrap_or_default();
        let title = fields.need(self, "title").and_then(|title| self.title(title));
        let goal = fields.need(self, "goal").and_then(|goal| self.told(goal, "`goal`"));
        let mut own = self.own_tests(&mut fields);
        fields.finish(self);
        for placed in &mut own.scenarios {
            placed.scenario.stage = Some(id.clone());
        }
        let (scenarios, mistakes) = (tests.scenarios.len(), tests.mistakes.len());
        tests.scenarios.append(&mut own.scenarios);
        tests.mistakes.append(&mut own.mistakes);
        tests.scenarios_whole &= own.scenarios_whole;
        tests.mistakes_whole &= own.mistakes_whole;
        tests.stages.push(Stage {
            id,
            title: title.unwrap_or_default(),
            goal: goal.unwrap_or_default(),
            hints: own.hints,
            starter: own.starter,
            scenarios: scenarios..tests.scenarios.len(),
            mistakes: mistakes..tests.mistakes.len(),
            place: node.place,
        });
    }
}
