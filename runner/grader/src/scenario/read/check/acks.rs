//! `ack: later` is collected by `acked`, and by nothing else; counts of `acks` fit. Next: [`super::amount`].

use std::collections::BTreeMap;

use crate::{
    scenario::{
        model::{AckWish, Act, Cast, Emit, Place, Step, StepKind},
        read::{cast::label, reader::Reader, text::written},
    },
    yaml::Reads,
};

/// Acknowledgements that somebody still has to collect: (actor, event) → (how many, where the first was sent).
type Owed = BTreeMap<(String, String), (u64, Place)>;

/// Checks a scenario.
pub(crate) fn check(reader: &mut Reader, steps: &[Step]) {
    let mut owed = Owed::new();
    walk(reader, steps, 1, &mut owed);
    for ((who, event), (count, place)) in owed {
        if count > 0 {
            reader.problem_with_help(
                place,
                format!("the later acknowledgement of `{event}` is never collected"),
                format!("`{who}: {{ acked: [{event}, …] }}` collects one"),
            );
        }
    }
}

fn walk(reader: &mut Reader, steps: &[Step], turns: u64, owed: &mut Owed) {
    for step in steps {
        match &step.kind {
            StepKind::Each { actors, act, .. } => {
                for cast in actors {
                    match act {
                        Act::Emit(emit) => emitted(reader, step.place, cast, emit, turns, owed),
                        Act::Acked { event, .. } => {
                            collected(reader, step.place, &label(cast), &written(event), turns, owed);
                        }
                        _ => {}
                    }
                }
            }
            StepKind::Together(branches) => {
                for branch in branches {
                    walk(reader, branch, turns, owed);
                }
            }
            StepKind::Repeat { from, to, steps, .. } => {
                let times = u64::try_from(to.saturating_sub(*from).saturating_add(1)).unwrap_or(1);
                walk(reader, steps, turns.saturating_mul(times), owed);
            }
            StepKind::Wait(_) | StepKind::Settle => {}
        }
    }
}

fn emitted(reader: &mut Reader, place: Place, cast: &Cast, emit: &Emit, turns: u64, owed: &mut Owed) {
    match &emit.ack {
        AckWish::Later => {
            let entry = owed.entry((label(cast), written(&emit.event))).or_insert((0, place));
            if entry.0 == 0 {
                entry.1 = place;
            }
            entry.0 = entry.0.saturating_add(turns.saturating_mul(u64::from(emit.times)));
        }
        AckWish::Counts { counted, rest } => {
            let members = if let Cast::Group { size, .. } = cast { *size } else { 1 };
            let all = u64::from(members).saturating_mul(u64::from(emit.times));
            let said: u64 = counted.iter().map(|(count, _)| u64::from(*count)).sum();
            if said > all || (rest.is_none() && said != all) {
                reader.problem_with_help(
                    place,
                    format!("`acks` counts {said} answers, and {all} are asked for"),
                    "`acks` belongs to `times` or a group; `rest:` stands for all others",
                );
            }
        }
        _ => {}
    }
}

fn collected(reader: &mut Reader, place: Place, who: &str, event: &str, turns: u64, owed: &mut Owed) {
    if let Some((count, _)) = owed.get_mut(&(who.to_owned(), event.to_owned()))
        && *count >= turns
    {
        *count -= turns;
        return;
    }
    reader.problem_with_help(
        place,
        format!("`{who}` has no later acknowledgement of `{event}` to collect"),
        format!("`{who}: {{ emit: [{event}, …], ack: later }}` comes first"),
    );
}
