use std::{
    collections::HashMap,
    env, io,
    sync::{
        LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{Router, serve::ListenerExt};
use serde_json::json;
use socketioxide::{
    SocketIo, TransportType,
    extract::{AckSender, SocketRef},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
};

static TURN: AtomicUsize = AtomicUsize::new(0);
/// Session id → the port of its node. A real balancer forgets a session that has been silent for some minutes.
static HOMES: LazyLock<Mutex<HashMap<String, u16>>> = LazyLock::new(Mutex::default);

fn choose(head: &str, nodes: &[u16]) -> u16 {
    let home = session_of(head).and_then(|sid| HOMES.lock().unwrap().get(sid).copied());
    home.unwrap_or_else(|| nodes[TURN.fetch_add(1, Ordering::Relaxed) % nodes.len()])
}

/// `GET /socket.io/?EIO=4&transport=polling&sid=… HTTP/1.1`
fn session_of(head: &str) -> Option<&str> {
    let query = head.lines().next()?.split(' ').nth(1)?.split_once('?')?.1;
    query.split('&').find_map(|pair| pair.strip_prefix("sid="))
}

/// A session begins with an answer like `0{"sid":"…",…}`. Whoever gave it keeps the session.
fn learn(answer: &[u8], node: u16) {
    let answer = String::from_utf8_lossy(answer);
    let sid = answer.split_once(r#"0{"sid":""#).and_then(|(_, rest)| rest.split_once('"'));
    if let Some((sid, _)) = sid {
        HOMES.lock().unwrap().insert(sid.to_owned(), node);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let nodes = [start_node("north").await.expect("a node"), start_node("south").await.expect("a node")];
    let port = env::var("PORT").expect("PORT").parse().expect("a port number");
    let balancer = listen(port).await.expect("the port is free");
    loop {
        let Ok((client, _)) = balancer.accept().await else { continue };
        tokio::spawn(carry(client, nodes));
    }
}

/// Passes one request on, and the answer back. A WebSocket is a request that does not end.
async fn carry(mut client: TcpStream, nodes: [u16; 2]) -> io::Result<()> {
    client.set_nodelay(true)?;
    let (head, body) = read_request(&mut client).await?;
    let port = choose(&head, &nodes);
    let mut node = TcpStream::connect(("127.0.0.1", port)).await?;
    node.set_nodelay(true)?;
    node.write_all(&[head.as_bytes(), &body].concat()).await?;
    if session_of(&head).is_none() && !is_websocket(&head) {
        let mut answer = Vec::new();
        node.read_to_end(&mut answer).await?;
        learn(&answer, port);
        return client.write_all(&answer).await;
    }
    copy_bidirectional(&mut client, &mut node).await?;
    Ok(())
}

/// The head of a request, and what has come of its body so far. It shall be the last one on its connection, so that the
/// next one is looked at as well.
async fn read_request(client: &mut TcpStream) -> io::Result<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let end = loop {
        if client.read_buf(&mut bytes).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let body = bytes.split_off(end);
    let head = String::from_utf8_lossy(&bytes).into_owned();
    if is_websocket(&head) {
        return Ok((head, body));
    }
    let lines =
        head.split_inclusive("\r\n").filter(|line| !line.to_ascii_lowercase().starts_with("connection:"));
    let head: String = lines.collect();
    Ok((head.replacen("\r\n", "\r\nConnection: close\r\n", 1), body))
}

fn is_websocket(head: &str) -> bool {
    head.to_ascii_lowercase().contains("\r\nupgrade: websocket\r\n")
}

/// Starts a node; answers its port.
async fn start_node(name: &'static str) -> io::Result<u16> {
    let (layer, io) = SocketIo::new_layer();
    io.ns("/", async move |socket: SocketRef| {
        socket.on("whichNode", async move |socket: SocketRef, ack: AckSender| {
            let transport = match socket.transport_type() {
                TransportType::Polling => "polling",
                TransportType::Websocket => "websocket",
            };
            ack.send(&json!({ "node": name, "transport": transport })).ok();
        });
    });
    let listener = listen(0).await?;
    let port = listener.local_addr()?.port();
    let listener = listener.tap_io(|line| {
        line.set_nodelay(true).ok();
    });
    tokio::spawn(axum::serve(listener, Router::new().layer(layer)).into_future());
    Ok(port)
}

async fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).await
}
