// The staff room: a second namespace on the same line, with a door of its own. The contract is in exercise.yaml.
//
// A namespace has its own clients, its own rooms and its own middlewares.

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Room {
    room_id: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("joinRoom", join_room);
    });
    // Who may come in here?
    io.ns("/staff", enter_staff_room);
}

async fn enter_staff_room(socket: SocketRef) {
    socket.on("joinRoom", join_room);
    socket.on("note", note);
    socket.on("announce", announce);
    socket.on("callRoom", call_room);
}

async fn join_room(socket: SocketRef, Data(Room { room_id }): Data<Room>, ack: AckSender) {
    socket.join(room_id);
    ack.send(&json!({ "ok": true })).ok();
}

async fn note(io: SocketIo, Data(note): Data<Value>) {
    // Which namespace does this address?
    io.emit("noted", &note).await.ok();
}

async fn announce(io: SocketIo, Data(announcement): Data<Value>) {
    io.emit("announced", &announcement).await.ok();
}

async fn call_room(io: SocketIo, Data(call): Data<Value>) {
    let room = call["roomId"].as_str().unwrap_or_default();
    io.to(room.to_owned()).emit("called", &call).await.ok();
}
