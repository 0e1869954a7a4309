use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

const MOST: usize = 5;
const WINDOW: Duration = Duration::from_secs(2);

#[derive(Deserialize)]
struct Say {
    text: String,
}

/// When a client's messages of the last two seconds were taken.
#[derive(Clone, Default)]
struct Taken(Arc<Mutex<VecDeque<Instant>>>);

impl Taken {
    /// Takes one more message, or says that there is no room.
    fn take(&self) -> Result<(), Duration> {
        let now = Instant::now();
        let mut times = self.0.lock().unwrap();
        times.retain(|time| now - *time < WINDOW);
        if times.len() == MOST {
            return Err(WINDOW);
        }
        times.push_back(now);
        Ok(())
    }
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.extensions.insert(Taken::default());
        socket.on("say", say);
    });
}

async fn say(
    io: SocketIo,
    Extension(taken): Extension<Taken>,
    Data(Say { text }): Data<Say>,
    ack: AckSender,
) {
    if let Err(wait) = taken.take() {
        ack.send(&json!({ "ok": false, "error": "slow_down", "retryAfter": wait.as_millis() })).ok();
        return;
    }
    io.emit("said", &json!({ "text": text })).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
