//! `node N: stop` and `redis: start`: what surrounds the actors is taken away and given back.

use std::time::Duration;

use crate::{
    scenario::{
        model::Cast,
        play::{
            drive::{Action, Part},
            line::{Line, Stage},
            script::{Played, Turn},
            wait::{self, Clock, Shared, until},
        },
    },
    transcript::What,
    verdict::{Kind, Mismatch},
};

/// How long a stop or a start may take in wall time; the driver gives up before.
const PATIENCE: Duration = Duration::from_secs(90);

/// Stops or starts a node or Redis. Ends when that is done and all who are left have had time to notice.
pub(in super::super) async fn switch(world: &Shared, turn: &Turn, cast: &Cast, start: bool) -> Played {
    let part = match cast {
        Cast::Node(node) => Part::Node(*node),
        _ => Part::Redis,
    };
    // What was said before is handled: a line that ends in the middle of something would be another story.
    wait::settle(world, Duration::ZERO)
        .await
        .map_err(|cut| turn.cut(cut, || turn.mismatch(Kind::Stuck, "program")))?;
    {
        let mut world = world.borrow_mut();
        if let (Part::Node(stopped), false) = (part, start) {
            // Its connections end because we want them to; nobody is to blame.
            for line in world.lines.iter_mut().filter(|line| line.node == stopped && !line.ended_by_us) {
                line.end_by_us();
                line.stage = Stage::Closed;
                line.fences.since = None;
            }
        }
        let said = format!("{} is {}", turn.actor, if start { "started again" } else { "stopped" });
        world.write("learner", What::Note(said), false);
        world.switched = None;
        world.act(Action::Switch { part, start });
    }
    let came = until(world, Clock::Wall, PATIENCE, |world| world.switched.take());
    let came = came.await.map_err(|cut| turn.cut(cut, || turn.mismatch(Kind::Stuck, "program")))?;
    if let Err(trouble) = came {
        let (expected, actual) = (trouble.expected, trouble.actual);
        let saw = Some(actual.as_str().into());
        let base = turn.mismatch(trouble.kind, &turn.actor);
        return Err(Box::new(Mismatch { actor: None, expected, actual, saw, ..base }));
    }
    // All who are left have read by now that their line to Redis, or to the other node, is gone or there.
    wait::settle(world, Duration::ZERO)
        .await
        .map_err(|cut| turn.cut(cut, || turn.mismatch(Kind::Stuck, "program")))?;
    let hung_up = |line: &Line| line.stage == Stage::Closed && !line.ended_by_us && !line.end_is_known;
    if !world.borrow().lines.iter().any(hung_up) {
        return Ok(());
    }
    // What it is if no node has ended, a step will say.
    match super::leave::program_ends_soon(world).await {
        Some(mut ended) => {
            ended.place = turn.place;
            Err(ended)
        }
        None => Ok(()),
    }
}
