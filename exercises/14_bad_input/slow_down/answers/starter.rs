use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

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

// Each message is taken, however many there are. What do you have to remember about this client?
async fn say(io: SocketIo, Data(Say { text }): Data<Say>, ack: AckSender) {
    io.emit("said", &json!({ "text": text })).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
