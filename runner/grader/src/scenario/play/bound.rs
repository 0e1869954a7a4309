//! The names that steps can bind: a `repeat` forgets them after each turn.

use crate::scenario::model::{AckWish, Act, EventPattern, Pattern, Step, StepKind};

/// The names that patterns of these steps can bind.
pub(super) fn names_in_steps(steps: &[Step], found: &mut Vec<String>) {
    for step in steps {
        match &step.kind {
            StepKind::Together(branches) => branches.iter().for_each(|branch| names_in_steps(branch, found)),
            StepKind::Repeat { steps, .. } => names_in_steps(steps, found),
            StepKind::Wait(_) | StepKind::Settle => {}
            StepKind::Each { act, .. } => names_in_act(act, found),
        }
    }
}

fn names_in_act(act: &Act, found: &mut Vec<String>) {
    match act {
        Act::Emit(emit) => match &emit.ack {
            AckWish::Like(patterns) => names_in_patterns(patterns, found),
            AckWish::Counts { counted, rest } => {
                for (_, patterns) in counted {
                    names_in_patterns(patterns, found);
                }
                names_in_patterns(rest.as_deref().unwrap_or_default(), found);
            }
            _ => {}
        },
        Act::Acked { answer, .. } => names_in_patterns(answer, found),
        Act::Hear(hear) => {
            for EventPattern { args, .. } in &hear.events {
                names_in_patterns(args.as_deref().unwrap_or_default(), found);
            }
        }
        Act::Connect(connect) => {
            let refused = connect.refused.as_ref();
            for pattern in refused.iter().flat_map(|refused| [&refused.message, &refused.data]).flatten() {
                names_in_pattern(pattern, found);
            }
        }
        Act::Accept { auth: Some(pattern) } | Act::Prints(pattern) => names_in_pattern(pattern, found),
        Act::Http(call) => {
            call.expect_headers
                .values()
                .chain(&call.body)
                .for_each(|pattern| names_in_pattern(pattern, found));
        }
        _ => {}
    }
}

fn names_in_patterns(patterns: &[Pattern], found: &mut Vec<String>) {
    for pattern in patterns {
        names_in_pattern(pattern, found);
    }
}

fn names_in_pattern(pattern: &Pattern, found: &mut Vec<String>) {
    match pattern {
        Pattern::Name(name) => found.push(name.clone()),
        Pattern::Array(items)
        | Pattern::OneOf(items)
        | Pattern::AnyOrder(items)
        | Pattern::Contains(items) => names_in_patterns(items, found),
        Pattern::Object(entries) | Pattern::Exactly(entries) => {
            entries.values().for_each(|entry| names_in_pattern(entry, found));
        }
        Pattern::Not(inner) | Pattern::Each(inner) => names_in_pattern(inner, found),
        _ => {}
    }
}
