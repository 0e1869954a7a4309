// Foreign origin: only our own page gets in. The contract is in exercise.yaml.
//
// This is a whole program: it puts Socket.IO on an axum router and listens. The page that may come in is in the
// environment variable ORIGIN.

use std::{env, net::Ipv4Addr, sync::LazyLock};

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, header::ACCESS_CONTROL_ALLOW_ORIGIN},
    middleware::{self, Next},
    response::Response,
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
    let mut response = next.run(request).await;
    // Who reads this header: the server, or the browser?
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, OUR_PAGE.clone());
    response
}
