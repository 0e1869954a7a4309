//! No rooms of socketioxide: a map of its own says who is where, and each packet is sent on one line.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

static ROOMS: LazyLock<Mutex<HashMap<String, Vec<SocketRef>>>> = LazyLock::new(Mutex::default);

#[derive(Deserialize)]
#[serde(untagged)]
enum RoomId {
    Text(String),
    Number(i64),
}

#[derive(Deserialize)]
struct Which {
    #[serde(rename = "roomId")]
    id: RoomId,
}

impl Which {
    fn name(self) -> String {
        match self.id {
            RoomId::Text(text) => text,
            RoomId::Number(number) => number.to_string(),
        }
    }
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("joinRoom", async |socket: SocketRef, Data::<Which>(which), ack: AckSender| {
            let name = which.name();
            let mut rooms = ROOMS.lock().unwrap();
            let members = rooms.entry(name.clone()).or_default();
            if members.iter().all(|member| member.id != socket.id) {
                members.push(socket);
                tell(&name, members);
            }
            ack.send(&json!({ "ok": true })).ok();
        });

        socket.on("leaveRoom", async |socket: SocketRef, Data::<Which>(which), ack: AckSender| {
            let name = which.name();
            if let Some(members) = ROOMS.lock().unwrap().get_mut(&name) {
                leave(&socket, &name, members);
            }
            ack.send(&json!({ "ok": true })).ok();
        });

        socket.on_disconnect(async |socket: SocketRef| {
            for (name, members) in ROOMS.lock().unwrap().iter_mut() {
                leave(&socket, name, members);
            }
        });
    });
}

fn leave(socket: &SocketRef, name: &str, members: &mut Vec<SocketRef>) {
    let before = members.len();
    members.retain(|member| member.id != socket.id);
    if members.len() < before {
        tell(name, members);
    }
}

fn tell(name: &str, members: &[SocketRef]) {
    for member in members {
        member.emit("online", &json!({ "roomId": name, "count": members.len() })).ok();
    }
}
