use std::{
    env,
    sync::atomic::{AtomicU64, Ordering},
};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header::AUTHORIZATION},
    routing::post,
    serve::ListenerExt,
};
use serde::Deserialize;
use serde_json::json;
use socketioxide::SocketIo;
use tokio::net::TcpListener;

#[derive(Clone)]
struct Office {
    io: SocketIo,
    key: String,
}

#[derive(Deserialize)]
struct Announcement {
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
    State(Office { io, key }): State<Office>,
    headers: HeaderMap,
    body: String,
) -> Result<(StatusCode, String), StatusCode> {
    if headers.get(AUTHORIZATION).is_none_or(|value| value != &format!("Bearer {key}")) {
        return Err(StatusCode::UNAUTHORIZED);
    }
    let Announcement { text } = serde_json::from_str(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
    if text.is_empty() {
        return Err(StatusCode::BAD_REQUEST);
    }
    let id = COUNT.fetch_add(1, Ordering::Relaxed);
    io.emit("announcement", &json!({ "id": id, "text": text })).await.ok();
    Ok((StatusCode::OK, json!({ "id": id }).to_string()))
}
