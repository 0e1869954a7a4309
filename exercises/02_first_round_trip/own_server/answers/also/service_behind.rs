//! Socket.IO as the service behind all routes, a runtime that is built by hand, and no word about small packets.

use axum::{Router, http::StatusCode, routing::any};
use serde::Serialize;
use socketioxide::{SocketIo, extract::SocketRef};

#[derive(Serialize)]
struct Welcome<'a> {
    text: &'a str,
}

fn main() {
    let port = std::env::var("PORT").unwrap_or_else(|_| "3000".to_owned());
    let listener = std::net::TcpListener::bind(format!("0.0.0.0:{port}")).unwrap();
    listener.set_nonblocking(true).unwrap();

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (service, io) = SocketIo::new_svc();
        io.ns("/", greet);
        let app = Router::new()
            .route("/health", any(async || r#"{"ok":true}"#))
            .route("/robots.txt", any(async || StatusCode::NOT_FOUND))
            .fallback_service(service);
        axum::serve(tokio::net::TcpListener::from_std(listener).unwrap(), app).await.unwrap();
    });
}

async fn greet(socket: SocketRef) {
    socket.emit("welcome", &Welcome { text: "Good morning!" }).unwrap();
}
