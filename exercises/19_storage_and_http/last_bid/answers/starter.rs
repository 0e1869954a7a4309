// The last bid: one winner, however close the bids come. The contract is in exercise.yaml.
//
// A handler that waits lets others go first. Ask at each `await`: what may have changed when it is over?

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
    extract::{AckSender, Data, SocketRef},
};

#[derive(Deserialize)]
struct Lot {
    lot: String,
    from: u64,
}

#[derive(Deserialize)]
struct Bid {
    lot: String,
    amount: u64,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("open", open);
        socket.on("bid", bid);
    });
}

async fn open(Data(Lot { lot, from }): Data<Lot>, ack: AckSender) {
    store::write(&lot, from).await;
    ack.send(&json!({ "ok": true })).ok();
}

async fn bid(io: SocketIo, Data(Bid { lot, amount }): Data<Bid>, ack: AckSender) {
    let price = store::read(&lot).await;
    if amount <= price {
        ack.send(&json!({ "ok": false, "error": "too_low" })).ok();
        return;
    }
    // Is this still the price?
    store::write(&lot, amount).await;
    io.emit("price", &json!({ "lot": lot, "amount": amount })).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}

/// Given: a store that answers after a while, sometimes sooner, sometimes later.
mod store {
    use super::*;

    static PRICES: LazyLock<Mutex<HashMap<String, u64>>> = LazyLock::new(Mutex::default);
    static ASKED: AtomicUsize = AtomicUsize::new(0);

    async fn soon() {
        let asked = ASKED.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis([12, 8, 4][asked % 3])).await;
    }

    pub async fn read(lot: &str) -> u64 {
        let price = PRICES.lock().unwrap().get(lot).copied().unwrap_or_default();
        soon().await;
        price
    }

    pub async fn write(lot: &str, price: u64) {
        soon().await;
        PRICES.lock().unwrap().insert(lot.to_owned(), price);
    }
}
