use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, MaybeExtension, SocketRef},
};

/// No arguments at all.
const NOTHING: [(); 0] = [];

#[derive(Clone)]
struct Seat(String);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("sit", sit);
        socket.on("ring", ring);
        socket.on_disconnect(gone);
        socket.on("putMeOut", async |socket: SocketRef| {
            socket.disconnect().ok();
        });
    });
}

// region: room
async fn sit(socket: SocketRef, Data(room): Data<String>, ack: AckSender) {
    socket.join(room.clone());
    socket.extensions.insert(Seat(room));
    ack.send(&json!({ "ok": true })).ok();
}

async fn ring(io: SocketIo, Data(room): Data<String>, ack: AckSender) {
    io.to(room).emit("bell", &NOTHING).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}

async fn gone(socket: SocketRef, MaybeExtension(seat): MaybeExtension<Seat>) {
    if let Some(Seat(room)) = seat {
        socket.to(room).emit("leftTheRoom", &NOTHING).await.ok();
    }
}
// endregion
