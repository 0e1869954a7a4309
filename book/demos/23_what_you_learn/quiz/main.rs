use std::{
    collections::HashSet,
    sync::{LazyLock, Mutex},
};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

/// The server's own list. That a name is proved is the matter of lesson 12.
static MEMBERS: LazyLock<Mutex<HashSet<String>>> =
    LazyLock::new(|| Mutex::new(["asha", "ravi"].map(str::to_owned).into()));

#[derive(Clone, Deserialize)]
struct Person {
    name: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data(person): Data<Person>| {
        socket.join(format!("person:{}", person.name));
        socket.extensions.insert(person);
        socket.on("enter", enter);
        socket.on("post", post);
        socket.on("putOut", put_out);
    });
}

fn is_member(person: &Person) -> bool {
    MEMBERS.lock().unwrap().contains(&person.name)
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

// region: put-out
async fn put_out(
    io: SocketIo,
    Extension(person): Extension<Person>,
    Data(whom): Data<String>,
    ack: AckSender,
) {
    if person.name != "asha" {
        ack.send(&json!({ "ok": false, "error": "forbidden" })).ok();
        return;
    }
    MEMBERS.lock().unwrap().remove(&whom);
    io.to(format!("person:{whom}")).leave("club").await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
// endregion
