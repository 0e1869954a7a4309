//! What surrounds the actors of one scenario: the program, on one node or on several, and the Redis between them.
//!
//! Next: [`super::driver`], which drives a play against it.

use std::{future::poll_fn, net::SocketAddr, task::Poll};

use futures_util::future::{join_all, try_join_all};
use grader::scenario::{
    model::{Exercise, Need},
    play::drive::{Doing, Observation, Part, Trouble, Usage},
};

use crate::attempt::{LaunchFailure, Launcher, Page, Redis, Running, Surroundings};

/// Whether each scenario has processes of its own, because they get an environment of their own.
pub(super) fn is_apart(exercise: &Exercise) -> bool {
    exercise.nodes > 1 || exercise.needs.contains(&Need::Redis)
}

/// Why a setting is not there.
pub(super) enum Lack {
    /// The program did not start.
    Program(LaunchFailure),
    /// This computer gives no Redis.
    Redis(String),
}

/// The program of one scenario, and what it needs.
pub(super) struct Setting<'a> {
    launcher: &'a Launcher,
    scenario: usize,
    nodes: Vec<Option<Running>>,
    /// What nodes that were stopped had printed.
    printed: Vec<String>,
    redis: Option<Redis>,
}

impl<'a> Setting<'a> {
    /// Starts all of it. `alone` and `url` as for [`Launcher::launch`].
    pub(super) async fn start(
        exercise: &Exercise,
        launcher: &'a Launcher,
        scenario: usize,
        alone: bool,
        url: Option<&str>,
    ) -> Result<Self, Lack> {
        let redis = if exercise.needs.contains(&Need::Redis) {
            Some(Redis::start().await.map_err(Lack::Redis)?)
        } else {
            None
        };
        let setting = Self { launcher, scenario, nodes: Vec::new(), printed: Vec::new(), redis };
        let several = exercise.nodes > 1;
        let launch = async |node: u8| {
            let env = setting.environment(several.then_some(node));
            let surroundings = Surroundings { env: &env, redis: setting.redis.as_ref() };
            launcher.launch_with(scenario, alone, url, surroundings).await
        };
        let nodes = try_join_all((1..=exercise.nodes).map(launch)).await.map_err(Lack::Program)?;
        Ok(Self { nodes: nodes.into_iter().map(Some).collect(), ..setting })
    }

    /// What a program learns of its surroundings.
    fn environment(&self, node: Option<u8>) -> Vec<(String, String)> {
        let redis = self.redis.as_ref().map(|redis| ("REDIS_URL".to_owned(), redis.url()));
        let index = node.map(|node| ("NODE_INDEX".to_owned(), node.to_string()));
        redis.into_iter().chain(index).collect()
    }

    /// Where a node listens, counted from 1.
    pub(super) fn address(&self, node: u8) -> Option<SocketAddr> {
        let index = usize::from(node).checked_sub(1)?;
        self.nodes.get(index)?.as_ref()?.addr
    }

    /// The page, if the program is one.
    pub(super) fn page(&self) -> Option<Page> {
        self.nodes.first()?.as_ref()?.page()
    }

    /// The next thing that a node printed, or its end. Waits for ever once all have ended.
    pub(super) async fn observe(&mut self) -> Observation {
        let several = self.nodes.len() > 1;
        poll_fn(|context| {
            for (index, node) in self.nodes.iter_mut().enumerate() {
                if let Some(running) = node
                    && let Poll::Ready(Some(observation)) = running.observations.poll_recv(context)
                {
                    return Poll::Ready(if several { of_node(index, observation) } else { observation });
                }
            }
            Poll::Pending
        })
        .await
    }

    /// The same, if there is something at hand.
    pub(super) fn observe_now(&mut self) -> Option<Observation> {
        let several = self.nodes.len() > 1;
        self.nodes.iter_mut().enumerate().find_map(|(index, node)| {
            let observation = node.as_mut()?.observations.try_recv().ok()?;
            Some(if several { of_node(index, observation) } else { observation })
        })
    }

    /// Stops or starts a part. An error when this computer cannot give it back.
    pub(super) async fn switch(&mut self, part: Part, start: bool) -> Result<Option<Trouble>, String> {
        match (part, &mut self.redis) {
            (Part::Redis, Some(redis)) if start => redis.again().await.map(|()| None),
            (Part::Redis, Some(redis)) => {
                redis.stop().await;
                Ok(None)
            }
            (Part::Redis, None) => Ok(None),
            (Part::Node(node), _) if start => Ok(self.start_node(node).await),
            (Part::Node(node), _) => {
                let running =
                    usize::from(node).checked_sub(1).and_then(|index| self.nodes.get_mut(index)?.take());
                if let Some(running) = running {
                    self.printed.extend(prefixed(node, running.stop().await));
                }
                Ok(None)
            }
        }
    }

    async fn start_node(&mut self, node: u8) -> Option<Trouble> {
        let env = self.environment(Some(node));
        let surroundings = Surroundings { env: &env, redis: self.redis.as_ref() };
        match self.launcher.launch_with(self.scenario, true, None, surroundings).await {
            Ok(running) => {
                if let Some(place) =
                    usize::from(node).checked_sub(1).and_then(|index| self.nodes.get_mut(index))
                {
                    *place = Some(running);
                }
                None
            }
            Err(LaunchFailure { kind, expected, actual, output }) => {
                self.printed.extend(prefixed(node, output));
                Some(Trouble { kind, expected, actual })
            }
        }
    }

    /// What all nodes together have used so far; `None` when they are not ours.
    pub(super) fn usage(&self) -> Option<impl Future<Output = Usage> + Send + 'static> {
        let each: Vec<_> = self.nodes.iter().flatten().filter_map(Running::usage).collect();
        if each.is_empty() {
            return None;
        }
        Some(async {
            let together = |all: Usage, one: Usage| Usage {
                processor: all.processor + one.processor,
                memory: all.memory + one.memory,
            };
            join_all(each).await.into_iter().fold(Usage::default(), together)
        })
    }

    /// What all nodes together do at this moment.
    pub(super) fn doing(&self) -> impl Future<Output = Doing> + Send + 'static {
        let each: Vec<_> = self.nodes.iter().flatten().map(Running::doing).collect();
        async move {
            let together = |all, one| match (all, one) {
                (Doing::Gone, _) | (_, Doing::Gone) => Doing::Gone,
                (Doing::Works(some), Doing::Works(more)) => Doing::Works(some + more),
                (Doing::Works(used), Doing::Rests) | (Doing::Rests, Doing::Works(used)) => Doing::Works(used),
                (Doing::Rests, Doing::Rests) => Doing::Rests,
            };
            join_all(each).await.into_iter().fold(Doing::Rests, together)
        }
    }

    /// Ends all of it; answers what was printed, bounded.
    pub(super) async fn end(self) -> Vec<String> {
        let several = self.nodes.len() > 1;
        let mut printed = self.printed;
        for (index, node) in self.nodes.into_iter().enumerate() {
            let Some(running) = node else { continue };
            let lines = running.stop().await;
            printed.extend(if several { prefixed(number(index), lines) } else { lines });
        }
        if let Some(redis) = self.redis {
            redis.end().await;
        }
        printed
    }
}

/// What a node did, with its number.
fn of_node(index: usize, observation: Observation) -> Observation {
    let node = number(index);
    match observation {
        Observation::Ended(end) => Observation::NodeEnded { node, end },
        Observation::Printed(line) => Observation::Printed(format!("node {node}: {line}")),
        other => other,
    }
}

fn prefixed(node: u8, lines: Vec<String>) -> Vec<String> {
    lines.into_iter().map(|line| format!("node {node}: {line}")).collect()
}

fn number(index: usize) -> u8 {
    u8::try_from(index + 1).unwrap_or(u8::MAX)
}
