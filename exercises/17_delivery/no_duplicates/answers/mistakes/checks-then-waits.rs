use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
    time::Duration,
};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

/// Whose message it is, and the number that it got.
static NUMBERS: LazyLock<Mutex<HashMap<(String, String), usize>>> = LazyLock::new(Mutex::default);

#[derive(Deserialize, Clone)]
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
        socket.on("send", send);
    });
}

async fn send(
    io: SocketIo,
    Extension(Person { name }): Extension<Person>,
    Data(Message { id, text }): Data<Message>,
    ack: AckSender,
) {
    let key = (name.clone(), id);
    let known = NUMBERS.lock().unwrap().get(&key).copied();
    let seq = match known {
        Some(seq) => seq,
        None => {
            tokio::time::sleep(Duration::from_millis(5)).await;
            let seq = NUMBERS.lock().unwrap().len() + 1;
            NUMBERS.lock().unwrap().insert(key, seq);
            io.emit("message", &json!({ "seq": seq, "from": name, "text": text })).await.ok();
            seq
        }
    };
    ack.send(&json!({ "ok": true, "seq": seq })).ok();
}
