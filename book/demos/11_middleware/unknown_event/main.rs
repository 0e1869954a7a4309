use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef},
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("write", async |ack: AckSender| {
            ack.send("written").ok();
        });
        // region: any
        socket.on_fallback(async |ack: AckSender| {
            ack.send("unknown_event").ok();
        });
        // endregion
    });
}
