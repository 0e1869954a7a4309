use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        // region: points
        socket.on("givePoints", async |socket: SocketRef, Data::<u32>(points)| {
            socket.emit("pointsGiven", &(points + 1)).ok();
        });
        // endregion

        socket.on("ring", async |socket: SocketRef| {
            socket.emit("bell", &NOTHING).ok();
        });
    });
}
