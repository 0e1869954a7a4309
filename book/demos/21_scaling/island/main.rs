use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef},
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("whichNode", async |ack: AckSender| {
            ack.send(&node()).ok();
        });
        socket.on("ring", ring);
    });
}

// region: ring
async fn ring(io: SocketIo, ack: AckSender) {
    io.emit("bell", &[(); 0]).await.ok();
    ack.send(&node()).ok();
}
// endregion

fn node() -> String {
    format!("node {}", std::env::var("NODE_INDEX").unwrap_or_default())
}
