use std::{
    sync::{Arc, Mutex},
    time::Instant,
};

use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Extension, SocketRef},
};

// region: bucket
/// So many at once, and one more a second.
const FULL: f64 = 3.0;

/// A bucket of one's own: a message takes one drop out, and time fills it again.
#[derive(Clone)]
struct Bucket(Arc<Mutex<(f64, Instant)>>);

impl Bucket {
    fn full() -> Self {
        Self(Arc::new(Mutex::new((FULL, Instant::now()))))
    }

    fn take(&self) -> bool {
        let (drops, filled) = &mut *self.0.lock().unwrap();
        *drops = FULL.min(*drops + filled.elapsed().as_secs_f64());
        *filled = Instant::now();
        let is_enough = *drops >= 1.0;
        if is_enough {
            *drops -= 1.0;
        }
        is_enough
    }
}
// endregion

fn main() {
    sandbox::serve(register);
}

// region: handler
fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.extensions.insert(Bucket::full());
        socket.on("wave", wave);
    });
}

async fn wave(socket: SocketRef, Extension(bucket): Extension<Bucket>, ack: AckSender) {
    if !bucket.take() {
        ack.send(&json!({ "ok": false, "error": "too_fast" })).ok();
        return;
    }
    socket.broadcast().emit("waved", &json!({})).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
// endregion
