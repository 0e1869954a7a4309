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

        // region: remark
        socket.on("remark", async |io: SocketIo, ack: AckSender| {
            io.to("physics").emit("remarked", &NOTHING).await.ok();
            io.volatile().emit("pointer", &NOTHING).await.ok();
            ack.send("done").ok();
        });
        // endregion

        // region: two
        socket.on("pointAndType", async |io: SocketIo, ack: AckSender| {
            io.volatile().emit("pointer", &NOTHING).await.ok();
            io.volatile().emit("typing", &NOTHING).await.ok();
            ack.send("done").ok();
        });
        // endregion

        // region: key
        socket.on("key", async |socket: SocketRef| {
            socket.volatile().to("physics").emit("keyPressed", &NOTHING).await.ok();
        });
        // endregion

        // region: homework
        socket.on("giveHomework", async |io: SocketIo, ack: AckSender| {
            io.emit("homework", &NOTHING).await.ok();
            ack.send("given").ok();
        });
        // endregion
    });
}

async fn sit(socket: SocketRef, Data(room): Data<String>, ack: AckSender) {
    socket.join(room);
    ack.send("seated").ok();
}
