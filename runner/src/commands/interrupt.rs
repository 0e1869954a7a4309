//! Ctrl-C while a command works: everything that it started is gone, and the exit code says so. Next: [`super::check`].

use anyhow::Context as _;
use tokio::{
    runtime::Runtime,
    signal::unix::{Signal, SignalKind, signal},
};

use crate::exit::Failure;

/// Hears Ctrl-C from its making on. One that comes between two checks counts for the next one.
#[derive(Debug)]
pub struct Interrupts(Signal);

impl Interrupts {
    /// Listens from now on; until then Ctrl-C ends the process at once, and nothing runs yet.
    pub fn listen(runtime: &Runtime) -> Result<Self, Failure> {
        let _inside = runtime.enter();
        let signal = signal(SignalKind::interrupt())
            .context("cannot wait for Ctrl-C")
            .map_err(Failure::environment)?;
        Ok(Self(signal))
    }

    /// Works until the work ends or Ctrl-C; either way everything that the work started is gone.
    pub async fn or<T>(&mut self, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        tokio::select! {
            // A person who wants it to end goes before a result that comes at the same moment.
            biased;
            Some(()) = self.0.recv() => Err(Failure::interrupted()),
            done = work => done,
        }
    }
}
