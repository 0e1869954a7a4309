use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
    time::Duration,
};

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

const TIME_TO_ANSWER: Duration = Duration::from_millis(600);

static PUPILS: LazyLock<Mutex<HashMap<String, SocketRef>>> = LazyLock::new(Mutex::default);

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
    PUPILS.lock().unwrap().insert(name, socket);
    ack.send(&json!({ "ok": true })).ok();
}

async fn call_on(Data(Call { name, question }): Data<Call>, ack: AckSender) {
    let pupil = PUPILS.lock().unwrap().get(&name).cloned();
    let answer = match pupil {
        Some(pupil) => ask(&pupil, &question).await,
        None => json!({ "ok": false, "error": "not_here" }),
    };
    ack.send(&answer).ok();
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
