//! Keeps whole answers, person by person, in a lock that is held across the broadcast.

use std::{collections::BTreeMap, sync::LazyLock};

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};
use tokio::sync::Mutex;

#[derive(Default)]
struct Class {
    people: BTreeMap<String, BTreeMap<String, Value>>,
    messages: u64,
}

static CLASS: LazyLock<Mutex<Class>> = LazyLock::new(Mutex::default);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Value>(auth)| {
        let name = auth["name"].as_str().unwrap_or_default().to_owned();
        socket.on("send", move |socket: SocketRef, Data::<Value>(message), ack: AckSender| {
            let name = name.clone();
            async move {
                ack.send(&answer(&socket, name, &message).await).ok();
            }
        });
    });
}

async fn answer(socket: &SocketRef, name: String, message: &Value) -> Value {
    let mut class = CLASS.lock().await;
    let id = message["id"].as_str().unwrap_or_default().to_owned();
    if let Some(answer) = class.people.get(&name).and_then(|answers| answers.get(&id)) {
        return answer.clone();
    }
    class.messages += 1;
    let event = json!({ "seq": class.messages, "from": name, "text": message["text"] });
    socket.broadcast().emit("message", &event).await.ok();
    socket.emit("message", &event).ok();
    let answer = json!({ "ok": true, "seq": class.messages });
    class.people.entry(name).or_default().insert(id, answer.clone());
    answer
}
