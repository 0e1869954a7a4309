//! One program, or one scenario's part of it, while its scenario is played.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use grader::scenario::play::drive::{Doing, Observation, Usage};
use tokio::sync::mpsc;

use super::{
    hosting::Hosting,
    output::{Kept, Listener},
    page::Page,
    port::Port,
    process::{Process, blocking},
    tree::Tree,
};

/// A program that can be talked to. Dropping it ends it.
pub struct Running {
    /// Where it listens; `None` for a client program.
    pub addr: Option<SocketAddr>,
    /// `Printed` for each line, bounded, then `Ended`. In a shared process every scenario hears every line.
    pub observations: mpsc::UnboundedReceiver<Observation>,
    kept: Option<Arc<Mutex<Kept>>>,
    held: Held,
}

/// What keeps the program alive.
pub(super) enum Held {
    /// A process of its own, and the port that it was given.
    Own(Arc<Process>, Option<Port>),
    /// A hosted process of its own.
    Hosted(Hosting),
    /// One scenario of a shared host.
    Shared(Arc<Hosting>, u64),
    /// One scenario of a host of pages; `alone`: its only one.
    Page {
        /// The host.
        hosting: Arc<Hosting>,
        /// The scenario.
        scenario: u64,
        /// Whether the host ends with it.
        alone: bool,
    },
    /// Nothing of ours.
    Elsewhere(
        #[expect(
            dead_code,
            reason = "held, never used: a receiver without a sender would say that the program ended"
        )]
        mpsc::UnboundedSender<Observation>,
    ),
}

impl Running {
    pub(super) fn new(addr: Option<SocketAddr>, listener: Listener, held: Held) -> Self {
        Self { addr, observations: listener.observations, kept: Some(listener.kept), held }
    }

    pub(super) fn elsewhere(addr: SocketAddr) -> Self {
        let (sender, observations) = mpsc::unbounded_channel();
        Self { addr: Some(addr), observations, kept: None, held: Held::Elsewhere(sender) }
    }

    /// Its page, if it is one.
    pub fn page(&self) -> Option<Page> {
        match &self.held {
            Held::Page { hosting, scenario, .. } => Some(Page::new(Arc::clone(hosting), *scenario)),
            _ => None,
        }
    }

    /// What it has used so far, with its children; `None` when it is not ours. In a shared process the other scenarios'
    /// work counts too.
    pub fn usage(&self) -> Option<impl Future<Output = Usage> + Send + 'static> {
        let tree = Arc::clone(self.process()?.tree());
        Some(async move { blocking(&tree, Tree::usage).await })
    }

    /// What it does at this moment; one that is not ours seems to rest.
    pub fn doing(&self) -> impl Future<Output = Doing> + Send + 'static {
        let tree = self.process().map(|process| Arc::clone(process.tree()));
        async move {
            match tree {
                Some(tree) => blocking(&tree, Tree::doing).await,
                None => Doing::Rests,
            }
        }
    }

    fn process(&self) -> Option<&Arc<Process>> {
        match &self.held {
            Held::Own(process, _) => Some(process),
            Held::Hosted(hosting) => Some(&hosting.process),
            Held::Shared(hosting, _) | Held::Page { hosting, .. } => Some(&hosting.process),
            Held::Elsewhere(_) => None,
        }
    }

    /// Ends it; answers what it printed, bounded.
    pub async fn stop(self) -> Vec<String> {
        match &self.held {
            Held::Own(process, _port) => process.stop().await,
            Held::Hosted(hosting) => hosting.process.stop().await,
            Held::Page { hosting, alone: true, .. } => hosting.process.stop().await,
            Held::Shared(hosting, scenario) | Held::Page { hosting, scenario, .. } => {
                hosting.close(*scenario).await;
            }
            Held::Elsewhere(_) => {}
        }
        self.kept.as_deref().map(Kept::lines).unwrap_or_default()
    }
}
