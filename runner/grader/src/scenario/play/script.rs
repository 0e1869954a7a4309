//! The steps of a scenario, one after another, side by side or repeated.
//!
//! Each step is a future over the shared world. What a step does is in [`super::acts`].

use std::{future::Future, pin::Pin, time::Duration};

use super::{
    acts, bound,
    together::side_by_side,
    wait::{self, Cut, Shared},
    world::World,
};
use crate::{
    scenario::model::{Act, Cast, Place, Step, StepKind, Text},
    value::Value,
    verdict::{Kind, Mismatch},
};

/// The result of a step: the first mismatch ends a scenario.
pub(super) type Played = Result<(), Box<Mismatch>>;

/// Who acts, and what the step says besides.
#[derive(Debug, Clone)]
pub(super) struct Turn {
    /// The actor: `asha`, `asha 2`, `bidders #3`, `server`.
    pub(super) actor: String,
    pub(super) place: Place,
    pub(super) namespace: Option<Text>,
    pub(super) within: Option<Duration>,
}

impl Turn {
    /// A mismatch of this step.
    pub(super) fn mismatch(&self, kind: Kind, subject: &str) -> Mismatch {
        Mismatch {
            kind,
            subject: subject.to_owned(),
            actor: Some(self.actor.clone()),
            at: None,
            saw: None,
            expected: String::new(),
            actual: String::new(),
            place: self.place,
            line: None,
            also: Vec::new(),
        }
    }

    /// What a wait's end without success means for this step.
    pub(super) fn cut(&self, cut: Cut, otherwise: impl FnOnce() -> Mismatch) -> Box<Mismatch> {
        match cut {
            Cut::TimedOut => Box::new(otherwise()),
            Cut::Program(mut mismatch) => {
                mismatch.place = self.place;
                mismatch
            }
        }
    }

    /// `$me` is this turn's person from now on. Steps that ran side by side may have changed it meanwhile. Each
    /// member of a group is a person.
    pub(super) fn becomes_me(&self, world: &mut World) {
        let Some(value) = world.names.get(&person(&self.actor)).cloned() else { return };
        let me = match (self.actor.rsplit_once(" #"), value.as_str()) {
            (Some((_, number)), Some(group)) => Value::String(format!("{group}-{number}")),
            _ => value,
        };
        world.names.bind("me", me);
    }

    /// The connection of this turn's actor. The reader refuses most scenarios in which there is none.
    pub(super) fn line(&self, world: &World) -> Result<usize, Box<Mismatch>> {
        let line = world.current.get(&self.actor).copied();
        line.ok_or_else(|| {
            Box::new(Mismatch {
                actor: None,
                expected: format!("a connection of {}", self.actor),
                actual: "there is none".to_owned(),
                ..self.mismatch(Kind::Missing, "connection")
            })
        })
    }

    /// The namespace of this step on that line: `in:`, or the one that the actor is in.
    pub(super) fn namespace_in(&self, world: &World, line: usize) -> String {
        match &self.namespace {
            Some(text) => world.names.render(text),
            None => world.lines.get(line).map_or("/", |line| line.home()).to_owned(),
        }
    }

    /// How long what must come may take.
    pub(super) fn patience(&self) -> Duration {
        self.within.unwrap_or(wait::PATIENCE).max(wait::PATIENCE)
    }
}

/// Plays steps one after another.
pub(super) async fn play(world: &Shared, steps: &[Step]) -> Played {
    for step in steps {
        play_step(world, step).await?;
    }
    Ok(())
}

fn play_step<'a>(world: &'a Shared, step: &'a Step) -> Pin<Box<dyn Future<Output = Played> + 'a>> {
    Box::pin(async move {
        world.borrow_mut().place = step.place;
        match &step.kind {
            StepKind::Wait(time) => {
                let turn = turn("", step.place, None, None);
                wait::pause(world, *time)
                    .await
                    .map_err(|cut| turn.cut(cut, || turn.mismatch(Kind::Stuck, "program")))?;
                world.borrow_mut().write_pause(*time);
                Ok(())
            }
            StepKind::Settle => {
                // A program that ended meanwhile is noticed by the next step, which has a place.
                wait::settle(world, Duration::ZERO).await.ok();
                Ok(())
            }
            StepKind::Together(branches) => {
                let running = branches.iter().map(|branch| {
                    Box::pin(play(world, branch)) as Pin<Box<dyn Future<Output = Played> + '_>>
                });
                side_by_side(world, running.collect()).await
            }
            StepKind::Repeat { name, from, to, steps } => repeat(world, name, *from, *to, steps).await,
            StepKind::Each { actors, act, namespace, within } => {
                for cast in actors {
                    let members = members(cast);
                    let turns: Vec<Turn> = members
                        .iter()
                        .map(|actor| turn(actor, step.place, namespace.clone(), *within))
                        .collect();
                    play_act(world, cast, &turns, act).await?;
                }
                Ok(())
            }
        }
    })
}

fn turn(actor: &str, place: Place, namespace: Option<Text>, within: Option<Duration>) -> Turn {
    Turn { actor: actor.to_owned(), place, namespace, within }
}

/// The connections that a cast names.
fn members(cast: &Cast) -> Vec<String> {
    match cast {
        Cast::One(name) => vec![name.clone()],
        Cast::Group { name, size } => (1..=*size).map(|n| format!("{name} #{n}")).collect(),
        Cast::Server => vec!["server".to_owned()],
        Cast::Learner => vec!["learner".to_owned()],
        Cast::Http => vec!["http".to_owned()],
        Cast::Node(node) => vec![format!("node {node}")],
        Cast::Page => vec!["page".to_owned()],
        Cast::User => vec!["user".to_owned()],
        Cast::Redis => vec!["redis".to_owned()],
    }
}

async fn play_act(world: &Shared, cast: &Cast, turns: &[Turn], act: &Act) -> Played {
    if let Act::Emit(emit) = act {
        return acts::emit::emit(world, turns, emit).await;
    }
    if let [turn] = turns {
        return act_alone(world, cast, turn, act).await;
    }
    let running = turns.iter().map(|turn| {
        Box::pin(act_alone(world, cast, turn, act)) as Pin<Box<dyn Future<Output = Played> + '_>>
    });
    side_by_side(world, running.collect()).await
}

async fn act_alone(world: &Shared, cast: &Cast, turn: &Turn, act: &Act) -> Played {
    turn.becomes_me(&mut world.borrow_mut());
    match act {
        Act::Connect(connect) => acts::connect::connect(world, turn, connect).await,
        Act::Open(connect) => acts::connect::open(world, turn, connect).await,
        Act::Emit(emit) => acts::emit::emit(world, std::slice::from_ref(turn), emit).await,
        Act::Acked { event, answer } => acts::emit::acked(world, turn, event, answer).await,
        Act::Hear(hear) => acts::hear::hear(world, turn, hear).await,
        Act::HearNothing { during } => acts::silence::hear_nothing(world, turn, *during).await,
        Act::Reply { event, answer } => acts::hear::reply_later(world, turn, event, answer),
        Act::Disconnect => {
            acts::leave::disconnect(world, turn);
            Ok(())
        }
        Act::Drop => {
            acts::leave::cut(world, turn);
            Ok(())
        }
        Act::Closed(ending) => acts::leave::closed(world, turn, *ending).await,
        Act::Send(text) => {
            acts::frames::send(world, turn, text);
            Ok(())
        }
        Act::Receive(frame) => acts::frames::receive(world, turn, frame).await,
        Act::Accept { auth } => acts::door::accept(world, turn, auth.as_ref()).await,
        Act::Refuse { message, data } => acts::door::refuse(world, turn, message, data.as_ref()).await,
        Act::Connections(count) => acts::silence::connections(world, turn, *count).await,
        Act::Prints(pattern) => acts::program::prints(world, turn, pattern).await,
        Act::Exits(code) => acts::program::exits(world, turn, *code).await,
        Act::Http(call) => acts::program::http(world, turn, call).await,
        Act::Stop | Act::Start => acts::setting::switch(world, turn, cast, *act == Act::Start).await,
        Act::Mount(props) => acts::page::mount(world, turn, props).await,
        Act::Props(props) => acts::page::props(world, turn, props).await,
        Act::Unmount => acts::page::unmount(world, turn).await,
        Act::Click(name) => acts::page::click(world, turn, name).await,
        Act::Type(fields) => acts::page::type_into(world, turn, fields).await,
        Act::Sees { text, times } => acts::page::sees(world, turn, text, *times).await,
        Act::Misses(text) => acts::page::misses(world, turn, text).await,
    }
}

/// The person behind an actor: `asha 2` is asha.
pub(super) fn person(actor: &str) -> String {
    match actor.rsplit_once(' ') {
        Some((name, number))
            if number.trim_start_matches('#').chars().all(|digit| digit.is_ascii_digit()) =>
        {
            name.to_owned()
        }
        _ => actor.to_owned(),
    }
}

async fn repeat(world: &Shared, name: &str, from: i64, to: i64, steps: &[Step]) -> Played {
    let mut inside = Vec::new();
    bound::names_in_steps(steps, &mut inside);
    inside.retain(|name| world.borrow().names.get(name).is_none());
    for number in from..=to {
        world.borrow_mut().names.bind(name, Value::from(number));
        play(world, steps).await?;
        let mut world = world.borrow_mut();
        for name in &inside {
            world.names.forget(name);
        }
    }
    world.borrow_mut().names.forget(name);
    Ok(())
}
