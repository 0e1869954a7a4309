use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("sit", sit);
        socket.on("standUp", stand_up);

        // region: rehearse
        socket.on("rehearse", async |socket: SocketRef| {
            socket.to("choir").to("band").emit("rehearsal", &NOTHING).await.ok();
        });
        // endregion

        // region: singers
        socket.on("callSingers", async |io: SocketIo| {
            io.to("choir").except("band").emit("singersOnly", &NOTHING).await.ok();
        });
        // endregion

        // region: ask
        socket.on("askChoir", async |socket: SocketRef| {
            socket.to("choir").emit("question", &NOTHING).await.ok();
        });
        // endregion

        // region: tell
        socket.on("tell", async |io: SocketIo, Data::<Vec<String>>(rooms)| {
            io.to(rooms).emit("told", &NOTHING).await.ok();
        });
        // endregion
    });
}

async fn sit(socket: SocketRef, Data(rooms): Data<Vec<String>>, ack: AckSender) {
    socket.join(rooms);
    ack.send("seated").ok();
}

async fn stand_up(socket: SocketRef, Data(room): Data<String>, ack: AckSender) {
    socket.leave(room);
    ack.send("standing").ok();
}
