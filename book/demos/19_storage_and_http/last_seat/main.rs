use std::{sync::Mutex, time::Duration};

use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef},
};

static SEATS: Mutex<u32> = Mutex::new(1);

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
    let Some(left) = take() else {
        ack.send(&json!({ "ok": false, "error": "full" })).ok();
        return;
    };
    print_ticket().await;
    io.emit("seatsLeft", &left).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}

/// Looked and taken under one lock, and nobody could come in between.
fn take() -> Option<u32> {
    let mut seats = SEATS.lock().unwrap();
    *seats = seats.checked_sub(1)?;
    Some(*seats)
}
// endregion

/// Slow work belongs behind the decision.
async fn print_ticket() {
    tokio::time::sleep(Duration::from_millis(5)).await;
}
