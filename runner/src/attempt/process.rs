//! One running program: started in a group of its own, heard, weighed, and ended with all that it started.
//!
//! Next: [`super::ready`], which waits until it can be talked to.

use std::{
    ffi::OsString,
    io,
    os::{
        fd::OwnedFd,
        unix::{net::UnixStream, process::ExitStatusExt},
    },
    path::PathBuf,
    process::{ExitStatus, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use grader::scenario::play::drive::ProgramEnd;
use tokio::{
    process::{Child, Command},
    sync::watch,
    task::{JoinHandle, spawn_blocking},
    time::{sleep, timeout},
};

use super::{
    guardian,
    output::{Audience, Listener, drain},
    tree::Tree,
};

/// How often the memory of a program is weighed, at most.
const WEIGH: Duration = Duration::from_millis(100);
/// One that holds less than a quarter of its limit needs longer than this to fill the rest.
const WEIGH_LIGHT: Duration = Duration::from_millis(250);
/// And at least: on a busy machine one weighing can take a second, and a program does not wait meanwhile.
const WEIGH_AT_LATEST: Duration = Duration::from_secs(1);
/// Weighing may take this part of the time of one processor at most: one in `WEIGH_SHARE`.
const WEIGH_SHARE: u32 = 30;
/// How long after a program's end its output is still read; only somebody else's hand on the pipe can need it.
const DRAIN: Duration = Duration::from_secs(1);
/// Moves the control socket from standard input to descriptor 3; a plain program's input is empty.
const CONTROL_ON_3: &str = r#"exec 3<&0 </dev/null; exec "$@""#;

/// What to start, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recipe {
    pub(super) program: OsString,
    pub(super) arguments: Vec<OsString>,
    /// `None`: where the runner itself stands.
    pub(super) folder: Option<PathBuf>,
    /// Beside what the runner's own environment holds.
    pub(super) environment: Vec<(OsString, OsString)>,
    /// What of the runner's own environment is kept from it.
    pub(super) withheld: Vec<&'static str>,
}

/// Where a hosted program finds its control socket.
pub(super) enum Control {
    /// It has none: its standard input is empty.
    None,
    /// On standard input (Rust).
    Stdin(UnixStream),
    /// On descriptor 3 (JavaScript).
    Three(UnixStream),
}

/// A program that runs, or has ended. Dropping it ends it, with everything that it started.
pub(super) struct Process {
    tree: Arc<Tree>,
    audience: Arc<Audience>,
    ended: watch::Receiver<Option<ProgramEnd>>,
}

impl Recipe {
    pub(super) fn new(program: impl Into<OsString>) -> Self {
        Self {
            program: program.into(),
            arguments: Vec::new(),
            folder: None,
            environment: Vec::new(),
            withheld: Vec::new(),
        }
    }

    pub(super) fn argument(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    pub(super) fn environment(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    pub(super) fn without(mut self, name: &'static str) -> Self {
        self.withheld.push(name);
        self
    }

    pub(super) fn folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Starts it as the leader of its own group, with both outputs piped.
    pub(super) fn start(&self, control: Control) -> io::Result<(Child, Tree)> {
        let mut command;
        if matches!(control, Control::Three(_)) {
            command = Command::new("/bin/sh");
            command.args(["-c", CONTROL_ON_3, "sh"]).arg(&self.program);
        } else {
            command = Command::new(&self.program);
        }
        let token = guardian::token();
        for name in &self.withheld {
            command.env_remove(name);
        }
        command
            .args(&self.arguments)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .env(guardian::TOKEN, &token)
            .stdin(match control {
                Control::None => Stdio::null(),
                Control::Stdin(socket) | Control::Three(socket) => OwnedFd::from(socket).into(),
            })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0);
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        let child = command.spawn()?;
        let leader = child.id().ok_or_else(|| io::Error::other("it ended at once"))?;
        Ok((child, Tree::new(leader, token)))
    }
}

impl Process {
    /// Starts the program. `memory` bounds the bytes that it may hold together with its children; `room` the bytes
    /// of output that are kept for the first listener.
    pub(super) fn start(
        recipe: &Recipe,
        control: Control,
        memory: u64,
        room: usize,
    ) -> io::Result<(Self, Listener)> {
        let (mut child, tree) = recipe.start(control)?;
        let tree = Arc::new(tree);
        let audience = Arc::new(Audience::default());
        let listener = audience.join(room);
        let (sender, ended) = watch::channel(None);
        let stdout = child.stdout.take().map(|stream| tokio::spawn(drain(stream, Arc::clone(&audience))));
        let stderr = child.stderr.take().map(|stream| tokio::spawn(drain(stream, Arc::clone(&audience))));
        tokio::spawn({
            let (tree, audience) = (Arc::clone(&tree), Arc::clone(&audience));
            async move {
                let (status, out_of_memory) = accompany(&mut child, &tree, memory).await;
                heard(stdout).await;
                let end = ProgramEnd {
                    code: status.and_then(|status| status.code()),
                    signal: status.and_then(|status| status.signal()),
                    out_of_memory,
                    last_words: heard(stderr).await,
                };
                audience.ended(&end);
                sender.send_replace(Some(end));
            }
        });
        Ok((Self { tree, audience, ended }, listener))
    }

    /// One more listener, from now on.
    pub(super) fn listen(&self, room: usize) -> Listener {
        self.audience.join(room)
    }

    /// Its processes.
    pub(super) fn tree(&self) -> &Arc<Tree> {
        &self.tree
    }

    /// How it ended, if it has.
    pub(super) fn end(&self) -> Option<ProgramEnd> {
        self.ended.borrow().clone()
    }

    /// Waits until it has ended by itself and all that it printed was heard.
    pub(super) async fn ended(&self) -> ProgramEnd {
        let mut ended = self.ended.clone();
        let end = ended.wait_for(Option::is_some).await.ok().and_then(|end| end.clone());
        // Only a runtime that shuts down drops the task that knows.
        end.unwrap_or(ProgramEnd { code: None, signal: None, out_of_memory: false, last_words: Vec::new() })
    }

    /// Ends it, with everything that it started, and returns when nothing is left.
    pub(super) async fn stop(&self) {
        if self.end().is_none() {
            blocking(&self.tree, Tree::end).await;
            self.ended().await;
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.end().is_none() {
            self.tree.end();
        }
    }
}

/// Asks the tree something on a thread where waiting hurts nobody.
pub(super) async fn blocking<T: Send + 'static>(
    tree: &Arc<Tree>,
    ask: impl FnOnce(&Tree) -> T + Send + 'static,
) -> T {
    let tree = Arc::clone(tree);
    match spawn_blocking(move || ask(&tree)).await {
        Ok(answer) => answer,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        // The runtime shuts down: whoever waits here is about to be dropped.
        Err(_) => std::future::pending().await,
    }
}

/// Waits for the program's own end, weighs it meanwhile, and clears away what it left behind.
async fn accompany(child: &mut Child, tree: &Arc<Tree>, memory: u64) -> (Option<ExitStatus>, bool) {
    let mut out_of_memory = false;
    let mut pause = WEIGH;
    let status = loop {
        tokio::select! {
            status = child.wait() => break status.ok(),
            () = sleep(pause) => {
                let began = Instant::now();
                let held = blocking(tree, Tree::memory).await;
                if held > memory {
                    out_of_memory = true;
                    blocking(tree, Tree::end).await;
                }
                let shortest = if held < memory / 4 { WEIGH_LIGHT } else { WEIGH };
                pause = (began.elapsed() * WEIGH_SHARE).clamp(shortest, WEIGH_AT_LATEST);
            }
        }
    };
    blocking(tree, Tree::end).await;
    (status, out_of_memory)
}

async fn heard(reader: Option<JoinHandle<Vec<String>>>) -> Vec<String> {
    let Some(mut reader) = reader else { return Vec::new() };
    let Ok(lines) = timeout(DRAIN, &mut reader).await else {
        reader.abort();
        return Vec::new();
    };
    lines.unwrap_or_default()
}
