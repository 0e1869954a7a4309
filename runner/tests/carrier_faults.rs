//! `carrier::dial` and `carrier::http` against servers that are wrong, rude or silent: always an answer, never a hang.

#[path = "carrier/support.rs"]
mod support;

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use grader::{
    scenario::{
        model::Transport,
        play::drive::{HttpRequest, Observation, OpenFailure},
    },
    wire::engine::Packet,
};
use runner::carrier::{CUT_BY_US, MAX_BYTES, dial, http};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Notify,
};
use tokio_tungstenite::{
    WebSocketStream, accept_async,
    tungstenite::{
        Message,
        protocol::{CloseFrame, frame::coding::CloseCode},
    },
};

use futures_util::{SinkExt, StreamExt};
use support::{
    Ears, OPEN, answer, dial, ears, echo_server, message, raw_server, read_request, request, target,
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

async fn not_opened(ears: &mut Ears) -> OpenFailure {
    match ears.next().await {
        Observation::NotOpened { conn: 7, why } => {
            ears.silent();
            why
        }
        other => panic!("{other:?} is no failure"),
    }
}

fn not_engine_io(text: &str) -> OpenFailure {
    OpenFailure::NotEngineIo(text.to_owned())
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
        let closed = not_engine_io("TCP connection closed before an HTTP answer");
        assert_eq!(failure(closes, transport).await, closed);
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

/// A server that says these frames and then waits until the client is gone.
async fn websocket_server(frames: Vec<Message>) -> SocketAddr {
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
async fn how_a_websocket_ends_is_said_in_words() {
    let gone = CloseFrame { code: CloseCode::Away, reason: "restart".into() };
    let large = format!("a WebSocket message over {MAX_BYTES} bytes");
    for (frame, expected) in [
        (Message::Close(None), "close frame 1005"),
        (Message::Close(Some(gone)), "close frame 1001 \"restart\""),
        (
            Message::text("9"),
            "the frame `9` is no Engine.IO packet: `9` is no Engine.IO packet type (0 to 6)",
        ),
        (
            Message::text(""),
            "the frame `` is no Engine.IO packet: an Engine.IO packet has at least one character",
        ),
        (Message::binary(vec![0; MAX_BYTES + 1]), &large),
    ] {
        let addr = websocket_server(vec![Message::text(OPEN), Message::text("4x"), frame]).await;
        let (_line, mut ears) = dial(addr, Transport::Websocket);
        assert_eq!(ears.text().await, "x");
        assert_eq!(ears.closed().await, expected);
        ears.silent();
    }
}

#[tokio::test]
async fn how_a_tcp_connection_ends_is_said_in_words() {
    for (reset, expected) in
        [(true, "TCP connection reset"), (false, "TCP connection closed without a close frame")]
    {
        let addr = raw_server(move |stream: TcpStream| async move {
            let mut socket = accept_async(stream).await.expect("a WebSocket");
            socket.send(Message::text(OPEN)).await.expect("the client reads");
            // The client has read everything when it speaks, so a reset cannot swallow it.
            socket.next().await;
            if reset {
                socket.get_ref().set_zero_linger().expect("the system resets");
            }
        })
        .await;
        let (line, mut ears) = dial(addr, Transport::Websocket);
        line.send(vec![message("hello")]);
        assert_eq!(ears.closed().await, expected);
    }
}

/// A polling server: the handshake, then this for every further GET, and this status for every POST.
async fn polling_server(get: &'static str, post: &'static str) -> SocketAddr {
    raw_server(async move |mut stream: TcpStream| {
        while let Some(head) = read_request(&mut stream).await {
            if head.starts_with("POST") {
                answer(&mut stream, post, "ok").await;
                return;
            } else if head.contains("sid=") {
                if get.is_empty() {
                    // Held until the client goes.
                    read_request(&mut stream).await;
                    return;
                }
                drop(stream.write_all(get.as_bytes()).await);
            } else {
                answer(&mut stream, "200 OK", OPEN).await;
            }
        }
    })
    .await
}

#[tokio::test]
async fn how_polling_ends_is_said_in_words() {
    for (get, expected) in [
        (
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 41\r\n\r\n{\"code\":1,\"message\":\"Session ID unknown\"}",
            r#"HTTP 400 {"code":1,"message":"Session ID unknown"}"#,
        ),
        ("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", "HTTP 502"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1", "Engine.IO close packet `1`"),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "the HTTP body `` is no Engine.IO payload: an Engine.IO packet has at least one character",
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\u{1}",
            "the HTTP body `\u{1}` is no Engine.IO payload: `\u{1}` is no Engine.IO packet type (0 to 6)",
        ),
    ] {
        let addr = polling_server(get, "200 OK").await;
        let (_line, mut ears) = dial(addr, Transport::Polling);
        assert_eq!(ears.next().await, Observation::Opened(7));
        assert_eq!(ears.closed().await, expected);
        ears.silent();
    }
    let addr = polling_server("", "413 Payload Too Large").await;
    let (line, mut ears) = dial(addr, Transport::Polling);
    line.send(vec![message("x")]);
    assert_eq!(ears.closed().await, "HTTP 413 ok");
}

#[tokio::test]
async fn a_body_without_end_ends_the_session() {
    for within_session in [false, true] {
        let addr = raw_server(move |mut stream: TcpStream| async move {
            while let Some(head) = read_request(&mut stream).await {
                if within_session && !head.contains("sid=") {
                    answer(&mut stream, "200 OK", OPEN).await;
                    continue;
                }
                drop(stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n4").await);
                while stream.write_all(&[b'x'; 65_536]).await.is_ok() {}
            }
        })
        .await;
        let (_line, mut ears) = dial(addr, Transport::Polling);
        let expected = format!("an HTTP body over {MAX_BYTES} bytes");
        if within_session {
            assert_eq!(ears.closed().await, expected);
        } else {
            assert_eq!(not_opened(&mut ears).await, not_engine_io(&expected));
        }
    }
}

#[tokio::test]
async fn a_server_that_does_not_read_cannot_stop_a_cut() {
    let addr = raw_server(async |stream: TcpStream| {
        let mut socket = accept_async(stream).await.expect("a WebSocket");
        socket.send(Message::text(OPEN)).await.expect("the client reads");
        socket.send(Message::text("4still heard")).await.expect("the client reads");
        std::future::pending().await
    })
    .await;
    let (line, mut ears) = dial(addr, Transport::Websocket);
    line.send(vec![Packet::Binary(vec![0; 32 * 1024 * 1024])]);
    assert_eq!(ears.text().await, "still heard");
    line.cut();
    assert_eq!(ears.closed().await, CUT_BY_US);
}

#[tokio::test]
async fn a_server_may_close_its_connection_after_every_answer() {
    const GETS: usize = 50;
    let gets = Arc::new(AtomicUsize::new(0));
    let addr = raw_server(move |mut stream: TcpStream| {
        let gets = Arc::clone(&gets);
        async move {
            let Some(head) = read_request(&mut stream).await else { return };
            if !head.contains("sid=") {
                answer(&mut stream, "200 OK", OPEN).await;
            } else if gets.fetch_add(1, Ordering::Relaxed) < GETS {
                answer(&mut stream, "200 OK", "4again").await;
            } else {
                // Held until the client goes.
                read_request(&mut stream).await;
            }
        }
    })
    .await;
    let (_line, mut ears) = dial(addr, Transport::Polling);
    for _ in 0..GETS {
        assert_eq!(ears.text().await, "again");
    }
}

#[tokio::test]
async fn a_failed_probe_leaves_the_session_on_polling() {
    const WILLING: &str =
        r#"0{"sid":"s1","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":9}"#;
    let refused = Arc::new(Notify::new());
    let addr = raw_server(move |mut stream: TcpStream| {
        let refused = Arc::clone(&refused);
        async move {
            while let Some(head) = read_request(&mut stream).await {
                if head.contains("transport=websocket") {
                    answer(&mut stream, "400 Bad Request", "no").await;
                    refused.notify_one();
                } else if head.contains("sid=") {
                    refused.notified().await;
                    answer(&mut stream, "200 OK", "4still here").await;
                } else {
                    answer(&mut stream, "200 OK", WILLING).await;
                }
            }
        }
    })
    .await;
    let (line, mut ears) = dial(addr, Transport::Upgrade);
    assert_eq!(ears.text().await, "still here");
    line.cut();
    assert_eq!(ears.next().await, Observation::Closed { conn: 7, how: CUT_BY_US.to_owned() });
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
