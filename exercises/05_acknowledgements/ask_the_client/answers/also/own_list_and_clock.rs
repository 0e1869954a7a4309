//! A map of its own instead of rooms, and tokio's clock instead of the library's time limit.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
    time::Duration,
};

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};
use tokio::time::timeout;

static PUPILS: LazyLock<Mutex<HashMap<String, SocketRef>>> = LazyLock::new(Mutex::default);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("enter", async |socket: SocketRef, Data::<Value>(pupil), ack: AckSender| {
            let name = pupil["name"].as_str().unwrap_or_default().to_owned();
            PUPILS.lock().unwrap().insert(name, socket);
            ack.send(&json!({ "ok": true })).ok();
        });

        socket.on("callOn", async |Data::<Value>(call), ack: AckSender| {
            let name = call["name"].as_str().unwrap_or_default();
            let pupil = PUPILS.lock().unwrap().get(name).cloned();
            let Some(pupil) = pupil else {
                ack.send(&json!({ "ok": false, "error": "not_here" })).ok();
                return;
            };
            let asked = async {
                let answer =
                    pupil.emit_with_ack::<_, Value>("question", &json!({ "question": call["question"] }));
                answer.ok()?.await.ok()
            };
            let answer = match timeout(Duration::from_millis(600), asked).await {
                Ok(Some(answer)) => json!({ "ok": true, "answer": answer }),
                Ok(None) | Err(_) => json!({ "ok": false, "error": "no_answer" }),
            };
            ack.send(&answer).ok();
        });

        socket.on_disconnect(async |socket: SocketRef| {
            PUPILS.lock().unwrap().retain(|_, pupil| pupil.id != socket.id);
        });
    });
}
