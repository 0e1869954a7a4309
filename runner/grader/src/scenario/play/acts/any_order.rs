//! `hear: !any_order`: all of them, in any order.

use super::{
    ear::{Ear, compare},
    hear::{missing, name_difference},
};
use crate::{
    scenario::{
        model::EventPattern,
        play::{
            assign::{assign, each_its_own},
            names::Names,
            script::{Played, Turn},
            wait::{Clock, Cut, Shared, until},
            world::World,
        },
    },
    value::Value,
    verdict::Mismatch,
};

/// How far it is.
enum Came {
    /// All of them came.
    All,
    /// More than before, but not all.
    More(usize),
    /// No more can come.
    Over,
}

/// All of them, in any order. Patience begins anew with each that comes.
pub(super) async fn any_order(world: &Shared, turn: &Turn, ear: &Ear, events: &[EventPattern]) -> Played {
    let mut seen = 0;
    loop {
        let came = until(world, Clock::Answered(Some(ear.line)), turn.patience(), |world| {
            turn.becomes_me(world);
            let unread = Unread::of(world, ear, events);
            if unread.take_all(world, ear, events) {
                return Some(Came::All);
            }
            let count = unread.assigned(&world.names, events).iter().flatten().count();
            if count > seen {
                return Some(Came::More(count));
            }
            ear.is_over(world).then_some(Came::Over)
        });
        match came.await {
            Ok(Came::All) => return Ok(()),
            Ok(Came::More(count)) => seen = count,
            Ok(Came::Over) => return Err(super::leave::died(world, turn, ear.line).await),
            Err(cut) => return Err(not_all_came(world, turn, ear, events, cut).await),
        }
    }
}

/// What came under any of the names and was not read: place among the arrivals, name, arguments.
struct Unread(Vec<(usize, String, Vec<Value>)>);

impl Unread {
    fn of(world: &World, ear: &Ear, events: &[EventPattern]) -> Self {
        let mut found: Vec<(usize, String, Vec<Value>)> = Vec::new();
        for event in events {
            let name = world.names.render(&event.name);
            if found.iter().all(|(_, known, _)| *known != name) {
                let unread = ear.unread(world, &name).into_iter();
                found.extend(unread.map(|(index, a)| (index, name.clone(), a.event_args().to_vec())));
            }
        }
        found.sort_by_key(|(index, ..)| *index);
        Self(found)
    }

    fn fits(&self, event: &EventPattern, k: usize, names: &mut Names) -> bool {
        let (_, name, args) = &self.0[k];
        names.render(&event.name) == *name && compare(event, args, names).is_ok()
    }

    /// Reads one for each pattern, if there is one for each.
    fn take_all(&self, world: &mut World, ear: &Ear, events: &[EventPattern]) -> bool {
        let fits = |pattern: usize, k: usize, names: &mut Names| self.fits(&events[pattern], k, names);
        let Some(chosen) = each_its_own(events.len(), self.0.len(), &mut world.names, &fits) else {
            return false;
        };
        for k in chosen {
            ear.read(world, self.0[k].0);
        }
        true
    }

    /// For each pattern the one that it fits, as far as there are enough.
    fn assigned(&self, names: &Names, events: &[EventPattern]) -> Vec<Option<usize>> {
        assign(events.len(), &vec![1; self.0.len()], |pattern, k| {
            self.fits(&events[pattern], k, &mut names.clone())
        })
    }
}

/// Some did not come: if another of the first one's name did, that is what was seen instead.
async fn not_all_came(
    world: &Shared,
    turn: &Turn,
    ear: &Ear,
    events: &[EventPattern],
    cut: Cut,
) -> Box<Mismatch> {
    let (event, instead) = {
        let mut guard = world.borrow_mut();
        let world = &mut *guard;
        turn.becomes_me(world);
        let unread = Unread::of(world, ear, events);
        let assigned = unread.assigned(&world.names, events);
        let mut left_over = None;
        for (pattern, k) in assigned.iter().enumerate() {
            match k {
                Some(k) if unread.fits(&events[pattern], *k, &mut world.names) => {
                    ear.read(world, unread.0[*k].0);
                }
                // It has none, or one that disagrees about a name.
                _ => left_over = left_over.or(Some(pattern)),
            }
        }
        let event = &events[left_over.unwrap_or_default()];
        let name = world.names.render(&event.name);
        (event, ear.unread(world, &name).first().map(|(index, _)| *index))
    };
    match (instead, cut) {
        (Some(index), Cut::TimedOut) => name_difference(world, turn, ear, event, index).await,
        (_, cut) => missing(world, turn, event, cut).await,
    }
}
