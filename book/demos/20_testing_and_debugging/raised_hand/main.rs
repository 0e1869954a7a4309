use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

#[derive(Clone, Deserialize)]
struct Person {
    name: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Person>(person)| {
        socket.extensions.insert(person);
        socket.on("raiseHand", raise_hand);
    });
}

async fn raise_hand(socket: SocketRef, Extension(person): Extension<Person>, ack: AckSender) {
    socket.broadcast().emit("hand", &person.name).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
