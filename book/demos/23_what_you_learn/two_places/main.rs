use std::sync::{Mutex, OnceLock};

use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

const PLACES: usize = 2;

#[derive(Clone, Serialize)]
struct Fact {
    number: usize,
    name: String,
}

#[derive(Clone, Deserialize)]
struct Person {
    name: String,
}

#[derive(Deserialize)]
struct Since {
    after: usize,
}

static LOG: Mutex<Vec<Fact>> = Mutex::new(Vec::new()); // facts, in the order in which they became true
static READERS: OnceLock<[UnboundedSender<Fact>; 2]> = OnceLock::new();

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    let ((to_board, board), (to_printer, printer)) = (unbounded_channel(), unbounded_channel());
    READERS.set([to_board, to_printer]).expect("a server is made once");
    tokio::spawn(show_on_the_board(io.clone(), board));
    tokio::spawn(print_tickets(io.clone(), printer));

    io.ns("/", async |socket: SocketRef, Data(person): Data<Person>| {
        socket.join(format!("person:{}", person.name));
        socket.extensions.insert(person);
        socket.on("book", book);
        socket.on("watch", watch);
    });
}

// region: readers
async fn show_on_the_board(io: SocketIo, mut facts: UnboundedReceiver<Fact>) {
    while let Some(fact) = facts.recv().await {
        io.to("board").emit("booked", &fact).await.ok();
    }
}

async fn print_tickets(io: SocketIo, mut facts: UnboundedReceiver<Fact>) {
    while let Some(Fact { number, name }) = facts.recv().await {
        io.to(format!("person:{name}")).emit("ticket", &json!({ "place": number })).await.ok();
    }
}
// endregion

// region: wish
async fn book(Extension(person): Extension<Person>, ack: AckSender) {
    let mut log = LOG.lock().unwrap();
    if log.len() == PLACES {
        ack.send(&json!({ "ok": false, "error": "full" })).ok();
        return;
    }
    let fact = Fact { number: log.len() + 1, name: person.name };
    log.push(fact.clone());
    ack.send(&json!({ "ok": true })).ok();
    for reader in READERS.get().into_iter().flatten() {
        reader.send(fact.clone()).ok();
    }
}
// endregion

// region: watch
async fn watch(socket: SocketRef, Data(Since { after }): Data<Since>, ack: AckSender) {
    let log = LOG.lock().unwrap();
    socket.join("board");
    ack.send(log.get(after..).unwrap_or_default()).ok();
}
// endregion
