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
struct Any {
    rooms: Vec<String>,
    text: String,
}

#[derive(Deserialize)]
struct Both {
    rooms: [String; 2],
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("joinRoom", join_room);
        socket.on("tellAny", tell_any);
        socket.on("tellBoth", tell_both);
    });
}

async fn join_room(socket: SocketRef, Data(Join { room_id }): Data<Join>, ack: AckSender) {
    socket.join(room_id);
    ack.send(&json!({ "ok": true })).ok();
}

async fn tell_any(io: SocketIo, Data(Any { rooms, text }): Data<Any>, ack: AckSender) {
    // To no room would be to everyone.
    if !rooms.is_empty() {
        io.to(rooms).emit("told", &json!({ "text": text })).await.ok();
    }
    ack.send(&json!({ "ok": true })).ok();
}

async fn tell_both(socket: SocketRef, Data(Both { rooms, text }): Data<Both>, ack: AckSender) {
    let [first, second] = rooms;
    for member in socket.to(first).sockets() {
        if member.rooms().iter().any(|room| *room == second) {
            member.emit("told", &json!({ "text": text })).ok();
        }
    }
    ack.send(&json!({ "ok": true })).ok();
}
