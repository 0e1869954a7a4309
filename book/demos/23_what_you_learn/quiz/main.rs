use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

/// The server's own list. That a name is proved is the matter of lesson 12.
const MEMBERS: [&str; 2] = ["asha", "ravi"];

#[derive(Clone, Deserialize)]
struct Person {
    name: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data(person): Data<Person>| {
        socket.extensions.insert(person);
        socket.on("enter", enter);
        socket.on("post", post);
    });
}

fn is_member(person: &Person) -> bool {
    MEMBERS.contains(&person.name.as_str())
}

// region: club
async fn enter(socket: SocketRef, Extension(person): Extension<Person>, ack: AckSender) {
    if !is_member(&person) {
        ack.send(&json!({ "ok": false, "error": "no_member" })).ok();
        return;
    }
    socket.join("club");
    ack.send(&json!({ "ok": true })).ok();
}

async fn post(io: SocketIo, Extension(person): Extension<Person>, Data(text): Data<String>, ack: AckSender) {
    if !is_member(&person) {
        ack.send(&json!({ "ok": false, "error": "no_member" })).ok();
        return;
    }
    io.to("club").emit("posted", &text).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
// endregion
