use axum::{Router, routing::get};
use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};
use tokio::net::TcpListener;

#[derive(Deserialize)]
struct Factors {
    a: i64,
    b: i64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    // region: http
    let router = Router::new().route("/", get(async || "The school is open."));
    // endregion

    // region: attach
    let (layer, io) = SocketIo::new_layer();

    io.ns("/", async |socket: SocketRef| {
        socket.on("multiply", async |socket: SocketRef, Data::<Factors>(Factors { a, b })| {
            socket.emit("product", &json!({ "a": a, "b": b, "product": a * b })).ok();
        });
    });

    let app = router.layer(layer);
    // endregion

    // region: listen
    let port = std::env::var("PORT").unwrap();
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await.unwrap();
    axum::serve(listener, app).await.unwrap();
    // endregion
}
