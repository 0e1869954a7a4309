//! When a program can be talked to, and when to stop waiting for that.
//!
//! A hosted program reports its port, or that its page is loaded; a foreign one is ready when its port accepts a connection. Waiting ends when
//! the program ends, when it works without getting anywhere, or when it rests and nothing can be expected.
//! Next: [`super::launcher`].

use std::{
    io,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use grader::{scenario::play::drive::Usage, verdict::Kind};
use tokio::{
    net::TcpStream,
    time::{sleep, timeout},
};

use super::{
    Limits,
    process::{Process, blocking},
    redis::Redis,
    tree::Tree,
};

/// How long a connection within this computer may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How often a waiting program is looked at.
const LOOK: Duration = Duration::from_millis(250);
/// A program that uses less than this part of a processor between two looks is at rest: one in `RESTS`.
const RESTS: u32 = 10;
/// It must be seen at rest so often in a row: what it waits for may be starved itself for a moment.
const AT_REST: u32 = 4;
/// So many times `Limits::spin` may the host of a page use.
const HEAVY: u32 = 3;
/// A slow machine gets more time while the program still works, up to this many times `Limits::ready`.
const SLOW: u32 = 6;

/// The program will not become ready: `stuck`, `never_listened`, `wrong_port`; and what was seen.
pub(super) struct Hopeless {
    pub(super) kind: Kind,
    pub(super) actual: String,
}

/// What a program is waited for.
pub(super) enum Goal {
    /// Its report on the control socket.
    Report,
    /// The same of a page, whose host has much to load and to bundle.
    Page,
    /// A listener on this address.
    Listener(SocketAddr),
}

/// Returns when the program's port accepts a connection.
pub(super) async fn accepts(address: SocketAddr) {
    // The one place where a tick is right: the system has nothing to wait on for another program's `listen`.
    let mut pause = Duration::from_millis(1);
    loop {
        if let Ok(Ok(_)) = timeout(LOOK, TcpStream::connect(address)).await {
            return;
        }
        sleep(pause).await;
        pause = (pause * 5 / 4).min(Duration::from_millis(20));
    }
}

/// Whether somebody accepts connections there now.
pub(super) async fn listens(address: SocketAddr) -> io::Result<()> {
    timeout(CONNECT, TcpStream::connect(address)).await.map_err(io::Error::from)?.map(drop)
}

/// Returns when there is no hope that the program becomes ready. `beside`: what it may be waiting for meanwhile.
pub(super) async fn hopeless(
    process: &Process,
    goal: &Goal,
    limits: &Limits,
    beside: Option<&Redis>,
) -> Hopeless {
    let began = Instant::now();
    let at_first = blocking(process.tree(), Tree::usage).await;
    let mut looks = [at_first; Usage::LOOKS];
    let mut elsewhere: Option<Instant> = None;
    let mut at_rest = 0;
    let spin = match goal {
        Goal::Report => limits.spin,
        Goal::Page => limits.spin * HEAVY,
        Goal::Listener(_) => limits.ready,
    };
    let come = if matches!(goal, Goal::Page) { "come to an end of loading" } else { "come to listen" };
    let look = LOOK.min(limits.ready / 4);
    loop {
        sleep(look).await;
        let used = blocking(process.tree(), Tree::usage).await;
        let before = looks[Usage::LOOKS - 1];
        looks.rotate_left(1);
        looks[Usage::LOOKS - 1] = used;
        let waited = began.elapsed();
        let computed = used.processor.saturating_sub(at_first.processor);
        // Whoever compiles first computes on all cores, more seconds than have passed. One that takes more and more
        // memory has too much of it soon, and that is what is to be told.
        if computed >= spin && waited >= spin && !Usage::grows(&looks) {
            let seconds = computed.as_secs_f32();
            let actual = format!("it computed for {seconds:.1} s without a pause and did not {come}");
            return Hopeless { kind: Kind::Stuck, actual };
        }
        // On a busy machine a program that works may get next to nothing between two looks.
        let rests = used.processor.saturating_sub(before.processor) * RESTS < look
            && !blocking(process.tree(), Tree::works).await
            && !works(beside).await;
        at_rest = if rests { at_rest + 1 } else { 0 };
        if let Goal::Listener(wanted) = goal {
            let others = elsewhere_listening(process, *wanted).await;
            let since = *elsewhere.get_or_insert_with(Instant::now);
            // A program that is still at work may have opened the port of its debugger first.
            if others.is_empty() || (!rests && waited < limits.ready) {
                elsewhere = None;
            } else if since.elapsed() >= limits.elsewhere {
                let actual = format!("it listens on {}", others.join(" and "));
                return Hopeless { kind: Kind::WrongPort, actual };
            }
        }
        let seconds = waited.as_secs_f32();
        // The file of a page cannot wait for anything: a host that seems to rest is still loading, on a busy machine.
        let rests = at_rest >= AT_REST && !matches!(goal, Goal::Page);
        if waited >= limits.ready && rests {
            let actual = format!("it was still running after {seconds:.1} s and listened nowhere");
            return Hopeless { kind: Kind::NeverListened, actual };
        }
        if waited >= limits.ready * SLOW {
            let actual = format!("it was still busy after {seconds:.1} s and did not {come}");
            return Hopeless { kind: Kind::Stuck, actual };
        }
    }
}

/// Whether the Redis works, or would on a computer with less to do: then who waits for its answer has not given up.
async fn works(beside: Option<&Redis>) -> bool {
    match beside.and_then(Redis::tree) {
        Some(tree) => blocking(tree, Tree::works).await,
        None => false,
    }
}

async fn elsewhere_listening(process: &Process, wanted: SocketAddr) -> Vec<String> {
    let all = blocking(&Arc::clone(process.tree()), Tree::listeners).await;
    let reaches = |address: &SocketAddr| {
        address.port() == wanted.port() && (address.ip() == wanted.ip() || address.ip().is_unspecified())
    };
    if all.iter().any(reaches) {
        return Vec::new();
    }
    let mut others: Vec<String> = all.iter().map(ToString::to_string).collect();
    others.sort();
    others.dedup();
    others
}
