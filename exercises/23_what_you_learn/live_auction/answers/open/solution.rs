use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};
use tokio::sync::Mutex;

/// By name. Locked until a change has been told: so nobody hears an older price later.
static AUCTIONS: Mutex<BTreeMap<String, Auction>> = Mutex::const_new(BTreeMap::new());

#[derive(Deserialize)]
struct Open {
    auction: String,
    price: u64,
}

#[derive(Deserialize)]
struct Watch {
    auction: String,
}

/// Why a request is refused.
type Refusal = &'static str;

struct Auction {
    price: u64,
    bidder: Option<String>,
    open: bool,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("open", open);
        socket.on("watch", watch);
    });
}

async fn open(Data(Open { auction: id, price }): Data<Open>, ack: AckSender) {
    let opened = {
        let mut auctions = AUCTIONS.lock().await;
        if auctions.contains_key(&id) {
            Err("exists")
        } else {
            auctions.insert(id, Auction { price, bidder: None, open: true });
            Ok(())
        }
    };
    answer(ack, opened);
}

async fn watch(socket: SocketRef, Data(Watch { auction: id }): Data<Watch>, ack: AckSender) {
    let auctions = AUCTIONS.lock().await;
    let Some(auction) = auctions.get(&id) else {
        answer(ack, Err("no_such_auction"));
        return;
    };
    socket.join(room_of(&id));
    answer(ack, Ok(()));
    socket.emit("price", &auction.state(&id)).ok();
}

fn answer(ack: AckSender, result: Result<(), Refusal>) {
    ack.send(&match result {
        Ok(()) => json!({ "ok": true }),
        Err(error) => json!({ "ok": false, "error": error }),
    })
    .ok();
}

/// The prefix keeps a client from naming another room, such as one that the server uses for something else.
fn room_of(id: &str) -> String {
    format!("auction:{id}")
}

impl Auction {
    fn state(&self, id: &str) -> Value {
        json!({ "auction": id, "price": self.price, "bidder": self.bidder, "open": self.open })
    }
}
