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

/// One entry for each essay: whose it is, and its id.
static SEEN: LazyLock<Mutex<HashSet<(String, String)>>> = LazyLock::new(Mutex::default);

#[derive(Clone, Deserialize)]
struct Person {
    name: String,
}

#[derive(Deserialize)]
struct Essay {
    id: String,
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Person>(person)| {
        socket.extensions.insert(person);
        socket.on("handIn", hand_in);
    });
}

// region: once
async fn hand_in(
    socket: SocketRef,
    Extension(Person { name }): Extension<Person>,
    Data(Essay { id, text }): Data<Essay>,
    ack: AckSender,
) {
    let is_new = SEEN.lock().unwrap().insert((name.clone(), id));
    if is_new {
        socket.broadcast().emit("handedIn", &json!({ "from": name, "text": text })).await.ok();
    }
    ack.send(&json!({ "ok": true })).ok();
}
// endregion
