//! How long what must come may take: in time in which the program could have acted, not in wall time.
//!
//! While a step waits, fences are sent, and only answered ones count. Rules and numbers: the scenario language,
//! "Silence, and patience". Its user is [`super::wait`].

use std::time::Duration;

use super::{
    drive::{Doing, Fence, PageRequest, Usage},
    fences::Asking,
    line::Line,
    world::{Doubt, World},
};
use crate::scenario::model::Role;

/// The pause between two fences of a wait; each answered one counts for so much.
const FENCE_EVERY: Duration = Duration::from_millis(50);
/// After so long without an answer the program is looked at instead: for programs that never answered a fence.
const FENCE_DEADLINE: Duration = Duration::from_millis(300);
/// The pause between two looks at what a program in doubt has used.
const MEASURE_EVERY: Duration = Duration::from_millis(250);

/// The pause between two looks at a program that cannot be asked; each counts for so much at most.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// What a wait looks at to know that the program had time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// Fences on this line, or on any open one when it is closed. Of a program that answers none, as [`Self::AtRest`].
    Answered(Option<usize>),
    /// Looks at the program from outside, because it cannot be asked. Time counts in which it rests, or is
    /// on a processor; not the time in which it only waits for one. A page can be asked even then.
    AtRest,
    /// Wall time.
    Wall,
}

/// Counts the time in which the program could have acted.
pub(super) struct Patience {
    clock: Clock,
    left: Duration,
    last: Option<Duration>,
    /// The fence of ours that is under way: line, and how many had been answered before it.
    asked: Option<(usize, u64)>,
    /// The question to the page that is under way, and when it was asked.
    rest: Option<(u32, Duration)>,
    next: Duration,
    /// How often the program had been seen before the look that is under way.
    looking: Option<u64>,
    /// The processor time that it had used when it was last seen at work.
    used: Option<Duration>,
}

/// What patience says.
pub(super) enum Look {
    /// Go on.
    Wait,
    /// There was time enough.
    Enough,
    /// The program answers nothing any more.
    Stuck,
}

impl Patience {
    pub(super) fn new(clock: Clock, patience: Duration) -> Self {
        Self {
            clock,
            left: patience,
            last: None,
            asked: None,
            rest: None,
            next: Duration::ZERO,
            looking: None,
            used: None,
        }
    }

    /// Looks at the clock, and asks the program again when it is time.
    pub(super) fn look(&mut self, world: &mut World) -> Look {
        let last = *self.last.get_or_insert(world.now);
        if self.next.is_zero() {
            self.next = world.now + FENCE_EVERY;
        }
        let line = match self.clock {
            Clock::AtRest if world.role == Role::Page => return self.page(world),
            Clock::AtRest => return self.at_rest(world),
            Clock::Wall => None,
            Clock::Answered(_) if world.asking == Asking::GivenUp => {
                self.asked = None;
                return self.at_rest(world);
            }
            Clock::Answered(line) => {
                line.filter(|&line| world.lines[line].is_open()).or_else(|| open_line(world))
            }
        };
        let Some(line) = line else {
            self.asked = None;
            if world.role == Role::Page && self.clock != Clock::Wall {
                return self.page(world);
            }
            return self.wall(world, last);
        };
        self.last = Some(world.now);
        self.answered(world, line)
    }

    /// A page can be asked without a line: whether React and the timers have done what had begun.
    fn page(&mut self, world: &mut World) -> Look {
        if let Some((id, since)) = self.rest {
            if world.page.replies.remove(&id).is_none() {
                return unheard(world, since);
            }
            self.rest = None;
            self.left = self.left.saturating_sub(FENCE_EVERY);
        }
        if self.left.is_zero() {
            return Look::Enough;
        }
        if world.now >= self.next {
            self.next = world.now + FENCE_EVERY;
            self.rest = Some((world.ask_page(PageRequest::Rest), world.now));
            world.wake_at(world.now + FENCE_DEADLINE);
        } else {
            world.wake_at(self.next);
        }
        Look::Wait
    }

    fn wall(&mut self, world: &mut World, last: Duration) -> Look {
        self.last = Some(world.now);
        self.left = self.left.saturating_sub(world.now.saturating_sub(last));
        if self.left.is_zero() {
            return Look::Enough;
        }
        if let Some(end) = world.now.checked_add(self.left) {
            world.wake_at(end);
        }
        Look::Wait
    }

    fn at_rest(&mut self, world: &mut World) -> Look {
        if self.looking.is_some_and(|before| world.looks > before) {
            self.looking = None;
            let since = self.last.replace(world.now).unwrap_or(world.now);
            let spent = match world.seen {
                // The first time it is seen at work nobody knows yet how much of that was a moment ago.
                Some(Doing::Works(used)) => used.saturating_sub(self.used.replace(used).unwrap_or(used)),
                _ => world.now.saturating_sub(since),
            };
            self.left = self.left.saturating_sub(spent.min(LOOK_EVERY));
            self.next = self.next.min(world.now + self.left);
        }
        if self.left.is_zero() {
            return Look::Enough;
        }
        if self.looking.is_none() && world.now >= self.next {
            self.looking = Some(world.looks);
            self.next = world.now + LOOK_EVERY;
            world.look();
        }
        world.wake_at(self.next.max(world.now + FENCE_EVERY));
        Look::Wait
    }

    fn answered(&mut self, world: &mut World, line: usize) -> Look {
        if let Some((asked, before)) = self.asked {
            let fences = &world.lines[asked].fences;
            if fences.answered > before {
                self.asked = None;
                self.left = self.left.saturating_sub(FENCE_EVERY);
            } else if !world.lines[asked].is_open() {
                self.asked = None;
            }
        }
        if self.left.is_zero() {
            return Look::Enough;
        }
        if let Some(since) = world.lines[line].fences.since {
            return unanswered(world, since);
        }
        if self.asked.is_none() && world.now >= self.next {
            self.asked = Some((line, world.lines[line].fences.answered));
            self.next = world.now + FENCE_EVERY;
            let (now, fence) = (world.now, world.fence);
            world.lines[line].send_fence(now, fence);
            world.wake_at(now + FENCE_DEADLINE);
        } else {
            world.wake_at(self.next);
        }
        Look::Wait
    }
}

/// A fence is under way for so long: wait on, look at the program from now on, or give it up.
pub(super) fn unanswered(world: &mut World, since: Duration) -> Look {
    let age = world.now.saturating_sub(since);
    if world.role == Role::Page {
        // The official client answers: if it is late, the machine is slow.
        return unheard(world, since);
    }
    if world.asking == Asking::Untried && world.fence != Fence::Hosted && age >= FENCE_DEADLINE {
        give_up_fences(world);
        world.wake_at(world.now);
        return Look::Wait;
    }
    if age >= world.stuck_after && world.last_word > since {
        // It says other things meanwhile: it lives, and only has no answer to our question.
        give_up_fences(world);
        world.wake_at(world.now);
        return Look::Wait;
    }
    unheard(world, since)
}

/// A question that every living program answers is open for so long: wait on, or give the program up.
pub(super) fn unheard(world: &mut World, since: Duration) -> Look {
    let age = world.now.saturating_sub(since);
    if age < FENCE_DEADLINE {
        world.wake_at(since + FENCE_DEADLINE);
        return Look::Wait;
    }
    if world.doubt.as_ref().is_none_or(|doubt| doubt.since != since) {
        world.doubt = Some(Doubt { since, asked: world.now, used: Vec::new() });
        world.measure();
    }
    if age < world.stuck_after {
        world.wake_at(since + world.stuck_after);
        return Look::Wait;
    }
    let too_long = age >= world.stuck_after * if grows(world) { 12 } else { 4 };
    if too_long || (is_busy_itself(world) && !grows(world)) {
        return Look::Stuck;
    }
    if world.doubt.as_ref().is_some_and(|doubt| world.now >= doubt.asked + MEASURE_EVERY) {
        world.measure();
    }
    let asked = world.doubt.as_ref().map_or(world.now, |doubt| doubt.asked);
    world.wake_at(asked + MEASURE_EVERY);
    Look::Wait
}

/// Whether the program has used the processor for half of the time in which it had to answer: then it is not the
/// machine that keeps it from answering.
fn is_busy_itself(world: &World) -> bool {
    match used_in_doubt(world) {
        [first, .., last] => last.processor.saturating_sub(first.processor) >= world.stuck_after / 2,
        _ => false,
    }
}

/// Whether the program takes more and more memory: whoever weighs it ends it soon, and that is what is to be told.
fn grows(world: &World) -> bool {
    Usage::grows(used_in_doubt(world))
}

fn used_in_doubt(world: &World) -> &[Usage] {
    world.doubt.as_ref().map(|doubt| doubt.used.as_slice()).unwrap_or_default()
}

/// The fences under way stay so: an answer that comes late ends the looking again.
fn give_up_fences(world: &mut World) {
    world.asking = Asking::GivenUp;
    world.note("the program does not answer the grader's questions in between; the clock counts instead");
}

fn open_line(world: &World) -> Option<usize> {
    world.lines.iter().rposition(Line::is_open)
}
