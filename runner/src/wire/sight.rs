//! What the pumps see, on its way to the reader, who works on another thread: so reading never holds back what passes.
//!
//! The queue holds at most [`QUEUE`] bytes. What comes when it is full passes unread, and the reader is told.
//! Next: [`super::reader`].

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    time::Instant,
};

use bytes::Bytes;
use grader::transcript::Direction;

use super::head::{AnswerHead, RequestHead};

/// Bytes that may wait for the reader.
const QUEUE: usize = 64 * 1024 * 1024;
/// What one sight takes besides its bytes, roughly.
const EACH: usize = 256;

/// The number of a TCP connection.
pub(super) type Line = u64;

/// What was seen on a connection.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Seen {
    Request(Box<RequestHead>),
    RequestBody(Bytes),
    RequestEnded,
    Answer(Box<AnswerHead>),
    AnswerBody(Bytes),
    AnswerEnded,
    /// Bytes after `101`.
    Stream(Direction, Bytes),
    /// The server said something that is no HTTP.
    Unreadable(Bytes),
    /// A request was not passed on; why.
    Refused(String),
    /// The target could not be reached; why.
    Unreachable(String),
    /// One side ended its half, or broke the line.
    Ended(Direction, End),
    /// The connection is gone.
    Gone,
    /// So many sights before this one were lost, on any connection.
    Lost(usize),
}

/// How one side's half of a TCP connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Politely.
    Finished,
    /// By a reset.
    Reset,
}

impl Seen {
    fn weight(&self) -> usize {
        EACH + match self {
            Self::Request(head) => head.size * 2,
            Self::Answer(head) => head.size * 2,
            Self::RequestBody(bytes)
            | Self::AnswerBody(bytes)
            | Self::Stream(_, bytes)
            | Self::Unreadable(bytes) => bytes.len(),
            _ => 0,
        }
    }
}

/// One sight.
pub(super) struct Sight {
    pub(super) at: Instant,
    pub(super) line: Line,
    pub(super) seen: Seen,
}

/// The pumps' end of the queue.
#[derive(Clone)]
pub struct Watcher {
    out: Sender<Sight>,
    waiting: Arc<AtomicUsize>,
    lost: Arc<AtomicUsize>,
}

/// The reader's end of the queue.
pub struct Sights {
    from: Receiver<Sight>,
    waiting: Arc<AtomicUsize>,
}

/// Makes a queue.
pub fn queue() -> (Watcher, Sights) {
    let (out, from) = mpsc::channel();
    let waiting = Arc::new(AtomicUsize::new(0));
    (Watcher { out, waiting: Arc::clone(&waiting), lost: Arc::default() }, Sights { from, waiting })
}

impl Watcher {
    pub(super) fn see(&self, line: Line, seen: Seen) {
        if self.waiting.load(Ordering::Relaxed) > QUEUE {
            self.lost.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let at = Instant::now();
        match self.lost.swap(0, Ordering::Relaxed) {
            0 => {}
            lost => self.send(Sight { at, line, seen: Seen::Lost(lost) }),
        }
        self.send(Sight { at, line, seen });
    }

    fn send(&self, sight: Sight) {
        let weight = sight.seen.weight();
        self.waiting.fetch_add(weight, Ordering::Relaxed);
        // Whoever reads no more does not want to know.
        drop(self.out.send(sight));
    }
}

impl Sights {
    /// The next sight; none when the proxy has ended.
    pub(super) fn next(&self) -> Option<Sight> {
        let sight = self.from.recv().ok()?;
        self.waiting.fetch_sub(sight.seen.weight(), Ordering::Relaxed);
        Some(sight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_queue_loses_and_says_so() {
        let (watcher, sights) = queue();
        let big = Bytes::from(vec![0; QUEUE]);
        watcher.see(1, Seen::RequestBody(big));
        for _ in 0..3 {
            watcher.see(1, Seen::RequestEnded);
        }
        assert!(matches!(sights.next().expect("one").seen, Seen::RequestBody(_)));
        watcher.see(2, Seen::Gone);
        assert_eq!(sights.next().expect("two").seen, Seen::Lost(3));
        assert_eq!(sights.next().expect("three").seen, Seen::Gone);
        drop(watcher);
        assert!(sights.next().is_none());
    }
}
