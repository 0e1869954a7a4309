use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};
use tokio::sync::Mutex;

/// By name. Locked until a change has been told: so nobody hears an older price later.
static AUCTIONS: Mutex<BTreeMap<String, Auction>> = Mutex::const_new(BTreeMap::new());

/// Who somebody is was said at the door. No payload can change it.
#[derive(Clone, Deserialize)]
struct Bidder {
    name: String,
}

#[derive(Deserialize)]
struct Open {
    auction: String,
    price: u64,
}

#[derive(Deserialize)]
struct Watch {
    auction: String,
}

#[derive(Deserialize)]
struct Bid {
    auction: String,
    price: u64,
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
    io.ns("/", async |socket: SocketRef, Data(bidder): Data<Bidder>| {
        socket.extensions.insert(bidder);
        socket.on("open", open);
        socket.on("watch", watch);
        socket.on("bid", bid);
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

async fn bid(
    io: SocketIo,
    Extension(Bidder { name }): Extension<Bidder>,
    Data(Bid { auction: id, price }): Data<Bid>,
    ack: AckSender,
) {
    // Check and change are one step, under one lock.
    let mut auctions = AUCTIONS.lock().await;
    let placed = find(&mut auctions, &id).and_then(|auction| {
        auction.check(&name, price)?;
        auction.price = price;
        auction.bidder = Some(name);
        Ok(auction.state(&id))
    });
    match placed {
        Ok(state) => {
            answer(ack, Ok(()));
            io.to(room_of(&id)).emit("price", &state).await.ok();
        }
        Err(error) => answer(ack, Err(error)),
    }
}

fn find<'a>(auctions: &'a mut BTreeMap<String, Auction>, id: &str) -> Result<&'a mut Auction, Refusal> {
    auctions.get_mut(id).ok_or("no_such_auction")
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
    fn check(&self, name: &str, price: u64) -> Result<(), Refusal> {
        if self.bidder.as_deref() == Some(name) {
            return Err("already_yours");
        }
        if price < self.price {
            return Err("too_low");
        }
        Ok(())
    }

    fn state(&self, id: &str) -> Value {
        json!({ "auction": id, "price": self.price, "bidder": self.bidder, "open": self.open })
    }
}
