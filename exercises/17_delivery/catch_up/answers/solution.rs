use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::{
    SendError, SocketError, SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};
use tokio::{sync::broadcast, time::sleep};

/// One channel for each room. It holds the news for whoever does not read them yet.
static NEWS: LazyLock<Mutex<HashMap<String, broadcast::Sender<Message>>>> = LazyLock::new(Mutex::default);

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
        socket.extensions.insert(place.clone());
        socket.on("send", send);
        let following = tokio::spawn(follow(socket.clone(), place)).abort_handle();
        // In a quiet room it would wait for ever.
        socket.on_disconnect(async move || following.abort());
    });
}

async fn send(Extension(place): Extension<Place>, Data(Draft { text }): Data<Draft>, ack: AckSender) {
    let message = store::append(&place.room, text).await;
    news_of(&place.room).send(message.clone()).ok();
    ack.send(&json!({ "ok": true, "seq": message.seq })).ok();
}

async fn follow(socket: SocketRef, Place { room, after }: Place) -> Result<(), SendError> {
    let mut news = news_of(&room).subscribe();
    // The greatest number that this client has been told.
    let mut last = after;
    loop {
        for message in store::after(&room, last).await {
            tell(&socket, &message).await?;
            last = message.seq;
        }
        // Ends when this task was so slow that the channel had to drop something. The store still has it.
        while let Ok(message) = news.recv().await {
            if message.seq > last {
                tell(&socket, &message).await?;
                last = message.seq;
            }
        }
    }
}

/// Waits while the client's buffer is full. A message that is thrown away here would be a gap for ever.
async fn tell(socket: &SocketRef, message: &Message) -> Result<(), SendError> {
    loop {
        match socket.emit("message", message) {
            Err(SendError::Socket(SocketError::InternalChannelFull)) => {
                sleep(Duration::from_millis(10)).await;
            }
            told => return told,
        }
    }
}

fn news_of(room: &str) -> broadcast::Sender<Message> {
    let mut news = NEWS.lock().unwrap();
    news.entry(room.to_owned()).or_insert_with(|| broadcast::channel(1024).0).clone()
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
