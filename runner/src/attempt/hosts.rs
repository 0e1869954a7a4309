//! Node hosts between two programs: who runs many programs one after another starts few hosts.
//!
//! A new Node takes 100 ms and more of a processor until it has loaded `socket.io`; one that has need not load it again.
//! What a program left behind in it (a timer, a changed global) may meet the next one, so only answers of the course come
//! here, and who sees something unexpected of a program that got a used host asks again without.

use std::sync::{Arc, Mutex, PoisonError};

use super::{hosting::Hosting, process::Recipe};

/// How many programs a host serves: each leaves its modules in it, and perhaps a timer.
const PROGRAMS: usize = 16;
/// How many hosts wait at once, some 70 MB each.
const WAITING: usize = 16;

/// Hosts that wait for their next program. Dropping it ends them.
#[derive(Default)]
pub struct Hosts(Mutex<Vec<Waiting>>);

/// One host, and what it was started as.
struct Waiting {
    recipe: Recipe,
    host: Shared,
}

/// A host, and how many programs it served before.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) hosting: Arc<Hosting>,
    pub(super) served: usize,
}

impl Shared {
    /// A new one.
    pub(super) fn new(hosting: Hosting) -> Self {
        Self { hosting: Arc::new(hosting), served: 0 }
    }
}

impl Hosts {
    /// A host that was started in the same way, and runs.
    pub(super) fn take(&self, recipe: &Recipe) -> Option<Shared> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|waiting| waiting.host.hosting.process.end().is_none());
        let last = waiting.iter().rposition(|waiting| waiting.recipe == *recipe)?;
        Some(waiting.remove(last).host)
    }

    /// Keeps a host whose program has ended well; answers a host that has to end instead.
    pub(super) fn keep(&self, recipe: Recipe, host: Shared) -> Option<Shared> {
        let host = Shared { served: host.served + 1, ..host };
        if host.served >= PROGRAMS {
            return Some(host);
        }
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push(Waiting { recipe, host });
        (waiting.len() > WAITING).then(|| waiting.remove(0).host)
    }

    /// Ends all that wait, and returns when nothing of them is left.
    pub async fn end(self) {
        let waiting = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        for Waiting { host, .. } in waiting {
            host.hosting.process.stop().await;
        }
    }
}
