use bytes::Bytes;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("photo", photo);
    });
}

// region: photo
async fn photo(socket: SocketRef, Data((name, bytes)): Data<(String, Bytes)>, ack: AckSender) {
    socket.broadcast().emit("photo", &(&name, &bytes)).await.ok();
    ack.send(&json!({ "got": bytes.len() })).ok();
}
// endregion
