use serde_json::json;
use socketioxide::{SocketIo, extract::SocketRef, socket::DisconnectReason};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        // region: why
        socket.on_disconnect(async |socket: SocketRef, reason: DisconnectReason| {
            socket.broadcast().emit("left", &json!({ "why": format!("{reason:?}") })).await.ok();
        });
        // endregion

        socket.on("putMeOut", async |socket: SocketRef| {
            socket.disconnect().ok();
        });
    });
}
