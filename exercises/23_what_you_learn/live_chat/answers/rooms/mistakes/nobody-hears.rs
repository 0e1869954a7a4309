use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};
use tokio::sync::Mutex;

/// Locked until the room has been told: so all hear the messages in the order of their numbers.
static ROOMS: Mutex<BTreeMap<String, Room>> = Mutex::const_new(BTreeMap::new());

#[derive(Default)]
struct Room {
    last: usize,
}

#[derive(Clone, Deserialize)]
struct Who {
    name: String,
}

#[derive(Deserialize)]
struct Join {
    room: String,
}

#[derive(Deserialize)]
struct Send {
    room: String,
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Who>(who)| {
        socket.extensions.insert(who);
        socket.on("join", join);
        socket.on("send", send);
    });
}

async fn join(socket: SocketRef, Data(Join { room: id }): Data<Join>, ack: AckSender) {
    socket.join(label_of(&id));
    ack.send(&json!({ "ok": true })).ok();
}

async fn send(
    socket: SocketRef,
    Extension(Who { name }): Extension<Who>,
    Data(Send { room: id, text }): Data<Send>,
    ack: AckSender,
) {
    if !is_member(&socket, &id) {
        return refuse(ack);
    }
    let mut rooms = ROOMS.lock().await;
    let room = rooms.entry(id.clone()).or_default();
    room.last += 1;
    ack.send(&json!({ "ok": true, "id": room.last })).ok();
    let message = json!({ "room": id, "id": room.last, "name": name, "text": text });
    socket.within(id.clone()).emit("message", &message).await.ok();
}

fn is_member(socket: &SocketRef, id: &str) -> bool {
    socket.rooms().contains(&label_of(id).into())
}

fn refuse(ack: AckSender) {
    ack.send(&json!({ "ok": false, "error": "not_a_member" })).ok();
}

/// The prefix keeps a client from naming another room, such as one that the server uses for something else.
fn label_of(id: &str) -> String {
    format!("room:{id}")
}
