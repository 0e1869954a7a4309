//! Where a turn listens, and whether what came is what the pattern says.

use crate::{
    scenario::{
        model::{EventPattern, Place},
        play::{arrival::Arrival, matching, names::Names, script::Turn, world::World},
    },
    value::Value,
    verdict::Mismatch,
};

/// Where a turn listens.
#[derive(Debug, Clone)]
pub(super) struct Ear {
    pub(super) line: usize,
    pub(super) namespace: String,
    /// Where the step stands.
    place: Place,
}

impl Ear {
    pub(super) fn of(world: &World, turn: &Turn) -> Result<Self, Box<Mismatch>> {
        let line = turn.line(world)?;
        Ok(Self { line, namespace: turn.namespace_in(world, line), place: turn.place })
    }

    /// All events of that name, with their places among the arrivals.
    pub(super) fn arrivals<'w>(&self, world: &'w World, event: &str) -> Vec<(usize, &'w Arrival)> {
        let arrivals = world.lines[self.line].arrivals.iter().enumerate();
        arrivals.filter(|(_, arrival)| arrival.is_event(&self.namespace, event)).collect()
    }

    /// Those that no step has read.
    pub(super) fn unread<'w>(&self, world: &'w World, event: &str) -> Vec<(usize, &'w Arrival)> {
        self.arrivals(world, event).into_iter().filter(|(_, arrival)| !arrival.read).collect()
    }

    /// The arguments of what came there.
    pub(super) fn args(&self, world: &World, index: usize) -> Vec<Value> {
        world.lines[self.line].arrivals[index].event_args().to_vec()
    }

    /// A step has read it.
    pub(super) fn read(&self, world: &mut World, index: usize) {
        let arrival = &mut world.lines[self.line].arrivals[index];
        (arrival.read, arrival.read_by) = (true, Some(self.place));
    }

    /// The mismatch is about it.
    pub(super) fn mark(&self, world: &mut World, index: usize) {
        let entry = world.lines[self.line].arrivals[index].entry;
        world.transcript.entries[entry].marked = true;
    }

    /// Whether nothing more can come.
    pub(super) fn is_over(&self, world: &World) -> bool {
        super::leave::is_over(&world.lines[self.line], &self.namespace)
    }
}

/// Compares arguments; binds names when they match.
pub(super) fn compare(
    event: &EventPattern,
    args: &[Value],
    names: &mut Names,
) -> Result<(), matching::Difference> {
    match &event.args {
        None => Ok(()),
        Some(patterns) => matching::all(patterns, args, names),
    }
}
