//! A program that we host: the process, and the control socket on which it reports its ports.
//!
//! The JavaScript host serves many scenarios and is asked for each; a Rust program serves one and reports it as
//! scenario 0 by itself. Both end when the socket closes. Next: [`super::launcher`].

use std::{
    collections::HashMap,
    net::{Ipv4Addr, SocketAddr},
    os::unix::net::UnixStream,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use grader::verdict::Kind;
use serde::Deserialize;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::unix::{OwnedReadHalf, OwnedWriteHalf},
    sync::oneshot,
    time::timeout,
};

use super::{
    Limits,
    failure::{LaunchFailure, telling},
    output::{Kept, Listener, without_query},
    process::{Control, Process, Recipe},
    ready::{Goal, hopeless},
    redis::Redis,
};

/// The scenario that a Rust program reports.
const ONLY: u64 = 0;
/// All that one program may say on its control socket, in bytes: a report is below 5 kB.
const REPORTS: u64 = 4 * 1024 * 1024;
/// How long a Node that announced its end may take to print why.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// What a hosted program should do.
const EXPECTED: &str = "the program loads, and its `register` returns";

/// Which end of the control socket's life the program understands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Host {
    JavaScript,
    Rust,
}

/// A hosted program that runs.
pub(super) struct Hosting {
    pub(super) process: Arc<Process>,
    control: tokio::sync::Mutex<OwnedWriteHalf>,
    waiting: Waiting,
    next: AtomicU64,
}

type Waiting = Arc<Mutex<HashMap<u64, oneshot::Sender<Report>>>>;

/// One line of the control socket.
#[derive(Debug, Deserialize)]
struct Report {
    scenario: u64,
    port: Option<u16>,
    failed: Option<String>,
    #[serde(default)]
    last: bool,
}

/// A scenario that was asked for.
pub(super) struct Awaited {
    pub(super) scenario: u64,
    report: oneshot::Receiver<Report>,
}

impl Hosting {
    /// Starts the program; a Rust program's only scenario is awaited from the beginning.
    pub(super) fn start(
        recipe: &Recipe,
        host: Host,
        limits: &Limits,
    ) -> Result<(Self, Listener, Awaited), LaunchFailure> {
        let failed = |error: std::io::Error| LaunchFailure::not_started(&recipe.program, &error);
        let (ours, theirs) = UnixStream::pair().map_err(failed)?;
        ours.set_nonblocking(true).map_err(failed)?;
        let (reports, control) = tokio::net::UnixStream::from_std(ours).map_err(failed)?.into_split();
        let theirs = match host {
            Host::JavaScript => Control::Three(theirs),
            Host::Rust => Control::Stdin(theirs),
        };
        let (process, listener) =
            Process::start(recipe, theirs, limits.memory, limits.output).map_err(failed)?;
        let waiting = Waiting::default();
        let only = expect(&waiting, ONLY);
        tokio::spawn(read(reports, Arc::clone(&waiting)));
        let control = tokio::sync::Mutex::new(control);
        let hosting = Self { process: Arc::new(process), control, waiting, next: AtomicU64::new(ONLY + 1) };
        Ok((hosting, listener, only))
    }

    /// Asks the JavaScript host for one more scenario. `graph`: relative imports must be fresh too.
    pub(super) async fn open(&self, graph: bool) -> Awaited {
        let scenario = self.next.fetch_add(1, Ordering::Relaxed);
        let awaited = expect(&self.waiting, scenario);
        self.say(format!("{{\"open\":{scenario},\"graph\":{graph}}}\n")).await;
        awaited
    }

    /// Ends one scenario's server.
    pub(super) async fn close(&self, scenario: u64) {
        self.say(format!("{{\"close\":{scenario}}}\n")).await;
    }

    /// Waits until the scenario is served.
    pub(super) async fn ready(
        &self,
        awaited: Awaited,
        limits: &Limits,
        beside: Option<&Redis>,
        kept: &Mutex<Kept>,
    ) -> Result<SocketAddr, LaunchFailure> {
        let fail = |kind, actual| {
            let output = Kept::lines(kept);
            Err(LaunchFailure { kind, expected: EXPECTED.to_owned(), actual, output })
        };
        let goal = Goal::Report;
        let report = tokio::select! {
            biased;
            Ok(report) = awaited.report => report,
            end = self.process.ended() => {
                return Err(LaunchFailure::ended(&end, EXPECTED, limits.memory, Kept::lines(kept)));
            }
            reason = hopeless(&self.process, &goal, limits, beside) => return fail(reason.kind, reason.actual),
        };
        if let Some(port) = report.port {
            return Ok((Ipv4Addr::LOCALHOST, port).into());
        }
        let mut words = without_query(&report.failed.unwrap_or_default());
        if report.last
            && let Ok(end) = timeout(LAST_WORDS, self.process.ended()).await
        {
            words = telling(&end.last_words);
        }
        fail(Kind::Crashed, words.lines().take(6).collect::<Vec<_>>().join("\n"))
    }

    async fn say(&self, line: String) {
        // A program that is gone cannot be asked; whoever waits for it learns that from its end.
        self.control.lock().await.write_all(line.as_bytes()).await.ok();
    }
}

fn expect(waiting: &Waiting, scenario: u64) -> Awaited {
    let (sender, report) = oneshot::channel();
    waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(scenario, sender);
    Awaited { scenario, report }
}

async fn read(reports: OwnedReadHalf, waiting: Waiting) {
    let mut lines = BufReader::new(reports.take(REPORTS)).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        // A learner's program may write to any descriptor it finds; what is no report is not for us.
        let Ok(report) = serde_json::from_str::<Report>(&line) else { continue };
        if let Some(sender) = waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&report.scenario)
        {
            sender.send(report).ok();
        }
    }
}
