use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef},
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("callMe", call_me);
    });
}

// region: call
async fn call_me(io: SocketIo, socket: SocketRef, ack: AckSender) {
    socket.to(socket.id).emit("fromTheSocket", &[(); 0]).await.ok();
    io.to(socket.id).emit("fromTheServer", &[(); 0]).await.ok(); // no such room
    ack.send("done").ok();
}
// endregion
