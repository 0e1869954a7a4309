//! Another right way: it keeps its own list of who is here.

use std::sync::{LazyLock, Mutex};

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

static HERE: LazyLock<Mutex<Vec<SocketRef>>> = LazyLock::new(Mutex::default);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", enter);
}

async fn enter(socket: SocketRef) {
    HERE.lock().unwrap().push(socket.clone());
    socket.on_disconnect(async |socket: SocketRef| {
        HERE.lock().unwrap().retain(|other| other.id != socket.id);
    });
    socket.on("say", async |socket: SocketRef, Data::<Value>(line), ack: AckSender| {
        for other in HERE.lock().unwrap().iter().filter(|other| other.id != socket.id) {
            other.emit("said", &line).ok();
        }
        ack.send(&json!({ "ok": true })).ok();
    });
}
