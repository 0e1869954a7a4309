use std::{env, net::Ipv4Addr};

use axum::{Router, http::header::CONTENT_TYPE, response::IntoResponse, routing::get, serve::ListenerExt};
use serde_json::json;
use socketioxide::{SocketIo, extract::SocketRef};
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (layer, io) = SocketIo::new_layer();

    io.ns("/", async |socket: SocketRef| {
        socket.emit("welcome", &json!({ "text": "Good morning!" })).ok();
    });

    let app = Router::new().route("/health", get(health)).route_layer(layer);

    let port = env::var("PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(3000);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.unwrap();
    let listener = listener.tap_io(|stream| {
        stream.set_nodelay(true).ok();
    });
    axum::serve(listener, app).await.unwrap();
}

async fn health() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], json!({ "ok": true }).to_string())
}
