use serde::{Deserialize, Serialize};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Serialize, Deserialize)]
struct Person {
    name: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("hello", async |socket: SocketRef, Data::<Person>(person)| {
            socket.emit("goodMorning", &person).ok();
        });

        socket.on("mayILeave", async |ack: AckSender| {
            ack.send(&true).ok();
        });
    });
}
