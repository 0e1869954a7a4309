use std::env;

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef, TryData},
    handler::ConnectHandler,
};

#[derive(Deserialize)]
struct Auth {
    key: String,
}

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
    io.ns("/staff", enter_staff_room.with(staff_only));
}

/// Runs before a client is let into `/staff`.
async fn staff_only(TryData(auth): TryData<Auth>) -> Result<(), &'static str> {
    let key = env::var("STAFF_KEY").map_err(|_| "staff_only")?;
    match auth {
        Ok(auth) if auth.key == key => Ok(()),
        _ => Err("staff_only"),
    }
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
    if let Some(staff) = io.of("/staff") {
        staff.emit("noted", &note).await.ok();
    }
}

async fn announce(io: SocketIo, Data(announcement): Data<Value>) {
    io.emit("announced", &announcement).await.ok();
}

async fn call_room(io: SocketIo, socket: SocketRef, Data(call): Data<Value>) {
    let room = call["roomId"].as_str().unwrap_or_default();
    io.to(room.to_owned()).emit("called", &call).await.ok();
    socket.to(room.to_owned()).emit("called", &call).await.ok();
}
