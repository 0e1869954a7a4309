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
        socket.on_disconnect(async |io: SocketIo, socket: SocketRef| {
            for room in socket.rooms() {
                leave(&io, &socket, room.into_owned()).await;
            }
        });
    });
}

async fn join_room(io: SocketIo, socket: SocketRef, Data(room): Data<Room>, ack: AckSender) {
    let room = room.name();
    if !is_in(&socket, &room) {
        socket.join(room.clone());
        tell(&io, room).await;
    }
    ack.send(&json!({ "ok": true })).ok();
}

async fn leave_room(io: SocketIo, socket: SocketRef, Data(room): Data<Room>, ack: AckSender) {
    leave(&io, &socket, room.name()).await;
    ack.send(&json!({ "ok": true })).ok();
}

async fn leave(io: &SocketIo, socket: &SocketRef, room: String) {
    if is_in(socket, &room) {
        socket.leave(room.clone());
        tell(io, room).await;
    }
}

async fn tell(io: &SocketIo, room: String) {
    let count = io.to(room.clone()).sockets().len();
    io.emit("online", &json!({ "roomId": room, "count": count })).await.ok();
}

fn is_in(socket: &SocketRef, room: &str) -> bool {
    socket.rooms().iter().any(|joined| joined == room)
}
