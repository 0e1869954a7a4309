//! A scenario at a slow pace: what a step causes has come before the next step says anything. Then the order of the
//! packets is the order of cause and effect, and not that of a race.

use grader::scenario::model::{Act, Exercise, Step, StepKind};

/// The same exercise, with a pause before each step that says something.
pub(super) fn slow(exercise: &Exercise) -> Exercise {
    let mut slow = exercise.clone();
    for scenario in &mut slow.scenarios {
        scenario.steps = paced(&scenario.steps);
    }
    slow
}

fn paced(steps: &[Step]) -> Vec<Step> {
    let mut slow = Vec::new();
    for step in steps {
        let pause = Step { place: step.place, kind: StepKind::Settle };
        match &step.kind {
            StepKind::Each { actors, act, namespace, within } => {
                for actor in actors {
                    if says(act) && !slow.is_empty() {
                        slow.push(pause.clone());
                    }
                    let kind = StepKind::Each {
                        actors: vec![actor.clone()],
                        act: act.clone(),
                        namespace: namespace.clone(),
                        within: *within,
                    };
                    slow.push(Step { place: step.place, kind });
                }
            }
            StepKind::Repeat { name, from, to, steps } => {
                // Its first step does not know what came before it.
                if !slow.is_empty() {
                    slow.push(pause.clone());
                }
                let mut steps = paced(steps);
                steps.push(pause);
                let kind = StepKind::Repeat { name: name.clone(), from: *from, to: *to, steps };
                slow.push(Step { place: step.place, kind });
            }
            StepKind::Together(_) => slow.extend([pause, step.clone()]),
            StepKind::Wait(_) | StepKind::Settle => slow.push(step.clone()),
        }
    }
    slow
}

/// Whether it makes the program do something.
fn says(act: &Act) -> bool {
    match act {
        Act::Hear(hear) => hear.reply.is_some(),
        Act::Connect(_)
        | Act::Reply { .. }
        | Act::Open(_)
        | Act::Emit(_)
        | Act::Disconnect
        | Act::Drop
        | Act::Send(_)
        | Act::Http(_)
        | Act::Mount(_)
        | Act::Props(_)
        | Act::Unmount
        | Act::Click(_)
        | Act::Type(_)
        | Act::Stop
        | Act::Start => true,
        Act::Acked { .. }
        | Act::HearNothing { .. }
        | Act::Closed(_)
        | Act::Receive(_)
        | Act::Accept { .. }
        | Act::Refuse { .. }
        | Act::Connections(_)
        | Act::Prints(_)
        | Act::Exits(_)
        | Act::Sees { .. }
        | Act::Misses(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use grader::scenario::model::Cast;

    use super::*;

    #[test]
    fn a_pause_stands_before_each_step_that_says_something() {
        let step = |kind| Step { place: grader::yaml::Place::default(), kind };
        let leaves = || {
            let actors = vec![Cast::One("asha".to_owned())];
            step(StepKind::Each { actors, act: Act::Disconnect, namespace: None, within: None })
        };
        let repeat = |steps| step(StepKind::Repeat { name: "n".to_owned(), from: 1, to: 3, steps });
        let settle = || step(StepKind::Settle);
        assert_eq!(paced(&[leaves(), leaves()]), [leaves(), settle(), leaves()]);
        // The first step of the round does not know what came before it.
        assert_eq!(
            paced(&[leaves(), repeat(vec![leaves()])]),
            [leaves(), settle(), repeat(vec![leaves(), settle()])]
        );
        assert_eq!(paced(&[repeat(vec![leaves()])]), [repeat(vec![leaves(), settle()])]);
    }
}
