//! Programs to which no session opens.

use std::{net::SocketAddr, time::Duration};

use futures_util::StreamExt;
use grader::scenario::{
    model::Transport,
    play::drive::{HttpRequest, OpenFailure},
};
use runner::carrier::{dial, http};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
};
use tokio_tungstenite::{accept_async, tungstenite::Message};

use crate::{
    not_engine_io, not_opened,
    support::{dial, ears, echo_server, raw_server, read_request, request, target},
    websocket_server,
};

/// A server that answers every request with this, however long it is.
async fn scripted(text: &'static str) -> SocketAddr {
    let serve = async move |mut stream: TcpStream| {
        if read_request(&mut stream).await.is_some() {
            drop(stream.write_all(text.as_bytes()).await);
        }
    };
    raw_server(serve).await
}

/// Why a session to this server does not open.
async fn failure(addr: SocketAddr, transport: Transport) -> OpenFailure {
    let (_line, mut ears) = dial(addr, transport);
    not_opened(&mut ears).await
}

const BOTH: [Transport; 2] = [Transport::Websocket, Transport::Polling];

#[tokio::test]
async fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let addr = listener.local_addr().expect("bound");
    drop(listener);
    for transport in BOTH {
        assert_eq!(failure(addr, transport).await, OpenFailure::Refused("connection refused".to_owned()));
    }
}

#[tokio::test]
async fn http_that_is_no_handshake_is_quoted() {
    for (text, status, body) in [
        ("HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\nboom", 500, "boom"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<!doctype html>", 200, "<!doctype html>"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n40", 200, "40"),
        ("HTTP/1.0 404 Not Found\r\n\r\nCannot GET", 404, "Cannot GET"),
    ] {
        let addr = scripted(text).await;
        for transport in BOTH {
            let expected = OpenFailure::Http { status, body: body.to_owned() };
            assert_eq!(failure(addr, transport).await, expected, "{transport:?}");
        }
    }
}

#[tokio::test]
async fn what_is_nearly_a_handshake_is_told_what_it_lacks() {
    let addr = scripted("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n0{\"sid\":\"a\"}").await;
    let lacks =
        "`0{\"sid\":\"a\"}`: the handshake cannot be read: missing field `upgrades` at line 1 column 11";
    assert_eq!(failure(addr, Transport::Polling).await, not_engine_io(lacks));
}

#[tokio::test]
async fn the_old_protocol_is_refused_with_its_code() {
    let addr = echo_server().await;
    for transport in BOTH {
        let mut request = request(transport);
        request.query.push(("EIO".to_owned(), "9".to_owned()));
        let (out, mut ears) = ears();
        let _line = dial::open(7, target(addr), request, out);
        match not_opened(&mut ears).await {
            OpenFailure::Http { status: 400, body } => {
                assert!(body.contains("Unsupported protocol version"), "{transport:?}: {body}");
            }
            other => panic!("{transport:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn something_that_is_no_http() {
    let closes = raw_server(async |mut stream: TcpStream| {
        read_request(&mut stream).await;
    })
    .await;
    let resets = raw_server(async |mut stream: TcpStream| {
        read_request(&mut stream).await;
        stream.set_zero_linger().expect("the system resets");
    })
    .await;
    let greets = scripted("220 mail.example.org ESMTP\r\n").await;
    for transport in BOTH {
        let silent_end = not_engine_io("TCP connection closed before an HTTP answer");
        assert_eq!(failure(closes, transport).await, silent_end);
        assert_eq!(failure(resets, transport).await, not_engine_io("TCP connection reset"));
        match failure(greets, transport).await {
            OpenFailure::NotEngineIo(text) => assert!(text.starts_with("the answer is no HTTP: "), "{text}"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn silence_ends_with_the_deadline() {
    let silent = raw_server(async |mut stream: TcpStream| {
        // Reads until the client goes away, and says nothing.
        while read_request(&mut stream).await.is_some() {}
    })
    .await;
    let stalls = raw_server(async |mut stream: TcpStream| {
        read_request(&mut stream).await;
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n0{").await);
        while read_request(&mut stream).await.is_some() {}
    })
    .await;
    let mute = raw_server(async |stream: TcpStream| {
        if let Ok(mut socket) = accept_async(stream).await {
            while let Some(Ok(_)) = socket.next().await {}
        }
    })
    .await;
    for (addr, transport) in [
        (silent, Transport::Websocket),
        (silent, Transport::Polling),
        (stalls, Transport::Polling),
        (mute, Transport::Websocket),
    ] {
        let (out, mut ears) = ears();
        let deadline = Duration::from_millis(50);
        let _line = dial::open_within(deadline, 7, target(addr), request(transport), out);
        assert_eq!(not_opened(&mut ears).await, OpenFailure::NoAnswer, "{transport:?}");
    }
    let get = HttpRequest { method: "GET".into(), path: "/".into(), headers: vec![], body: vec![] };
    let reply = http::call_within(silent, "localhost", get, Duration::from_millis(50)).await;
    assert_eq!(reply, Err("no HTTP answer within 0.05 s".to_owned()));
}

#[tokio::test]
async fn a_websocket_that_says_something_else() {
    for (first, expected) in [
        (Message::text("40"), "`40` came where the handshake `0{…}` belongs"),
        (
            Message::text("hello"),
            "the frame `hello` is no Engine.IO packet: `h` is no Engine.IO packet type (0 to 6) before the handshake",
        ),
        (Message::Close(None), "close frame 1005 before the handshake"),
    ] {
        let addr = websocket_server(vec![first]).await;
        assert_eq!(failure(addr, Transport::Websocket).await, not_engine_io(expected));
    }
    let addr = scripted(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n",
    )
    .await;
    let wrong = not_engine_io("the Sec-WebSocket-Accept header is wrong");
    assert_eq!(failure(addr, Transport::Websocket).await, wrong);
}
