// Count the room: everyone in a room sees how many are in it. The contract is in exercise.yaml.
//
// The server knows who is in a room. Nobody else does, so it has to tell them each time the number changes.

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Room {
    room_id: Value,
}

impl Room {
    /// A number and its text are the same room.
    fn name(&self) -> String {
        self.room_id.as_str().map_or_else(|| self.room_id.to_string(), str::to_owned)
    }
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("joinRoom", join_room);
        socket.on("leaveRoom", leave_room);
        // And when somebody just disconnects?
    });
}

async fn join_room(io: SocketIo, socket: SocketRef, Data(room): Data<Room>, ack: AckSender) {
    let room = room.name();
    socket.join(room.clone());
    let count = io.to(room.clone()).sockets().len();
    // Who must learn the new number?
    socket.emit("online", &json!({ "roomId": room, "count": count })).ok();
    ack.send(&json!({ "ok": true })).ok();
}

async fn leave_room(socket: SocketRef, Data(room): Data<Room>, ack: AckSender) {
    socket.leave(room.name());
    ack.send(&json!({ "ok": true })).ok();
}
