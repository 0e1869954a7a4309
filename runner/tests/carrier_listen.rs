//! `carrier::listen` asked request by request: what it accepts, what it refuses, and how.

#[path = "carrier/support.rs"]
mod support;

use std::net::SocketAddr;

use grader::{
    scenario::{
        model::Transport,
        play::drive::{HttpReply, HttpRequest, Observation},
    },
    transcript::Direction,
    wire::engine::Packet,
};
use runner::carrier::{http, listen::Listener, listen::MAX_PAYLOAD};
use tokio::{io::AsyncReadExt, net::TcpStream};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Error, Message},
};

use futures_util::{SinkExt, StreamExt};
use support::{Ears, ears, message};

const HANDSHAKE: &str = "/socket.io/?EIO=4&transport=polling";

async fn listener() -> (Listener, Ears) {
    let (out, ears) = ears();
    (Listener::start(out).await.expect("a free port"), ears)
}

fn asks(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> HttpRequest {
    HttpRequest {
        method: method.to_owned(),
        path: path.to_owned(),
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        body: body.to_vec(),
    }
}

async fn call(addr: SocketAddr, method: &str, path: &str, body: &str) -> HttpReply {
    let request = asks(method, path, &[], body.as_bytes());
    http::call(addr, "localhost", request).await.expect("an answer")
}

fn text(reply: &HttpReply) -> &str {
    std::str::from_utf8(&reply.body).expect("text")
}

/// A session that was opened by hand; returns the path of its further requests.
async fn session(addr: SocketAddr) -> String {
    let reply = call(addr, "GET", HANDSHAKE, "").await;
    match Packet::from_text(text(&reply)) {
        Ok(Packet::Open(handshake)) => format!("{HANDSHAKE}&sid={}", handshake.sid),
        other => panic!("{other:?} is no handshake"),
    }
}

/// The client of such a session uses it: only now it is heard of.
async fn used(addr: SocketAddr, path: &str, ears: &mut Ears) {
    assert_eq!(call(addr, "POST", path, "3").await.status, 200);
    ears.accepted().await;
    ears.until(|heard| matches!(heard, Observation::Packet { .. })).await;
}

#[tokio::test]
async fn a_session_reports_its_handshake() {
    let (listener, mut ears) = listener().await;
    let reply = call(listener.addr(), "GET", "/socket.io/?EIO=4&transport=polling&room=%C3%A9", "").await;
    assert_eq!(reply.status, 200);
    let open = Packet::from_text(text(&reply)).expect("a packet");
    let Packet::Open(handshake) = &open else { panic!("{open:?}") };
    assert_eq!(
        (handshake.ping_interval, handshake.ping_timeout, handshake.max_payload),
        (25_000, 20_000, Some(1_000_000))
    );
    assert_eq!(handshake.upgrades, ["websocket"]);
    // The official client forgets a session that it closed before this answer: nobody has come yet.
    ears.silent();
    let path = format!("{HANDSHAKE}&sid={}", handshake.sid);
    assert_eq!(call(listener.addr(), "POST", &path, "3").await.status, 200);
    let query = [("EIO", "4"), ("transport", "polling"), ("room", "é")];
    let query = query.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    assert_eq!(ears.next().await, Observation::Accepted { conn: 1, transport: Transport::Polling, query });
    assert_eq!(
        ears.next().await,
        Observation::Aside { conn: 1, direction: Direction::ToProgram, packet: open.clone() }
    );
    assert_eq!(ears.next().await, Observation::Packet { conn: 1, packet: Packet::Pong(String::new()) });
    ears.silent();
    let other = session(listener.addr()).await;
    assert!(!other.ends_with(&handshake.sid));
    used(listener.addr(), &other, &mut ears).await;
    ears.silent();
}

#[tokio::test]
async fn wrong_requests_get_the_codes_of_node() {
    let (listener, mut ears) = listener().await;
    let sid = session(listener.addr()).await;
    used(listener.addr(), &sid, &mut ears).await;
    let websocket = sid.replace("polling", "websocket");
    for (method, path, status, body) in [
        ("GET", "/", 404, ""),
        ("GET", "/socket.io/?EIO=4", 400, r#"{"code":0,"message":"Transport unknown"}"#),
        ("GET", "/socket.io/?EIO=4&transport=x", 400, r#"{"code":0,"message":"Transport unknown"}"#),
        (
            "GET",
            "/socket.io/?EIO=4&transport=polling&sid=x",
            400,
            r#"{"code":1,"message":"Session ID unknown"}"#,
        ),
        ("POST", HANDSHAKE, 400, r#"{"code":2,"message":"Bad handshake method"}"#),
        ("GET", "/socket.io/?EIO=4&transport=websocket", 400, r#"{"code":3,"message":"Bad request"}"#),
        ("PUT", &sid, 400, r#"{"code":3,"message":"Bad request"}"#),
        ("GET", &websocket, 400, r#"{"code":3,"message":"Bad request"}"#),
        (
            "GET",
            "/socket.io/?transport=polling",
            400,
            r#"{"code":5,"message":"Unsupported protocol version"}"#,
        ),
        (
            "GET",
            "/socket.io/?EIO=3&transport=polling",
            400,
            r#"{"code":5,"message":"Unsupported protocol version"}"#,
        ),
    ] {
        let reply = call(listener.addr(), method, path, "").await;
        assert_eq!((reply.status, text(&reply)), (status, body), "{method} {path}");
    }
    ears.silent();
}

#[tokio::test]
async fn only_this_machine_may_ask() {
    let (listener, mut ears) = listener().await;
    let forbidden = r#"{"code":4,"message":"Forbidden"}"#;
    for headers in [
        vec![("Host", "example.org")],
        vec![("Host", "127.0.0.1.example.org:80")],
        vec![("Host", "localhost"), ("Origin", "https://example.org")],
        vec![("Host", "localhost"), ("Origin", "null")],
    ] {
        let request = asks("GET", HANDSHAKE, &headers, b"");
        let reply = http::call(listener.addr(), "localhost", request).await.expect("an answer");
        assert_eq!((reply.status, text(&reply)), (403, forbidden), "{headers:?}");
    }
    ears.silent();
    let page = ("Origin", "http://localhost:5173");
    let allowed = ("access-control-allow-origin".to_owned(), page.1.to_owned());
    for (method, status) in [("GET", 200), ("OPTIONS", 204)] {
        let request = asks(method, HANDSHAKE, &[page, ("Access-Control-Request-Headers", "x-key")], b"");
        let reply = http::call(listener.addr(), "[::1]:1", request).await.expect("an answer");
        assert_eq!(reply.status, status);
        assert!(reply.headers.contains(&allowed), "{:?}", reply.headers);
        assert!(reply.headers.contains(&("access-control-allow-headers".to_owned(), "x-key".to_owned())));
    }
}

#[tokio::test]
async fn a_get_waits_and_a_post_is_heard() {
    let (listener, mut ears) = listener().await;
    let path = session(listener.addr()).await;
    let addr = listener.addr();
    let get = tokio::spawn({
        let path = path.clone();
        async move { call(addr, "GET", &path, "").await }
    });
    let reply = call(addr, "POST", &path, "40\u{1e}bAQI=\u{1e}3").await;
    assert_eq!((reply.status, text(&reply)), (200, "ok"));
    let conn = ears.accepted().await;
    assert_eq!(ears.text().await, "0");
    assert_eq!(ears.message().await, Packet::Binary(vec![1, 2]));
    assert_eq!(ears.next().await, Observation::Packet { conn, packet: Packet::Pong(String::new()) });
    listener.send(conn, vec![message("0{}"), Packet::Binary(vec![255]), Packet::Ping(String::new())]);
    assert_eq!(text(&get.await.expect("an answer")), "40{}\u{1e}b/w==\u{1e}2");
    ears.silent();
}

#[tokio::test]
async fn two_gets_at_once_end_the_session() {
    let (listener, mut ears) = listener().await;
    let path = session(listener.addr()).await;
    let (first, second) =
        tokio::join!(call(listener.addr(), "GET", &path, ""), call(listener.addr(), "GET", &path, ""));
    let mut answers = [(first.status, text(&first)), (second.status, text(&second))];
    answers.sort_unstable();
    assert_eq!(answers, [(200, "1"), (400, r#"{"code":3,"message":"Bad request"}"#)]);
    assert_eq!(ears.closed().await, "two GETs of the session at once");
    let later = call(listener.addr(), "GET", &path, "").await;
    assert_eq!(text(&later), r#"{"code":1,"message":"Session ID unknown"}"#);
    ears.silent();
}

#[tokio::test]
async fn bodies_that_are_no_payload_end_the_session() {
    for (body, how) in [
        ("x", "the POST body `x` is no Engine.IO payload: `x` is no Engine.IO packet type (0 to 6)"),
        ("", "the POST body `` is no Engine.IO payload: an Engine.IO packet has at least one character"),
    ] {
        let (listener, mut ears) = listener().await;
        let path = session(listener.addr()).await;
        let reply = call(listener.addr(), "POST", &path, body).await;
        assert_eq!(reply.status, 400);
        assert_eq!(ears.closed().await, how);
        ears.silent();
    }
}

#[tokio::test]
async fn too_long_and_old_bodies_are_refused() {
    let (listener, mut ears) = listener().await;
    let path = session(listener.addr()).await;
    used(listener.addr(), &path, &mut ears).await;
    let long = format!("4{}", "x".repeat(MAX_PAYLOAD));
    assert_eq!(call(listener.addr(), "POST", &path, &long).await.status, 413);
    let old = asks("POST", &path, &[("Content-Type", "application/octet-stream")], b"4x");
    assert_eq!(http::call(listener.addr(), "localhost", old).await.expect("an answer").status, 400);
    ears.silent();
    let fits = call(listener.addr(), "POST", &path, &long[..MAX_PAYLOAD]).await;
    assert_eq!(fits.status, 200);
    assert_eq!(ears.text().await.len(), MAX_PAYLOAD - 1);
}

#[tokio::test]
async fn the_clients_close_lets_its_get_go() {
    let (listener, mut ears) = listener().await;
    let path = session(listener.addr()).await;
    let (get, post) =
        tokio::join!(call(listener.addr(), "GET", &path, ""), call(listener.addr(), "POST", &path, "1"));
    assert_eq!(text(&post), "ok");
    // Whichever came first: a GET that was pending is let go, a later one finds nothing.
    assert!(["6", r#"{"code":1,"message":"Session ID unknown"}"#].contains(&text(&get)), "{get:?}");
    assert_eq!(ears.closed().await, "Engine.IO close packet `1`");
    ears.silent();
}

#[tokio::test]
async fn a_websocket_message_may_be_too_long() {
    let (listener, mut ears) = listener().await;
    let url = format!("ws://{}/socket.io/?EIO=4&transport=websocket", listener.addr());
    let (mut socket, _) = connect_async(url).await.expect("a WebSocket");
    let first = socket.next().await.expect("a frame").expect("a frame");
    assert!(first.to_text().expect("text").contains(r#""upgrades":[]"#));
    socket.send(Message::text("4fits")).await.expect("the server reads");
    assert_eq!(ears.text().await, "fits");
    socket.send(Message::text("4".repeat(MAX_PAYLOAD + 1))).await.expect("the server reads");
    assert_eq!(ears.closed().await, format!("a WebSocket message over {MAX_PAYLOAD} bytes"));
    ears.silent();
}

#[tokio::test]
async fn a_probe_that_goes_wrong_leaves_the_session_on_polling() {
    let (listener, mut ears) = listener().await;
    let path = session(listener.addr()).await;
    let url = format!("ws://{}{}", listener.addr(), path.replace("polling", "websocket"));
    let (mut socket, _) = connect_async(&url).await.expect("a WebSocket");
    let conn = ears.accepted().await;
    socket.send(Message::text("4hello")).await.expect("the server reads");
    assert!(matches!(socket.next().await, None | Some(Err(Error::Protocol(_) | Error::Io(_)))));
    listener.send(conn, vec![message("still here")]);
    assert_eq!(text(&call(listener.addr(), "GET", &path, "").await), "4still here");
}

#[tokio::test]
async fn stopping_cuts_everything() {
    let (listener, mut ears) = listener().await;
    let addr = listener.addr();
    let url = format!("ws://{addr}/socket.io/?EIO=4&transport=websocket");
    let (mut socket, _) = connect_async(url).await.expect("a WebSocket");
    socket.next().await.expect("a frame").expect("a frame");
    let mut idle = TcpStream::connect(addr).await.expect("somebody listens");
    ears.accepted().await;
    listener.stop().await;
    assert_eq!(ears.closed().await, runner::carrier::CUT_BY_US);
    assert!(socket.next().await.expect("an end").is_err());
    assert!(idle.read_u8().await.is_err());
    assert!(TcpStream::connect(addr).await.is_err());
}
