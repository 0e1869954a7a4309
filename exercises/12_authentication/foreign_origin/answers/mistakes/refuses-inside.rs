use std::{env, net::Ipv4Addr, sync::LazyLock};

use axum::{
    Router,
    extract::Request,
    http::{
        HeaderValue,
        header::{ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN},
    },
    middleware::{self, Next},
    response::Response,
};
use serde_json::json;
use socketioxide::{SocketIo, extract::SocketRef, handler::ConnectHandler};
use tokio::net::TcpListener;

static OUR_PAGE: LazyLock<HeaderValue> =
    LazyLock::new(|| env::var("ORIGIN").unwrap_or_default().parse().expect("ORIGIN is a header value"));

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (layer, io) = SocketIo::new_layer();

    let greet = async |socket: SocketRef| {
        socket.emit("welcome", &json!({ "lesson": "physics" })).ok();
    };
    io.ns("/", greet.with(check_origin));

    // The last layer is the outermost: the door stands before Socket.IO.
    let app = Router::new().layer(layer).layer(middleware::from_fn(door));

    let port = env::var("PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(3000);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.unwrap();
    axum::serve(listener, app).await.unwrap();
}

async fn check_origin(socket: SocketRef) -> Result<(), &'static str> {
    match socket.req_parts().headers.get(ORIGIN) {
        Some(origin) if origin != *OUR_PAGE => Err("foreign_origin"),
        _ => Ok(()),
    }
}

async fn door(request: Request, next: Next) -> Response {
    match request.headers().get(ORIGIN) {
        None => next.run(request).await,
        Some(origin) if origin == *OUR_PAGE => {
            let mut response = next.run(request).await;
            response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, OUR_PAGE.clone());
            response
        }
        Some(_) => next.run(request).await,
    }
}
