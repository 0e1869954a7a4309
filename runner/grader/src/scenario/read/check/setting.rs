//! Nodes and Redis: what is stopped runs, and what is started was stopped before. Next: [`super::acks`].

use std::collections::BTreeSet;

use super::every_step;
use crate::{
    scenario::{
        model::{Act, Step, StepKind},
        read::{cast::label, reader::Reader},
    },
    yaml::Reads,
};

/// Checks a scenario, in the written order.
pub(crate) fn check(reader: &mut Reader, steps: &[Step]) {
    let mut stopped: BTreeSet<String> = BTreeSet::new();
    every_step(steps, &mut |step| {
        let StepKind::Each { actors, act, .. } = &step.kind else { return };
        for part in actors.iter().map(label) {
            match act {
                Act::Stop if !stopped.insert(part.clone()) => {
                    reader.problem(step.place, format!("`{part}` is stopped already"));
                }
                Act::Start if !stopped.remove(&part) => {
                    let help = format!("everything runs when a scenario begins; `{part}: stop` comes first");
                    reader.problem_with_help(step.place, format!("`{part}` is running already"), help);
                }
                _ => {}
            }
        }
    });
}
