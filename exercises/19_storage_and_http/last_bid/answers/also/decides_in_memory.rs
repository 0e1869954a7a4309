//! Decides and announces in one go, before anything is awaited; a channel of its own brings the prices to the store.

use std::{collections::BTreeMap, sync::LazyLock, time::Duration};

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};
use tokio::sync::{Mutex, mpsc};

static PRICES: LazyLock<Mutex<BTreeMap<String, i64>>> = LazyLock::new(Mutex::default);

fn main() {
    sandbox::serve(register);
}

async fn register(io: &SocketIo) {
    let (store, mut to_store) = mpsc::channel::<(String, i64)>(100);
    tokio::spawn(async move {
        while to_store.recv().await.is_some() {
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
    });
    io.ns("/", async move |socket: SocketRef| {
        socket.on("open", async |Data::<Value>(lot), ack: AckSender| {
            PRICES.lock().await.insert(text(&lot["lot"]), lot["from"].as_i64().unwrap_or_default());
            ack.send(&json!({ "ok": true })).ok();
        });
        socket.on("bid", move |io: SocketIo, Data::<Value>(bid), ack: AckSender| {
            let store = store.clone();
            async move {
                let answer = if take(&io, &bid).await {
                    store.send((text(&bid["lot"]), bid["amount"].as_i64().unwrap_or_default())).await.ok();
                    json!({ "ok": true })
                } else {
                    json!({ "ok": false, "error": "too_low" })
                };
                ack.send(&answer).ok();
            }
        });
    });
}

async fn take(io: &SocketIo, bid: &Value) -> bool {
    let mut prices = PRICES.lock().await;
    let amount = bid["amount"].as_i64().unwrap_or_default();
    let Some(price) = prices.get_mut(&text(&bid["lot"])).filter(|price| **price < amount) else {
        return false;
    };
    *price = amount;
    io.emit("price", &json!({ "lot": text(&bid["lot"]), "amount": amount })).await.ok();
    true
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
