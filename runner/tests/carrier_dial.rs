//! `carrier::dial` against a real server of another make, and against our own.

#[path = "carrier/support.rs"]
mod support;

use std::time::{Duration, Instant};

use grader::{
    scenario::{
        model::Transport,
        play::drive::{Observation, OpenFailure},
    },
    transcript::Direction,
    wire::engine::Packet,
};
use runner::carrier::{CLOSED_BY_US, CUT_BY_US, dial, listen::Listener};

use support::{Ears, TRANSPORTS, dial, ears, echo_server, message, request, target};

/// The session opens, and the handshake follows at once.
async fn opened(ears: &mut Ears) {
    assert_eq!(ears.next().await, Observation::Opened(7));
    let Observation::Packet { conn: 7, packet: Packet::Open(_) } = ears.next().await else {
        panic!("the handshake follows")
    };
}

#[tokio::test]
async fn every_transport_echoes_text_and_bytes() {
    let addr = echo_server().await;
    for transport in TRANSPORTS {
        let (line, mut ears) = dial(addr, transport);
        line.send(vec![message("0")]);
        opened(&mut ears).await;
        assert!(ears.text().await.starts_with("0{\"sid\""), "{transport:?}");
        line.send(vec![message(r#"21["echo","é"]"#)]);
        assert_eq!(ears.text().await, r#"2["echo","é"]"#, "{transport:?}");
        assert_eq!(ears.text().await, r#"31["é"]"#, "{transport:?}");
        let attached = message(r#"51-["bytes",{"_placeholder":true,"num":0}]"#);
        let bytes = Packet::Binary(vec![0, 255, 30]);
        line.send(vec![attached.clone(), bytes.clone()]);
        assert_eq!(ears.message().await, attached, "{transport:?}");
        assert_eq!(ears.message().await, bytes, "{transport:?}");
        line.close();
        assert_eq!(ears.closed().await, CLOSED_BY_US, "{transport:?}");
    }
}

#[tokio::test]
async fn heartbeats_are_left_to_the_play() {
    // socketioxide pings at once, and then waits for the pong.
    let addr = echo_server().await;
    for transport in [Transport::Websocket, Transport::Polling] {
        let (line, mut ears) = dial(addr, transport);
        opened(&mut ears).await;
        let ping = Observation::Packet { conn: 7, packet: Packet::Ping(String::new()) };
        assert_eq!(ears.next().await, ping, "{transport:?}");
        line.send(vec![Packet::Pong(String::new()), message("0")]);
        assert!(ears.text().await.starts_with('0'), "{transport:?}");
    }
}

#[tokio::test]
async fn an_upgrade_says_every_step() {
    let addr = echo_server().await;
    let (_line, mut ears) = dial(addr, Transport::Upgrade);
    opened(&mut ears).await;
    let mut steps = Vec::new();
    loop {
        match ears.next().await {
            Observation::Aside { direction, packet, .. } => steps.push((direction, packet.to_text())),
            Observation::Upgraded(7) => break,
            Observation::Packet { packet: Packet::Ping(_), .. } => {}
            other => panic!("{other:?} is no part of an upgrade"),
        }
    }
    steps.retain(|(_, text)| text != "6");
    let steps: Vec<_> = steps.iter().map(|(direction, text)| (*direction, text.as_str())).collect();
    let expected =
        [(Direction::ToProgram, "2probe"), (Direction::FromProgram, "3probe"), (Direction::ToProgram, "5")];
    assert_eq!(steps, expected);
}

#[tokio::test]
async fn nothing_is_lost_or_overtaken_on_any_transport() {
    // Both ways at full speed, so that an upgrade happens in the middle of it.
    const MANY: usize = 300;
    for transport in TRANSPORTS {
        let (out, mut server) = ears();
        let listener = Listener::start(out).await.expect("a free port");
        let (line, mut client) = dial(listener.addr(), transport);
        let conn = server.accepted().await;
        for number in 0..MANY {
            let packet =
                if number % 3 == 0 { Packet::Binary(vec![1; number]) } else { message(&number.to_string()) };
            line.send(vec![packet.clone()]);
            listener.send(conn, vec![packet]);
            tokio::task::yield_now().await;
        }
        for number in 0..MANY {
            let packet =
                if number % 3 == 0 { Packet::Binary(vec![1; number]) } else { message(&number.to_string()) };
            assert_eq!(server.message().await, packet, "{transport:?}, to the server");
            assert_eq!(client.message().await, packet, "{transport:?}, to the client");
        }
        listener.stop().await;
    }
}

#[tokio::test]
async fn what_is_sent_during_the_upgrade_arrives_in_order() {
    const MANY: usize = 50;
    let (out, mut server) = ears();
    let listener = Listener::start(out).await.expect("a free port");
    let (line, mut client) = dial(listener.addr(), Transport::Upgrade);
    let conn = server.accepted().await;
    // One more at each step of either side, until both have moved.
    let mut sent = 0;
    let (mut heard, mut answered) = (Vec::new(), Vec::new());
    let mut moved = 0;
    while heard.len() < MANY || answered.len() < MANY || moved < 2 {
        if sent < MANY {
            line.send(vec![message(&sent.to_string())]);
            listener.send(conn, vec![message(&sent.to_string())]);
            sent += 1;
        }
        let (observation, list) = tokio::select! {
            observation = server.next() => (observation, &mut heard),
            observation = client.next() => (observation, &mut answered),
        };
        match observation {
            Observation::Packet { packet: Packet::Message(text), .. } => list.push(text),
            Observation::Upgraded(_) => moved += 1,
            Observation::Closed { how, .. } => panic!("{how}"),
            _ => {}
        }
    }
    let expected: Vec<_> = (0..MANY).map(|number| number.to_string()).collect();
    assert_eq!(heard, expected);
    assert_eq!(answered, expected);
    drop(line);
    listener.stop().await;
}

#[tokio::test]
async fn a_cut_is_seen_as_one_and_sends_what_came_before() {
    for (transport, seen) in [
        (Transport::Websocket, "TCP connection reset"),
        (Transport::Polling, "the client aborted its pending GET"),
    ] {
        let (out, mut server) = ears();
        let listener = Listener::start(out).await.expect("a free port");
        let (line, mut client) = dial(listener.addr(), transport);
        opened(&mut client).await;
        line.send(vec![message("last words")]);
        line.hold(Duration::from_hours(1));
        line.send(vec![message("never said")]);
        line.cut();
        assert_eq!(client.next().await, Observation::Closed { conn: 7, how: CUT_BY_US.to_owned() });
        client.silent();
        assert_eq!(server.text().await, "last words", "{transport:?}");
        assert_eq!(server.closed().await, seen, "{transport:?}");
        listener.stop().await;
    }
}

#[tokio::test]
async fn a_dropped_line_is_cut() {
    let (out, mut server) = ears();
    let listener = Listener::start(out).await.expect("a free port");
    let (line, _client) = dial(listener.addr(), Transport::Websocket);
    server.accepted().await;
    drop(line);
    server.closed().await;
    listener.stop().await;
}

#[tokio::test]
async fn a_close_comes_after_what_was_sent() {
    for (transport, seen) in
        [(Transport::Websocket, "close frame 1005"), (Transport::Polling, "Engine.IO close packet `1`")]
    {
        let (out, mut server) = ears();
        let listener = Listener::start(out).await.expect("a free port");
        let (line, mut client) = dial(listener.addr(), transport);
        line.send(vec![message("last words")]);
        line.close();
        assert_eq!(server.text().await, "last words", "{transport:?}");
        assert_eq!(server.closed().await, seen, "{transport:?}");
        assert_eq!(client.closed().await, CLOSED_BY_US, "{transport:?}");
        client.silent();
        listener.stop().await;
    }
}

#[tokio::test]
async fn the_server_ends_it() {
    for (transport, polite, rude) in [
        (Transport::Websocket, "close frame 1005", "TCP connection reset"),
        (Transport::Polling, "Engine.IO close packet `1`", "TCP connection reset"),
    ] {
        let (out, mut server) = ears();
        let listener = Listener::start(out).await.expect("a free port");
        let (_line, mut client) = dial(listener.addr(), transport);
        let conn = server.accepted().await;
        listener.send(conn, vec![message("last words")]);
        listener.close(conn);
        assert_eq!(client.text().await, "last words");
        assert_eq!(client.closed().await, polite, "{transport:?}");
        assert_eq!(server.closed().await, CLOSED_BY_US, "{transport:?}");

        let (line, mut client) = dial(listener.addr(), transport);
        let conn = server.accepted().await;
        opened(&mut client).await;
        if transport == Transport::Polling {
            // The answer shows that the next GET is pending, or at least on its way.
            listener.send(conn, vec![message("0")]);
            client.text().await;
            line.send(vec![message("1")]);
            server.text().await;
        }
        listener.cut(conn);
        assert_eq!(client.closed().await, rude, "{transport:?}");
        assert_eq!(server.closed().await, CUT_BY_US, "{transport:?}");
        listener.stop().await;
    }
}

#[tokio::test]
async fn a_hold_delays_what_comes_after_it() {
    let held = Duration::from_millis(30);
    for transport in [Transport::Websocket, Transport::Polling] {
        let (out, mut server) = ears();
        let listener = Listener::start(out).await.expect("a free port");
        let (line, mut client) = dial(listener.addr(), transport);
        opened(&mut client).await;
        let begin = Instant::now();
        line.send(vec![message("now")]);
        line.hold(held);
        line.send(vec![message("later")]);
        assert_eq!(server.text().await, "now");
        assert_eq!(server.text().await, "later");
        assert!(begin.elapsed() >= held, "{transport:?}");
        listener.stop().await;
    }
}

#[tokio::test]
async fn given_up_before_it_was_open() {
    let (out, mut client) = ears();
    let addr = echo_server().await;
    drop(dial::open(7, target(addr), request(Transport::Websocket), out));
    let why = OpenFailure::NotEngineIo("given up before it was open".to_owned());
    assert_eq!(client.next().await, Observation::NotOpened { conn: 7, why });
}

#[tokio::test]
#[ignore = "a measurement: cargo test --release -p runner --test carrier_dial -- --ignored --nocapture"]
#[expect(clippy::print_stderr, reason = "its numbers are for a person")]
async fn round_trip_of_an_echo() {
    const TIMES: usize = 5_000;
    let addr = echo_server().await;
    for transport in [Transport::Websocket, Transport::Polling] {
        let (line, mut ears) = dial(addr, transport);
        line.send(vec![message("0")]);
        ears.text().await;
        let mut times = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let begin = Instant::now();
            line.send(vec![message(r#"2["echo","hello"]"#)]);
            ears.text().await;
            times.push(begin.elapsed());
        }
        times.sort_unstable();
        eprintln!(
            "{transport:?}: median {:?}, 99% {:?}, most {:?}",
            times[TIMES / 2],
            times[TIMES * 99 / 100],
            times[TIMES - 1]
        );
    }
}
