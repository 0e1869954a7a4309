use std::{env, net::Ipv4Addr};

use axum::{
    Router,
    http::{HeaderValue, header::ACCESS_CONTROL_ALLOW_ORIGIN},
    middleware::map_response,
    response::Response,
};
use socketioxide::{SocketIo, extract::SocketRef};
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    // region: cors
    let (layer, io) = SocketIo::new_layer();
    let app = Router::new().layer(layer).layer(map_response(may_be_read));

    io.ns("/", async |socket: SocketRef| {
        socket.emit("welcome", "to the physics lesson").ok();
    });
    // endregion

    let port = env::var("PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(3000);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.unwrap();
    axum::serve(listener, app).await.unwrap();
}

/// Tells browsers which page may read the answers.
async fn may_be_read(mut response: Response) -> Response {
    let origin = env::var("ORIGIN").unwrap_or_default();
    let origin = HeaderValue::try_from(origin).expect("an origin is a header value");
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    response
}
