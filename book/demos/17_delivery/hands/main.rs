use std::{collections::BTreeSet, sync::Mutex};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

static RAISED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

#[derive(Clone, Deserialize)]
struct Person {
    name: String,
}

#[derive(Deserialize)]
struct Hand {
    up: bool,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Person>(person)| {
        socket.extensions.insert(person);
        socket.on("hand", hand);
    });
}

// region: hand
async fn hand(
    io: SocketIo,
    Extension(Person { name }): Extension<Person>,
    Data(Hand { up }): Data<Hand>,
    ack: AckSender,
) {
    let hands: Vec<String> = {
        let mut raised = RAISED.lock().unwrap();
        if up {
            raised.insert(name);
        } else {
            raised.remove(&name);
        }
        raised.iter().cloned().collect()
    };
    io.emit("hands", &hands).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
// endregion
