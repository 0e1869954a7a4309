use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Extension, SocketRef, TryData},
};

const LIMIT: usize = 20;
const PATIENCE: usize = 3;

#[derive(Clone, Default)]
struct Refusals(Arc<AtomicUsize>);

#[derive(Deserialize)]
struct Note {
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.extensions.insert(Refusals::default());
        socket.on("note", note);
    });
}

// region: note
async fn note(
    socket: SocketRef,
    Extension(refusals): Extension<Refusals>,
    TryData(payload): TryData<Note>,
    ack: AckSender,
) {
    let text = payload.map(|note| note.text).unwrap_or_default();

    if text.is_empty() {
        ack.send(&json!({ "ok": false, "error": "bad_request" })).ok();
        let so_far = refusals.0.fetch_add(1, Ordering::Relaxed) + 1;
        if so_far == PATIENCE {
            socket.disconnect().ok();
        }
        return;
    }
    if text.chars().count() > LIMIT {
        ack.send(&json!({ "ok": false, "error": "too_long", "limit": LIMIT })).ok();
        return;
    }

    socket.broadcast().emit("noted", &json!({ "text": text })).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
// endregion
