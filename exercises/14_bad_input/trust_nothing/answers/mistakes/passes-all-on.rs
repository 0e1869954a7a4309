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
    #[serde(flatten)]
    rest: serde_json::Map<String, serde_json::Value>,
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
    let Ok(Say { text, mut rest }) = payload else {
        ack.send(&json!({ "ok": false, "error": "bad_request" })).ok();
        return;
    };
    let error = match text.chars().count() {
        0 => "bad_request",
        1..=LONGEST => {
            rest.insert("text".to_owned(), json!(text));
            io.emit("said", &rest).await.ok();
            ack.send(&json!({ "ok": true })).ok();
            return;
        }
        _ => "too_long",
    };
    ack.send(&json!({ "ok": false, "error": error })).ok();
}
