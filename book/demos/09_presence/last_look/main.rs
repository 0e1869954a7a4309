use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
    socket::DisconnectReason,
};

#[derive(Clone, Deserialize)]
struct Who {
    name: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Who>(who)| {
        socket.extensions.insert(who);
        socket.on("takeSeat", take_seat);
        socket.on("watch", watch);
        socket.on_disconnect(left);
    });
}

async fn take_seat(socket: SocketRef, Data(subject): Data<String>, ack: AckSender) {
    socket.join(subject);
    ack.send("seated").ok();
}

async fn watch(socket: SocketRef, ack: AckSender) {
    socket.join("caretakers");
    ack.send("watching").ok();
}

// region: end
async fn left(io: SocketIo, socket: SocketRef, Extension(who): Extension<Who>, reason: DisconnectReason) {
    let mut rooms = socket.rooms();
    rooms.sort();
    let news = json!({ "name": who.name, "rooms": rooms, "reason": format!("{reason:?}") });
    io.to("caretakers").emit("left", &news).await.ok();
}
// endregion
