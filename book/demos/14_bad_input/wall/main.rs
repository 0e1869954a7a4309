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
struct Draw {
    picture: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    // region: wall
    let (layer, io) = SocketIo::builder()
        .max_payload(100) // bytes, for the body of a polling request
        .ws_max_message_size(100) // bytes, for a WebSocket message
        .ws_max_frame_size(100) // and for each of its parts
        .build_layer();
    // endregion

    io.ns("/", async |socket: SocketRef| {
        socket.on("draw", async |Data(Draw { picture }): Data<Draw>, ack: AckSender| {
            ack.send(&json!({ "ok": true, "size": picture.len() })).ok();
        });
    });

    let port = env::var("PORT").unwrap().parse().unwrap();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.unwrap();
    let listener = listener.tap_io(|stream| {
        stream.set_nodelay(true).ok();
    });
    axum::serve(listener, Router::new().layer(layer)).await.unwrap();
}
