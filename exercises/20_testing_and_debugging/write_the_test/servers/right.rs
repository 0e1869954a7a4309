// Keeps the whole contract.

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

pub fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("joinRoom", join_room);
        socket.on("sendMessage", send_message);
    });
}

async fn join_room(socket: SocketRef, Data(Join { room_id }): Data<Join>, ack: AckSender) {
    socket.join(room_id);
    ack.send(&json!({ "ok": true })).ok();
}

async fn send_message(socket: SocketRef, Data(Message { room_id, text }): Data<Message>, ack: AckSender) {
    if !socket.rooms().iter().any(|room| *room == room_id) {
        ack.send(&json!({ "ok": false, "error": "not_a_member" })).ok();
        return;
    }
    let message = json!({ "roomId": room_id, "text": text });
    socket.within(room_id).emit("receiveMessage", &message).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
