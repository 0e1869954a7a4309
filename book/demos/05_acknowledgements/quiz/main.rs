use std::{collections::BTreeSet, sync::Mutex, time::Duration};

use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

static LENT: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

#[derive(Serialize, Deserialize)]
struct Book {
    title: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    LENT.lock().unwrap().clear();

    io.ns("/", async |socket: SocketRef| {
        socket.on("whoIsReady", who_is_ready);
        socket.on("giveBack", give_back);
        socket.on("borrow", borrow);
    });
}

// region: ready
async fn who_is_ready(socket: SocketRef) {
    let others = socket.broadcast().timeout(Duration::from_secs(1));
    let Ok(answers) = others.emit_with_ack::<_, bool>("areYouReady", &NOTHING).await else { return };

    // One result for each client; an error is one who did not answer.
    let answers: Vec<_> = answers.collect().await;
    let count = answers.into_iter().filter(|(_id, answer)| answer.is_ok()).count();
    socket.emit("readyCount", &count).ok();
}
// endregion

// region: back
async fn give_back(io: SocketIo, Data(book): Data<Book>, ack: AckSender) {
    LENT.lock().unwrap().remove(&book.title);
    io.emit("isBack", &book).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
// endregion

// region: borrow
async fn borrow(socket: SocketRef, Data(book): Data<Book>, ack: AckSender) {
    let free = LENT.lock().unwrap().insert(book.title.clone());
    if free {
        socket.broadcast().emit("lent", &book).await.ok();
        ack.send(&json!({ "ok": true })).ok();
    } else {
        ack.send(&json!({ "ok": false, "error": "all_lent" })).ok();
    }
}
// endregion
