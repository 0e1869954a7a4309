// Wrong: after a second join every message comes twice.

use std::sync::Mutex;

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Join {
    room_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    room_id: String,
    text: String,
}

/// Who is in which room. Who joins twice stands here twice.
static MEMBERS: Mutex<Vec<(String, SocketRef)>> = Mutex::new(Vec::new());

pub fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("joinRoom", join_room);
        socket.on("sendMessage", send_message);
    });
}

async fn join_room(socket: SocketRef, Data(Join { room_id }): Data<Join>, ack: AckSender) {
    MEMBERS.lock().unwrap().push((room_id, socket));
    ack.send(&json!({ "ok": true })).ok();
}

async fn send_message(socket: SocketRef, Data(Message { room_id, text }): Data<Message>, ack: AckSender) {
    let message = json!({ "roomId": room_id, "text": text });
    let members = MEMBERS.lock().unwrap();
    let in_room = || members.iter().filter(|(room, _)| *room == room_id).map(|(_, member)| member);
    if !in_room().any(|member| member.id == socket.id) {
        ack.send(&json!({ "ok": false, "error": "not_a_member" })).ok();
        return;
    }
    for member in in_room() {
        member.emit("receiveMessage", &message).ok();
    }
    ack.send(&json!({ "ok": true })).ok();
}
