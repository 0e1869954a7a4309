use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef},
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("hello", async |ack: AckSender| {
            ack.send("welcome").ok();
        });
    });
}
