use socketioxide::{SocketIo, extract::SocketRef};

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        // region: push
        socket.on("cancelSports", async |io: SocketIo| {
            io.emit("sportsCancelled", &NOTHING).await.ok();
        });
        // endregion

        // region: answer
        socket.on("whatIsForLunch", async |socket: SocketRef| {
            socket.emit("lunchIs", "soup").ok();
        });
        // endregion
    });
}
