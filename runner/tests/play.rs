//! The page beside a server: what a browser does, over polling and WebSocket, through our port.

#[path = "carrier/support.rs"]
mod support;

use std::{fs, net::SocketAddr};

use grader::scenario::play::drive::HttpRequest;
use runner::{carrier::http, play::Stage};

use support::{TRANSPORTS, dial, echo_server, message};

async fn stage(program: SocketAddr) -> (SocketAddr, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("index.html"), "<h1>page</h1>").unwrap();
    let stage = Stage::open(0).await.unwrap();
    let addr = stage.url().trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
    let page = folder.path().to_path_buf();
    let program = tokio::sync::watch::Sender::new(program).subscribe();
    tokio::spawn(async move { stage.serve(&page, program).await });
    (addr, folder)
}

async fn get(addr: SocketAddr, path: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let request = HttpRequest { method: "GET".to_owned(), path: path.to_owned(), headers, body: Vec::new() };
    let reply = http::call(addr, &addr.to_string(), request).await.unwrap();
    (reply.status, String::from_utf8(reply.body).unwrap())
}

#[tokio::test]
async fn a_client_on_the_page_talks_to_the_server_behind_it() {
    let (addr, _folder) = stage(echo_server().await).await;
    for transport in TRANSPORTS {
        let (line, mut ears) = dial(addr, transport);
        line.send(vec![message("0")]);
        assert!(ears.text().await.starts_with("0{\"sid\""), "{transport:?}");
        line.send(vec![message(r#"21["echo","é"]"#)]);
        assert_eq!(ears.text().await, r#"2["echo","é"]"#, "{transport:?}");
        line.close();
    }
}

#[tokio::test]
async fn the_page_the_client_and_the_style_are_served() {
    let (addr, _folder) = stage(echo_server().await).await;
    assert_eq!(get(addr, "/", &[]).await, (200, "<h1>page</h1>".to_owned()));
    assert!(get(addr, "/socket.io.js", &[]).await.1.contains("Socket.IO v4.8.3"));
    assert!(get(addr, "/play.css", &[]).await.1.contains("color-scheme"));
}

#[tokio::test]
async fn another_site_gets_nothing() {
    let (addr, _folder) = stage(echo_server().await).await;
    for path in ["/", "/socket.io/?EIO=4&transport=polling"] {
        assert_eq!(get(addr, path, &[("origin", "http://example.org")]).await.0, 403);
        assert_eq!(get(addr, path, &[("host", "example.org")]).await.0, 403);
    }
}

#[tokio::test]
async fn a_server_that_is_gone_is_said() {
    let gone = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let (addr, _folder) = stage(gone).await;
    let (status, words) = get(addr, "/socket.io/?EIO=4&transport=polling", &[]).await;
    assert_eq!(status, 502);
    assert!(words.contains("does not answer"), "{words}");
}
