//! Two seconds that begin with the first message of a burst. One map for all, cleaned up when somebody leaves.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
    time::Instant,
};

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
    socket::Sid,
};

struct Burst {
    began: Instant,
    count: u8,
}

static BURSTS: LazyLock<Mutex<HashMap<Sid, Burst>>> = LazyLock::new(Mutex::default);

fn main() {
    sandbox::serve(register);
}

fn refusal(who: Sid) -> Option<Value> {
    let mut bursts = BURSTS.lock().unwrap();
    let burst = bursts.entry(who).or_insert_with(|| Burst { began: Instant::now(), count: 0 });
    let age = burst.began.elapsed().as_millis();
    if age >= 2000 {
        *burst = Burst { began: Instant::now(), count: 0 };
    }
    if burst.count == 5 {
        return Some(json!({ "ok": false, "error": "slow_down", "retryAfter": 2000 - age }));
    }
    burst.count += 1;
    None
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("say", async |socket: SocketRef, Data(said): Data<Value>, ack: AckSender| {
            if let Some(refusal) = refusal(socket.id) {
                ack.send(&refusal).ok();
                return;
            }
            let said = json!({ "text": said["text"] });
            socket.broadcast().emit("said", &said).await.ok();
            socket.emit("said", &said).ok();
            ack.send(&json!({ "ok": true })).ok();
        });
        socket.on_disconnect(async |socket: SocketRef| {
            BURSTS.lock().unwrap().remove(&socket.id);
        });
    });
}
