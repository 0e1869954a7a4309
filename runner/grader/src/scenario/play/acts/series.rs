//! `hear: […], n: 3..35`: a series, judged as a whole once settled.

use std::time::Duration;

use super::{
    ear::{Ear, compare},
    words,
};
use crate::{
    scenario::{
        model::EventPattern,
        play::{
            script::{Played, Turn},
            wait::{self, Clock, Cut, Shared, until},
            world::World,
        },
    },
    value::Value,
    verdict::{Kind, Mismatch},
};

/// `copies` before `missing` before `out_of_order`. What comes after the whole series is left for the next step.
pub(super) async fn series(
    world: &Shared,
    turn: &Turn,
    ear: &Ear,
    event: &EventPattern,
    (number, from, to): (&str, i64, i64),
) -> Played {
    let name = world.borrow().names.render(&event.name);
    let wanted = usize::try_from(to - from + 1).unwrap_or_default();
    let mut seen = 0;
    loop {
        let came = until(world, Clock::Answered(Some(ear.line)), turn.patience(), |world| {
            let count = ear.unread(world, &name).len();
            (count > seen || ear.is_over(world)).then_some(count)
        });
        match came.await {
            Ok(count) if count > seen && count < wanted => seen = count,
            Ok(count) if count <= seen => return Err(super::leave::died(world, turn, ear.line).await),
            Ok(_) | Err(Cut::TimedOut) => break,
            Err(cut) => return Err(turn.cut(cut, || turn.mismatch(Kind::Stuck, "program"))),
        }
    }
    let settled = wait::settle(world, Duration::ZERO).await;
    settled.map_err(|cut| turn.cut(cut, || turn.mismatch(Kind::Stuck, "program")))?;
    let mut guard = world.borrow_mut();
    let world = &mut *guard;
    turn.becomes_me(world);
    let came: Vec<(usize, Vec<Value>)> =
        ear.unread(world, &name).iter().map(|(index, a)| (*index, a.event_args().to_vec())).collect();
    let mut places: Vec<Option<usize>> = Vec::new();
    for n in from..=to {
        world.names.bind(number, Value::from(n));
        let place = (0..came.len()).find(|k| {
            !places.contains(&Some(*k)) && compare(event, &came[*k].1, &mut world.names.clone()).is_ok()
        });
        places.push(place);
    }
    world.names.forget(number);
    judge(world, turn, ear, event, &Series { name, came, places, from })
}

/// What came of a series.
struct Series {
    name: String,
    /// Each event's place among the arrivals, and its arguments.
    came: Vec<(usize, Vec<Value>)>,
    /// For each number, which of them it was.
    places: Vec<Option<usize>>,
    /// The first number.
    from: i64,
}

impl Series {
    /// The first that is none of the numbers and stands before the last of them.
    fn stranger(&self) -> Option<usize> {
        let last = self.places.iter().flatten().max()?;
        (0..*last).find(|k| !self.places.contains(&Some(*k)))
    }

    /// The first that is one too many of a number that came.
    fn copy(&self) -> Option<usize> {
        let one_too_many = |k: &usize| {
            !self.places.contains(&Some(*k))
                && self.places.iter().flatten().any(|place| self.came[*place].1 == self.came[*k].1)
        };
        (0..self.came.len()).find(one_too_many)
    }
}

fn judge(world: &mut World, turn: &Turn, ear: &Ear, event: &EventPattern, series: &Series) -> Played {
    let Series { name, came, places, from } = series;
    let guilty = |k: usize, kind, what: &str| (kind, Some(k), format!("{name}, {what}"), came[k].1.clone());
    let (kind, guilty, expected, seen) = if let Some(k) = series.copy() {
        guilty(k, Kind::Copies, "each once")
    } else if places.iter().any(Option::is_none) {
        (Kind::Missing, None, words::event_pattern(event, &world.names), Vec::new())
    } else if let Some(k) = places.windows(2).position(|pair| pair[0] > pair[1]) {
        guilty(places[k + 1].unwrap_or_default(), Kind::OutOfOrder, "in order")
    } else if let Some(k) = series.stranger() {
        guilty(k, Kind::Different, "and no other")
    } else {
        for place in places.iter().flatten() {
            ear.read(world, came[*place].0);
        }
        return Ok(());
    };
    for (index, _) in came {
        ear.read(world, *index);
    }
    if let Some(k) = guilty {
        ear.mark(world, came[k].0);
    }
    let actual = match kind {
        Kind::Copies => format!("{} twice", words::event(name, &seen)),
        Kind::Missing => {
            let gap = places.iter().position(Option::is_none).unwrap_or_default();
            let number = from + i64::try_from(gap).unwrap_or_default();
            format!("{} of them, number {number} is missing", came.len())
        }
        _ => words::event(name, &seen),
    };
    let (expected, actual) = (words::hears(&turn.actor, &expected), words::heard(&turn.actor, &actual));
    let saw = guilty.map(|_| Value::Array(seen));
    Err(Box::new(Mismatch { saw, expected, actual, ..turn.mismatch(kind, name) }))
}
