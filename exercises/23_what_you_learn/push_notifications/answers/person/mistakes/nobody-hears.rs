use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

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
        socket.join(room_of(&who.name));
        socket.extensions.insert(who);
        socket.on("notify", notify);
    });
}

async fn notify(
    io: SocketIo,
    Extension(Who { name }): Extension<Who>,
    Data(Notify { to, text }): Data<Notify>,
    ack: AckSender,
) {
    let id = LAST.fetch_add(1, Ordering::Relaxed) + 1;
    ack.send(&json!({ "ok": true, "id": id })).ok();
    let notification = json!({ "id": id, "from": name, "text": text });
    io.to(to).emit("notification", &notification).await.ok();
}

/// The prefix keeps a client from naming another room, such as one that the server uses for something else.
fn room_of(name: &str) -> String {
    format!("person:{name}")
}
