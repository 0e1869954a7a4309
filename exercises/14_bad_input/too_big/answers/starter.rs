use std::{env, net::Ipv4Addr};

use axum::{Router, serve::ListenerExt};
use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};
use tokio::net::TcpListener;

#[derive(Deserialize)]
struct HandIn {
    text: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    // How large may a packet be? Nothing is said about it here, and so the library decides.
    let (layer, io) = SocketIo::new_layer();

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

async fn hand_in(socket: SocketRef, Data(HandIn { text }): Data<HandIn>, ack: AckSender) {
    let length = text.chars().count();
    socket.broadcast().emit("handedIn", &json!({ "length": length })).await.ok();
    ack.send(&json!({ "ok": true, "length": length })).ok();
}
