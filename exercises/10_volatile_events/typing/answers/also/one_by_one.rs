//! Asks who is in the room, and writes to one socket after the other. One piece of news for all keys.

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Value>(auth)| {
        let (typist, writer) = (auth["name"].clone(), auth["name"].clone());

        socket.on("joinRoom", async |socket: SocketRef, Data::<Value>(join), ack: AckSender| {
            socket.join(room_of(&join));
            ack.send(&json!({ "ok": true })).ok();
        });

        socket.on("typing", async move |io: SocketIo, socket: SocketRef, Data::<Value>(typing)| {
            let news = json!({ "roomId": typing["roomId"], "name": typist });
            for member in io.within(room_of(&typing)).sockets() {
                if member.id != socket.id {
                    member.volatile().emit("typing", &news).ok();
                }
            }
        });

        socket.on("sendLines", async move |io: SocketIo, Data::<Value>(sent), ack: AckSender| {
            ack.send(&json!({ "ok": true })).ok();
            for text in sent["lines"].as_array().into_iter().flatten() {
                let message = json!({ "roomId": sent["roomId"], "name": writer, "text": text });
                for member in io.within(room_of(&sent)).sockets() {
                    member.emit("message", &message).ok();
                }
            }
        });
    });
}

fn room_of(payload: &Value) -> String {
    payload["roomId"].as_str().unwrap_or_default().to_owned()
}
