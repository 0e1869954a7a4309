// A live auction, in stages. What holds in all of them, and what this stage adds: cargo run -p runner goal live_auction
//
// The server owns the auctions: the price, the bidder, the clock. A client only asks.

use serde::Deserialize;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Deserialize)]
struct Open {
    auction: String,
    price: u64,
}

#[derive(Deserialize)]
struct Watch {
    auction: String,
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

async fn open(Data(Open { auction, price }): Data<Open>, _ack: AckSender) {
    // Where is an auction kept, so that all connections find it?
    let _asked = (auction, price);
}

async fn watch(_socket: SocketRef, Data(Watch { auction }): Data<Watch>, _ack: AckSender) {
    // What does somebody need who comes in the middle?
    let _asked = auction;
}
