//! Byte for byte: what goes in on one side comes out on the other, however it is cut, with its end.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

use crate::support::{PATIENCE, Proxy, shown};

/// A client and a server, and the proxy between them.
async fn between() -> (Proxy, TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = Proxy::before(listener.local_addr().unwrap()).await;
    let client = TcpStream::connect(proxy.addr).await.unwrap();
    let (server, _) = timeout(PATIENCE, listener.accept()).await.unwrap().unwrap();
    (proxy, client, server)
}

/// Sends in pieces and reads as many bytes on the other side.
async fn crosses(from: &mut TcpStream, to: &mut TcpStream, bytes: &[u8], step: usize, expected: &[u8]) {
    let send = async {
        for piece in bytes.chunks(step) {
            from.write_all(piece).await.unwrap();
            tokio::task::yield_now().await;
        }
    };
    let mut came = vec![0; expected.len()];
    let receive = async { to.read_exact(&mut came).await.unwrap() };
    timeout(PATIENCE, async { tokio::join!(send, receive) }).await.expect("it comes through");
    assert_eq!(String::from_utf8_lossy(&came), String::from_utf8_lossy(expected));
}

async fn ends(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut rest = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut rest)).await.expect("it ends").map(|_| rest)
}

#[tokio::test]
async fn http_passes_as_it_was_written() {
    for step in [1, 3, 1000] {
        let (proxy, mut client, mut server) = between().await;
        let asked = format!(
            "POST /path?a=b%20c HTTP/1.1\r\nhOsT: {}\r\nX-Twice: 1\r\nx-twice:2\r\nConnection: keep-alive\r\n\
             Transfer-Encoding: chunked\r\n\r\n3;ext=\"x\"\r\nabc\r\n0\r\nTrailer: t\r\n\r\n",
            proxy.addr
        );
        let server_addr = server.local_addr().unwrap().to_string();
        let expected = asked.replace(&proxy.addr.to_string(), &server_addr);
        let answer = "HTTP/1.1 207 Odd reason\r\nSET-COOKIE: a=b\r\nset-cookie: c=d\r\nContent-Length: 3\r\n\r\n\x00\x01\x02\
                      HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n";
        for _ in 0..2 {
            crosses(&mut client, &mut server, asked.as_bytes(), step, expected.as_bytes()).await;
        }
        crosses(&mut server, &mut client, answer.as_bytes(), step, answer.as_bytes()).await;
        drop(server);
        assert_eq!(ends(&mut client).await.unwrap(), b"");
        let read = proxy.says("not Socket.IO; an answer of 3 bytes").await;
        assert_eq!(
            shown(&read)[0],
            "http < POST /path?a=b%20c 207 Odd reason | an HTTP request that is not Socket.IO; an answer of 3 bytes"
        );
    }
}

fn upgrade(proxy: &Proxy, path: &str) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        proxy.addr
    )
}

/// A WebSocket through the proxy, on which both sides can say what they like.
async fn websocket(path: &str) -> (Proxy, TcpStream, TcpStream) {
    let (proxy, mut client, mut server) = between().await;
    let asked = upgrade(&proxy, path);
    let expected = asked.replace(&proxy.addr.to_string(), &server.local_addr().unwrap().to_string());
    crosses(&mut client, &mut server, asked.as_bytes(), 9999, expected.as_bytes()).await;
    let answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    crosses(&mut server, &mut client, answer.as_bytes(), 7, answer.as_bytes()).await;
    (proxy, client, server)
}

const ENGINE: &str = "/socket.io/?EIO=4&transport=websocket";

#[tokio::test]
async fn garbage_on_a_websocket_passes_and_is_shown() {
    let (proxy, mut client, mut server) = websocket(ENGINE).await;
    let garbage: Vec<u8> = (0..=255).rev().cycle().take(100_000).collect();
    crosses(&mut client, &mut server, &garbage, 4_096, &garbage).await;
    // A text frame that is no packet, and one that is none of Socket.IO.
    let odd = b"\x81\x03zzz\x81\x03459\x81\x0242";
    crosses(&mut server, &mut client, odd, 1, odd).await;
    let read = shown(&proxy.says("an event without a name").await);
    assert!(read[0].starts_with("!1 > "), "{read:#?}");
    assert_eq!(read[1], "!1 < zzz | what is no Engine.IO packet: `z` is no Engine.IO packet type (0 to 6)");
    assert!(read[2].starts_with("!1 < 459 | the server sends what cannot be read: "), "{read:#?}");
}

#[tokio::test]
async fn a_huge_frame_passes_and_the_next_packet_is_read() {
    let (proxy, mut client, mut server) = websocket(ENGINE).await;
    let mut huge = vec![0x82, 127];
    huge.extend(40_000_000_u64.to_be_bytes());
    huge.resize(huge.len() + 40_000_000, b'x');
    huge.extend(b"\x81\x012");
    crosses(&mut server, &mut client, &huge, 1_000_000, &huge).await;
    let read = proxy.says("are you there").await;
    assert_eq!(shown(&read), ["!1 <  | a message of 40000000 bytes, too long to be read"]);
}

#[tokio::test]
async fn the_ends_of_a_connection_are_what_they_were() {
    // A FIN, while the other direction goes on.
    let (proxy, mut client, mut server) = websocket(ENGINE).await;
    client.write_all(b"\x81\x012").await.unwrap();
    client.shutdown().await.unwrap();
    assert_eq!(ends(&mut server).await.unwrap(), b"\x81\x012");
    crosses(&mut server, &mut client, b"still here", 1, b"still here").await;
    drop(server);
    assert_eq!(ends(&mut client).await.unwrap(), b"");
    proxy.says("the client ends the WebSocket: TCP connection closed without a close frame").await;

    // A reset, each way.
    for client_resets in [true, false] {
        let (proxy, client, server) = websocket(ENGINE).await;
        let (gone, mut stays) = if client_resets { (client, server) } else { (server, client) };
        gone.set_zero_linger().unwrap();
        drop(gone);
        assert_eq!(ends(&mut stays).await.unwrap_err().kind(), std::io::ErrorKind::ConnectionReset);
        let who = if client_resets { "client" } else { "server" };
        proxy.says(&format!("the {who} ends the WebSocket: TCP connection reset")).await;
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_as_if_the_proxy_were_not() {
    let gone = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let proxy = Proxy::before(gone).await;
    let mut client = TcpStream::connect(proxy.addr).await.unwrap();
    assert_eq!(ends(&mut client).await.unwrap_err().kind(), std::io::ErrorKind::ConnectionReset);
    proxy.says("cannot be reached").await;
}

#[tokio::test]
async fn a_server_that_speaks_no_http_passes_unread() {
    let (proxy, mut client, mut server) = between().await;
    crosses(&mut server, &mut client, b"SSH-2.0-x\r\nhello", 1, b"SSH-2.0-x\r\nhello").await;
    proxy.says("no HTTP; it passes unread").await;
}

#[tokio::test]
async fn an_answer_that_never_comes_is_said() {
    let (proxy, mut client, mut server) = between().await;
    let asked = format!("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: {}\r\n\r\n", proxy.addr);
    client.write_all(asked.as_bytes()).await.unwrap();
    let mut first = [0; 4];
    server.read_exact(&mut first).await.unwrap();
    drop(client);
    let read = proxy.says("before GET /socket.io/?EIO=4&transport=polling is answered").await;
    assert!(shown(&read)[0].starts_with("1 >  | the client ends the connection"), "{read:?}");
}

/// What the server must never see.
async fn refused(asked: impl Fn(&Proxy) -> String, status: &str) {
    let (proxy, mut client, mut server) = between().await;
    client.write_all(asked(&proxy).as_bytes()).await.unwrap();
    let answer = String::from_utf8(ends(&mut client).await.unwrap()).unwrap();
    assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
    assert_eq!(ends(&mut server).await.unwrap(), b"");
    proxy.says("not passed on").await;
}

#[tokio::test]
async fn pages_of_other_sites_and_other_names_get_nothing_through() {
    let with = |fields: &'static str| {
        move |proxy: &Proxy| format!("GET / HTTP/1.1\r\nHost: {}\r\n{fields}\r\n\r\n", proxy.addr)
    };
    refused(with("Origin: https://evil.test"), "403").await;
    refused(with("Origin: null"), "403").await;
    refused(with("Sec-Fetch-Site: cross-site"), "403").await;
    refused(|_| "GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n".to_owned(), "403").await;
    refused(|_| "GET / HTTP/1.0\r\n\r\n".to_owned(), "403").await;
    refused(
        |proxy| upgrade(proxy, ENGINE).replace("\r\n\r\n", "\r\nOrigin: https://evil.test\r\n\r\n"),
        "403",
    )
    .await;
    refused(|proxy| format!("GET http://{}/ HTTP/1.1\r\nHost: {0}\r\n\r\n", proxy.addr), "400").await;
    refused(|_| "\x16\x03\x01\x02\r\n\r\n".to_owned(), "400").await;
    refused(|_| format!("GET / HTTP/1.1\r\nA: {}\r\n\r\n", "a".repeat(70_000)), "431").await;
}
