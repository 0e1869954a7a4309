//! The state of the watch, and what each event makes of it. Pure: the clock comes in with the event, and what is to be
//! done goes out as an [`Effect`], so that a test can be the driver.
//!
//! | file | holds |
//! |---|---|
//! | `event.rs` | what comes in, what goes out |
//! | `outline.rs` | lessons and exercises with their state |
//! | `keys.rs` | what a key does, by what is open |
//! | `pane.rs` | the text on the right, and how far it is scrolled |
//! | `list.rs` | the list with its filter |
//!
//! Next: `event.rs`.

mod event;
pub mod keys;
mod list;
mod outline;
mod pane;

use std::time::{Duration, Instant};

use crate::{exit::Exit, report::style::Style};

pub use event::{Effect, Event, Key};
pub use list::List;
pub use outline::{Entry, Outline, State};
pub use pane::{Body, Pane};

use super::{Answer, Errand, Told, view};

/// So long nothing more may be written until a save counts as complete, where nobody says when a writer has finished.
pub const SETTLED: Duration = Duration::from_millis(50);
/// The same after a file that its writer has finished with: an editor that saves in several steps, or saves several files,
/// makes one check.
pub const FINISHED: Duration = Duration::from_millis(10);

/// What lies over the screen, or asks in its last lines.
#[derive(Debug, Clone)]
pub enum Over {
    /// All lessons and exercises, narrowed by what is typed.
    List(List),
    /// All keys.
    Help,
    /// Whether the learner's file shall be put back.
    Reset,
}

/// How far the check of the current exercise is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// Nothing was checked yet.
    Idle,
    /// Something was saved just now.
    Saved,
    /// It runs; the line says what it does.
    Running(String),
    /// It could not be checked, and this is why.
    Refused,
    /// It has a verdict.
    Done {
        /// Whether it passed.
        passed: bool,
    },
}

/// All that the screen shows.
#[derive(Debug, Clone)]
pub struct Model {
    /// Lessons and exercises.
    pub outline: Outline,
    /// The current exercise: an index into the outline.
    pub current: usize,
    /// How far its check is.
    pub work: Work,
    /// The text on the right.
    pub pane: Pane,
    /// What lies over it.
    pub over: Option<Over>,
    /// Something that went wrong or was done, until the next key.
    pub note: Option<String>,
    /// Columns and rows.
    pub size: (u16, u16),
    /// How texts may look.
    pub style: Style,
    /// Whether the exercises stand at the left where there is room.
    pub has_side: bool,
    /// The last verdict of the current exercise.
    told: Option<Told>,
    /// Its number; news of any other check is old.
    run: u64,
    /// When a save counts as complete.
    due: Option<Instant>,
    /// Whether the goal was shown first, and stays until something is saved or asked for.
    shows_beginning: bool,
    /// Whether a pass was told that is not kept yet.
    wants_solution: bool,
}

impl Model {
    /// At an exercise of the outline, with what is to be done first.
    pub fn new(outline: Outline, id: &str, size: (u16, u16), style: Style) -> (Self, Vec<Effect>) {
        let mut model = Self {
            current: outline.find(id).unwrap_or_default(),
            outline,
            work: Work::Idle,
            pane: Pane::default(),
            over: None,
            note: None,
            size,
            style,
            has_side: true,
            told: None,
            run: 0,
            due: None,
            shows_beginning: false,
            wants_solution: false,
        };
        let effects = model.enter(model.current);
        (model, effects)
    }

    /// The current exercise.
    pub fn entry(&self) -> &Entry {
        &self.outline.entries[self.current]
    }

    /// When [`Event::Tick`] is awaited.
    pub const fn due(&self) -> Option<Instant> {
        self.due
    }

    /// The last verdict of the current exercise.
    pub const fn told(&self) -> Option<&Told> {
        self.told.as_ref()
    }

    /// Takes an event; says what is to be done.
    pub fn take(&mut self, event: Event, now: Instant) -> Vec<Effect> {
        match event {
            Event::Key(key) => self.key(key),
            Event::Resized(columns, rows) => {
                self.size = (columns, rows);
                self.refit();
                Vec::new()
            }
            Event::Saved { whole } => self.saved(whole, now),
            Event::Tick if self.due.is_some_and(|due| due <= now) => self.check(),
            Event::Progress { run, line } if self.is_awaited(run) => {
                self.work = Work::Running(line);
                Vec::new()
            }
            Event::Ended { run, told } if self.is_awaited(run) => self.ended(*told),
            Event::Refused { run, why } if self.is_awaited(run) => {
                self.work = Work::Refused;
                self.told = None;
                self.shows_beginning = false;
                self.show(Body::words("Not checked", &why));
                Vec::new()
            }
            Event::Recorded { outline, notices } => self.recorded(outline, notices),
            Event::Told { errand, exercise, answer } if exercise == self.entry().id => {
                self.answered(errand, answer);
                Vec::new()
            }
            Event::Note(text) => {
                self.note = Some(text);
                Vec::new()
            }
            Event::Continued => self.again(),
            Event::Ask(exit) => vec![Effect::Leave(exit)],
            // Too early; or news of something that a newer thing has taken the place of.
            Event::Tick
            | Event::Progress { .. }
            | Event::Ended { .. }
            | Event::Refused { .. }
            | Event::Told { .. } => Vec::new(),
        }
    }

    /// Begins with an exercise.
    fn enter(&mut self, at: usize) -> Vec<Effect> {
        self.current = at;
        self.told = None;
        self.over = None;
        (self.shows_beginning, self.wants_solution) = (false, false);
        self.show(Body::Empty);
        let id = self.entry().id.clone();
        let mut effects = vec![Effect::Cancel, Effect::Follow(id.clone()), Effect::Run(Errand::Begin, id)];
        effects.extend(self.check());
        effects
    }

    /// The running check is of no use any more; the next one begins when nothing more is written.
    fn saved(&mut self, whole: bool, now: Instant) -> Vec<Effect> {
        self.due = Some(now + if whole { FINISHED } else { SETTLED });
        self.work = Work::Saved;
        // Whoever saves in another window presses no key here, and wants to see how it goes.
        self.note = None;
        self.run += 1;
        self.shows_beginning = false;
        vec![Effect::Cancel, Effect::Warm(self.entry().id.clone())]
    }

    fn check(&mut self) -> Vec<Effect> {
        self.due = None;
        self.run += 1;
        self.work = Work::Running(String::new());
        vec![Effect::Check { run: self.run, exercise: self.entry().id.clone() }]
    }

    /// Checks what is there, because somebody wants to know or the check before was broken off.
    fn again(&mut self) -> Vec<Effect> {
        let mut effects = vec![Effect::Cancel];
        effects.extend(self.check());
        effects
    }

    fn ended(&mut self, told: Told) -> Vec<Effect> {
        let passed = told.passed();
        self.work = Work::Done { passed };
        self.told = Some(told);
        if !self.shows_beginning || passed {
            self.show_verdict();
        }
        self.wants_solution = passed;
        Vec::new()
    }

    /// After a pass the solution may be shown, but only when the pass is kept.
    fn recorded(&mut self, outline: Outline, notices: Vec<String>) -> Vec<Effect> {
        self.renew(outline);
        self.note = notices.into_iter().next().or(self.note.take());
        if std::mem::take(&mut self.wants_solution) {
            return vec![Effect::Run(Errand::Solution, self.entry().id.clone())];
        }
        Vec::new()
    }

    fn is_awaited(&self, run: u64) -> bool {
        run == self.run && matches!(self.work, Work::Running(_))
    }

    fn answered(&mut self, errand: Errand, answer: Result<Answer, String>) {
        match answer {
            Ok(Answer::Begin { goal, untouched }) => {
                if untouched && matches!(self.pane.body(), Body::Empty | Body::Verdict { .. }) {
                    self.shows_beginning = true;
                    self.show(Body::text("Goal", &goal));
                }
            }
            Ok(Answer::Text(text)) => {
                let pane = Pane::new(Body::text(title(errand), &text));
                // The newest hint is the last one.
                self.pane = if errand == Errand::Hint { pane.at_its_end() } else { pane };
                self.refit();
            }
            Ok(Answer::Compare { yours, ours, path }) => {
                let comparison = pane::Comparison { yours, ours, path };
                if self.is_below_verdict(errand) {
                    self.show_keeping_place(Body::Verdict { comparison: Some(comparison) });
                } else {
                    self.show(Body::Comparison(comparison));
                }
            }
            // Nobody asked for these.
            Err(_) if errand == Errand::Begin || self.is_below_verdict(errand) => {}
            Err(why) => self.show(Body::words(title(errand), &why)),
        }
    }

    /// After a pass the solution is fetched without being asked for, to stand below the verdict.
    const fn is_below_verdict(&self, errand: Errand) -> bool {
        matches!(errand, Errand::Solution)
            && matches!(self.work, Work::Done { passed: true })
            && matches!(self.pane.body(), Body::Verdict { comparison: None })
    }

    /// The exercises as they are now; the current one stays where it is.
    fn renew(&mut self, outline: Outline) {
        let id = self.entry().id.clone();
        if let Some(at) = outline.find(&id) {
            (self.current, self.outline) = (at, outline);
        }
    }

    fn show_verdict(&mut self) {
        let passed = self.told.as_ref().is_some_and(Told::passed);
        let pane = Pane::new(Body::Verdict { comparison: None });
        self.pane = if passed { pane } else { pane.at_its_end() };
        self.refit();
    }

    fn show(&mut self, body: Body) {
        self.pane = Pane::new(body);
        self.refit();
    }

    fn show_keeping_place(&mut self, body: Body) {
        self.pane = Pane::new(body).in_place_of(&self.pane);
        self.refit();
    }

    /// Lays the text out anew for the room that there is.
    fn refit(&mut self) {
        let (columns, rows) = view::room(self);
        self.pane.fit(columns, rows, self.style, self.told.as_ref());
    }

    /// The exercise to go on with: after a pass the first that is open, else the following one.
    fn onward(&self) -> Option<usize> {
        if self.outline.entries[self.current].state == State::Passed {
            self.outline.first_open(self.current).or_else(|| self.outline.step(self.current, 1))
        } else {
            self.outline.step(self.current, 1)
        }
    }

    /// Ends, with this code.
    fn leave(exit: Exit) -> Vec<Effect> {
        vec![Effect::Cancel, Effect::Leave(exit)]
    }
}

/// What a text is called.
const fn title(errand: Errand) -> &'static str {
    match errand {
        Errand::Begin | Errand::Goal => "Goal",
        Errand::Hint => "Hint",
        Errand::Explain => "Why",
        Errand::Solution => "Solution",
        Errand::Reset => "Reset",
    }
}
