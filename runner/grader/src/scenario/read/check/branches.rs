//! In a `together`, an actor hears in one branch only: two readers of one line would race. Next: [`super::mistakes`].

use std::collections::BTreeMap;

use super::every_step;
use crate::{
    scenario::{
        model::{Act, Step, StepKind},
        read::{cast::label, reader::Reader},
    },
    yaml::Reads,
};

/// Checks a scenario.
pub(crate) fn check(reader: &mut Reader, steps: &[Step]) {
    every_step(steps, &mut |step| {
        if let StepKind::Together(branches) = &step.kind {
            branches_of(reader, branches);
        }
    });
}

fn branches_of(reader: &mut Reader, branches: &[Vec<Step>]) {
    let mut first_in: BTreeMap<String, usize> = BTreeMap::new();
    for (index, branch) in branches.iter().enumerate() {
        every_step(branch, &mut |step| {
            let StepKind::Each { actors, act, .. } = &step.kind else { return };
            if !matches!(act, Act::Hear(_) | Act::HearNothing { .. } | Act::Receive(_)) {
                return;
            }
            for who in actors.iter().map(label) {
                if *first_in.entry(who.clone()).or_insert(index) != index {
                    reader.problem_with_help(
                        step.place,
                        format!("`{who}` hears in two branches of `together`"),
                        "keep what one actor hears in one branch",
                    );
                }
            }
        });
    }
}
