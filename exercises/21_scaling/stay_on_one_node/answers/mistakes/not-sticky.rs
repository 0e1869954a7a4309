use std::{
    env, io,
    sync::atomic::{AtomicUsize, Ordering},
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

fn choose(_head: &str, nodes: &[u16]) -> u16 {
    nodes[TURN.fetch_add(1, Ordering::Relaxed) % nodes.len()]
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
    let mut node = TcpStream::connect(("127.0.0.1", choose(&head, &nodes))).await?;
    node.set_nodelay(true)?;
    node.write_all(&[head.as_bytes(), &body].concat()).await?;
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
