//! What the system asks of us: to end, or to go on after a stop. Next: `screen.rs`.

use std::io;

use futures_util::FutureExt as _;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::{exit::Exit, watch::model::Event};

/// Signals, from their making on. Inside a runtime.
pub(super) struct Signals {
    interrupt: Signal,
    terminate: Signal,
    hang_up: Signal,
    go_on: Signal,
}

impl Signals {
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
            go_on: signal(SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()))?,
        })
    }

    pub(super) async fn next(&mut self) -> Event {
        tokio::select! {
            Some(()) = self.interrupt.recv() => Event::Ask(Exit::Interrupted),
            Some(()) = self.terminate.recv() => Event::Ask(Exit::Interrupted),
            Some(()) = self.hang_up.recv() => Event::Ask(Exit::Interrupted),
            Some(()) = self.go_on.recv() => Event::Continued,
        }
    }

    /// Forgets a Ctrl-C that was meant for somebody else in this terminal.
    pub(super) fn forget_interrupts(&mut self) {
        while self.interrupt.recv().now_or_never().is_some() {}
    }

    /// Until the process goes on after a stop.
    pub(super) async fn continued(&mut self) {
        self.go_on.recv().await;
    }
}
