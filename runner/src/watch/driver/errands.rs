//! The thread that asks the desk: a slow disk, or another runner that holds the progress, keeps no key waiting.
//! Next: `files.rs`.

use std::{
    io,
    sync::{Arc, mpsc},
    thread::{self, JoinHandle},
};

use crate::watch::{Desk, Errand, model::Event};

/// The thread, and a way to it.
pub(super) struct Errands {
    orders: mpsc::Sender<(Errand, String, usize)>,
    thread: JoinHandle<()>,
}

impl Errands {
    /// Starts the thread.
    pub(super) fn start(desk: Arc<dyn Desk>, tell: impl Fn(Event) + Send + 'static) -> io::Result<Self> {
        let (orders, received) = mpsc::channel::<(Errand, String, usize)>();
        let thread = thread::Builder::new().name("errands".to_owned()).spawn(move || {
            for (errand, exercise, columns) in received {
                let answer = desk.answer(errand, &exercise, columns);
                tell(Event::Told { errand, exercise, answer });
                if errand == Errand::Reset {
                    tell(Event::Recorded { outline: desk.outline(), notices: Vec::new() });
                }
            }
        })?;
        Ok(Self { orders, thread })
    }

    pub(super) fn run(&self, errand: Errand, exercise: String, columns: usize) {
        // A thread that is gone has panicked, which `end` passes on.
        drop(self.orders.send((errand, exercise, columns)));
    }

    /// Lets what was begun end: a file is never put back by half.
    pub(super) fn end(self) {
        drop(self.orders);
        if let Err(panic) = self.thread.join() {
            std::panic::resume_unwind(panic);
        }
    }
}
