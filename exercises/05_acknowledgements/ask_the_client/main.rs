// Ask the client: the server asks, a client acknowledges. The contract is in exercise.yaml.
//
// Not only clients ask. A server can send an event that asks for an acknowledgement, too. Then it is the server
// that waits, and the client may be slow, or gone.

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Deserialize)]
struct Enter {
    name: String,
}

#[derive(Deserialize)]
struct Call {
    name: String,
    question: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("enter", enter);
        socket.on("callOn", call_on);
    });
}

async fn enter(socket: SocketRef, Data(Enter { name }): Data<Enter>, ack: AckSender) {
    // A room named like the pupil. It is empty again when the pupil disconnects.
    socket.join(name);
    ack.send(&json!({ "ok": true })).ok();
}

async fn call_on(io: SocketIo, Data(Call { name, question }): Data<Call>, ack: AckSender) {
    let answer = match io.to(name).sockets().first() {
        Some(pupil) => ask(pupil, &question).await,
        None => json!({ "ok": false, "error": "not_here" }),
    };
    ack.send(&answer).ok();
}

async fn ask(pupil: &SocketRef, question: &str) -> Value {
    // This tells the pupil. Does it also ask? And what is acknowledged here?
    pupil.emit("question", &json!({ "question": question })).ok();
    json!({ "ok": true })
}
