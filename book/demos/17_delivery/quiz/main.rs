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

static SEEN: LazyLock<Mutex<HashSet<(String, String)>>> = LazyLock::new(Mutex::default);

#[derive(Clone, Deserialize)]
struct Person {
    name: String,
}

#[derive(Deserialize)]
struct Message {
    id: String,
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Person>(person)| {
        socket.extensions.insert(person);
        socket.on("say", say);
        socket.on_disconnect(async |socket: SocketRef| {
            socket.broadcast().emit("gone", &[(); 0]).await.ok();
        });
    });
}

// region: say
async fn say(
    io: SocketIo,
    Extension(Person { name }): Extension<Person>,
    Data(Message { id, text }): Data<Message>,
    ack: AckSender,
) {
    let is_new = SEEN.lock().unwrap().insert((name.clone(), id));
    if is_new {
        io.emit("said", &json!({ "from": name, "text": text })).await.ok();
    }
    ack.send(&json!({ "ok": true })).ok();
}
// endregion
