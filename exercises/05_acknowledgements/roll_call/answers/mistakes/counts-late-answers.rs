use std::{sync::Mutex, time::Duration};

use futures_util::StreamExt;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef},
};

const TIME_TO_ANSWER: Duration = Duration::from_millis(600);

static PRESENT: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("rollCall", roll_call);
    });
}

async fn roll_call(socket: SocketRef, ack: AckSender) {
    let asked = socket.broadcast().sockets().len();
    let Ok(answers) = socket.broadcast().emit_with_ack::<_, String>("areYouHere", &[(); 0]).await else {
        return;
    };
    tokio::spawn(answers.for_each(async |(_, answer)| PRESENT.lock().unwrap().extend(answer.ok())));
    tokio::time::sleep(TIME_TO_ANSWER).await;
    let present = PRESENT.lock().unwrap().clone();
    ack.send(&json!({ "silent": asked.saturating_sub(present.len()), "present": present })).ok();
}
