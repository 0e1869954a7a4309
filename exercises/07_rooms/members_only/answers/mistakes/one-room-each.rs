use std::sync::atomic::{AtomicU64, Ordering};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

static NEXT_ID: AtomicU64 = AtomicU64::new(1);

#[derive(Clone, Deserialize)]
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

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("joinRoom", join_room);
        socket.on("sendMessage", send_message);
    });
}

async fn join_room(socket: SocketRef, Data(join): Data<Join>, ack: AckSender) {
    socket.join(join.room_id.clone());
    socket.extensions.insert(join);
    ack.send(&json!({ "ok": true })).ok();
}

async fn send_message(socket: SocketRef, Data(Message { room_id, text }): Data<Message>, ack: AckSender) {
    if socket.extensions.get::<Join>().is_none_or(|join| join.room_id != room_id) {
        ack.send(&json!({ "ok": false, "error": "not_a_member" })).ok();
        return;
    }
    let id = NEXT_ID.fetch_add(1, Ordering::Relaxed);
    let message = json!({ "id": id, "roomId": room_id, "text": text });
    socket.within(room_id).emit("receiveMessage", &message).await.ok();
    ack.send(&json!({ "ok": true, "id": id })).ok();
}
