use axum::{Router, http::header::CONTENT_TYPE, response::IntoResponse, routing::get};
use serde_json::json;
use socketioxide::{SocketIo, extract::SocketRef};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (layer, io) = SocketIo::new_layer();

    io.ns("/", async |socket: SocketRef| {
        socket.emit("welcome", &json!({ "text": "Good morning!" })).ok();
    });

    let _app: Router = Router::new().route("/health", get(health)).layer(layer);
}

async fn health() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], json!({ "ok": true }).to_string())
}
