//! Servers to play with, each in a thread of its own, and the runner beside them.

use std::{
    io::Write,
    net::SocketAddr,
    path::Path,
    process::{Command, Output, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use axum::serve::ListenerExt;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

/// The real course.
pub(crate) fn course() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// What is wrong with a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// A message reaches everybody, wherever they are.
    ToAll,
    /// The sender gets another id than the others.
    TwoIds,
}

/// Rooms and questions: `joinRoom`, `sendMessage`, `ask` (the server asks back), `leave`, and `/staff` with a token.
pub(crate) fn server(fault: Fault) -> SocketAddr {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (layer, io) = SocketIo::new_layer();
            rooms(&io, fault);
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            tell.send(listener.local_addr().unwrap()).unwrap();
            let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
            axum::serve(listener, axum::Router::new().layer(layer)).await.unwrap();
        });
    });
    told.recv_timeout(Duration::from_secs(30)).unwrap()
}

fn rooms(io: &SocketIo, fault: Fault) {
    let counter = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(1));
    io.ns("/", async move |socket: SocketRef| {
        socket.on("joinRoom", async |socket: SocketRef, Data::<Value>(data), ack: AckSender| {
            socket.join(data["roomId"].as_str().unwrap_or_default().to_owned());
            drop(ack.send(&json!({ "ok": true })));
        });
        socket.on("sendMessage", async move |io: SocketIo, Data::<Value>(data), ack: AckSender| {
            let number = counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let id = format!("{number:08x}-0a1B-4c5D-8e9F-{:012x}", number * 7919);
            let message = json!({ "id": id, "text": data["text"], "at": "2026-11-27T12:00:00.000Z" });
            let room = data["roomId"].as_str().unwrap_or_default().to_owned();
            if fault == Fault::ToAll {
                drop(io.emit("receiveMessage", &message).await);
            } else {
                drop(io.within(room).emit("receiveMessage", &message).await);
            }
            let id = if fault == Fault::TwoIds { format!("{id}x") } else { id };
            drop(ack.send(&json!({ "ok": true, "id": id })));
        });
        socket.on("ask", async |socket: SocketRef| {
            let answer = socket.emit_with_ack::<_, Value>("question", &json!({ "n": 6 }));
            if let Ok(answer) = answer
                && let Ok(answer) = answer.await
            {
                drop(socket.emit("thanks", &answer));
            }
        });
        socket.on("bytes", async |socket: SocketRef, Data::<bytes::Bytes>(data)| {
            drop(socket.emit("bytes", &data));
        });
        socket.on("put me out", async |socket: SocketRef| drop(socket.disconnect()));
    });
    io.ns("/staff", async |socket: SocketRef, Data::<Value>(auth)| {
        drop(socket.emit("welcome", &auth["token"]));
    });
}

/// Runs the runner in the course, with these lines at its prompt.
pub(crate) fn runner(args: &[&str], lines: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_runner"))
        .args(args)
        .current_dir(course())
        .env_remove("SOCKETLINGS_COURSE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may have ended before it reads all of them.
    drop(child.stdin.take().unwrap().write_all(lines.as_bytes()));
    child.wait_with_output().unwrap()
}

/// What it printed, if it ended with this code.
#[track_caller]
pub(crate) fn printed(output: &Output, code: i32) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{out}\n{err}");
    format!("{out}{err}")
}

#[expect(clippy::print_stderr, reason = "a skip must be seen")]
pub(crate) fn has_node() -> bool {
    let there = course().join("exercises/node_modules/socket.io").is_dir();
    let required = std::env::var_os("REQUIRE_ALL").is_some_and(|all| all == "1");
    assert!(there || !required, "needs Node and npm ci in exercises/");
    if !there {
        eprintln!("skipped: needs Node and npm ci in exercises/");
    }
    there
}
