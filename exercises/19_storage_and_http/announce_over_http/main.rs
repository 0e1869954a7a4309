// Announce over HTTP: the office posts, and everyone hears. The contract is in exercise.yaml.
//
// One HTTP server for both: the layer takes the requests to Socket.IO's path, and all others come to the router.

use std::{
    env,
    sync::atomic::{AtomicU64, Ordering},
};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
    serve::ListenerExt,
};
use serde::Deserialize;
use serde_json::json;
use socketioxide::SocketIo;
use tokio::net::TcpListener;

#[derive(Clone)]
struct Office {
    #[allow(dead_code)] // nobody uses it yet
    io: SocketIo,
    #[allow(dead_code)] // nobody looks at it yet
    key: String,
}

#[derive(Deserialize)]
struct Announcement {
    #[allow(dead_code)] // nobody hears it yet
    text: String,
}

static COUNT: AtomicU64 = AtomicU64::new(1);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (layer, io) = SocketIo::new_layer();
    io.ns("/", async || ());

    let office = Office { io, key: variable("OFFICE_KEY") };
    let router = Router::new().route("/announcements", post(announce)).with_state(office).layer(layer);

    let port = variable("PORT").parse().expect("`PORT` is a number");
    let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("the port is free");
    // Small packets shall not wait for company.
    let listener = listener.tap_io(|stream| {
        stream.set_nodelay(true).ok();
    });
    axum::serve(listener, router).await.expect("the server runs");
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("`{name}` is set"))
}

async fn announce(
    State(_office): State<Office>,
    _headers: HeaderMap,
    body: String,
) -> Result<(StatusCode, String), StatusCode> {
    // May this one speak to the whole school? And is there a text in what was sent?
    let _announcement: Option<Announcement> = serde_json::from_str(&body).ok();

    // The office has its answer. Who tells the clients?
    let id = COUNT.fetch_add(1, Ordering::Relaxed);
    Ok((StatusCode::CREATED, json!({ "id": id }).to_string()))
}
