//! The door as an extractor that rejects, and the header as a second, separate layer.

use std::{env, net::Ipv4Addr};

use axum::{
    Router,
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
    middleware::{from_extractor, map_response},
    response::Response,
    serve,
};
use serde_json::json;
use socketioxide::{SocketIo, extract::SocketRef};
use tokio::{net::TcpListener, runtime::Builder};

struct Welcome;

impl<S: Sync> FromRequestParts<S> for Welcome {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let is_foreign = |origin: &[u8]| origin != page().as_bytes();
        match parts.headers.get("origin") {
            Some(origin) if is_foreign(origin.as_bytes()) => Err(StatusCode::FORBIDDEN),
            _ => Ok(Self),
        }
    }
}

fn page() -> String {
    env::var("ORIGIN").expect("ORIGIN is set")
}

async fn readable_for_our_page(mut response: Response) -> Response {
    if let Ok(page) = page().parse() {
        response.headers_mut().append("access-control-allow-origin", page);
    }
    response
}

async fn greet(socket: SocketRef) {
    socket.emit("welcome", &json!({ "lesson": "physics" })).ok();
}

fn main() {
    Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let (socket_io, io) = SocketIo::new_layer();
        io.ns("/", greet);
        let app = Router::new()
            .layer(socket_io)
            .layer(map_response(readable_for_our_page))
            .layer(from_extractor::<Welcome>());
        let port: u16 = env::var("PORT").unwrap_or_default().parse().unwrap_or(3000);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.unwrap();
        serve(listener, app).await.unwrap();
    });
}
