use serde_json::json;
use socketioxide::{SocketIo, extract::SocketRef};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("welcome", async |socket: SocketRef| {
            socket.emit("welcome", &json!({ "text": "Good morning!" })).ok();
        });
    });
}
