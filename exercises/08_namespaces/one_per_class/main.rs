// One namespace for each class: made when somebody comes, checked at the door, and gone when it is empty.
// The contract is in exercise.yaml.

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Deserialize)]
struct Class {
    name: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("openClass", open_class);
    });
    // Any name that looks like this becomes a namespace. Is that wise?
    io.dyn_ns("/class/{name}", enter).expect("no other pattern is like it");
}

async fn open_class(Data(Class { name }): Data<Class>, ack: AckSender) {
    println!("a teacher opens {name}");
    ack.send(&json!({ "ok": true })).ok();
}

async fn enter(socket: SocketRef) {
    socket.on("say", say);
    // And when the last one has left?
}

async fn say(io: SocketIo, socket: SocketRef, Data(said): Data<Value>) {
    if let Some(class) = io.of(socket.ns()) {
        class.emit("said", &said).await.ok();
    }
}
