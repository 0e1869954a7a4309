use std::{
    collections::HashMap,
    sync::{
        LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

/// Whose message it is, and the number, as soon as it has one.
static NUMBERS: LazyLock<Mutex<HashMap<(String, String), Option<usize>>>> = LazyLock::new(Mutex::default);
static NEXT: AtomicUsize = AtomicUsize::new(1);

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
            NUMBERS.lock().unwrap().insert(key.clone(), None);
            tokio::time::sleep(Duration::from_millis(5)).await;
            let seq = NEXT.fetch_add(1, Ordering::Relaxed);
            NUMBERS.lock().unwrap().insert(key, Some(seq));
            io.emit("message", &json!({ "seq": seq, "from": name, "text": text })).await.ok();
            Some(seq)
        }
    };
    ack.send(&json!({ "ok": true, "seq": seq })).ok();
}
