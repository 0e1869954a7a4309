//! No rooms of socketioxide: each socket carries the set of its rooms, and every socket is looked at.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

/// The rooms of one socket.
#[derive(Clone, Default)]
struct Joined(Arc<Mutex<HashSet<String>>>);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.extensions.insert(Joined::default());

        socket.on("joinRoom", async |Extension::<Joined>(joined), Data::<Value>(join), ack: AckSender| {
            joined.0.lock().unwrap().extend(names(&join["roomId"]));
            ack.send(&json!({ "ok": true })).ok();
        });

        socket.on("tellAny", async |io: SocketIo, Data::<Value>(message), ack: AckSender| {
            tell(&io, &message, |joined, rooms| rooms.iter().any(|room| joined.contains(room)));
            ack.send(&json!({ "ok": true })).ok();
        });

        socket.on("tellBoth", async |io: SocketIo, Data::<Value>(message), ack: AckSender| {
            tell(&io, &message, |joined, rooms| rooms.iter().all(|room| joined.contains(room)));
            ack.send(&json!({ "ok": true })).ok();
        });
    });
}

/// One name, or a list of them.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().flat_map(names).collect(),
        one => one.as_str().map(str::to_owned).into_iter().collect(),
    }
}

fn tell(io: &SocketIo, message: &Value, hears: impl Fn(&HashSet<String>, &[String]) -> bool) {
    let rooms = names(&message["rooms"]);
    for socket in io.sockets() {
        let joined: Joined = socket.extensions.get().unwrap_or_default();
        if hears(&joined.0.lock().unwrap(), &rooms) {
            socket.emit("told", &json!({ "text": message["text"] })).ok();
        }
    }
}
