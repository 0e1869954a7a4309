use socketioxide::{SocketIo, extract::SocketRef};

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        // region: label
        socket.on("handIn", async |socket: SocketRef| {
            socket.join("done");
            socket.emit("thanks", &NOTHING).ok();
        });
        // endregion

        // region: to
        socket.on("openDoor", async |io: SocketIo| {
            io.to("done").emit("youMayGo", &NOTHING).await.ok();
        });
        // endregion

        // region: except
        socket.on("fiveMinutes", async |io: SocketIo| {
            io.except("done").emit("hurry", &NOTHING).await.ok();
        });
        // endregion

        // region: both
        socket.on("whoIsStuck", async |socket: SocketRef| {
            socket.broadcast().except("done").emit("areYouStuck", &NOTHING).await.ok();
        });
        // endregion
    });
}
