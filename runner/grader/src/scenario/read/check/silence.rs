//! `hear: nothing` needs a witness, or says how long (`for:`). Next: [`super::branches`].
//!
//! A witness is something read since the last stimulus; without one, silence may only mean that the program is slow.
//! Read here as: a **stimulus** is `emit`, `reply`, `send`, `drop`, `disconnect`, `open`, `accept`, `refuse`, `stop`,
//! `start`, and whatever is done with a page; a **witness** is an answer to `emit` or `connect` (also a refusal), `acked`,
//! `hear`, `receive`, `closed`, `prints`, `exits`, `sees`, an HTTP answer, or a silence that had its `for:`. Inside
//! `together` a stimulus of another branch is always later than any witness. The second turn of a `repeat` begins where
//! the first ended.
//!
//! With several nodes a witness speaks for its own node only: what it has seen may still be on its way to another.

use std::{
    collections::BTreeMap,
    ops::{BitAnd, BitOr},
};

use super::{every_act, every_step};
use crate::{
    scenario::{
        model::{AckWish, Act, Cast, Place, Step, StepKind},
        read::{cast::label, reader::Reader},
    },
    yaml::Reads,
};

/// A set of nodes, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Nodes(u16);

impl Nodes {
    const NONE: Self = Self(0);
    const ALL: Self = Self(u16::MAX);

    fn one(node: u8) -> Self {
        Self(1 << node)
    }

    fn contains(self, others: Self) -> bool {
        self & others == others
    }
}

impl BitAnd for Nodes {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Nodes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Where everybody is connected in the course of a scenario.
struct Places {
    nodes: u8,
    of: BTreeMap<String, Nodes>,
}

impl Places {
    fn of(nodes: u8, steps: &[Step]) -> Self {
        let mut places = Self { nodes, of: BTreeMap::new() };
        every_act(steps, &mut |casts, act| {
            if let Act::Connect(connect) | Act::Open(connect) = act {
                for cast in casts {
                    let here = places.of.entry(label(cast)).or_insert(Nodes::NONE);
                    *here = *here | Nodes::one(connect.node.unwrap_or(1));
                }
            }
        });
        places
    }

    /// The nodes on which this one may be.
    fn everywhere(&self, cast: &Cast) -> Nodes {
        self.of.get(&label(cast)).copied().unwrap_or(Nodes::one(1))
    }

    /// The node for which this one can be a witness: none, if it is now on one and now on another.
    fn certain(&self, cast: &Cast) -> Nodes {
        match cast {
            // All nodes print; nobody knows which one did.
            Cast::Learner if self.nodes > 1 => Nodes::NONE,
            _ => Some(self.everywhere(cast)).filter(|nodes| nodes.0.is_power_of_two()).unwrap_or(Nodes::NONE),
        }
    }
}

/// Checks a scenario of an exercise with so many nodes.
pub(crate) fn check(reader: &mut Reader, nodes: u8, steps: &[Step]) {
    let places = Places::of(nodes, steps);
    let mut lonely = Vec::new();
    walk(&places, steps, Nodes::ALL, Some(&mut lonely));
    for (place, elsewhere) in lonely {
        let message = if elsewhere {
            "what was read since the last stimulus was read on another node, so this silence has no witness"
        } else {
            "nothing was read since the last stimulus, so this silence has no witness"
        };
        let first = if elsewhere { "let somebody on this node read" } else { "read" };
        let help = format!("{first} what must come first, or say how long: `{{ hear: nothing, for: 80ms }}`");
        reader.problem_with_help(place, message, help);
    }
}

/// A silence without a witness, and whether there is one on another node.
type Lonely = Vec<(Place, bool)>;

/// The nodes with a witness after the steps. Silences without one go to `lonely`, if somebody asks.
fn walk(places: &Places, steps: &[Step], mut witnessed: Nodes, mut lonely: Option<&mut Lonely>) -> Nodes {
    for step in steps {
        witnessed = match &step.kind {
            StepKind::Each { actors, act, .. } => {
                if is_bare_silence(act)
                    && !actors.iter().all(|cast| witnessed.contains(places.everywhere(cast)))
                    && let Some(lonely) = lonely.as_deref_mut()
                {
                    lonely.push((step.place, witnessed != Nodes::NONE));
                }
                actors.iter().fold(witnessed, |before, cast| after(places, cast, act, before))
            }
            StepKind::Together(branches) => together(places, branches, witnessed, lonely.as_deref_mut()),
            StepKind::Repeat { steps, .. } => {
                // A second turn changes nothing at the end: what ends without a witness also does so
                // when it begins without one.
                let end = walk(places, steps, witnessed, None);
                if let Some(lonely) = lonely.as_deref_mut() {
                    walk(places, steps, witnessed & end, Some(lonely));
                }
                end
            }
            StepKind::Wait(_) | StepKind::Settle => witnessed,
        };
    }
    witnessed
}

fn together(
    places: &Places,
    branches: &[Vec<Step>],
    witnessed: Nodes,
    mut lonely: Option<&mut Lonely>,
) -> Nodes {
    let stimulated: Vec<bool> = branches.iter().map(|branch| has_stimulus(places, branch)).collect();
    let mut all = Nodes::ALL;
    for (index, branch) in branches.iter().enumerate() {
        let alone = stimulated.iter().enumerate().all(|(other, stimulus)| other == index || !stimulus);
        let end = if alone {
            walk(places, branch, witnessed, lonely.as_deref_mut())
        } else {
            // No witness holds while another branch goes on; only `for:` does.
            every_step(branch, &mut |step| {
                if let StepKind::Each { act, .. } = &step.kind
                    && is_bare_silence(act)
                    && let Some(lonely) = lonely.as_deref_mut()
                {
                    lonely.push((step.place, false));
                }
            });
            walk(places, branch, Nodes::NONE, None)
        };
        if stimulated[index] {
            all = all & end;
        }
    }
    if stimulated.contains(&true) { all } else { witnessed }
}

fn is_bare_silence(act: &Act) -> bool {
    matches!(act, Act::HearNothing { during: None })
}

fn has_stimulus(places: &Places, steps: &[Step]) -> bool {
    let mut found = false;
    every_step(steps, &mut |step| {
        if let StepKind::Each { actors, act, .. } = &step.kind {
            // A stimulus is what does not leave silence as it was, and what asks for an answer.
            let disturbs = actors.iter().any(|cast| after(places, cast, act, Nodes::ALL) != Nodes::ALL);
            found |= disturbs || matches!(act, Act::Emit(_) | Act::Connect(_) | Act::Http(_));
        }
    });
    found
}

fn after(places: &Places, cast: &Cast, act: &Act, witnessed: Nodes) -> Nodes {
    match act {
        Act::Emit(emit) => match emit.ack {
            AckWish::Like(_) | AckWish::Any | AckWish::Counts { .. } => places.certain(cast),
            AckWish::NotAsked | AckWish::Nothing | AckWish::Later => Nodes::NONE,
        },
        Act::Hear(hear) if hear.reply.is_some() => Nodes::NONE,
        Act::Hear(_)
        | Act::Connect(_)
        | Act::Acked { .. }
        | Act::Closed(_)
        | Act::Receive(_)
        | Act::Prints(_)
        | Act::Exits(_)
        | Act::Sees { .. }
        | Act::Http(_) => witnessed | places.certain(cast),
        Act::HearNothing { during: Some(_) } => Nodes::ALL,
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
        | Act::Start => Nodes::NONE,
        Act::Connections(_) | Act::Misses(_) | Act::HearNothing { during: None } => witnessed,
    }
}
