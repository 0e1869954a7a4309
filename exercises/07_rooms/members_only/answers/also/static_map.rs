//! No rooms of socketioxide at all: a map of the program's own says who is where.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
};

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Default)]
struct School {
    rooms: HashMap<String, Vec<SocketRef>>,
    messages: u64,
}

static SCHOOL: LazyLock<Mutex<School>> = LazyLock::new(Mutex::default);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("joinRoom", async |socket: SocketRef, Data::<Value>(join), ack: AckSender| {
            let room_id = join["roomId"].as_str().unwrap_or_default().to_owned();
            let mut school = SCHOOL.lock().unwrap();
            let room = school.rooms.entry(room_id).or_default();
            if room.iter().all(|member| member.id != socket.id) {
                room.push(socket);
            }
            drop(school);
            ack.send(&json!({ "ok": true })).ok();
        });

        socket.on("sendMessage", async |socket: SocketRef, Data::<Value>(message), ack: AckSender| {
            ack.send(&deliver(&socket, &message)).ok();
        });

        socket.on_disconnect(async |socket: SocketRef| {
            SCHOOL.lock().unwrap().rooms.retain(|_, room| {
                room.retain(|member| member.id != socket.id);
                !room.is_empty()
            });
        });
    });
}

fn deliver(sender: &SocketRef, message: &Value) -> Value {
    let mut school = SCHOOL.lock().unwrap();
    school.messages += 1;
    let id = school.messages;
    let room = message["roomId"].as_str().and_then(|room_id| school.rooms.get(room_id));
    let Some(room) = room.filter(|room| room.iter().any(|member| member.id == sender.id)) else {
        return json!({ "ok": false, "error": "not_a_member" });
    };
    for member in room {
        let message = json!({ "id": id, "roomId": message["roomId"], "text": message["text"] });
        member.emit("receiveMessage", &message).ok();
    }
    json!({ "ok": true, "id": id })
}
