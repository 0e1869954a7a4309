//! Plays a scenario without doing anything: *next action out, observation in*.
//!
//! A driver performs each [`Action`] and hands back each [`Observation`] with its own time. Nothing here knows
//! a socket, a process or a clock. The steps are futures over one shared world ([`world`]), looked at after each
//! observation; [`wait`] says how long anything may take. Next: [`drive`], then [`script`].

mod acts;
mod arrival;
mod assign;
mod bound;
pub mod drive;
mod end;
mod fences;
mod frame_lines;
mod line;
pub mod making;
pub mod matching;
pub mod names;
mod patience;
mod script;
mod together;
mod wait;
mod world;

use std::{
    cell::RefCell,
    future::Future,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
    time::Duration,
};

use drive::{Action, Observation, Start};
use names::Names;
use script::{Played, person};
use world::World;

use super::model::{Cast, Exercise, Place, Role, Scenario, Step, StepKind};
use crate::{
    value::Value,
    verdict::{Kind, Mismatch, Outcome, ScenarioResult},
};

/// A scenario that was played to its end.
#[derive(Debug, Clone)]
pub struct Finished {
    /// What a report shows.
    pub result: ScenarioResult,
    /// The names of the run, for patterns in `when`.
    pub names: Names,
}

/// A scenario being played.
pub struct Play {
    world: Rc<RefCell<World>>,
    script: Pin<Box<dyn Future<Output = Played>>>,
    scenario: Rc<Scenario>,
    outcome: Option<Outcome>,
}

/// The values of `env` and `vars`, and the names of the actors: the same for a seed, in every scenario.
pub fn names_of_run(exercise: &Exercise, start: &Start) -> Names {
    let mut maker = making::Maker::new(start.seed, start.epoch);
    let mut names = Names::default();
    let mut people = Vec::new();
    for scenario in &exercise.scenarios {
        people_in(&scenario.steps, &mut people);
    }
    for entry in exercise.env.values().chain(exercise.vars.values()) {
        people_in_made(entry, &mut people);
    }
    for person in people {
        if names.get(&person).is_none() {
            let value = maker.fresh(&person);
            names.bind(&person, Value::String(value));
        }
    }
    for (name, made) in exercise.env.iter().chain(&exercise.vars) {
        let value = maker.make(made, &names);
        names.bind(name, value);
    }
    names
}

/// The program's environment in this run.
pub fn environment_of_run(exercise: &Exercise, start: &Start) -> Vec<(String, String)> {
    let names = names_of_run(exercise, start);
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    exercise.env.keys().filter_map(|key| Some((key.clone(), text(names.get(key)?)))).collect()
}

fn people_in(steps: &[Step], found: &mut Vec<String>) {
    for step in steps {
        match &step.kind {
            StepKind::Together(branches) => branches.iter().for_each(|branch| people_in(branch, found)),
            StepKind::Repeat { steps, .. } => people_in(steps, found),
            StepKind::Wait(_) | StepKind::Settle => {}
            StepKind::Each { actors, .. } => {
                for cast in actors {
                    match cast {
                        Cast::One(name) => found.push(person(name)),
                        Cast::Group { name, .. } => found.push(name.clone()),
                        _ => {}
                    }
                }
            }
        }
    }
}

/// `env: { NAME: $asha }`: a person who plays no part in a scenario has a name all the same.
fn people_in_made(made: &super::model::Made, found: &mut Vec<String>) {
    use super::model::{Made, Piece};
    match made {
        Made::Name(name) => found.push(name.clone()),
        Made::Text(text) => found.extend(text.0.iter().filter_map(|piece| match piece {
            Piece::Name(name) => Some(name.clone()),
            Piece::Literal(_) => None,
        })),
        Made::Array(items) => items.iter().for_each(|item| people_in_made(item, found)),
        Made::Object(entries) => entries.values().for_each(|entry| people_in_made(entry, found)),
        Made::Jwt(jwt) => {
            jwt.claims.values().chain(&jwt.by).for_each(|entry| people_in_made(entry, found));
        }
        Made::Null
        | Made::Bool(_)
        | Made::Number(_)
        | Made::Fresh(_)
        | Made::LongText(_)
        | Made::Bytes(_) => {}
    }
}

impl Play {
    /// Begins a scenario. Nothing happens before the first [`Play::actions`].
    ///
    /// # Panics
    /// When the exercise has no scenario of that number.
    pub fn new(exercise: &Exercise, number: usize, start: &Start) -> Self {
        let scenario = Rc::new(exercise.scenarios[number].clone());
        let mut world = World::new(exercise, start);
        world.names = names_of_run(exercise, start);
        // Each scenario makes its own words: fresh ones inside steps differ from scenario to scenario.
        let salt = u64::try_from(number).unwrap_or_default().wrapping_add(1);
        world.maker = making::Maker::new(start.seed.wrapping_add(salt), start.epoch);
        let world = Rc::new(RefCell::new(world));
        let script = match exercise.role {
            Role::Frames => script_of_frames(Rc::clone(&world), Rc::clone(&scenario), exercise, start),
            _ => script_of(Rc::clone(&world), Rc::clone(&scenario)),
        };
        Self { world, script, scenario, outcome: None }
    }

    /// Takes an observation in; `at` is the time since the scenario began and never goes back.
    pub fn observe(&mut self, at: Duration, observation: Observation) {
        self.world.borrow_mut().observe(at, observation);
    }

    /// What is to be done now, in order. Call it after all observations at hand were taken in.
    pub fn actions(&mut self) -> Vec<Action> {
        if self.outcome.is_none() {
            self.world.borrow_mut().wake = None;
            let mut context = Context::from_waker(Waker::noop());
            if let Poll::Ready(played) = self.script.as_mut().poll(&mut context) {
                self.outcome = Some(played.map_or_else(Outcome::Failed, |()| Outcome::Passed));
            }
        }
        self.world.borrow_mut().take_actions()
    }

    /// When the play wants to be looked at again although nothing was observed.
    pub fn wake(&self) -> Option<Duration> {
        self.world.borrow().wake
    }

    /// Ends a play that has taken longer than any may: something in it never comes to an end.
    pub fn give_up(&mut self, after: Duration) {
        if self.outcome.is_none() {
            let world = self.world.borrow();
            let mut stuck = end::program_mismatch(
                Kind::Stuck,
                "a scenario that ends",
                format!("it was not over after {} seconds", after.as_secs()),
                None,
            );
            stuck.place = world.place;
            stuck.also = acts::silence::also(&world);
            self.outcome = Some(Outcome::Failed(Box::new(stuck)));
        }
    }

    /// Ends a play that cannot go on here: it needs what this computer does not give. Never a pass.
    pub fn skip(&mut self, needs: &str) {
        if self.outcome.is_none() {
            self.outcome = Some(Outcome::Skipped(needs.to_owned()));
        }
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        self.outcome.is_some()
    }

    /// The result. A play that is not over yet counts as skipped: it was interrupted.
    pub fn finish(self) -> Finished {
        let mut world = self.world.borrow_mut();
        let outcome = self.outcome.unwrap_or_else(|| Outcome::Skipped("it was interrupted".to_owned()));
        let result = ScenarioResult {
            id: self.scenario.id.clone(),
            title: self.scenario.title.clone(),
            stage: self.scenario.stage.clone(),
            outcome,
            took: world.now,
            transcript: std::mem::take(&mut world.transcript),
            output: world.printed.iter().map(|line| line.text.clone()).collect(),
            notes: std::mem::take(&mut world.notes),
        };
        Finished { result, names: std::mem::take(&mut world.names) }
    }
}

fn script_of_frames(
    world: Rc<RefCell<World>>,
    scenario: Rc<Scenario>,
    exercise: &Exercise,
    start: &Start,
) -> Pin<Box<dyn Future<Output = Played>>> {
    let lines = start.frames.clone();
    // Shorter scenarios judge the beginning; only the longest one can tell that a line is too many.
    let longest = exercise.scenarios.iter().map(frame_lines::reads).max();
    let to_the_end = Some(frame_lines::reads(&scenario)) == longest;
    Box::pin(async move {
        let mut guard = world.borrow_mut();
        let World { names, transcript, .. } = &mut *guard;
        frame_lines::play(&scenario, (&lines, to_the_end), names, transcript)
    })
}

fn script_of(world: Rc<RefCell<World>>, scenario: Rc<Scenario>) -> Pin<Box<dyn Future<Output = Played>>> {
    Box::pin(async move {
        let played = match script::play(&world, &scenario.steps).await {
            Ok(()) => acts::silence::end(&world, last_place(&scenario)).await,
            failed => failed,
        };
        match played {
            Ok(()) => Ok(()),
            Err(mismatch) => Err(settled(&world, mismatch).await),
        }
    })
}

fn last_place(scenario: &Scenario) -> Place {
    scenario.steps.last().map_or(scenario.place, |step| step.place)
}

/// A scenario ends at its first mismatch, but what else was there by then is told, and a program that fell over
/// the same stimulus is the better reason.
async fn settled(world: &Rc<RefCell<World>>, mut mismatch: Box<Mismatch>) -> Box<Mismatch> {
    if mismatch.kind.is_program_level() {
        return mismatch;
    }
    world.borrow_mut().failing = true;
    if let Err(wait::Cut::Program(mut program)) = wait::settle(world, Duration::ZERO).await
        // A client with nothing left to do ends; that is no reason for what it did before.
        && (program.kind != Kind::Exited || world.borrow().role == Role::Server)
    {
        program.place = mismatch.place;
        return program;
    }
    mismatch.also = acts::silence::also(&world.borrow());
    mismatch
}
