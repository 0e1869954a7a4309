//! A map of the program's own says who is where; the library's rooms are not used.

use std::{
    collections::BTreeMap,
    sync::{LazyLock, Mutex},
};

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Default)]
struct School {
    rooms: BTreeMap<String, Vec<SocketRef>>,
    watchers: Vec<SocketRef>,
}

static SCHOOL: LazyLock<Mutex<School>> = LazyLock::new(Mutex::default);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Value>(auth)| {
        let name = auth["name"].clone();

        socket.on("joinRoom", async |socket: SocketRef, Data::<Value>(place), ack: AckSender| {
            let room_id = place["roomId"].as_str().unwrap_or_default().to_owned();
            let mut school = SCHOOL.lock().unwrap();
            let room = school.rooms.entry(room_id).or_default();
            if room.iter().all(|member| member.id != socket.id) {
                room.push(socket);
            }
            drop(school);
            ack.send(&json!({ "ok": true })).ok();
        });

        let leaver = name.clone();
        socket.on("leaveRoom", move |socket: SocketRef, Data::<Value>(place), ack: AckSender| {
            SCHOOL.lock().unwrap().leave(&socket, &leaver, place["roomId"].as_str());
            ack.send(&json!({ "ok": true })).ok();
            std::future::ready(())
        });

        socket.on("watch", async |socket: SocketRef, ack: AckSender| {
            SCHOOL.lock().unwrap().watchers.push(socket);
            ack.send(&json!({ "ok": true })).ok();
        });

        socket.on_disconnect(move |socket: SocketRef| {
            let mut school = SCHOOL.lock().unwrap();
            school.watchers.retain(|watcher| watcher.id != socket.id);
            school.leave(&socket, &name, None);
            std::future::ready(())
        });
    });
}

impl School {
    /// Out of one room, or out of all.
    fn leave(&mut self, socket: &SocketRef, name: &Value, only: Option<&str>) {
        for (room_id, members) in &mut self.rooms {
            let before = members.len();
            if only.is_none_or(|only| only == room_id) {
                members.retain(|member| member.id != socket.id);
            }
            if members.len() < before {
                let outside = |watcher: &&SocketRef| members.iter().all(|member| member.id != watcher.id);
                let news = json!({ "roomId": room_id, "name": name });
                for listener in members.iter().chain(self.watchers.iter().filter(outside)) {
                    if listener.id != socket.id {
                        listener.emit("userLeft", &news).ok();
                    }
                }
            }
        }
    }
}
