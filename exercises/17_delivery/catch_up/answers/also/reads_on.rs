//! Nothing is passed on by hand: each client has a place in the store, and news only say "read on".

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
    time::Duration,
};

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
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

        let mut place = auth["after"].as_u64().unwrap_or_default() as usize;
        while news.changed().await.is_ok() && socket.connected() {
            sleep(Duration::from_millis(5)).await;
            let more = news.borrow_and_update()[place..].to_vec();
            for text in more {
                place += 1;
                socket.emit("message", &json!({ "seq": place, "text": text })).ok();
            }
        }
    });
}
