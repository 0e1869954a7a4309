use serde::{Deserialize, Serialize};
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

#[derive(Serialize, Deserialize)]
struct Place {
    room: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("movePhysics", async |io: SocketIo, Data::<Place>(news)| {
            io.emit("physicsMoved", &Place { room: news.room }).await.ok();
        });
    });
}
