//! What the tests of the carriers share: ears for observations, and servers to dial.
#![allow(dead_code, reason = "each test binary uses its part")]

use std::{net::SocketAddr, time::Duration};

use axum::serve::ListenerExt;
use bytes::Bytes;
use grader::{
    scenario::{
        model::Transport,
        play::drive::{Conn, Observation, OpenRequest},
    },
    wire::engine::Packet,
};
use runner::carrier::dial::{self, Line, Target};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::timeout,
};

/// Long enough for a machine that does much else; only a broken carrier waits for it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) const TRANSPORTS: [Transport; 3] = [Transport::Websocket, Transport::Polling, Transport::Upgrade];

/// Hears observations in order.
pub(crate) struct Ears {
    heard: UnboundedReceiver<Observation>,
    upgrades: usize,
}

pub(crate) fn ears() -> (UnboundedSender<Observation>, Ears) {
    let (out, heard) = unbounded_channel();
    (out, Ears { heard, upgrades: 0 })
}

impl Ears {
    pub(crate) async fn next(&mut self) -> Observation {
        let heard = timeout(PATIENCE, self.heard.recv()).await.expect("an observation comes in time");
        let heard = heard.expect("somebody observes");
        self.upgrades += usize::from(matches!(heard, Observation::Upgraded(_)));
        heard
    }

    /// One connection has moved by now, or will move.
    pub(crate) async fn upgraded(&mut self) {
        while self.upgrades == 0 {
            self.next().await;
        }
        self.upgrades -= 1;
    }

    /// Nothing was observed that was not heard.
    pub(crate) fn silent(&mut self) {
        assert_eq!(self.heard.try_recv().ok(), None);
    }

    /// Skips until this one. An end that is not asked for is no reason to wait on.
    pub(crate) async fn until(&mut self, wanted: impl Fn(&Observation) -> bool) -> Observation {
        loop {
            let heard = self.next().await;
            if wanted(&heard) {
                return heard;
            }
            assert!(!matches!(heard, Observation::Closed { .. }), "unexpected end: {heard:?}");
        }
    }

    /// The next message or binary packet; pings, asides and the upgrade are skipped.
    pub(crate) async fn message(&mut self) -> Packet {
        let heard = self
            .until(|heard| {
                matches!(heard, Observation::Packet { packet: Packet::Message(_) | Packet::Binary(_), .. })
            })
            .await;
        match heard {
            Observation::Packet { packet, .. } => packet,
            other => panic!("{other:?} is no packet"),
        }
    }

    /// The text of the next message.
    pub(crate) async fn text(&mut self) -> String {
        match self.message().await {
            Packet::Message(text) => text,
            other => panic!("{other:?} is no message"),
        }
    }

    /// How the connection ended; what comes before the end is skipped.
    pub(crate) async fn closed(&mut self) -> String {
        loop {
            if let Observation::Closed { how, .. } = self.next().await {
                return how;
            }
        }
    }

    /// The number of the next accepted connection.
    pub(crate) async fn accepted(&mut self) -> Conn {
        match self.until(|heard| matches!(heard, Observation::Accepted { .. })).await {
            Observation::Accepted { conn, .. } => conn,
            other => panic!("{other:?} accepts nothing"),
        }
    }
}

pub(crate) fn message(text: &str) -> Packet {
    Packet::Message(text.to_owned())
}

pub(crate) fn request(transport: Transport) -> OpenRequest {
    OpenRequest { transport, query: Vec::new(), headers: Vec::new(), node: 1 }
}

pub(crate) fn target(addr: SocketAddr) -> Target {
    Target { addr, host: addr.to_string(), path: "/socket.io/".to_owned() }
}

/// Dials as connection 7.
pub(crate) fn dial(addr: SocketAddr, transport: Transport) -> (Line, Ears) {
    let (out, ears) = ears();
    (dial::open(7, target(addr), request(transport), out), ears)
}

/// A socketioxide server: `echo` comes back as `echo`, acknowledged with the same if asked; `bytes` comes back too.
pub(crate) async fn echo_server() -> SocketAddr {
    let (layer, io) = SocketIo::new_layer();
    io.ns("/", async |socket: SocketRef| {
        socket.on("echo", async |socket: SocketRef, Data::<serde_json::Value>(data), ack: AckSender| {
            socket.emit("echo", &data).expect("the client takes it");
            drop(ack.send(&data));
        });
        socket.on("bytes", async |socket: SocketRef, Data::<Bytes>(data)| {
            socket.emit("bytes", &data).expect("the client takes it");
        });
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let addr = listener.local_addr().expect("bound");
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().layer(layer)).await });
    addr
}

/// A server that does with its connections what a test says, one after another.
pub(crate) async fn raw_server<F, R>(mut serve: F) -> SocketAddr
where
    F: FnMut(TcpStream) -> R + Send + 'static,
    R: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let addr = listener.local_addr().expect("bound");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    addr
}

/// Reads one HTTP request without a body. Nothing if the client went away.
pub(crate) async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).await.ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    String::from_utf8(head).ok()
}

/// Answers the pending request of a connection.
pub(crate) async fn answer(stream: &mut TcpStream, status: &str, body: &str) {
    let length = body.len();
    let text = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{body}");
    drop(stream.write_all(text.as_bytes()).await);
}

pub(crate) const OPEN: &str =
    r#"0{"sid":"s1","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#;
