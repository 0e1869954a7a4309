//! A program that we host: the process, and the control socket on which it reports its ports.
//!
//! The JavaScript hosts serve many scenarios and are asked for each; a Rust program serves one and reports it as
//! scenario 0 by itself. All end when the socket closes. Next: [`super::page`], [`super::launcher`].

use std::{
    collections::HashMap,
    net::{Ipv4Addr, SocketAddr},
    os::unix::net::UnixStream,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use grader::{scenario::play::drive::Observation, verdict::Kind};
use serde::Deserialize;
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Take},
    net::unix::{OwnedReadHalf, OwnedWriteHalf},
    sync::{mpsc::UnboundedSender, oneshot},
    time::timeout,
};

use super::{
    Limits,
    failure::{LaunchFailure, telling},
    output::{Kept, Listener, without_query},
    page::Word,
    process::{Control, Process, Recipe},
    ready::{Goal, hopeless},
    redis::Redis,
};

/// The scenario that a Rust program reports.
const ONLY: u64 = 0;
/// All that one program may say on its control socket, in bytes: a report is below 5 kB. A page tells what can be
/// read on it whenever that changes.
const REPORTS: u64 = 4 * 1024 * 1024;
const REPORTS_OF_PAGES: u64 = 64 * 1024 * 1024;
/// How long a Node that announced its end may take to print why.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// What a hosted program should do.
const EXPECTED: &str = "the program loads, and its `register` returns";
const EXPECTED_OF_PAGES: &str = "a file that compiles, loads and exports a component";

/// Which end of the control socket's life the program understands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Host {
    JavaScript,
    Page,
    Rust,
}

/// One more scenario of a JavaScript host.
#[derive(Clone, Copy)]
pub(super) enum Scene<'a> {
    /// A server, run in `folder`. `graph`: relative imports must be fresh too.
    Server { source: &'a Path, folder: &'a Path, graph: bool },
    /// A page, whose server is at `url`.
    Page { source: &'a Path, url: &'a str },
}

/// A hosted program that runs.
pub(super) struct Hosting {
    pub(super) process: Arc<Process>,
    host: Host,
    control: tokio::sync::Mutex<OwnedWriteHalf>,
    waiting: Waiting,
    pages: Pages,
    next: AtomicU64,
}

type Waiting = Arc<Mutex<HashMap<u64, oneshot::Sender<Report>>>>;

/// Who hears what the page of a scenario tells.
type Pages = Arc<Mutex<HashMap<u64, UnboundedSender<Observation>>>>;

/// One line of the control socket.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Line {
    Page {
        scenario: u64,
        #[serde(flatten)]
        word: Word,
    },
    Report(Report),
}

/// What became of a scenario that was asked for.
#[derive(Debug, Deserialize)]
struct Report {
    scenario: u64,
    port: Option<u16>,
    failed: Option<String>,
    #[serde(default)]
    last: bool,
    /// It is no server that listens, and it is there.
    #[serde(default)]
    ready: bool,
    /// It failed because it does not compile.
    #[serde(default)]
    build: bool,
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
            Host::JavaScript | Host::Page => Control::Three(theirs),
            Host::Rust => Control::Stdin(theirs),
        };
        let (process, listener) =
            Process::start(recipe, theirs, limits.memory, limits.output).map_err(failed)?;
        let waiting = Waiting::default();
        let only = expect(&waiting, ONLY);
        let pages = Pages::default();
        let most = if host == Host::Page { REPORTS_OF_PAGES } else { REPORTS };
        tokio::spawn(read(reports.take(most), Arc::clone(&waiting), Arc::clone(&pages)));
        let control = tokio::sync::Mutex::new(control);
        let (process, next) = (Arc::new(process), AtomicU64::new(ONLY + 1));
        let hosting = Self { process, host, control, waiting, pages, next };
        Ok((hosting, listener, only))
    }

    /// Asks a JavaScript host for one more scenario; `listener` hears what a page tells.
    pub(super) async fn open(&self, scene: Scene<'_>, listener: &Listener) -> Awaited {
        let scenario = self.next.fetch_add(1, Ordering::Relaxed);
        let awaited = expect(&self.waiting, scenario);
        let request = match scene {
            Scene::Server { source, folder, graph } => {
                json!({ "open": scenario, "source": source.to_string_lossy(), "folder": folder.to_string_lossy(), "graph": graph })
            }
            Scene::Page { source, url } => {
                let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
                pages.insert(scenario, listener.tell.clone());
                json!({ "open": scenario, "source": source.to_string_lossy(), "url": url })
            }
        };
        self.say(format!("{request}\n")).await;
        awaited
    }

    /// Ends one scenario's server, or its page.
    pub(super) async fn close(&self, scenario: u64) {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).remove(&scenario);
        self.say(format!("{{\"close\":{scenario}}}\n")).await;
    }

    /// Waits until the scenario is served: its address, if it has one.
    pub(super) async fn ready(
        &self,
        awaited: Awaited,
        limits: &Limits,
        beside: Option<&Redis>,
        kept: &Mutex<Kept>,
    ) -> Result<Option<SocketAddr>, LaunchFailure> {
        let is_page = self.host == Host::Page;
        let expected = if is_page { EXPECTED_OF_PAGES } else { EXPECTED };
        let fail = |kind, actual| {
            let output = Kept::lines(kept);
            Err(LaunchFailure { kind, expected: expected.to_owned(), actual, output })
        };
        let goal = if is_page { Goal::Page } else { Goal::Report };
        let report = tokio::select! {
            biased;
            Ok(report) = awaited.report => report,
            end = self.process.ended() => {
                return Err(LaunchFailure::ended(&end, expected, limits.memory, Kept::lines(kept)));
            }
            reason = hopeless(&self.process, &goal, limits, beside) => return fail(reason.kind, reason.actual),
        };
        if report.ready {
            return Ok(None);
        }
        if let Some(port) = report.port {
            return Ok(Some((Ipv4Addr::LOCALHOST, port).into()));
        }
        if report.build {
            let actual = report.failed.unwrap_or_default();
            let output = actual.lines().map(str::to_owned).collect();
            return Err(LaunchFailure {
                kind: Kind::BuildFailed,
                expected: expected.to_owned(),
                actual,
                output,
            });
        }
        let mut words = without_query(&report.failed.unwrap_or_default());
        if report.last
            && let Ok(end) = timeout(LAST_WORDS, self.process.ended()).await
        {
            words = telling(&end.last_words);
        }
        fail(Kind::Crashed, words.lines().take(6).collect::<Vec<_>>().join("\n"))
    }

    pub(super) async fn say(&self, line: String) {
        // A program that is gone cannot be asked; whoever waits for it learns that from its end.
        self.control.lock().await.write_all(line.as_bytes()).await.ok();
    }
}

fn expect(waiting: &Waiting, scenario: u64) -> Awaited {
    let (sender, report) = oneshot::channel();
    waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(scenario, sender);
    Awaited { scenario, report }
}

async fn read(reports: Take<OwnedReadHalf>, waiting: Waiting, pages: Pages) {
    let mut lines = BufReader::new(reports).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        // A learner's program may write to any descriptor it finds; what is no report is not for us.
        let report = match serde_json::from_str::<Line>(&line) {
            Ok(Line::Report(report)) => report,
            Ok(Line::Page { scenario, word }) => {
                let pages = pages.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(tell) = pages.get(&scenario) {
                    tell.send(word.observation()).ok();
                }
                continue;
            }
            Err(_) => continue,
        };
        if let Some(sender) = waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&report.scenario)
        {
            sender.send(report).ok();
        }
    }
}
