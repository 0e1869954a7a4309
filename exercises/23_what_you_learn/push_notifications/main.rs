// Push notifications, in stages. What holds in all of them, and what this stage adds: cargo run -p runner goal push_notifications
//
// Six stages use this one file: person, kept, read, once, delivered, topics.

use serde::Deserialize;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Deserialize)]
struct Notify {
    to: String,
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("notify", notify);
    });
}

async fn notify(_io: SocketIo, Data(Notify { to, text }): Data<Notify>, _ack: AckSender) {
    // Whom does this concern, and how are all tabs of that person addressed at once?
    let (_to, _text) = (to, text);
}
