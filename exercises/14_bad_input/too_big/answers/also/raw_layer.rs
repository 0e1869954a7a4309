//! The payload as plain JSON, one place for the answer, and a limit for messages only: a frame is never larger.

use axum::Router;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

fn judge(homework: &Value) -> Result<usize, Value> {
    let length = homework["text"].as_str().map_or(0, str::len);
    if length > 20_000 {
        return Err(json!({ "ok": false, "error": "too_long", "limit": 20_000 }));
    }
    Ok(length)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let (layer, io) = SocketIo::builder().max_payload(80_000).ws_max_message_size(80_000).build_layer();
    io.ns("/", |socket: SocketRef| async move {
        socket.on("handIn", |socket: SocketRef, Data(homework): Data<Value>, ack: AckSender| async move {
            let answer = match judge(&homework) {
                Ok(length) => {
                    let news = json!({ "length": length });
                    socket.broadcast().emit("handedIn", &news).await.ok();
                    json!({ "ok": true, "length": length })
                }
                Err(refusal) => refusal,
            };
            ack.send(&answer).ok();
        });
    });
    let port = std::env::var("PORT").unwrap_or_else(|_| "3000".to_owned());
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    axum::serve(listener, Router::new().layer(layer)).await
}
