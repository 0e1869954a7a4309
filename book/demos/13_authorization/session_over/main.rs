use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Extension, SocketRef, TryData},
    handler::ConnectHandler,
};
use tokio::time::sleep;

/// For how long each token is still good.
fn lasts(token: &str) -> Option<Duration> {
    match token {
        "token-asha" => Some(Duration::from_secs(3600)),
        "token-mallory" => Some(Duration::from_millis(500)),
        _ => None,
    }
}

#[derive(Deserialize)]
struct Auth {
    token: String,
}

#[derive(Clone)]
struct Left(Duration);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    let connected = async |socket: SocketRef, Extension(Left(left)): Extension<Left>| {
        socket.on("ping", async |ack: AckSender| {
            ack.send(&json!({ "ok": true })).ok();
        });
        // region: timer
        let leaving = socket.clone();
        let timer = tokio::spawn(async move {
            sleep(left).await;
            leaving.emit("sessionOver", &json!({ "ask": "come in with a new token" })).ok();
            leaving.disconnect().ok();
        })
        .abort_handle();
        socket.on_disconnect(async move || timer.abort());
        // endregion
    };
    io.ns("/", connected.with(check_token));
}

async fn check_token(socket: SocketRef, TryData(auth): TryData<Auth>) -> Result<(), &'static str> {
    let left = auth.ok().and_then(|auth| lasts(&auth.token)).ok_or("unauthorized")?;
    socket.extensions.insert(Left(left));
    Ok(())
}
