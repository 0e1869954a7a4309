use serde_json::Value;
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("raiseHand", async |socket: SocketRef, Data::<Value>(hand)| {
            socket.emit("handRaised", &hand).ok();
        });

        socket.on("ringBell", async |io: SocketIo, Data::<Value>(bell)| {
            io.emit("bell", &bell).await.ok();
        });

        socket.on("askHelp", async |socket: SocketRef, Data::<Value>(help)| {
            socket.emit("helpComing", &help).ok();
        });
    });
}
