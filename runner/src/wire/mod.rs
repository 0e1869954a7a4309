//! A recording proxy between any Socket.IO client and server: it changes nothing, and reads everything.
//!
//! ```text
//! client ─▶ pump ─────────────▶ server      bytes, as they are: one connection for one
//!             │ gate: may this request pass?
//!             ▼ sights (a bounded queue)
//!           reader ─▶ entries ─▶ filter ─▶ report, keep (transcript, SVG, HAR)
//! ```
//!
//! **What passes.** Every byte, both ways, in order, with the ends of the connections as they are; only `Host`, and an
//! `Origin` or `Referer` that names the proxy itself, become the target's ([`gate`]). `permessage-deflate` and
//! compressed bodies stay as the two sides agreed; they are inflated here for reading only.
//!
//! One thing cannot be kept: where no server listens, a connection is refused; here it is accepted, and reset.
//!
//! **What it costs.** The pump copies and finds where messages begin; decoding happens on another thread, so a slow
//! reader, a slow terminal or a broken packet holds nothing back.
//!
//! **Memory.** For each connection two chunks and a head; for reading, [`room`]; for the queue, [`sight`]; for the
//! files, [`keep`]. All are bounded, and what does not fit is said. At most [`CONNECTIONS`] at once; more wait.
//!
//! Next: [`target`], [`gate`], [`pump`].

mod body;
mod client;
mod conversation;
pub mod entry;
pub mod exchange;
pub mod filter;
mod frames;
mod gate;
mod har;
mod head;
mod inflate;
pub mod keep;
pub mod line;
mod pump;
mod reader;
mod room;
mod secret;
mod sight;
pub mod target;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use tokio::{
    net::TcpListener,
    sync::Semaphore,
    task::JoinSet,
    time::{Duration, sleep},
};

use self::gate::Gate;
pub use self::{
    reader::Reader,
    sight::{Sights, Watcher, queue},
    target::{Target, TargetError},
};

/// TCP connections that are carried at once.
pub const CONNECTIONS: usize = 1_024;

/// A proxy that is open and does not carry anything yet.
pub struct Wire {
    listener: TcpListener,
    own: SocketAddr,
    gate: Gate,
    target: Target,
}

impl Wire {
    /// Opens a port of 127.0.0.1 before `target`; `port` 0: one that the system chooses. Pages of the origins in
    /// `allowed` may use it besides those of this computer.
    pub async fn open(port: u16, target: Target, allowed: &[String]) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let own = listener.local_addr()?;
        Ok(Self { listener, own, gate: Gate::new(own, &target, allowed), target })
    }

    /// Where a client is to connect.
    pub fn url(&self) -> String {
        format!("http://{}", self.own)
    }

    /// Carries connections until it is dropped; then all of them end. Needs a one-thread runtime, so that what is told
    /// to `watcher` is in the order in which it happened.
    pub async fn serve(self, watcher: Watcher) {
        let Self { listener, gate, target, .. } = self;
        let shared = Arc::new((gate, target, watcher));
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        let mut carried = JoinSet::new();
        let mut line = 0;
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
            while carried.try_join_next().is_some() {}
            let Ok((stream, _)) = listener.accept().await else {
                // Too many open files, most likely: some will be closed.
                sleep(Duration::from_millis(50)).await;
                continue;
            };
            line += 1;
            let shared = Arc::clone(&shared);
            carried.spawn(async move {
                let (gate, target, watcher) = &*shared;
                pump::carry(stream, line, gate, target, watcher).await;
                drop(place);
            });
        }
    }
}
