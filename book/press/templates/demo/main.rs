use serde_json::json;
use socketioxide::{SocketIo, extract::SocketRef};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    // region: greet
    io.ns("/", async |socket: SocketRef| {
        socket.emit("hello", &json!({ "name": "asha" })).ok();
    });
    // endregion
}
