//! The official client and server, with the proxy between them and without: both see the same.
//!
//! Needs Node and the packages of `exercises/package.json`; without them the tests say so and pass, unless
//! `REQUIRE_ALL=1`.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

use crate::support::{PATIENCE, Proxy, shown};

/// Where the official packages are, if they can be used.
fn node_modules() -> Option<PathBuf> {
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../exercises/node_modules");
    let node = std::process::Command::new("node").arg("--version").output();
    if node.is_ok() && modules.join("socket.io").is_dir() && modules.join("socket.io-client").is_dir() {
        return Some(modules);
    }
    let required = std::env::var_os("REQUIRE_ALL").is_some_and(|all| all == "1");
    assert!(!required, "needs Node and npm ci in exercises/");
    skipped();
    None
}

#[expect(clippy::print_stderr, reason = "a skip must be seen")]
fn skipped() {
    eprintln!("skipped: needs Node and npm ci in exercises/");
}

fn node(script: &str, modules: &Path, arguments: &[&str]) -> Child {
    Command::new("node")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire").join(script))
        .arg(modules)
        .args(arguments)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

async fn server(modules: &Path) -> (Child, BufReader<ChildStdout>, SocketAddr) {
    let mut child = node("server.mjs", modules, &[]);
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut port = String::new();
    timeout(PATIENCE, lines.read_line(&mut port)).await.unwrap().unwrap();
    let addr = ([127, 0, 0, 1], port.trim().parse().unwrap()).into();
    (child, lines, addr)
}

/// What both sides saw: the client's lines and the server's.
struct Saw {
    client: Vec<String>,
    server: Vec<String>,
}

async fn play(modules: &Path, transports: &str, ending: &str, proxied: bool) -> (Saw, Vec<String>) {
    let (mut server, mut server_lines, addr) = server(modules).await;
    let proxy = if proxied { Some(Proxy::before(addr).await) } else { None };
    let url = proxy.as_ref().map_or_else(|| format!("http://{addr}"), Proxy::url);
    let client = node("client.mjs", modules, &[&url, transports, ending]);
    let output = timeout(PATIENCE, client.wait_with_output()).await.unwrap().unwrap();
    server.start_kill().ok();
    let mut text = String::new();
    timeout(PATIENCE, server_lines.read_to_string(&mut text)).await.unwrap().unwrap();
    let lines = |text: &str| text.lines().map(unreachable).collect::<Vec<_>>();
    let saw = Saw { client: lines(&String::from_utf8(output.stdout).unwrap()), server: lines(&text) };
    let read = match proxy {
        Some(proxy) => shown(&proxy.says("").await),
        None => Vec::new(),
    };
    (saw, read)
}

/// The same program twice. How many packets come in one answer is chance, and so is whether the client's last request has
/// its answer before another one brings the end, so what happens to the client's engine is compared apart from what its
/// sockets hear; the server's lines come from several connections, so they are sorted.
async fn same(transports: &str, ending: &str) -> Vec<String> {
    let Some(modules) = node_modules() else { return Vec::new() };
    let (mut without, _) = play(&modules, transports, ending, false).await;
    let (mut with, read) = play(&modules, transports, ending, true).await;
    for saw in [&mut without, &mut with] {
        saw.client.sort_by_key(|line| line.starts_with("[\"engine "));
        saw.server.sort();
    }
    assert_same(&with.client, &without.client, &format!("{transports}, {ending}: the client"));
    assert!(with.client.contains(&"[\"over\"]".to_owned()), "{:#?}", with.client.last());
    assert_same(&with.server, &without.server, &format!("{transports}, {ending}: the server"));
    assert!(with.server.len() > 30, "the server saw almost nothing: {:#?}", with.server);
    let problems: Vec<&String> = read.iter().filter(|line| line.starts_with('!')).collect();
    if ending == "leaves" {
        assert_eq!(problems, [] as [&String; 0], "{transports}: not everything was read");
    }
    read
}

/// The one difference: where nobody listens, a connection is refused; the proxy listens, and can only reset it: before
/// the client knows of its connection, while it writes, or while it reads.
fn unreachable(line: &str) -> String {
    let again = line.contains("\"refused\"") || line.contains("\"reconnect fails\"");
    let at = ["read ECONN", "write ECONN", "connect ECONN"]
        .iter()
        .find_map(|error| line.find(error))
        .filter(|_| again);
    at.map_or_else(|| line.to_owned(), |at| format!("{}no connection", &line[..at]))
}

/// The first difference tells more than two hundred lines that are equal.
#[track_caller]
fn assert_same(with: &[String], without: &[String], what: &str) {
    let differs = with.iter().zip(without).position(|(with, without)| with != without);
    let at = differs.unwrap_or(with.len().min(without.len()));
    assert_eq!(with.get(at), without.get(at), "{what}, line {at}");
}

/// Whether a line with all these words was read.
fn has(read: &[String], words: &[&str]) -> bool {
    read.iter().any(|line| words.iter().all(|word| line.contains(word)))
}

#[tokio::test]
async fn upgrade() {
    let read = same("default", "leaves").await;
    if read.is_empty() {
        return;
    }
    for words in [
        ["1 > 2probe", "a test ping on the new transport"],
        ["1 < 3probe", "the new transport works"],
        ["1 > 5", "moves to the new transport"],
        ["1 > 40/chat,{\"token\":\"c\"}", "asks to enter /chat"],
        ["1 < 44/staff,", "does not let the client into /staff"],
        ["1 > 451-2[\"echo\"", "+ <3 bytes>"],
        ["1 < 451-", "+ <3 bytes>"],
        ["1 > 452-3[\"echo\"", "+ <3 bytes> + <0 bytes>"],
        ["1 < 42/chat,[\"one of many\",49,", "event \"one of many\" with 2 arguments, in /chat"],
        ["1 > 451-/chat,", "+ <1500000 bytes>"],
        ["1 > 461-0[\"because\"", "the client answers number 0"],
    ] {
        assert!(has(&read, &words), "{words:?} is not in {read:#?}");
    }
}

#[tokio::test]
async fn polling() {
    let read = same("polling", "leaves").await;
    assert!(read.is_empty() || has(&read, &["1 > 452-3[\"echo\"", "+ <3 bytes> + <0 bytes>"]), "{read:#?}");
}

#[tokio::test]
async fn websocket() {
    let read = same("websocket", "leaves").await;
    assert!(
        read.is_empty() || has(&read, &["1 > ", "ends the WebSocket: close frame without a code"]),
        "{read:#?}"
    );
}

#[tokio::test]
async fn ends() {
    for transports in ["default", "polling", "websocket"] {
        for ending in ["is cut", "too big", "server goes away"] {
            same(transports, ending).await;
        }
    }
}
