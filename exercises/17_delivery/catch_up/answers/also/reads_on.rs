//! Nothing is passed on by hand: each client has a place in the store, and news only say "read on".

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
    time::Duration,
};

use serde_json::{Value, json};
use socketioxide::{
    SendError, SocketError, SocketIo,
    extract::{AckSender, Data, SocketRef},
};
use tokio::{sync::watch, time::sleep};

/// The texts of each room; whoever watches one is woken by the next.
static ROOMS: LazyLock<Mutex<HashMap<String, watch::Sender<Vec<String>>>>> = LazyLock::new(Mutex::default);

fn main() {
    sandbox::serve(register);
}

fn room(name: &str) -> watch::Sender<Vec<String>> {
    ROOMS.lock().unwrap().entry(name.to_owned()).or_default().clone()
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Value>(auth)| {
        let texts = room(auth["room"].as_str().unwrap_or_default());
        let mut news = texts.subscribe();
        news.mark_changed();
        socket.on("send", move |Data::<Value>(draft), ack: AckSender| {
            let texts = texts.clone();
            async move {
                sleep(Duration::from_millis(2)).await;
                let mut seq = 0;
                texts.send_modify(|texts| {
                    texts.push(draft["text"].as_str().unwrap_or_default().to_owned());
                    seq = texts.len();
                });
                ack.send(&json!({ "ok": true, "seq": seq })).ok();
            }
        });

        let follower = socket.clone();
        let mut place = auth["after"].as_u64().unwrap_or_default() as usize;
        let reading = tokio::spawn(async move {
            while news.changed().await.is_ok() {
                sleep(Duration::from_millis(5)).await;
                let more = news.borrow_and_update()[place..].to_vec();
                for text in more {
                    let message = json!({ "seq": place + 1, "text": text });
                    match tell(&follower, &message).await {
                        Ok(()) => place += 1,
                        Err(_) => return,
                    }
                }
            }
        })
        .abort_handle();
        socket.on_disconnect(async move || reading.abort());
    });
}

async fn tell(socket: &SocketRef, message: &Value) -> Result<(), SendError> {
    let mut told = socket.emit("message", message);
    // Its buffer is full: the client is slower than the store.
    while let Err(SendError::Socket(SocketError::InternalChannelFull)) = told {
        sleep(Duration::from_millis(20)).await;
        told = socket.emit("message", message);
    }
    told
}
