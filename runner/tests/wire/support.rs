//! What the tests of the proxy share: a proxy in this process, and what it read.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use runner::wire::{
    Reader, Target, Wire,
    entry::{Entry, Rank},
    exchange::Told,
    queue,
};
use tokio::task::JoinHandle;

/// Long enough for a machine that does much else; only a broken proxy waits for it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A proxy that runs. Dropping it ends all its connections.
pub(crate) struct Proxy {
    pub(crate) addr: SocketAddr,
    entries: Arc<Mutex<Vec<Entry>>>,
    task: JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Proxy {
    pub(crate) async fn before(server: SocketAddr) -> Self {
        let target = Target::parse(&format!("http://{server}")).unwrap();
        let wire = Wire::open(0, target, &[]).await.unwrap();
        let addr = wire.url().trim_start_matches("http://").parse().unwrap();
        let (watcher, sights) = queue();
        let task = tokio::spawn(wire.serve(watcher));
        let entries: Arc<Mutex<Vec<Entry>>> = Arc::default();
        let read = Arc::clone(&entries);
        thread::spawn(move || {
            let mut reader = Reader::new(Instant::now(), true);
            while let Some(told) = reader.next(&sights) {
                let more = told.into_iter().filter_map(|told| match told {
                    Told::Entry(entry) => Some(*entry),
                    _ => None,
                });
                read.lock().unwrap().extend(more);
            }
        });
        Self { addr, entries, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Waits until something that is wanted has been read, and returns all that was read by then.
    pub(crate) async fn until(&self, wanted: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        let began = Instant::now();
        loop {
            let entries = self.entries.lock().unwrap().clone();
            if entries.iter().any(&wanted) {
                return entries;
            }
            assert!(began.elapsed() < PATIENCE, "it never came: {:#?}", shown(&entries));
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// Waits for words.
    pub(crate) async fn says(&self, words: &str) -> Vec<Entry> {
        self.until(|entry| entry.words.contains(words)).await
    }
}

/// Entries as lines: `1 > 42["a"] | event "a" with no arguments`.
pub(crate) fn shown(entries: &[Entry]) -> Vec<String> {
    use grader::transcript::Direction;
    let one = |entry: &Entry| {
        let way = match entry.direction {
            Some(Direction::ToProgram) => '>',
            Some(Direction::FromProgram) => '<',
            None => '-',
        };
        let client = entry.client.map_or_else(|| "http".to_owned(), |number| number.to_string());
        let frame = entry.joined.as_ref().or(entry.frame.as_ref()).cloned().unwrap_or_default();
        let mark = if entry.rank == Rank::Problem { "!" } else { "" };
        format!("{mark}{client} {way} {frame} | {}", entry.words)
    };
    entries.iter().filter(|entry| !matches!(entry.rank, Rank::Heartbeat | Rank::Part)).map(one).collect()
}
