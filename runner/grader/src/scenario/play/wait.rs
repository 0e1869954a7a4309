//! Waiting without a clock: conditions, patience, fences and silence.
//!
//! The steps of a scenario are futures that only ever wait for the world to change. A driver's observation is
//! what wakes them; no executor is needed. Rules and numbers: the scenario language, "Silence, and patience".

use std::{
    cell::RefCell,
    future::Future,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
    time::Duration,
};

pub(super) use super::patience::Clock;
use super::{
    drive::{Fence, PageReply, PageRequest},
    end::{flood, program_end, stuck},
    fences::Asking,
    patience::{Look, Patience, unanswered, unheard},
    world::World,
};
use crate::{scenario::model::Role, verdict::Mismatch};

/// The world, shared by the steps of one play.
pub(super) type Shared = Rc<RefCell<World>>;

/// How long what must come may take, in answered time.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);
/// The shortest silence for programs that we host: one thread runs them, and what a handler starts there was
/// never seen more than 13 ms after the fences (a timer or a file read on Node). Twice that.
const WINDOW_HOSTED: Duration = Duration::from_millis(25);
/// The shortest silence for any other program: socketioxide on several threads was once 29 ms late.
const WINDOW: Duration = Duration::from_millis(50);
/// The silence for programs that answer no fence.
const WINDOW_WITHOUT_FENCES: Duration = Duration::from_millis(300);

/// Why a wait ended without what it waited for.
#[derive(Debug)]
pub(super) enum Cut {
    /// It did not come, and there was time enough.
    TimedOut,
    /// The program ended or answers nothing any more.
    Program(Box<Mismatch>),
}

/// Waits until the condition gives something.
pub(super) fn until<T, F>(world: &Shared, clock: Clock, patience: Duration, condition: F) -> Until<F>
where
    F: FnMut(&mut World) -> Option<T>,
{
    Until { world: Rc::clone(world), condition, patience: Patience::new(clock, patience), mortal: true }
}

/// Lets time pass, and notices the program's end.
pub(super) async fn pause(world: &Shared, time: Duration) -> Result<(), Cut> {
    let end = world.borrow().now + time;
    let passed = until(world, Clock::Wall, Duration::MAX, move |world: &mut World| {
        if world.now >= end {
            return Some(());
        }
        world.wake_at(end);
        None
    });
    passed.await
}

/// Lets time pass in which the program could have acted, as far as it can be seen from outside.
async fn rest(world: &Shared, time: Duration) -> Result<(), Cut> {
    match until(world, Clock::AtRest, time, |_: &mut World| None::<()>).await {
        Ok(()) | Err(Cut::TimedOut) => Ok(()),
        Err(program) => Err(program),
    }
}

/// A condition that is looked at after each observation.
pub(super) struct Until<F> {
    world: Shared,
    condition: F,
    patience: Patience,
    mortal: bool,
}

impl<F> Until<F> {
    /// Goes on waiting when the program ends: its end is what is waited for, or does not matter.
    pub(super) fn whatever_ends(mut self) -> Self {
        self.mortal = false;
        self
    }
}

impl<T, F> Future for Until<F>
where
    F: FnMut(&mut World) -> Option<T> + Unpin,
{
    type Output = Result<T, Cut>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let mut world = this.world.borrow_mut();
        if let Some(found) = (this.condition)(&mut world) {
            return Poll::Ready(Ok(found));
        }
        if let Some(flood) = flood(&world) {
            return Poll::Ready(Err(Cut::Program(Box::new(flood))));
        }
        if this.mortal
            && let Some(end) = program_end(&world)
        {
            return Poll::Ready(Err(Cut::Program(Box::new(end))));
        }
        match this.patience.look(&mut world) {
            Look::Wait => Poll::Pending,
            Look::Enough => Poll::Ready(Err(Cut::TimedOut)),
            Look::Stuck => Poll::Ready(Err(Cut::Program(Box::new(stuck(&world))))),
        }
    }
}

/// Silence: all that was caused by what was said so far has come. Then nothing comes for a while.
pub(super) async fn settle(world: &Shared, at_least: Duration) -> Result<(), Cut> {
    let stimuli = {
        let world = world.borrow();
        if at_least.is_zero() && world.settled == Some(world.stimuli) {
            return match program_end(&world) {
                Some(end) => Err(Cut::Program(Box::new(end))),
                None => Ok(()),
            };
        }
        world.stimuli
    };
    for _ in 0..2 {
        fence_round(world, Who::Speakers).await?;
        if world.borrow().role == Role::Page {
            // What came over the line changes the page a moment later, and then the page may say something.
            ask_page(world, PageRequest::Rest).await?;
        }
        // What counts is how fast the program answers now, not how long it was busy with what was said.
        world.borrow_mut().slowest_fence = Duration::ZERO;
        fence_round(world, Who::All).await?;
    }
    let window = {
        let world = world.borrow();
        let shortest = match world.fence {
            _ if world.asking == Asking::GivenUp => WINDOW_WITHOUT_FENCES,
            // What one node tells another passes through a third program, which no fence asks.
            Fence::Hosted if world.nodes == 1 => WINDOW_HOSTED,
            Fence::Hosted | Fence::Foreign | Fence::Client => WINDOW,
        };
        shortest.max(world.slowest_fence * 10).max(at_least)
    };
    if world.borrow().asking == Asking::GivenUp {
        rest(world, window).await?;
    } else {
        pause(world, window).await?;
    }
    let mut world = world.borrow_mut();
    // What another branch said meanwhile is not settled.
    world.settled = Some(stimuli);
    let quiet = world.stimuli == stimuli;
    for line in &mut world.lines {
        line.spoke &= !quiet;
        line.all_came();
    }
    Ok(())
}

/// Has something done with the page, and waits until it is. A page that fell over meanwhile ends the play here.
pub(super) async fn ask_page(world: &Shared, request: PageRequest) -> Result<PageReply, Cut> {
    let (id, since) = {
        let mut world = world.borrow_mut();
        (world.ask_page(request), world.now)
    };
    let answered = until(world, Clock::Wall, Duration::MAX, move |world: &mut World| {
        let reply = world.page.replies.remove(&id).map(Some);
        reply.or_else(|| matches!(unheard(world, since), Look::Stuck).then_some(None))
    });
    let reply = answered.await?;
    let world = world.borrow();
    // A page that fell over answers nevertheless; whether its end was heard a moment before the answer or together
    // with it must not decide which step it is told at.
    match (program_end(&world), reply) {
        (Some(end), _) => Err(Cut::Program(Box::new(end))),
        (None, Some(reply)) => Ok(reply),
        (None, None) => Err(Cut::Program(Box::new(stuck(&world)))),
    }
}

/// Which lines a round of fences is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Who {
    /// Every open line.
    All,
    /// Those on which something was said since the last silence.
    Speakers,
    /// This one.
    Only(usize),
}

/// One fence on each of these lines that is open, all at once; ends when all are answered. A fence that was
/// under way before does not count: it may have been sent before the last stimulus.
pub(super) async fn fence_round(world: &Shared, who: Who) -> Result<(), Cut> {
    let asked: Vec<(usize, u64)> = {
        let mut world = world.borrow_mut();
        if world.asking == Asking::GivenUp {
            return Ok(());
        }
        let (now, fence) = (world.now, world.fence);
        let mut asked = Vec::new();
        for (index, line) in world.lines.iter_mut().enumerate() {
            let meant = match who {
                Who::All => true,
                Who::Speakers => line.spoke,
                Who::Only(only) => only == index,
            };
            if line.is_open() && !line.is_at_a_door() && meant {
                let under_way = u64::from(line.fences.since.is_some());
                asked.push((index, line.fences.answered + 1 + under_way));
                line.send_fence(now, fence);
            }
        }
        asked
    };
    let answered = until(world, Clock::Wall, Duration::MAX, move |world: &mut World| {
        if world.asking == Asking::GivenUp {
            return Some(true);
        }
        let mut oldest: Option<Duration> = None;
        for &(index, wanted) in &asked {
            let (now, fence) = (world.now, world.fence);
            let line = &mut world.lines[index];
            if line.is_open() && line.fences.answered < wanted {
                line.send_fence(now, fence);
                oldest = [oldest, line.fences.since].into_iter().flatten().min();
            }
        }
        match oldest.map(|since| unanswered(world, since)) {
            None => Some(true),
            Some(Look::Stuck) => Some(false),
            Some(Look::Wait | Look::Enough) => None,
        }
    });
    if answered.await? { Ok(()) } else { Err(Cut::Program(Box::new(stuck(&world.borrow())))) }
}
