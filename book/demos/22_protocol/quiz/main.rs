use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef},
};

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    // region: main
    io.ns("/", async |socket: SocketRef| {
        socket.on("ring", async |io: SocketIo, ack: AckSender| {
            io.emit("bell", &NOTHING).await.ok();
            ack.send("ok").ok();
        });
    });
    // endregion

    // region: staff
    io.ns("/staff", async |socket: SocketRef| {
        socket.on("coffee", async |io: SocketIo, ack: AckSender| {
            if let Some(staff) = io.of("/staff") {
                staff.emit("ready", &NOTHING).await.ok();
            }
            ack.send("ok").ok();
        });

        socket.on_disconnect(async |socket: SocketRef| {
            socket.broadcast().emit("left", &NOTHING).await.ok();
        });
    });
    // endregion
}
