//! Takes whatever comes as JSON and looks at it by hand.

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef, TryData},
};

fn main() {
    sandbox::serve(register);
}

fn check(payload: &Value) -> Result<&str, &'static str> {
    match payload.get("text") {
        Some(Value::String(text)) if text.is_empty() => Err("bad_request"),
        Some(Value::String(text)) if text.chars().count() > 200 => Err("too_long"),
        Some(Value::String(text)) => Ok(text),
        _ => Err("bad_request"),
    }
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("say", async |socket: SocketRef, TryData(payload): TryData<Value>, ack: AckSender| {
            let payload = payload.unwrap_or(Value::Null);
            let answer = match check(&payload) {
                Ok(text) => {
                    let said = json!({ "text": text });
                    socket.broadcast().emit("said", &said).await.ok();
                    socket.emit("said", &said).ok();
                    json!({ "ok": true })
                }
                Err(error) => json!({ "ok": false, "error": error }),
            };
            ack.send(&answer).ok();
        });
    });
}
