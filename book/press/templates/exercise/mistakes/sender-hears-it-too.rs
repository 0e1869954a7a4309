use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Deserialize, Serialize)]
struct Line {
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

async fn say(io: SocketIo, Data(line): Data<Line>, ack: AckSender) {
    io.emit("said", &line).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
