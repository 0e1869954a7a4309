use std::{env, net::Ipv4Addr, sync::LazyLock};

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, StatusCode, header::ORIGIN},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use serde_json::json;
use socketioxide::{SocketIo, extract::SocketRef};
use tokio::net::TcpListener;

static OUR_PAGE: LazyLock<HeaderValue> =
    LazyLock::new(|| env::var("ORIGIN").unwrap_or_default().parse().expect("ORIGIN is a header value"));

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (layer, io) = SocketIo::new_layer();

    io.ns("/", async |socket: SocketRef| {
        socket.emit("welcome", &json!({ "lesson": "physics" })).ok();
    });

    // The last layer is the outermost: the door stands before Socket.IO.
    let app = Router::new().layer(layer).layer(middleware::from_fn(door));

    let port = env::var("PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(3000);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.unwrap();
    axum::serve(listener, app).await.unwrap();
}

async fn door(request: Request, next: Next) -> Response {
    match request.headers().get(ORIGIN) {
        None => next.run(request).await,
        Some(origin) if origin == *OUR_PAGE => next.run(request).await,
        Some(_) => (StatusCode::FORBIDDEN, "foreign_origin").into_response(),
    }
}
