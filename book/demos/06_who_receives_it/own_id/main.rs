use socketioxide::{SocketIo, extract::SocketRef};

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        // region: call
        socket.on("callMe", async |io: SocketIo, socket: SocketRef| {
            io.to(socket.id.to_string()).emit("fromTheServer", &NOTHING).await.ok();
            socket.to(socket.id.to_string()).emit("fromTheSocket", &NOTHING).await.ok();
            socket.emit("direct", &NOTHING).ok();
        });
        // endregion
    });
}
