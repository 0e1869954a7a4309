//! `carrier::dial` and `carrier::http` against servers that are wrong, rude or silent: always an answer, never a hang.

#[path = "carrier/ending.rs"]
mod ending;
#[path = "carrier/opening.rs"]
mod opening;
#[path = "carrier/support.rs"]
mod support;

use std::net::SocketAddr;

use futures_util::{SinkExt, StreamExt};
use grader::scenario::play::drive::{HttpRequest, Observation, OpenFailure};
use runner::carrier::http;
use tokio::{io::AsyncReadExt, net::TcpStream};
use tokio_tungstenite::{WebSocketStream, accept_async, tungstenite::Message};

use support::{Ears, answer, raw_server, read_request};

pub(crate) async fn not_opened(ears: &mut Ears) -> OpenFailure {
    match ears.next().await {
        Observation::NotOpened { conn: 7, why } => {
            ears.silent();
            why
        }
        other => panic!("{other:?} is no failure"),
    }
}

pub(crate) fn not_engine_io(text: &str) -> OpenFailure {
    OpenFailure::NotEngineIo(text.to_owned())
}

/// A server that says these frames and then waits until the client is gone.
pub(crate) async fn websocket_server(frames: Vec<Message>) -> SocketAddr {
    raw_server(move |stream: TcpStream| {
        let frames = frames.clone();
        async move {
            if let Ok(mut socket) = accept_async(stream).await {
                say(&mut socket, frames).await;
            }
        }
    })
    .await
}

async fn say(socket: &mut WebSocketStream<TcpStream>, frames: Vec<Message>) {
    for frame in frames {
        if socket.send(frame).await.is_err() {
            return;
        }
    }
    while let Some(Ok(_)) = socket.next().await {}
}

#[tokio::test]
async fn plain_http_requests() {
    let addr = raw_server(async |mut stream: TcpStream| {
        if let Some(head) = read_request(&mut stream).await {
            let mut body = [0; 5];
            stream.read_exact(&mut body).await.expect("the body follows");
            assert!(head.starts_with("POST /announce?x=1 HTTP/1.1\r\n"), "{head}");
            assert!(head.contains("host: localhost:4000\r\n") && head.contains("x-key: k\r\n"), "{head}");
            let body = String::from_utf8_lossy(&body).into_owned();
            answer(&mut stream, "201 Created\r\nX-Made: By-Test", &body).await;
        }
    })
    .await;
    let request = HttpRequest {
        method: "POST".into(),
        path: "/announce?x=1".into(),
        headers: vec![("X-Key".into(), "k".into())],
        body: b"hello".to_vec(),
    };
    let reply = http::call(addr, "localhost:4000", request.clone()).await.expect("an answer");
    assert_eq!((reply.status, reply.body.as_slice()), (201, b"hello".as_slice()));
    assert!(reply.headers.contains(&("x-made".to_owned(), "By-Test".to_owned())), "{:?}", reply.headers);

    let bad = HttpRequest { headers: vec![("no name".into(), "k".into())], ..request };
    let refused = http::call(addr, "localhost:4000", bad).await;
    assert_eq!(
        refused,
        Err("the request cannot be sent: the header `no name: k` is not valid HTTP".to_owned())
    );
}
