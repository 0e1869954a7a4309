//! No pattern: a namespace is declared when its class is opened, and deleted when the class is over. Any other name is
//! unknown to the library, which then refuses by itself.

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("openClass", async |io: SocketIo, Data::<Value>(class), ack: AckSender| {
            let name = class["name"].as_str().unwrap_or_default();
            io.ns(format!("/class/{name}"), enter);
            ack.send(&json!({ "ok": true })).ok();
        });
    });
}

async fn enter(socket: SocketRef) {
    socket.on("say", async |socket: SocketRef, Data::<Value>(said)| {
        socket.emit("said", &said).ok();
        socket.broadcast().emit("said", &said).await.ok();
    });

    socket.on_disconnect(async |io: SocketIo, socket: SocketRef| {
        // The one who is leaving is still counted by the library.
        if socket.broadcast().sockets().is_empty() {
            io.delete_ns(socket.ns());
            let name = socket.ns().trim_start_matches("/class/");
            io.emit("classOver", &json!({ "name": name })).await.ok();
        }
    });
}
