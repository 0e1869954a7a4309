//! Who lives at a moment, looked up once for all programs under test.
//!
//! Each program asks several times a second which processes are its own. With a hundred of them running that was most of
//! what the runner did, so they share what was seen. Next: [`super::platform`].

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::platform::{self, Entry};

/// Whoever only weighs or watches is served with what was seen up to so long ago.
const RECENT: Duration = Duration::from_millis(50);
/// A process that shows no token after so long has none: only a program that is just being started shows it late.
const UNMARKED: Duration = Duration::from_secs(2);

/// When this runner started, in the units of [`Entry::started`]; 0 where that is not known.
static OWN_START: LazyLock<u64> =
    LazyLock::new(|| platform::started(std::process::id().cast_signed()).unwrap_or(0));

static LATEST: Mutex<Option<Arc<Census>>> = Mutex::new(None);

/// All processes that lived at a moment, and the tokens that they carried.
pub(super) struct Census {
    at: Instant,
    /// Them.
    pub(super) entries: Vec<Entry>,
    marks: HashMap<i32, Mark>,
}

/// What is known of a process's token.
#[derive(Debug, Clone)]
struct Mark {
    started: u64,
    first_seen: Instant,
    token: Option<String>,
}

impl Census {
    /// Everyone who lives now.
    pub(super) fn now() -> Arc<Self> {
        let before = latest();
        let census = Arc::new(Self::taken(before.as_deref()));
        *LATEST.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&census));
        census
    }

    /// Everyone who lived a moment ago, or lives now.
    pub(super) fn recent() -> Arc<Self> {
        latest().filter(|census| census.at.elapsed() < RECENT).unwrap_or_else(Self::now)
    }

    /// Whether the process has this value of the token in its environment.
    pub(super) fn carries(&self, pid: i32, token: &str) -> bool {
        self.marks.get(&pid).is_some_and(|mark| mark.token.as_deref() == Some(token))
    }

    fn taken(before: Option<&Self>) -> Self {
        let at = Instant::now();
        let entries = platform::processes();
        let mark = |entry: &Entry| {
            let known = before.and_then(|before| before.marks.get(&entry.pid));
            let known = known.filter(|mark| mark.started == entry.started);
            let first_seen = known.map_or(at, |mark| mark.first_seen);
            let token = match known.map(|mark| &mark.token) {
                Some(Some(token)) => Some(token.clone()),
                Some(None) if at.duration_since(first_seen) > UNMARKED => None,
                // Nobody who is older than the runner was started by it.
                _ if entry.started < *OWN_START => None,
                _ => platform::token(entry.pid),
            };
            (entry.pid, Mark { started: entry.started, first_seen, token })
        };
        let marks = entries.iter().map(mark).collect();
        Self { at, entries, marks }
    }
}

fn latest() -> Option<Arc<Census>> {
    LATEST.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
