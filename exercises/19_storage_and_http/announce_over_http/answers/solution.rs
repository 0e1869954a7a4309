use std::{
    env,
    sync::atomic::{AtomicU64, Ordering},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::State,
    http::{HeaderMap, StatusCode, header::AUTHORIZATION},
    routing::post,
    serve::ListenerExt,
};
use serde_json::{Value, json};
use socketioxide::SocketIo;
use tokio::net::TcpListener;

#[derive(Clone)]
struct Office {
    io: SocketIo,
    key: String,
}

const LONGEST: usize = 200_000;
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
    body: Body,
) -> Result<(StatusCode, String), StatusCode> {
    if headers.get(AUTHORIZATION).is_none_or(|value| value != &format!("Bearer {key}")) {
        return Err(StatusCode::UNAUTHORIZED);
    }
    // Only now: a stranger's body is not even read.
    let text = text_of(body).await.ok_or(StatusCode::BAD_REQUEST)?;
    let id = COUNT.fetch_add(1, Ordering::Relaxed);
    io.emit("announcement", &json!({ "id": id, "text": text })).await.ok();
    Ok((StatusCode::CREATED, json!({ "id": id }).to_string()))
}

/// The announcement's text, or nothing if the body is not as it should be.
async fn text_of(body: Body) -> Option<String> {
    let bytes = to_bytes(body, LONGEST).await.ok()?;
    let body: Value = serde_json::from_slice(&bytes).ok()?;
    let text = body.get("text")?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}
