use std::time::Duration;

use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef},
};
use tokio::sync::Mutex;

static SEATS: Mutex<u32> = Mutex::const_new(1);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("takeSeat", take_seat);
    });
}

// region: take
async fn take_seat(io: SocketIo, ack: AckSender) {
    if !take(&io).await {
        ack.send(&json!({ "ok": false, "error": "full" })).ok();
        return;
    }
    print_ticket().await;
    ack.send(&json!({ "ok": true })).ok();
}

/// Looked, taken and told under one lock, and nobody could come in between.
async fn take(io: &SocketIo) -> bool {
    let mut seats = SEATS.lock().await;
    let Some(left) = seats.checked_sub(1) else { return false };
    *seats = left;
    io.emit("seatsLeft", &left).await.ok();
    true
}
// endregion

/// Slow work belongs behind the decision.
async fn print_ticket() {
    tokio::time::sleep(Duration::from_millis(5)).await;
}
