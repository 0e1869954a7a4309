use std::{sync::Mutex, time::Duration};

use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

const TIME_TO_ANSWER: Duration = Duration::from_millis(600);

static PRESENT: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("rollCall", roll_call);
        socket.on("here", async |Data::<String>(name)| PRESENT.lock().unwrap().push(name));
    });
}

async fn roll_call(socket: SocketRef, ack: AckSender) {
    let asked = socket.broadcast().sockets().len();
    PRESENT.lock().unwrap().clear();
    socket.broadcast().emit("areYouHere", &[(); 0]).await.ok();
    tokio::time::sleep(TIME_TO_ANSWER).await;
    let present = PRESENT.lock().unwrap().clone();
    ack.send(&json!({ "silent": asked - present.len(), "present": present })).ok();
}
