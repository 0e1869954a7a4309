use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
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
    let seq = number_of((name.clone(), id)).0;
    io.emit("message", &json!({ "seq": seq, "from": name, "text": text })).await.ok();
    ack.send(&json!({ "ok": true, "seq": seq })).ok();
}

/// The number of a message, and whether it has only just got it.
fn number_of(message: (String, String)) -> (usize, bool) {
    let mut numbers = NUMBERS.lock().unwrap();
    if let Some(seq) = numbers.get(&message) {
        return (*seq, false);
    }
    let seq = numbers.len() + 1;
    numbers.insert(message, seq);
    (seq, true)
}
