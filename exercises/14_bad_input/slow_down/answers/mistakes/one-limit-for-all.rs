use std::{
    collections::VecDeque,
    sync::Mutex,
    time::{Duration, Instant},
};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

const MOST: usize = 5;
const WINDOW: Duration = Duration::from_secs(2);

#[derive(Deserialize)]
struct Say {
    text: String,
}

/// When the messages of the last two seconds were taken.
struct Taken(Mutex<VecDeque<Instant>>);

static TAKEN: Taken = Taken(Mutex::new(VecDeque::new()));

impl Taken {
    /// Takes one more message, or says how long to wait.
    fn take(&self) -> Result<(), Duration> {
        let now = Instant::now();
        let mut times = self.0.lock().unwrap();
        times.retain(|time| now - *time < WINDOW);
        if times.len() == MOST {
            return Err(WINDOW - (now - times[0]));
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
        socket.on("say", say);
    });
}

async fn say(io: SocketIo, Data(Say { text }): Data<Say>, ack: AckSender) {
    if let Err(wait) = TAKEN.take() {
        ack.send(&json!({ "ok": false, "error": "slow_down", "retryAfter": wait.as_millis() + 1 })).ok();
        return;
    }
    io.emit("said", &json!({ "text": text })).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
