use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

const PREFIX: &str = "room:";
const WATCHERS: &str = "watchers";

#[derive(Clone, Deserialize)]
struct Who {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    room_id: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Who>(who)| {
        socket.extensions.insert(who);
        socket.on("joinRoom", join_room);
        socket.on("leaveRoom", leave_room);
        socket.on("watch", watch);
        socket.on_disconnect(leave_all_rooms);
    });
}

async fn join_room(socket: SocketRef, Data(Place { room_id }): Data<Place>, ack: AckSender) {
    socket.join(format!("{PREFIX}{room_id}"));
    ack.send(&json!({ "ok": true })).ok();
}

async fn leave_room(
    socket: SocketRef,
    Extension(who): Extension<Who>,
    Data(Place { room_id }): Data<Place>,
    ack: AckSender,
) {
    socket.leave(format!("{PREFIX}{room_id}"));
    let news = json!({ "roomId": room_id, "name": who.name });
    socket.to(format!("{PREFIX}{room_id}")).emit("userLeft", &news).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}

async fn watch(socket: SocketRef, ack: AckSender) {
    socket.join(WATCHERS);
    ack.send(&json!({ "ok": true })).ok();
}

/// The rooms are emptied after this handler, not before it.
async fn leave_all_rooms(socket: SocketRef, Extension(who): Extension<Who>) {
    for room in socket.rooms() {
        if let Some(room_id) = room.strip_prefix(PREFIX) {
            tell_that_it_left(&socket, &who, room_id).await;
        }
    }
}

async fn tell_that_it_left(socket: &SocketRef, who: &Who, room_id: &str) {
    let news = json!({ "roomId": room_id, "name": who.name });
    socket.to(format!("{PREFIX}{room_id}")).to(WATCHERS).emit("userLeft", &news).await.ok();
}
