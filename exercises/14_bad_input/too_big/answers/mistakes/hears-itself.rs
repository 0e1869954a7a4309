use std::{env, net::Ipv4Addr};

use axum::{Router, serve::ListenerExt};
use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};
use tokio::net::TcpListener;

const LIMIT: usize = 20_000;

/// The wall. It is higher than the rule, so that the handler can explain the rule.
const WALL: usize = 50_000;

#[derive(Deserialize)]
struct HandIn {
    text: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (layer, io) = SocketIo::builder()
        .max_payload(WALL as u64)
        .ws_max_message_size(WALL)
        .ws_max_frame_size(WALL)
        .build_layer();

    io.ns("/", async |socket: SocketRef| {
        socket.on("handIn", hand_in);
    });

    let app = Router::new().layer(layer);

    let port = env::var("PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(3000);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.unwrap();
    let listener = listener.tap_io(|stream| {
        stream.set_nodelay(true).ok();
    });
    axum::serve(listener, app).await.unwrap();
}

async fn hand_in(io: SocketIo, Data(HandIn { text }): Data<HandIn>, ack: AckSender) {
    let length = text.chars().count();
    if length > LIMIT {
        ack.send(&json!({ "ok": false, "error": "too_long", "limit": LIMIT })).ok();
        return;
    }
    io.emit("handedIn", &json!({ "length": length })).await.ok();
    ack.send(&json!({ "ok": true, "length": length })).ok();
}
