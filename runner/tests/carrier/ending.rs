//! Programs that end a session, or try to keep it from ending.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use futures_util::{SinkExt, StreamExt};
use grader::{
    scenario::{model::Transport, play::drive::Observation},
    wire::engine::Packet,
};
use runner::carrier::{CUT_BY_US, MAX_BYTES};
use tokio::{io::AsyncWriteExt, net::TcpStream, sync::Notify};
use tokio_tungstenite::{
    accept_async,
    tungstenite::{
        Message,
        protocol::{CloseFrame, frame::coding::CloseCode},
    },
};

use crate::{
    not_engine_io, not_opened,
    support::{OPEN, answer, dial, message, raw_server, read_request},
    websocket_server,
};

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
                while stream.write_all(&[b'x'; 16_384]).await.is_ok() {}
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
        std::future::pending::<()>().await;
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
async fn a_cut_goes_before_what_the_server_says_of_the_last_packets() {
    let addr = polling_server("", "413 Payload Too Large").await;
    let (line, mut ears) = dial(addr, Transport::Polling);
    assert_eq!(ears.next().await, Observation::Opened(7));
    line.send(vec![message("x")]);
    line.cut();
    assert_eq!(ears.closed().await, CUT_BY_US);
}
