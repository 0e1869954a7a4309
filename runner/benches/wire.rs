//! What `wire` adds to a packet: `cargo bench -p runner --bench wire`. Needs Node and `npm ci` in `exercises`.
//!
//! The same client says `echo` to the same official server, in turn past the proxy and through it, and each waits for
//! the answer: two packets a round. The runner is the dev build, as a person has it, writing everything it sees.

#![expect(clippy::print_stdout, reason = "a benchmark is a program that prints a table")]

use std::{
    error::Error,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use grader::{
    scenario::{
        model::Transport,
        play::drive::{Observation, OpenRequest},
    },
    wire::engine::Packet,
};
use runner::carrier::dial::{self, Line, Target};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

const ROUNDS: usize = 2_000;
const SERVER: &str = "import { createServer } from 'node:http'; import { Server } from 'socket.io';\
    const http = createServer(); const io = new Server(http);\
    io.on('connection', (socket) => socket.on('echo', (value) => socket.emit('echo', value)));\
    http.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${http.address().port} .`));";

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no root")?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let built =
        Command::new("cargo").args(["build", "--quiet", "-p", "runner"]).current_dir(root).status()?;
    if !built.success() {
        return Err("the runner cannot be built".into());
    }
    let mut node = Command::new("node");
    node.args(["--input-type=module", "--eval", SERVER]).current_dir(root.join("exercises"));
    let (_server, direct) = Started::start(&mut node)?;
    let mut wire = Command::new(target.join("debug/runner"));
    wire.args(["wire", &format!("http://{direct}"), "--secrets"]);
    let (_wire, through) = Started::start(&mut wire)?;

    println!("| what | measured | bar |\n|---|---|---|");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    for (transport, name) in [(Transport::Websocket, "WebSocket"), (Transport::Polling, "polling")] {
        let times = runtime.block_on(rounds(direct, through, transport));
        let [direct, through] = times.map(|mut times| {
            times.sort();
            (times[times.len() / 2], times[times.len() * 99 / 100])
        });
        let added = |with: Duration, without: Duration| (with.as_secs_f64() - without.as_secs_f64()) * 500.0;
        println!(
            "| `wire`, added to a packet, {name} | {:.2} ms at the median, {:.2} ms at the 99th percentile | 1 ms |",
            added(through.0, direct.0),
            added(through.1, direct.1),
        );
    }
    Ok(())
}

/// A program that says its address in its first line. Dropping it ends it.
struct Started(Child);

impl Started {
    fn start(command: &mut Command) -> Result<(Self, SocketAddr), Box<dyn Error>> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut out = BufReader::new(child.stdout.take().ok_or("no output")?);
        let mut line = String::new();
        out.read_line(&mut line)?;
        let started = Self(child);
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        let addr =
            line.split("http://").nth(1).and_then(|rest| rest.split(' ').next()).ok_or("no address")?;
        Ok((started, addr.parse()?))
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

async fn rounds(direct: SocketAddr, through: SocketAddr, transport: Transport) -> [Vec<Duration>; 2] {
    let mut ways = [connect(direct, transport).await, connect(through, transport).await];
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..ROUNDS {
        for (way, times) in ways.iter_mut().zip(&mut times) {
            let text = format!(r#"2["echo",{{"roomId":"physics","text":"hello","round":{round}}}]"#);
            let began = Instant::now();
            way.0.send(vec![Packet::Message(text.clone())]);
            heard(&mut way.1, &text).await;
            times.push(began.elapsed());
        }
    }
    times
}

async fn connect(addr: SocketAddr, transport: Transport) -> (Line, UnboundedReceiver<Observation>) {
    let (out, mut ears) = unbounded_channel();
    let target = Target { addr, host: addr.to_string(), path: "/socket.io/".to_owned() };
    let request = OpenRequest { transport, query: Vec::new(), headers: Vec::new(), node: 1 };
    let line = dial::open(1, target, request, out);
    line.send(vec![Packet::Message("0".to_owned())]);
    heard(&mut ears, "0{").await;
    (line, ears)
}

/// Waits for a message that begins like this.
async fn heard(ears: &mut UnboundedReceiver<Observation>, start: &str) {
    while let Some(observation) = ears.recv().await {
        match observation {
            Observation::Packet { packet: Packet::Message(text), .. } if text.starts_with(start) => return,
            Observation::Closed { .. } | Observation::NotOpened { .. } => return,
            _ => {}
        }
    }
}
