//! Both carriers against the official `socket.io` and `socket.io-client`. The Socket.IO packets are written by hand.
//!
//! Needs Node and the packages of `exercises/package.json` (or `SOCKETLINGS_NODE_MODULES`); without them the tests
//! say so and pass, unless `REQUIRE_ALL=1`.

#[path = "carrier/support.rs"]
mod support;

use std::{
    env,
    path::{Path, PathBuf},
    process::Stdio,
};

use grader::{
    scenario::{
        model::Transport,
        play::drive::{Conn, Observation},
    },
    wire::engine::Packet,
};
use runner::carrier::{CLOSED_BY_US, CUT_BY_US, listen::Listener};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

use support::{Ears, PATIENCE, TRANSPORTS, dial, ears, message};

/// Where the official packages are, if they can be used.
fn node_modules() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let modules = env::var_os("SOCKETLINGS_NODE_MODULES")
        .map_or_else(|| here.join("../exercises/node_modules"), PathBuf::from);
    let node = std::process::Command::new("node").arg("--version").output();
    if node.is_ok() && modules.join("socket.io").is_dir() && modules.join("socket.io-client").is_dir() {
        return Some(modules);
    }
    assert!(env::var_os("REQUIRE_ALL").is_none_or(|all| all != "1"), "needs Node and npm ci in exercises/");
    skipped();
    None
}

#[expect(clippy::print_stderr, reason = "a skip must be seen")]
fn skipped() {
    eprintln!("skipped: needs Node and npm ci in exercises/");
}

/// A Node program and the lines that it prints. Dropping it ends it.
struct Program {
    _child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Program {
    fn start(script: &str, arguments: &[&str], modules: &Path) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/carrier").join(script);
        let mut child = Command::new("node")
            .arg(script)
            .arg(modules)
            .args(arguments)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("Node starts");
        let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        Self { _child: child, lines }
    }

    async fn line(&mut self) -> String {
        let line = timeout(PATIENCE, self.lines.next_line()).await.expect("a line comes in time");
        line.expect("it can be read").expect("the program goes on")
    }
}

#[tokio::test]
async fn the_official_server_understands_every_transport() {
    let Some(modules) = node_modules() else { return };
    let mut program = Program::start("server.mjs", &[], &modules);
    let port: u16 = program.line().await.parse().expect("its port");
    for transport in TRANSPORTS {
        let (line, mut ears) = dial(([127, 0, 0, 1], port).into(), transport);
        assert_eq!(ears.next().await, Observation::Opened(7));
        line.send(vec![message("0")]);
        assert!(ears.text().await.starts_with("0{\"sid\""), "{transport:?}");
        if transport == Transport::Upgrade {
            ears.upgraded().await;
        }
        line.send(vec![message(r#"21["echo","é"]"#)]);
        assert_eq!(ears.text().await, r#"2["echo","é"]"#, "{transport:?}");
        assert_eq!(ears.text().await, r#"31["é"]"#, "{transport:?}");
        let attached = message(r#"51-["echo",{"_placeholder":true,"num":0}]"#);
        let bytes = Packet::Binary(vec![0, 255, 30]);
        line.send(vec![attached.clone(), bytes.clone()]);
        assert_eq!(ears.message().await, attached, "{transport:?}");
        assert_eq!(ears.message().await, bytes, "{transport:?}");
        line.close();
        assert_eq!(ears.closed().await, CLOSED_BY_US, "{transport:?}");
    }
}

#[tokio::test]
async fn the_official_server_keeps_order_through_an_upgrade() {
    const MANY: usize = 200;
    let Some(modules) = node_modules() else { return };
    let mut program = Program::start("server.mjs", &[], &modules);
    let port: u16 = program.line().await.parse().expect("its port");
    let (line, mut ears) = dial(([127, 0, 0, 1], port).into(), Transport::Upgrade);
    line.send(vec![message("0")]);
    assert!(ears.text().await.starts_with("0{\"sid\""));
    let (mut heard, mut sent, mut upgraded) = (0, 0, false);
    // A few are always under way, whatever the transport is doing.
    while heard < MANY || !upgraded {
        while sent < heard + 5 && sent < MANY {
            line.send(vec![message(&format!(r#"2["echo",{sent}]"#))]);
            sent += 1;
        }
        match ears.next().await {
            Observation::Packet { packet: Packet::Message(text), .. } => {
                assert_eq!(text, format!(r#"2["echo",{heard}]"#));
                heard += 1;
            }
            Observation::Upgraded(7) => upgraded = true,
            Observation::Closed { how, .. } => panic!("{how}"),
            _ => {}
        }
    }
}

#[tokio::test]
async fn how_the_official_server_ends_a_connection() {
    let Some(modules) = node_modules() else { return };
    let mut program = Program::start("server.mjs", &[], &modules);
    let port: u16 = program.line().await.parse().expect("its port");
    let frame = ["close frame 1005"].as_slice();
    // A GET that is pending at the end gets `1`; one that comes later belongs to no session.
    let polling =
        ["Engine.IO close packet `1`", r#"HTTP 400 {"code":1,"message":"Session ID unknown"}"#].as_slice();
    for (transport, last, ends) in [
        (Transport::Websocket, message(r#"2["kick"]"#), frame),
        (Transport::Upgrade, message(r#"2["kick"]"#), frame),
        (Transport::Polling, message(r#"2["kick"]"#), polling),
        // A client does not ask for heartbeats.
        (Transport::Websocket, Packet::Ping(String::new()), frame),
        (Transport::Polling, Packet::Ping(String::new()), polling),
        // Over Node's limit of a million bytes.
        (Transport::Websocket, message(&"x".repeat(2_000_000)), &["close frame 1009"]),
        (Transport::Polling, message(&"x".repeat(2_000_000)), &["HTTP 413"]),
    ] {
        let (line, mut ears) = dial(([127, 0, 0, 1], port).into(), transport);
        line.send(vec![message("0")]);
        assert!(ears.text().await.starts_with("0{\"sid\""), "{transport:?}");
        if transport == Transport::Upgrade {
            ears.upgraded().await;
        }
        let kicks = last == message(r#"2["kick"]"#);
        line.send(vec![last]);
        if kicks {
            assert_eq!(ears.text().await, "1", "{transport:?}");
        }
        let how = ears.closed().await;
        assert!(ends.contains(&how.as_str()), "{transport:?}, kicks {kicks}: {how}");
    }
}

/// Plays a Socket.IO server for one connection until the client has said hello.
async fn welcome(listener: &Listener, ears: &mut Ears) -> Conn {
    let accepted = ears.until(|heard| matches!(heard, Observation::Accepted { .. })).await;
    let Observation::Accepted { conn, query, .. } = accepted else { panic!("{accepted:?}") };
    assert!(query.contains(&("room".to_owned(), "é".to_owned())), "{query:?}");
    assert_eq!(ears.text().await, r#"0{"token":"t"}"#);
    listener.send(conn, vec![message(r#"0{"sid":"abc"}"#)]);
    // The id counts on after a reconnection.
    let hello = ears.text().await;
    assert!(hello.starts_with('2') && hello.ends_with(r#"["hello","é",{"n":1}]"#), "{hello}");
    conn
}

#[tokio::test]
async fn the_official_client_lives_on_every_transport() {
    let Some(modules) = node_modules() else { return };
    for transports in ["polling", "websocket", "default"] {
        let (out, mut ears) = ears();
        let listener = Listener::start(out).await.expect("a free port");
        let url = format!("http://{}", listener.addr());
        let mut client = Program::start("client.mjs", &[&url, transports], &modules);

        let conn = welcome(&listener, &mut ears).await;
        assert_eq!(conn, 1);
        if transports == "default" {
            ears.upgraded().await;
            // The CONNECT may have been answered before or after the move.
            let mut lines = [client.line().await, client.line().await];
            lines.sort_unstable();
            assert!(lines[0].starts_with("connected over "), "{lines:?}");
            assert_eq!(lines[1], "upgraded to websocket");
        } else {
            assert_eq!(client.line().await, format!("connected over {transports}"));
        }
        listener.send(conn, vec![message(r#"30[{"ok":true}]"#)]);
        assert_eq!(client.line().await, r#"answer {"ok":true}"#);

        listener.send(conn, vec![message(r#"25["question",7]"#), Packet::Ping(String::new())]);
        let mut answers = vec![ears.next().await, ears.next().await];
        answers.retain(|answer| !matches!(answer, Observation::Packet { packet: Packet::Pong(_), .. }));
        assert_eq!(answers, [Observation::Packet { conn, packet: message(r#"35[{"got":7}]"#) }]);

        let attached = message(r#"51-["bytes",{"_placeholder":true,"num":0}]"#);
        let bytes = Packet::Binary(vec![7; 100_000]);
        listener.send(conn, vec![attached.clone(), bytes.clone()]);
        assert_eq!(client.line().await, "bytes true 100000");
        assert_eq!(ears.message().await, attached, "{transports}");
        assert_eq!(ears.message().await, bytes, "{transports}");

        reconnects(&listener, &mut ears, &mut client, conn).await;
        listener.stop().await;
    }
}

/// Cut, the client comes back; told to leave, it says goodbye.
async fn reconnects(listener: &Listener, ears: &mut Ears, client: &mut Program, conn: Conn) {
    listener.cut(conn);
    assert_eq!(ears.next().await, Observation::Closed { conn, how: CUT_BY_US.to_owned() });
    let why = client.line().await;
    assert!(
        ["disconnected: transport close", "disconnected: transport error"].contains(&why.as_str()),
        "{why}"
    );
    let again = welcome(listener, ears).await;
    assert_eq!(again, conn + 1);
    assert!(client.line().await.starts_with("connected over "));

    listener.send(again, vec![message(r#"2["leave"]"#)]);
    assert_eq!(ears.text().await, "1");
    let how = ears.closed().await;
    assert!(["close frame 1005", "Engine.IO close packet `1`"].contains(&how.as_str()), "{how}");
}

#[tokio::test]
async fn the_official_client_sees_our_polite_end() {
    let Some(modules) = node_modules() else { return };
    for transports in ["polling", "websocket"] {
        let (out, mut ears) = ears();
        let listener = Listener::start(out).await.expect("a free port");
        let url = format!("http://{}", listener.addr());
        let mut client = Program::start("client.mjs", &[&url, transports], &modules);
        let conn = welcome(&listener, &mut ears).await;
        listener.close(conn);
        assert_eq!(ears.closed().await, CLOSED_BY_US);
        assert_eq!(client.line().await, format!("connected over {transports}"));
        assert_eq!(client.line().await, "disconnected: transport close");
        listener.stop().await;
    }
}
