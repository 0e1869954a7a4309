use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef, TryData},
};

const LONGEST: usize = 200;

#[derive(Deserialize)]
struct Say {
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("say", say);
    });
}

async fn say(io: SocketIo, TryData(payload): TryData<Say>, ack: AckSender) {
    let text = payload.map(|say| say.text).unwrap_or_default();
    let error = match text.len() {
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
