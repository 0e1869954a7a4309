//! `hear: nothing` needs a witness, or says how long (`for:`). Next: [`super::branches`].
//!
//! A witness is something read since the last stimulus; without one, silence may only mean that the program is slow.
//! Read here as: a **stimulus** is `emit`, `reply`, `send`, `drop`, `disconnect`, `open`, `accept`, `refuse`,
//! and whatever is done with a page;
//! a **witness** is an answer to `emit` or `connect` (also a refusal), `acked`, `hear`, `receive`, `closed`, `prints`,
//! `exits`, `sees`, an HTTP answer, or a silence that had its `for:`. Inside `together` a stimulus of another branch is always
//! later than any witness. The second turn of a `repeat` begins where the first ended.

use super::every_step;
use crate::scenario::{
    model::{AckWish, Act, Place, Step, StepKind},
    read::reader::Reader,
};

/// Checks a scenario.
pub(crate) fn check(reader: &mut Reader, steps: &[Step]) {
    let mut lonely = Vec::new();
    walk(steps, true, Some(&mut lonely));
    for place in lonely {
        reader.problem_with_help(
            place,
            "nothing was read since the last stimulus, so this silence has no witness",
            "read what must come first, or say how long: `{ hear: nothing, for: 80ms }`",
        );
    }
}

/// Whether there is a witness after the steps. Silences without one go to `lonely`, if somebody asks.
fn walk(steps: &[Step], mut witnessed: bool, mut lonely: Option<&mut Vec<Place>>) -> bool {
    for step in steps {
        witnessed = match &step.kind {
            StepKind::Each { act, .. } => {
                if !witnessed
                    && is_bare_silence(act)
                    && let Some(lonely) = lonely.as_deref_mut()
                {
                    lonely.push(step.place);
                }
                after(act, witnessed)
            }
            StepKind::Together(branches) => together(branches, witnessed, lonely.as_deref_mut()),
            StepKind::Repeat { steps, .. } => {
                // A second turn changes nothing at the end: what ends without a witness also does so
                // when it begins without one.
                let end = walk(steps, witnessed, None);
                if let Some(lonely) = lonely.as_deref_mut() {
                    walk(steps, witnessed && end, Some(lonely));
                }
                end
            }
            StepKind::Wait(_) => witnessed,
        };
    }
    witnessed
}

fn together(branches: &[Vec<Step>], witnessed: bool, mut lonely: Option<&mut Vec<Place>>) -> bool {
    let stimulated: Vec<bool> = branches.iter().map(|branch| has_stimulus(branch)).collect();
    let mut all = true;
    for (index, branch) in branches.iter().enumerate() {
        let alone = stimulated.iter().enumerate().all(|(other, stimulus)| other == index || !stimulus);
        let end = if alone {
            walk(branch, witnessed, lonely.as_deref_mut())
        } else {
            // No witness holds while another branch goes on; only `for:` does.
            every_step(branch, &mut |step| {
                if let StepKind::Each { act, .. } = &step.kind
                    && is_bare_silence(act)
                    && let Some(lonely) = lonely.as_deref_mut()
                {
                    lonely.push(step.place);
                }
            });
            walk(branch, false, None)
        };
        if stimulated[index] {
            all &= end;
        }
    }
    if stimulated.contains(&true) { all } else { witnessed }
}

fn is_bare_silence(act: &Act) -> bool {
    matches!(act, Act::HearNothing { during: None })
}

fn has_stimulus(steps: &[Step]) -> bool {
    let mut found = false;
    every_step(steps, &mut |step| {
        if let StepKind::Each { act, .. } = &step.kind {
            // A stimulus is what does not leave silence as it was, and what asks for an answer.
            found |= !after(act, true) || matches!(act, Act::Emit(_) | Act::Connect(_) | Act::Http(_));
        }
    });
    found
}

fn after(act: &Act, witnessed: bool) -> bool {
    match act {
        Act::Emit(emit) => match emit.ack {
            AckWish::Like(_) | AckWish::Any | AckWish::Counts { .. } => true,
            AckWish::NotAsked | AckWish::Nothing | AckWish::Later => false,
        },
        Act::Hear(hear) => hear.reply.is_none(),
        Act::Connect(_)
        | Act::Acked { .. }
        | Act::Closed(_)
        | Act::Receive(_)
        | Act::Prints(_)
        | Act::Exits(_)
        | Act::Http(_)
        | Act::Sees { .. }
        | Act::HearNothing { during: Some(_) } => true,
        Act::Open(_)
        | Act::Reply { .. }
        | Act::Disconnect
        | Act::Drop
        | Act::Send(_)
        | Act::Accept { .. }
        | Act::Refuse { .. }
        | Act::Mount(_)
        | Act::Props(_)
        | Act::Unmount
        | Act::Click(_)
        | Act::Type(_)
        | Act::Stop
        | Act::Start => false,
        Act::Connections(_) | Act::Misses(_) | Act::HearNothing { during: None } => witnessed,
    }
}
