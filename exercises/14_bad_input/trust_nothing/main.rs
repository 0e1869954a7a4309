use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef, TryData},
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("say", say);
    });
}

// Our own page always sends { text }. But who says that the client is our own page?
async fn say(io: SocketIo, TryData(payload): TryData<Value>, ack: AckSender) {
    let text = payload.unwrap_or_default()["text"].clone();
    io.emit("said", &json!({ "text": text })).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
