// No duplicates: a message that comes twice counts once. The contract is in exercise.yaml.
//
// A client that gets no answer sends again. It cannot know what was lost: its message, or your answer to it.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

static COUNT: AtomicUsize = AtomicUsize::new(0);

#[derive(Deserialize, Clone)]
struct Person {
    name: String,
}

#[derive(Deserialize)]
struct Message {
    #[allow(dead_code)] // nobody looks at it yet
    id: String,
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Person>(person)| {
        // What is kept here can be asked for in the socket's handlers, as an `Extension`.
        socket.extensions.insert(person);
        socket.on("send", send);
    });
}

async fn send(
    io: SocketIo,
    Extension(Person { name }): Extension<Person>,
    Data(message): Data<Message>,
    ack: AckSender,
) {
    // Has this message been here before?
    let seq = COUNT.fetch_add(1, Ordering::Relaxed) + 1;
    io.emit("message", &json!({ "seq": seq, "from": name, "text": message.text })).await.ok();
    ack.send(&json!({ "ok": true, "seq": seq })).ok();
}
