// Another style: each auction is a task of its own that owns its state and its clock, so there is no lock. Requests
// come to it through a channel, one after another. It sends to the sockets that it knows, without a room.

use std::{collections::HashMap, future::pending, sync::Arc, time::Duration};

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Event, SocketRef},
};
use tokio::{
    sync::{Mutex, mpsc},
    time::{Instant, sleep_until},
};

struct Request {
    what: String,
    name: String,
    price: u64,
    confirmed: bool,
    socket: SocketRef,
    ack: AckSender,
}

type Hall = Arc<Mutex<HashMap<String, mpsc::UnboundedSender<Request>>>>;

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    let hall = Hall::default();
    io.ns("/", move |socket: SocketRef, Data(auth): Data<Value>| {
        let hall = Arc::clone(&hall);
        async move {
            let name = auth["name"].as_str().unwrap_or_default().to_owned();
            socket.on_fallback(
                move |socket: SocketRef, Event(what): Event, Data(payload): Data<Value>, ack: AckSender| {
                    let (hall, name) = (Arc::clone(&hall), name.clone());
                    let price = payload["price"].as_u64().unwrap_or_default();
                    let request = Request { what, name, price, confirmed: price < 1000, socket, ack };
                    async move { hand_over(&hall, &payload, request).await }
                },
            );
        }
    });
}

async fn hand_over(hall: &Hall, payload: &Value, request: Request) {
    let id = payload["auction"].as_str().unwrap_or_default().to_owned();
    let mut hall = hall.lock().await;
    match (request.what.as_str(), hall.get(&id)) {
        ("open", Some(_)) => refuse(request.ack, "exists"),
        ("open", None) => {
            let (to_auction, requests) = mpsc::unbounded_channel();
            let patience = Duration::from_millis(payload["patience"].as_u64().unwrap_or(5000));
            let silence = payload["silence"].as_u64().map(Duration::from_millis);
            let auction =
                Auction { id: id.clone(), price: request.price, bidder: None, open: true, patience };
            tokio::spawn(auction.run(silence, to_auction.downgrade(), requests));
            hall.insert(id, to_auction);
            request.ack.send(&json!({ "ok": true })).ok();
        }
        ("watch" | "bid", None) => refuse(request.ack, "no_such_auction"),
        (_, None) => {}
        (_, Some(auction)) => drop(auction.send(request)),
    }
}

fn refuse(ack: AckSender, error: &str) {
    ack.send(&json!({ "ok": false, "error": error })).ok();
}

struct Auction {
    id: String,
    price: u64,
    bidder: Option<String>,
    open: bool,
    patience: Duration,
}

impl Auction {
    async fn run(
        mut self,
        silence: Option<Duration>,
        again: mpsc::WeakUnboundedSender<Request>,
        mut requests: mpsc::UnboundedReceiver<Request>,
    ) {
        let mut watchers: Vec<SocketRef> = Vec::new();
        let mut deadline: Option<Instant> = None;
        loop {
            let hammer = async {
                match deadline {
                    Some(deadline) => sleep_until(deadline).await,
                    None => pending().await,
                }
            };
            let request = tokio::select! {
                request = requests.recv() => request,
                () = hammer => {
                    (deadline, self.open) = (None, false);
                    let sold = json!({ "auction": self.id, "price": self.price, "bidder": self.bidder });
                    tell(&mut watchers, "sold", &sold);
                    continue;
                }
            };
            let Some(request) = request else { return };
            if request.what == "watch" {
                request.ack.send(&json!({ "ok": true })).ok();
                request.socket.emit("price", &self.show()).ok();
                if !watchers.iter().any(|watcher| watcher.id == request.socket.id) {
                    watchers.push(request.socket);
                }
            } else if request.what != "bid" {
                continue; // an event that nobody knows is not answered
            } else if let Some(error) = self.objection(&request) {
                refuse(request.ack, error);
            } else if !request.confirmed {
                // Somebody else waits, not this task: the auction goes on, and the bid comes back as a new request.
                tokio::spawn(ask(self.id.clone(), self.patience, request, again.clone()));
            } else {
                (self.price, self.bidder) = (request.price, Some(request.name));
                deadline = silence.map(|silence| Instant::now() + silence);
                request.ack.send(&json!({ "ok": true })).ok();
                tell(&mut watchers, "price", &self.show());
            }
        }
    }

    fn objection(&self, bid: &Request) -> Option<&'static str> {
        match self {
            _ if !self.open => Some("closed"),
            _ if self.bidder.as_ref() == Some(&bid.name) => Some("already_yours"),
            _ if bid.price <= self.price => Some("too_low"),
            _ => None,
        }
    }

    fn show(&self) -> Value {
        json!({ "auction": self.id, "price": self.price, "bidder": self.bidder, "open": self.open })
    }
}

async fn ask(id: String, patience: Duration, bid: Request, again: mpsc::WeakUnboundedSender<Request>) {
    let question = json!({ "auction": id, "price": bid.price });
    let asked = bid.socket.timeout(patience).emit_with_ack::<_, Value>("confirm", &question);
    let reply = match asked {
        Ok(reply) => reply.await.unwrap_or_default(),
        Err(_) => Value::Null,
    };
    match again.upgrade() {
        Some(auction) if reply["ok"] == true => drop(auction.send(Request { confirmed: true, ..bid })),
        _ => refuse(bid.ack, "not_confirmed"),
    }
}

fn tell(watchers: &mut Vec<SocketRef>, event: &str, payload: &Value) {
    watchers.retain(|watcher| watcher.connected());
    for watcher in watchers {
        watcher.emit(event, payload).ok();
    }
}
