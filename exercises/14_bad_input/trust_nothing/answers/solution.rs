use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef, TryData},
};

const LONGEST: usize = 200;

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("say", say);
    });
}

async fn say(io: SocketIo, TryData(payload): TryData<Value>, ack: AckSender) {
    // A type with derived `Deserialize` would take a list for an object.
    let payload = payload.unwrap_or_default();
    let text = payload.get("text").and_then(Value::as_str).unwrap_or_default();
    let error = match text.chars().count() {
        0 => "bad_request",
        1..=LONGEST => {
            io.emit("said", &json!({ "text": text })).await.ok();
            ack.send(&json!({ "ok": true })).ok();
            return;
        }
        _ => "too_long",
    };
    ack.send(&json!({ "ok": false, "error": error })).ok();
}
