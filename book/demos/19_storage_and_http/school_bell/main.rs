use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::post,
};
use serde_json::json;
use socketioxide::SocketIo;
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (layer, io) = SocketIo::new_layer();
    io.ns("/", async || ());

    // region: http
    // axum answers 405 by itself when the path is right and the method is not.
    let router = Router::new().route("/bell/{lesson}", post(ring)).with_state(io);
    // endregion

    let port = std::env::var("PORT").unwrap();
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await.unwrap();
    axum::serve(listener, router.layer(layer)).await.unwrap();
}

// region: ring
async fn ring(State(io): State<SocketIo>, Path(lesson): Path<String>) -> StatusCode {
    io.emit("bell", &json!({ "lesson": lesson })).await.ok();
    StatusCode::ACCEPTED
}
// endregion
