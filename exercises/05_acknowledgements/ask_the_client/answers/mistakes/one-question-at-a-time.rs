use std::{sync::Mutex, time::Duration};

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

const TIME_TO_ANSWER: Duration = Duration::from_millis(600);

/// Whoever has asked.
static WAITING: Mutex<Option<AckSender>> = Mutex::new(None);

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
    WAITING.lock().unwrap().replace(ack);
    let answer = match io.to(name).sockets().first() {
        Some(pupil) => ask(pupil, &question).await,
        None => json!({ "ok": false, "error": "not_here" }),
    };
    if let Some(ack) = WAITING.lock().unwrap().take() {
        ack.send(&answer).ok();
    }
}

async fn ask(pupil: &SocketRef, question: &str) -> Value {
    let question = json!({ "question": question });
    let asked = pupil.timeout(TIME_TO_ANSWER).emit_with_ack::<_, Value>("question", &question);
    let answer = match asked {
        Ok(answer) => answer.await.ok(),
        Err(_) => None,
    };
    match answer {
        Some(answer) => json!({ "ok": true, "answer": answer }),
        None => json!({ "ok": false, "error": "no_answer" }),
    }
}
