//! The thread that checks: one check at a time, and a newer order ends the older one at once.
//!
//! A check is dropped to cancel it, which ends its processes before the next order is looked at. It has a thread and a
//! runtime of its own, as it has in `check`: what happens on the wire is timed, and must not wait for a drawing.
//! Next: `errands.rs`.

use std::{
    cell::RefCell,
    io,
    panic::resume_unwind,
    pin::pin,
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};

use grader::{event::Event as CheckEvent, scenario::model::Exercise};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::timeout,
};

use crate::{
    check::{self, Request, Warm},
    exit::Exit,
    report::{Report as _, style::Style, terminal::Terminal},
    watch::{Attempt, Desk, Recorded, Told, model::Event, verdict::LiveLine},
};

enum Order {
    Cancel,
    Warm(String),
    Check { run: u64, exercise: String },
}

/// How long a program that was started early waits for a save.
const PATIENCE: Duration = Duration::from_mins(2);

/// How old the tokens of its environment may be, in seconds.
const FRESH: u64 = 5;

/// A program that was started early, for the next check.
struct Early {
    exercise: String,
    /// What the exercise said then.
    model: Arc<Exercise>,
    epoch: u64,
    seed: u64,
    warm: Warm,
}

impl Early {
    /// Whether a check of now would have started the same: the exercise says the same, and no token of its environment has
    /// grown old.
    fn is_fit_for(&self, attempt: &Attempt) -> bool {
        let age = attempt.epoch.saturating_sub(self.epoch);
        self.model == attempt.exercise && (attempt.exercise.env.is_empty() || age < FRESH)
    }
}

/// The thread, and a way to it.
pub(super) struct Checks {
    orders: Option<UnboundedSender<Order>>,
    thread: JoinHandle<()>,
}

impl Checks {
    /// Starts the thread.
    pub(super) fn start(desk: Arc<dyn Desk>, tell: impl Fn(Event) + Send + 'static) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (orders, received) = unbounded_channel();
        let thread = thread::Builder::new().name("checks".to_owned()).spawn(move || {
            let alarm = Alarm(&tell);
            runtime.block_on(work(received, desk.as_ref(), &tell));
            drop(alarm);
        })?;
        Ok(Self { orders: Some(orders), thread })
    }

    pub(super) fn cancel(&self) {
        self.order(Order::Cancel);
    }

    pub(super) fn warm(&self, exercise: String) {
        self.order(Order::Warm(exercise));
    }

    pub(super) fn check(&self, run: u64, exercise: String) {
        self.order(Order::Check { run, exercise });
    }

    fn order(&self, order: Order) {
        // The thread ends before its orders only by a panic, of which the alarm tells.
        self.orders.as_ref().map(|orders| orders.send(order));
    }

    /// Ends the running check and the thread. A panic there goes on here.
    pub(super) fn end(mut self) {
        self.orders = None;
        if let Err(panic) = self.thread.join() {
            resume_unwind(panic);
        }
    }
}

/// A panic on the thread ends the session: nothing would be checked any more.
struct Alarm<'t>(&'t dyn Fn(Event));

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            (self.0)(Event::Ask(Exit::Environment));
        }
    }
}

/// Until nobody orders any more.
async fn work(mut orders: UnboundedReceiver<Order>, desk: &dyn Desk, tell: &dyn Fn(Event)) {
    let mut early: Option<Early> = None;
    // Its packages are installed, so that preparing it again takes no time.
    let mut checked = None;
    let mut next = None;
    loop {
        let waited = match next.take() {
            Some(order) => Ok(Some(order)),
            None => timeout(PATIENCE, orders.recv()).await,
        };
        let order = match waited {
            Ok(Some(order)) => order,
            Ok(None) => return,
            Err(_) => {
                early = None;
                continue;
            }
        };
        match order {
            Order::Cancel => {}
            Order::Warm(exercise) => {
                let is_ready = early.as_ref().is_some_and(|early| early.exercise == exercise);
                if !is_ready && checked.as_ref() == Some(&exercise) {
                    (early, next) = warmed(&mut orders, desk, &exercise).await;
                }
            }
            Order::Check { run, exercise } => {
                let ready = early.take().filter(|early| early.exercise == exercise);
                let done = tokio::select! {
                    biased;
                    newer = orders.recv() => match newer {
                        Some(newer) => {
                            next = Some(newer);
                            false
                        }
                        None => return,
                    },
                    done = check(desk, run, &exercise, ready, tell) => done,
                };
                if done {
                    // Who has saved once will save again.
                    (early, next) = warmed(&mut orders, desk, &exercise).await;
                    checked = Some(exercise);
                }
            }
        }
    }
}

/// Starts early what can be; a save makes several orders in a moment, and those that say the same change nothing. Also the
/// order that has to be looked at next.
async fn warmed(
    orders: &mut UnboundedReceiver<Order>,
    desk: &dyn Desk,
    exercise: &str,
) -> (Option<Early>, Option<Order>) {
    let mut warming = pin!(warm(desk, exercise));
    loop {
        tokio::select! {
            biased;
            newer = orders.recv() => match newer {
                Some(Order::Cancel) => {}
                Some(Order::Warm(same)) if same == exercise => {}
                newer => return (None, newer),
            },
            early = &mut warming => return (early, None),
        }
    }
}

async fn warm(desk: &dyn Desk, exercise: &str) -> Option<Early> {
    let attempt = desk.attempt(exercise).ok()?;
    let seed = attempt.seed;
    let request = Request {
        id: &attempt.id,
        exercise: &attempt.exercise,
        causes: &attempt.causes,
        track: attempt.track,
        seed,
        epoch: attempt.epoch,
    };
    let warm = check::warm(request, attempt.work).await?;
    let (model, epoch) = (attempt.exercise, attempt.epoch);
    Some(Early { exercise: exercise.to_owned(), model, epoch, seed, warm })
}

/// One check, with its news. Says whether it came to a verdict.
async fn check(
    desk: &dyn Desk,
    run: u64,
    exercise: &str,
    early: Option<Early>,
    tell: &dyn Fn(Event),
) -> bool {
    let attempt = match desk.attempt(exercise) {
        Ok(attempt) => attempt,
        Err(why) => {
            tell(Event::Refused { run, why });
            return false;
        }
    };
    let early = early.filter(|early| early.is_fit_for(&attempt));
    let recorded = Recorded { id: attempt.id.clone(), track: attempt.track };
    let request = Request {
        id: &attempt.id,
        exercise: &attempt.exercise,
        causes: &attempt.causes,
        track: attempt.track,
        seed: early.as_ref().map_or(attempt.seed, |early| early.seed),
        epoch: attempt.epoch,
    };
    let live = LiveLine::default();
    let mut screen = live.clone();
    let style = Style { live: true, width: usize::from(u16::MAX), ..Style::default() };
    let report = RefCell::new((Terminal::new(&mut screen, style), None));
    let say = |event: CheckEvent| {
        let (report, began) = &mut *report.borrow_mut();
        match event {
            CheckEvent::CheckStarted { .. } => *began = Some(event),
            CheckEvent::CheckEnded(verdict) => {
                if let Some(began) = began.take() {
                    let ended = CheckEvent::CheckEnded(verdict.clone());
                    let told = Box::new(Told::new(attempt.view.clone(), began, ended));
                    tell(Event::Ended { run, told });
                }
                // Before the program is ended: a save that comes meanwhile must not lose a pass.
                let notices = desk.record(&recorded, &verdict);
                tell(Event::Recorded { outline: desk.outline(), notices });
            }
            event => {
                // It writes to memory.
                drop(report.event(&event));
                if let Some(line) = live.take() {
                    tell(Event::Progress { run, line });
                }
            }
        }
    };
    let checked = match early {
        Some(early) => Ok(check::check_warm(request, early.warm, &say).await),
        None => check::check(request, attempt.work, &say).await,
    };
    if let Err(error) = &checked {
        tell(Event::Refused { run, why: error.to_string() });
    }
    checked.is_ok()
}
