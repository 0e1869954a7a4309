//! One handler for every method, which reads the raw request. The emit comes from a task of its own, by channel.

use std::{env, net::Ipv4Addr};

use axum::{
    Router,
    body::to_bytes,
    extract::{Request, State},
    http::{Method, StatusCode},
    response::{IntoResponse, Response},
    routing::any,
};
use serde_json::{Value, json};
use socketioxide::{SocketIo, extract::SocketRef};
use tokio::{
    net::TcpListener,
    sync::{mpsc, oneshot},
};

type Desk = mpsc::Sender<(String, oneshot::Sender<usize>)>;

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(serve());
}

async fn serve() {
    let (layer, io) = SocketIo::builder().build_layer();
    io.ns("/", async |_: SocketRef| {});
    let (desk, mut news) = mpsc::channel::<(String, oneshot::Sender<usize>)>(8);
    tokio::spawn(async move {
        let mut announcements = Vec::new();
        while let Some((text, number)) = news.recv().await {
            let id = announcements.len();
            for socket in io.sockets() {
                socket.emit("announcement", &json!({ "text": text, "id": id })).ok();
            }
            announcements.push(text);
            number.send(id).ok();
        }
    });
    let app = Router::new().route("/announcements", any(handle)).with_state(desk).layer(layer);
    let port = env::var("PORT").unwrap().parse::<u16>().unwrap();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.unwrap();
    axum::serve(listener, app).await.unwrap();
}

async fn handle(State(desk): State<Desk>, request: Request) -> Response {
    if request.method() != Method::POST {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let shown = request.headers().get("authorization").and_then(|value| value.to_str().ok());
    if shown.and_then(|shown| shown.strip_prefix("Bearer ")) != env::var("OFFICE_KEY").ok().as_deref() {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let bytes = to_bytes(request.into_body(), 300_000).await.unwrap_or_default();
    let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    match body["text"].as_str() {
        Some(text) if !text.is_empty() => {
            let (number, answer) = oneshot::channel();
            desk.send((text.to_owned(), number)).await.ok();
            let id = answer.await.unwrap_or_default();
            (StatusCode::CREATED, [("content-type", "application/json")], json!({ "id": id }).to_string())
                .into_response()
        }
        _ => (StatusCode::BAD_REQUEST, "no text").into_response(),
    }
}
