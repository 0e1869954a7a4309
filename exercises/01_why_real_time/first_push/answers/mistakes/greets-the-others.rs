use serde_json::json;
use socketioxide::{SocketIo, extract::SocketRef};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.broadcast().emit("welcome", &json!({ "text": "Good morning!" })).await.ok();
    });
}
