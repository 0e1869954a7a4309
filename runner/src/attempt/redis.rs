//! The Redis between the nodes of a program, under the same guard as the program itself.
//!
//! Each scenario has one of its own: no key and no channel of one scenario is met by another, `redis: stop` disturbs
//! nobody else, and scenarios can run side by side. Starting one takes about 10 ms. It keeps nothing: it does not
//! persist, and its folder is gone as soon as it listens.
//!
//! With `REDIS_URL` set that server is used instead. It is not ours: it is neither stopped nor emptied, and one
//! scenario at a time talks to it. Next: [`super::port`].

use std::{env, ffi::OsStr, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    sync::{Mutex, OwnedMutexGuard},
    time::{Instant, sleep, timeout},
};

use super::{
    MEMORY,
    port::Port,
    process::{Control, Process, Recipe},
    ready::accepts,
    tool,
    tree::Tree,
};

/// What such a server is called.
const NAMES: [&str; 2] = ["redis-server", "valkey-server"];
/// Names the server to use, for programs and for the runner.
const URL: &str = "REDIS_URL";
/// How long it may take until it listens, and how long its port may be somebody else's.
const READY: Duration = Duration::from_secs(20);
/// How much of its output is kept: it is silent unless something is wrong.
const OUTPUT: usize = 4 * 1024;

/// A Redis for one scenario. Dropping it ends it, unless it is somebody else's.
pub struct Redis(Server);

enum Server {
    Ours { port: Port, state: State },
    Foreign { url: String, _turn: OwnedMutexGuard<()> },
}

/// What holds the port of a server of ours.
enum State {
    Runs(Arc<Process>),
    /// Stopped: bound, and not listening, so that clients are refused and nobody else is given the port.
    Stopped(Option<TcpSocket>),
}

impl Redis {
    /// Why there can be none on this computer, and how to change that.
    pub fn lacks() -> Option<String> {
        if foreign().is_some() || program().is_some() {
            return None;
        }
        Some(
            "`redis-server`, which was not found: install it (Debian, Ubuntu: `apt install redis-server`; macOS: \
             `brew install redis`), or say in `REDIS_URL` where one runs"
                .to_owned(),
        )
    }

    /// Whether it is somebody else's, named by `REDIS_URL`: it cannot be stopped, and there is only one.
    pub fn is_foreign() -> bool {
        foreign().is_some()
    }

    /// Starts one, or waits for the turn with the foreign one.
    pub async fn start() -> Result<Self, String> {
        if let Some(url) = foreign() {
            static TURN: std::sync::LazyLock<Arc<Mutex<()>>> = std::sync::LazyLock::new(Arc::default);
            let turn = Arc::clone(&TURN).lock_owned().await;
            return Ok(Self(Server::Foreign { url, _turn: turn }));
        }
        let mut last = String::new();
        // Somebody may take a port between our choice and the server's `listen`.
        for _ in 0..4 {
            let port = Port::free().map_err(|error| format!("a free port for Redis: {error}"))?;
            match run(port.address()).await {
                Ok(process) => return Ok(Self(Server::Ours { port, state: State::Runs(process) })),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// Where programs find it.
    pub fn url(&self) -> String {
        match &self.0 {
            Server::Ours { port, .. } => format!("redis://{}", port.address()),
            Server::Foreign { url, .. } => url.clone(),
        }
    }

    /// Its processes, if it is ours and runs.
    pub(super) fn tree(&self) -> Option<&Arc<Tree>> {
        match &self.0 {
            Server::Ours { state: State::Runs(process), .. } => Some(process.tree()),
            _ => None,
        }
    }

    /// Ends it without a word; clients are refused from now on.
    pub async fn stop(&mut self) {
        let Server::Ours { port, state } = &mut self.0 else { return };
        if let State::Runs(process) = state {
            // What it was asked before is answered: only what is asked from now on meets a closed line.
            for _ in 0..2 {
                timeout(READY, answers(port.address())).await.ok();
            }
            process.stop().await;
            *state = State::Stopped(hold(port.address()));
        }
    }

    /// Starts it again, empty, at the same address.
    pub async fn again(&mut self) -> Result<(), String> {
        let Server::Ours { port, state } = &mut self.0 else { return Ok(()) };
        let State::Stopped(held) = state else { return Ok(()) };
        drop(held.take());
        let until = Instant::now() + READY;
        loop {
            match run(port.address()).await {
                Ok(process) => {
                    *state = State::Runs(process);
                    return Ok(());
                }
                Err(error) if Instant::now() >= until => return Err(error),
                Err(_) => sleep(Duration::from_millis(50)).await,
            }
        }
    }

    /// Ends it for good; returns when nothing is left of it.
    pub async fn end(self) {
        if let Server::Ours { state: State::Runs(process), .. } = &self.0 {
            process.stop().await;
        }
    }
}

fn foreign() -> Option<String> {
    env::var(URL).ok().filter(|url| !url.trim().is_empty())
}

fn program() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| tool::find(OsStr::new(name)))
}

/// Starts a server there and waits until it listens.
async fn run(address: SocketAddr) -> Result<Arc<Process>, String> {
    let program = program().ok_or("`redis-server` was not found")?;
    let folder = tempfile::tempdir().map_err(|error| format!("a folder for Redis: {error}"))?;
    let options = [
        ("--bind", address.ip().to_string()),
        ("--port", address.port().to_string()),
        ("--save", String::new()),
        ("--appendonly", "no".to_owned()),
        ("--daemonize", "no".to_owned()),
        ("--loglevel", "warning".to_owned()),
        // Its title would be written over its environment, by which it is found.
        ("--set-proc-title", "no".to_owned()),
    ];
    let recipe = options
        .into_iter()
        .fold(Recipe::new(program), |recipe, (name, value)| recipe.argument(name).argument(value))
        .folder(folder.path());
    let started = Process::start(&recipe, Control::None, MEMORY, OUTPUT);
    let (process, _) = started.map_err(|error| format!("Redis cannot be started: {error}"))?;
    let process = Arc::new(process);
    // It stands, from now on, in a folder that is not there any more: whatever it is told to save, nothing can be left behind.
    let outcome = tokio::select! {
        end = process.ended() => Err(format!("Redis ended: {}", end.last_words.join(" "))),
        () = answers(address) => Ok(()),
        () = sleep(READY) => Err("Redis did not come to listen".to_owned()),
    };
    drop(folder);
    outcome.map(|()| process)
}

/// Returns when a Redis answers there; somebody else who listens is none.
async fn answers(address: SocketAddr) {
    loop {
        accepts(address).await;
        let asked = timeout(READY, async {
            let mut line = TcpStream::connect(address).await?;
            line.write_all(b"PING\r\n").await?;
            let mut answer = [0; 7];
            line.read_exact(&mut answer).await?;
            std::io::Result::Ok(answer)
        });
        if matches!(asked.await, Ok(Ok(answer)) if &answer == b"+PONG\r\n") {
            return;
        }
        sleep(Duration::from_millis(20)).await;
    }
}

/// Keeps the port for us while nobody listens there.
fn hold(address: SocketAddr) -> Option<TcpSocket> {
    let socket = TcpSocket::new_v4().ok()?;
    socket.set_reuseaddr(true).ok()?;
    socket.bind(address).ok()?;
    Some(socket)
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;

    fn answers(url: &str) -> bool {
        TcpStream::connect(url.trim_start_matches("redis://")).is_ok()
    }

    #[tokio::test]
    async fn it_stops_and_starts_at_the_same_address_and_leaves_nothing() {
        if Redis::is_foreign() || Redis::lacks().is_some() {
            assert!(env::var_os("REQUIRE_ALL").is_none(), "redis-server is needed here");
            return;
        }
        let mut redis = Redis::start().await.unwrap();
        let other = Redis::start().await.unwrap();
        let url = redis.url();
        assert_ne!(url, other.url());
        assert!(answers(&url) && answers(&other.url()));
        redis.stop().await;
        assert!(!answers(&url) && answers(&other.url()));
        redis.again().await.unwrap();
        assert!(answers(&url));
        redis.end().await;
        assert!(!answers(&url));
        let url = other.url();
        drop(other);
        assert!(!answers(&url));
    }
}
