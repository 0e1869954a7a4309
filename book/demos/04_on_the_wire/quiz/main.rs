use socketioxide::{SocketIo, extract::SocketRef};

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        // region: ring
        socket.on("ring", async |io: SocketIo| {
            io.emit("bell", &NOTHING).await.ok();
        });
        // endregion
    });
}
