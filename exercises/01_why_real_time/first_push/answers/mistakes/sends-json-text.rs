use serde_json::json;
use socketioxide::{SocketIo, extract::SocketRef};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        let welcome = json!({ "text": "Good morning!" }).to_string();
        socket.emit("welcome", &welcome).ok();
    });
}
