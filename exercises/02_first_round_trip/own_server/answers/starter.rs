// Your own server: this time nobody hosts you. The contract is in exercise.yaml.
//
// Run it by hand, too:  PORT=3000 cargo run --bin own_server   and open http://127.0.0.1:3000/health in a browser.
//
// What you may need: `tokio::net::TcpListener` opens a port, `axum::serve` serves a router on it, and
// `axum::routing::get` makes a route of an async function that returns a text. A small packet should not wait
// for company: `tap_io` of `axum::serve::ListenerExt` can call `set_nodelay(true)` on each connection.

use axum::Router;
use serde_json::json;
use socketioxide::{SocketIo, extract::SocketRef};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    // `io` is the Socket.IO server. The layer is what brings it its clients.
    let (_layer, io) = SocketIo::new_layer();

    io.ns("/", async |socket: SocketRef| {
        socket.emit("welcome", &json!({ "text": "Good morning!" })).ok();
    });

    // A router decides who answers an HTTP request. This one answers each with 404.
    let _app: Router = Router::new();

    println!("ready, and PORT is {:?}", std::env::var("PORT"));
}
