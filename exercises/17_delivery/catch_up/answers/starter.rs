// Catch up: whoever was away gets what was missed, each message once. The contract is in exercise.yaml.
//
// Everything that is sent is stored under a number. A client says up to which number it has everything.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

#[derive(Deserialize, Clone)]
struct Place {
    room: String,
    after: u64,
}

#[derive(Deserialize)]
struct Draft {
    text: String,
}

#[derive(Serialize, Clone)]
struct Message {
    seq: u64,
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Place>(place)| {
        // What is kept here can be asked for in the socket's handlers, as an `Extension`.
        socket.extensions.insert(place.clone());
        socket.on("send", send);

        for message in store::after(&place.room, place.after).await {
            socket.emit("message", &message).ok();
        }
        // What may others have sent while the store was being read?
        socket.join(place.room);
    });
}

async fn send(
    io: SocketIo,
    Extension(place): Extension<Place>,
    Data(Draft { text }): Data<Draft>,
    ack: AckSender,
) {
    let message = store::append(&place.room, text).await;
    io.to(place.room).emit("message", &message).await.ok();
    ack.send(&json!({ "ok": true, "seq": message.seq })).ok();
}

/// Given: a store that answers after a while. A question is some time on its way, and so is the answer.
mod store {
    use super::*;

    static ROOMS: LazyLock<Mutex<HashMap<String, Vec<Message>>>> = LazyLock::new(Mutex::default);

    static WRITING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

    /// Stores a text under the next number of the room. One is written after the other.
    pub async fn append(room: &str, text: String) -> Message {
        let _turn = WRITING.lock().await;
        tokio::time::sleep(Duration::from_millis(2)).await;
        let mut rooms = ROOMS.lock().unwrap();
        let messages = rooms.entry(room.to_owned()).or_default();
        let message = Message { seq: messages.len() as u64 + 1, text };
        messages.push(message.clone());
        message
    }

    /// All messages of the room with a number greater than `seq`, in order.
    pub async fn after(room: &str, seq: u64) -> Vec<Message> {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let all = ROOMS.lock().unwrap().get(room).cloned().unwrap_or_default();
        tokio::time::sleep(Duration::from_millis(20)).await;
        all.into_iter().filter(|message| message.seq > seq).collect()
    }
}
