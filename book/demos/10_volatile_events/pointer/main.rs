use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("point", point);
        socket.on("remark", remark);
    });
}

// region: point
async fn point(socket: SocketRef, Data(positions): Data<Vec<u32>>, ack: AckSender) {
    for x in positions {
        socket.volatile().broadcast().emit("pointer", &x).await.ok();
    }
    ack.send("done").ok();
}
// endregion

// region: remark
async fn remark(socket: SocketRef, Data((text, x)): Data<(String, u32)>, ack: AckSender) {
    socket.broadcast().emit("remarked", &text).await.ok();
    socket.volatile().broadcast().emit("pointer", &x).await.ok();
    ack.send("done").ok();
}
// endregion
