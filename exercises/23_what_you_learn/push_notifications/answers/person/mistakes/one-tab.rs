use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

/// From each name to the socket.
static TABS: Mutex<BTreeMap<String, SocketRef>> = Mutex::new(BTreeMap::new());
static LAST: AtomicUsize = AtomicUsize::new(0);

/// A socket is one tab. The person is whoever the handshake names.
#[derive(Clone, Deserialize)]
struct Who {
    name: String,
}

#[derive(Deserialize)]
struct Notify {
    to: String,
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Who>(who)| {
        TABS.lock().unwrap().insert(who.name.clone(), socket.clone());
        socket.extensions.insert(who);
        socket.on("notify", notify);
    });
}

async fn notify(
    Extension(Who { name }): Extension<Who>,
    Data(Notify { to, text }): Data<Notify>,
    ack: AckSender,
) {
    let id = LAST.fetch_add(1, Ordering::Relaxed) + 1;
    ack.send(&json!({ "ok": true, "id": id })).ok();
    let notification = json!({ "id": id, "from": name, "text": text });
    if let Some(tab) = TABS.lock().unwrap().get(&to) {
        tab.emit("notification", &notification).ok();
    }
}
