// A live chat, in stages. What holds in all of them, and what this stage adds: cargo run -p runner goal live_chat
//
// Four stages use this one file: rooms, presence, typing, delivery.

use serde::Deserialize;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Deserialize)]
struct Join {
    room: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("join", join);
    });
}

async fn join(_socket: SocketRef, Data(Join { room }): Data<Join>, _ack: AckSender) {
    // What does the server have to know about a room, and who hears its messages?
    let _room = room;
}
