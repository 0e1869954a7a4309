//! `states:`: an event that carries a whole state, so that only the newest counts.

use super::{
    ear::{Ear, compare},
    hear::{missing, name_difference},
};
use crate::{
    scenario::{
        model::EventPattern,
        play::{
            arrival::Arrival,
            script::Turn,
            wait::{Clock, Cut, Shared, until},
        },
    },
    verdict::Mismatch,
};

/// Waits until the newest matches; all older ones are read with it. Returns its place among the arrivals.
pub(super) async fn state(
    world: &Shared,
    turn: &Turn,
    ear: &Ear,
    event: &EventPattern,
) -> Result<usize, Box<Mismatch>> {
    let name = world.borrow().names.render(&event.name);
    let came = until(world, Clock::Answered(Some(ear.line)), turn.patience(), |world| {
        turn.becomes_me(world);
        let all: Vec<usize> = ear.arrivals(world, &name).iter().map(|(index, _)| *index).collect();
        if let Some(&newest) = all.last() {
            let args = ear.args(world, newest);
            if compare(event, &args, &mut world.names).is_ok() {
                for index in all {
                    ear.read(world, index);
                }
                return Some(Some(newest));
            }
        }
        ear.is_over(world).then_some(None)
    });
    let cut = match came.await {
        Ok(Some(newest)) => return Ok(newest),
        Ok(None) => return Err(super::leave::died(world, turn, ear.line).await),
        Err(cut) => cut,
    };
    let news = {
        let world = world.borrow();
        let newest = ear.arrivals(&world, &name).last().map(|(index, arrival)| (*index, arrival.read));
        // What was heard before, and a repetition of it, is no news: nothing came.
        let arrivals = &world.lines[ear.line].arrivals;
        newest.filter(|&(index, read)| !read && !is_no_news(arrivals, index)).map(|(index, _)| index)
    };
    Err(match (news, cut) {
        (Some(index), Cut::TimedOut) => name_difference(world, turn, ear, event, index).await,
        (_, cut) => missing(world, turn, event, cut).await,
    })
}

/// Whether an event of a whole state repeats the last one that was heard.
pub(super) fn is_no_news(arrivals: &[Arrival], index: usize) -> bool {
    let Some(packet) = arrivals[index].event() else { return false };
    let same = |other: &&Arrival| {
        other.read
            && other
                .event()
                .is_some_and(|o| o.namespace == packet.namespace && o.event_name() == packet.event_name())
    };
    arrivals[..index].iter().rfind(same).is_some_and(|last| last.event_args() == arrivals[index].event_args())
}
