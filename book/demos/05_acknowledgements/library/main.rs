use std::{collections::HashMap, sync::Mutex};

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

static COPIES: Mutex<Option<HashMap<String, u32>>> = Mutex::new(None);

#[derive(Deserialize)]
struct Book {
    title: String,
}

fn main() {
    sandbox::serve(register);
}

// region: lend
fn lend(title: &str) -> Value {
    let mut copies = COPIES.lock().unwrap();
    match copies.as_mut().and_then(|copies| copies.get_mut(title)) {
        None => json!({ "ok": false, "error": "no_such_book" }),
        Some(0) => json!({ "ok": false, "error": "all_lent" }),
        Some(left) => {
            *left -= 1;
            json!({ "ok": true, "left": *left })
        }
    }
}
// endregion

fn register(io: &SocketIo) {
    *COPIES.lock().unwrap() = Some(HashMap::from([("Newton".to_owned(), 1)]));

    io.ns("/", async |socket: SocketRef| {
        // region: handler
        socket.on("borrow", async |Data::<Book>(book), ack: AckSender| {
            let answer = lend(&book.title);
            ack.send(&answer).ok();
        });
        // endregion
    });
}
