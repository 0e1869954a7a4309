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

use super::{
    drive::{Fence, ProgramEnd},
    world::{World, describe_end},
};
use crate::{
    scenario::model::{Place, Role},
    value::Value,
    verdict::{Kind, Mismatch},
};

/// The world, shared by the steps of one play.
pub(super) type Shared = Rc<RefCell<World>>;

/// How long what must come may take, in answered time.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);
/// The pause between two fences of a wait; each answered one counts for so much.
const FENCE_EVERY: Duration = Duration::from_millis(50);
/// After so long without an answer, wall time counts: for programs that never answered a fence.
const FENCE_DEADLINE: Duration = Duration::from_millis(300);
/// The pause between two looks at the processor time of a program in doubt.
const MEASURE_EVERY: Duration = Duration::from_millis(250);
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

/// What a wait looks at to know that the program had time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// Fences on this line, or on any open one when it is closed.
    Answered(Option<usize>),
    /// Wall time: nothing is connected yet, or no server can be asked.
    Wall,
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

/// Counts the time in which the program could have acted.
struct Patience {
    clock: Clock,
    left: Duration,
    last: Option<Duration>,
    /// The fence of ours that is under way: line, and how many had been answered before it.
    asked: Option<(usize, u64)>,
    next: Duration,
}

enum Look {
    Wait,
    Enough,
    Stuck,
}

impl Patience {
    fn new(clock: Clock, patience: Duration) -> Self {
        Self { clock, left: patience, last: None, asked: None, next: Duration::ZERO }
    }

    fn look(&mut self, world: &mut World) -> Look {
        let last = *self.last.get_or_insert(world.now);
        if self.next.is_zero() {
            self.next = world.now + FENCE_EVERY;
        }
        let line = match self.clock {
            Clock::Wall => None,
            Clock::Answered(_) if world.fenceless => None,
            Clock::Answered(line) => {
                line.filter(|&line| world.lines[line].is_open()).or_else(|| open_line(world))
            }
        };
        let Some(line) = line else {
            self.asked = None;
            return self.wall(world, last);
        };
        self.last = Some(world.now);
        self.answered(world, line)
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

/// A fence is under way for so long: wait on, count wall time from now on, or give the program up.
fn unanswered(world: &mut World, since: Duration) -> Look {
    let age = world.now.saturating_sub(since);
    if !world.answers_fences && world.fence != Fence::Hosted && age >= FENCE_DEADLINE {
        give_up_fences(world);
        world.wake_at(world.now);
        return Look::Wait;
    }
    if age < FENCE_DEADLINE {
        world.wake_at(since + FENCE_DEADLINE);
        return Look::Wait;
    }
    if world.doubt.as_ref().is_none_or(|(doubted, _)| *doubted != since) {
        world.doubt = Some((since, Vec::new()));
        world.measure();
    }
    if age < world.stuck_after {
        world.wake_at(since + world.stuck_after);
        return Look::Wait;
    }
    if age >= world.stuck_after * 4 || is_busy_itself(world) {
        return Look::Stuck;
    }
    world.measure();
    world.wake_at(world.now + MEASURE_EVERY);
    Look::Wait
}

/// Whether the program has used the processor for half of the time in which it had to answer: then it is not the
/// machine that keeps it from answering.
fn is_busy_itself(world: &World) -> bool {
    let used = world.doubt.as_ref().map(|(_, used)| used.as_slice()).unwrap_or_default();
    match (used.first(), used.last()) {
        (Some(first), Some(last)) => last.saturating_sub(*first) >= world.stuck_after / 2,
        _ => false,
    }
}

fn give_up_fences(world: &mut World) {
    world.fenceless = true;
    world.note("the program does not answer the grader's questions in between; wall time counts instead");
    for line in &mut world.lines {
        line.fences.since = None;
    }
}

fn open_line(world: &World) -> Option<usize> {
    world.lines.iter().rposition(super::line::Line::is_open)
}

/// Silence: all that was caused by what was said so far has come. Then nothing comes for a while.
pub(super) async fn settle(world: &Shared, at_least: Duration) -> Result<(), Cut> {
    {
        let world = world.borrow();
        if at_least.is_zero() && world.settled == Some(world.stimuli) {
            return Ok(());
        }
    }
    for _ in 0..2 {
        fence_round(world, Who::Speakers).await?;
        // What counts is how fast the program answers now, not how long it was busy with what was said.
        world.borrow_mut().slowest_fence = Duration::ZERO;
        fence_round(world, Who::All).await?;
    }
    let window = {
        let mut world = world.borrow_mut();
        world.settled = Some(world.stimuli);
        for line in &mut world.lines {
            line.spoke = false;
        }
        let shortest = match world.fence {
            _ if world.fenceless => WINDOW_WITHOUT_FENCES,
            Fence::Hosted => WINDOW_HOSTED,
            Fence::Foreign | Fence::Client => WINDOW,
        };
        shortest.max(world.slowest_fence * 10).max(at_least)
    };
    pause(world, window).await
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

/// One fence on each of these lines that is open, all at once; ends when all are answered.
pub(super) async fn fence_round(world: &Shared, who: Who) -> Result<(), Cut> {
    let asked: Vec<(usize, u64)> = {
        let mut world = world.borrow_mut();
        if world.fenceless {
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
            if line.is_open() && meant {
                asked.push((index, line.fences.answered));
                line.send_fence(now, fence);
            }
        }
        asked
    };
    let answered = until(world, Clock::Wall, Duration::MAX, move |world: &mut World| {
        let waiting = asked.iter().find_map(|&(index, before)| {
            let line = &world.lines[index];
            (line.is_open() && line.fences.answered == before).then_some(line.fences.since).flatten()
        });
        match waiting.map(|since| unanswered(world, since)) {
            None => Some(true),
            Some(Look::Stuck) => Some(false),
            Some(Look::Wait | Look::Enough) => None,
        }
    });
    if answered.await? { Ok(()) } else { Err(Cut::Program(Box::new(stuck(&world.borrow())))) }
}

/// A mismatch about the whole program, if it has ended and no step expects that.
pub(super) fn program_end(world: &World) -> Option<Mismatch> {
    let end = world.end.as_ref().filter(|_| !world.end_is_known)?;
    Some(ended(end, world.role))
}

fn ended(end: &ProgramEnd, role: Role) -> Mismatch {
    let kind = match end {
        ProgramEnd { out_of_memory: true, .. } => Kind::TooMuchMemory,
        ProgramEnd { code: Some(0), .. } => Kind::Exited,
        _ => Kind::Crashed,
    };
    let expected = match role {
        Role::Client => "a program that keeps going",
        _ => "a server that keeps listening",
    };
    let mut actual = describe_end(end);
    let words = end.last_words.join("\n");
    if !words.is_empty() {
        actual = format!("{actual}\n{words}");
    }
    program_mismatch(kind, expected, actual, (!words.is_empty()).then(|| Value::String(words)))
}

fn stuck(world: &World) -> Mismatch {
    let since = world.doubt.as_ref().map_or(Duration::ZERO, |(since, _)| *since);
    let seconds = world.now.saturating_sub(since).as_secs();
    let actual = format!("it is still running, and has answered nothing for {seconds} seconds");
    program_mismatch(Kind::Stuck, "a program that answers", actual, None)
}

fn program_mismatch(kind: Kind, expected: &str, actual: String, saw: Option<Value>) -> Mismatch {
    Mismatch {
        kind,
        subject: "program".to_owned(),
        actor: None,
        at: None,
        saw,
        expected: expected.to_owned(),
        actual,
        place: Place::default(),
        line: None,
        also: Vec::new(),
    }
}

/// A step, or several, under way.
pub(super) type Running<'a, E> = Pin<Box<dyn Future<Output = Result<(), E>> + 'a>>;

/// Futures that run side by side, looked at in written order; the first error ends all.
pub(super) async fn side_by_side<E>(futures: Vec<Running<'_, E>>) -> Result<(), E> {
    let mut running: Vec<_> = futures.into_iter().map(Some).collect();
    std::future::poll_fn(move |context| {
        let mut pending = false;
        for slot in &mut running {
            let Some(future) = slot else { continue };
            match future.as_mut().poll(context) {
                Poll::Pending => pending = true,
                Poll::Ready(Ok(())) => *slot = None,
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
            }
        }
        if pending { Poll::Pending } else { Poll::Ready(Ok(())) }
    })
    .await
}
