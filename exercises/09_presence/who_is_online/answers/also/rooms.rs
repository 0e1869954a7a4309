//! No counting: each person is a room. In the disconnect handler the socket is still in its rooms.

use std::sync::Mutex;

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

const ROOM: &str = "person:";

static SEATS: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |io: SocketIo, socket: SocketRef, Data::<Value>(auth)| {
        let name = auth["name"].as_str().unwrap_or_default();
        socket.join(format!("{ROOM}{name}"));

        if tabs_of(&io, name) == 1 {
            socket.broadcast().emit("online", &person(name)).await.ok();
        }
        let people: Vec<String> = io
            .rooms()
            .await
            .unwrap()
            .iter()
            .filter_map(|room| room.strip_prefix(ROOM).map(str::to_owned))
            .collect();
        let everyone: Vec<Value> = people.iter().map(|name| person(name)).collect();
        socket.emit("everyone", &everyone).ok();

        socket.on_disconnect(async |io: SocketIo, socket: SocketRef| {
            for name in socket.rooms().iter().filter_map(|room| room.strip_prefix(ROOM)) {
                if tabs_of(&io, name) == 1 {
                    socket.broadcast().emit("offline", &json!({ "name": name })).await.ok();
                }
            }
        });
    });
}

fn tabs_of(io: &SocketIo, name: &str) -> usize {
    io.within(format!("{ROOM}{name}")).sockets().len()
}

fn person(name: &str) -> Value {
    let mut seats = SEATS.lock().unwrap();
    if !seats.iter().any(|known| known == name) {
        seats.push(name.to_owned());
    }
    json!({ "name": name, "seat": seats.iter().position(|known| known == name) })
}
